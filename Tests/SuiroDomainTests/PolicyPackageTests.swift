import SuiroAssets
import SuiroDomain
import Testing

/// What is wrong with a package is said by field, before anybody can publish it.
@Suite struct PolicyPackageTests {
    private static let good = """
        package: test
        title: { en: A test, ja: テスト }
        summary: { en: Nothing but a test., ja: テストだけの内容です。 }
        source: a test
        rows:
          - id: one
            key: tenant.maxActiveSubscriptions
            value: 150
            from: 2017-01-01
            rule: LIC-10
        """

    private func faults(_ text: String) -> [InputFault] {
        switch PolicyFiles.read(text) {
        case .success: []
        case .failure(let faults): faults.faults
        }
    }

    @Test func `a package without faults is read as it was written`() throws {
        let package = try PolicyFiles.read(Self.good).get()
        let row = try #require(package.rows.first)
        #expect(package.name == "test")
        #expect(package.title == [.en: "A test", .ja: "テスト"])
        #expect(row.value == .number(150))
        #expect(row.rules == ["LIC-10"])
        #expect(row.from.day == "2017-01-01")
        #expect(row.until == nil)
        #expect(row.confidence == .documented)
        #expect(row.package == "test")
        #expect(package.faults().isEmpty)
    }

    @Test(arguments: [
        ("value: 150", "value: many", "rows[0].value", InputFault.Code.wrongType),
        ("value: 150", "value: \"150\"", "rows[0].value", .wrongType),
        ("value: 150", "value: true", "rows[0].value", .wrongType),
        ("value: 150", "value: [1, 2]", "rows[0].value", .wrongType),
        ("value: 150", "value: { a: b }", "rows[0].value", .wrongType),
        ("value: 150", "value: -1", "rows[0].value", .outOfRange),
        ("    value: 150\n", "", "rows[0].value", .required),
        ("key: tenant.maxActiveSubscriptions", "key: tenant.max", "rows[0].key", .unknown),
        ("    key: tenant.maxActiveSubscriptions\n", "", "rows[0].key", .required),
        ("id: one", "id: ''", "rows[0].id", .required),
        ("from: 2017-01-01", "from: 2017-02-29", "rows[0].from", .malformed),
        ("    from: 2017-01-01\n", "", "rows[0].from", .required),
        ("from: 2017-01-01", "from: 2017-01-01\n    until: 2017-01-01", "rows[0].until", .outOfRange),
        ("    rule: LIC-10", "    rule: []", "rows[0].rule", .required),
        ("rule: LIC-10", "rule: LIC-10\n    confidence: certain", "rows[0].confidence", .unknown),
        ("rule: LIC-10", "rule: LIC-10\n    colour: blue", "rows[0].colour", .unknown),
        ("rule: LIC-10", "rule: LIC-10\n    scope: { planet: earth }", "rows[0].scope.planet", .unknown),
        ("rule: LIC-10", "rule: LIC-10\n    scope: { cloud: mars }", "rows[0].scope.cloud", .unknown),
        ("rule: LIC-10", "rule: LIC-10\n    scope: { channel: mail }", "rows[0].scope.channel", .unknown),
        ("rule: LIC-10", "rule: LIC-10\n    scope: { family: both }", "rows[0].scope.family", .unknown),
        ("rule: LIC-10", "rule: LIC-10\n    scope: { partnerType: any }", "rows[0].scope.partnerType", .unknown),
        ("source: a test\n", "", "rows[0].source", .required),
        ("package: test", "package: test\nedition: 2", "edition", .unknown),
        ("package: test\n", "", "package", .required),
        ("title: { en: A test, ja: テスト }", "title: { en: A test }", "title.ja", .required),
        ("title: { en: A test, ja: テスト }", "title: { ja: テスト }", "title.en", .required),
    ])
    func `a fault is told with its field and its kind`(
        from: String,
        to: String,
        field: String,
        code: InputFault.Code
    ) {
        #expect(Self.good.contains(from))
        let found = faults(Self.good.replacing(from, with: to))
        #expect(found.contains { $0.field == field && $0.code == code })
    }

    @Test(arguments: ["", "[", "just words", "- a\n- b"])
    func `what is no package at all is malformed`(text: String) {
        #expect(faults(text) == [InputFault(field: "", code: .malformed)])
    }

    @Test func `a text without end is not read`() {
        #expect(faults(String(repeating: "a", count: 1_000_001)).map(\.code) == [.malformed])
    }

    @Test func `a package without rows says nothing and is refused`() {
        let text = "package: test\ntitle: { en: A test, ja: テスト }\nrows: []"
        #expect(faults(text) == [InputFault(field: "rows", code: .required)])
    }

    @Test(arguments: [
        ("id: two", "", true), ("id: two", "from: 2017-05-01", true), ("id: one", "scope: { cloud: germany }", true),
        ("id: two", "scope: { cloud: germany }", false),
    ])
    func `two rows that could both answer are refused`(id: String, more: String, collide: Bool) {
        let second = """

              - \(id)
                key: tenant.maxActiveSubscriptions
                value: 300
                rule: LIC-10
                \(more.contains("from") ? more : "from: 2017-01-01")
                \(more.contains("scope") ? more : "")
            """
        let found = faults(Self.good + second)
        let expected = InputFault(field: "rows[1]", code: .conflictsWithAnotherRow, value: "one")
        #expect(found == (collide ? [expected] : []))
    }

    @Test func `rows that follow each other do not collide`() {
        let first = Self.good.replacing("rule: LIC-10", with: "rule: LIC-10\n    until: 2018-01-01")
        let second =
            first + """

                  - { id: two, key: tenant.maxActiveSubscriptions, value: 300, from: 2018-01-01, rule: LIC-10 }
                """
        #expect(faults(second).isEmpty)
        #expect(faults(second.replacing("from: 2018-01-01", with: "from: 2017-12-31T23:59:59.999Z")).count == 1)
    }

    @Test(arguments: [
        ("{ cloud: public }", "{ family: usage }", true), ("{ cloud: public }", "{ cloud: germany }", false),
        ("{ cloud: public }", "{ cloud: public, family: usage }", false),
        ("{ cloud: public, family: usage }", "{ cloud: public, channel: ea }", true),
    ])
    func `equally specific rows that one subject could fit are refused, whatever they depend on`(
        first: String,
        second: String,
        collide: Bool
    ) {
        let text =
            Self.good.replacing("rule: LIC-10", with: "rule: LIC-10\n    scope: \(first)") + """

                  - { id: two, key: tenant.maxActiveSubscriptions, value: 300, from: 2018-01-01, rule: LIC-10,
                      scope: \(second) }
                """
        #expect(faults(text).map(\.code) == (collide ? [.conflictsWithAnotherRow] : []))
    }

    private func faults(of text: String, over rows: [PolicyRow]) throws -> [InputFault] {
        try PolicyFiles.read(text).get().faults(over: PolicyBook(edition: 1, rows: rows))
    }

    @Test func `a package may be drafted without a summary, and announced only with both`() throws {
        #expect(try faults(of: Self.good, over: []).isEmpty)
        let silent = Self.good.replacing("    summary: { en: Nothing but a test., ja: テストだけの内容です。 }\n", with: "")
            .replacing("summary: { en: Nothing but a test., ja: テストだけの内容です。 }\n", with: "")
        #expect(faults(silent).isEmpty)
        #expect(try faults(of: silent, over: []).map(\.field) == ["summary.en", "summary.ja"])
        let english = Self.good.replacing("source: a test", with: "source: a test\nadvice: { en: Rest. }")
        #expect(try faults(of: english, over: []).map(\.field) == ["advice.ja"])
    }

    @Test func `a row may not come to stand beside an equally specific one that stays`() throws {
        let german = PolicyRow(
            id: PolicyRow.ID(rawValue: "german"),
            key: "tenant.maxActiveSubscriptions",
            value: .number(10),
            scope: [.cloud: "germany"],
            from: .earliest,
            rules: ["LIC-10"],
            source: "a test",
            reviewBy: .latest,
            package: "old"
        )
        let usage = Self.good.replacing("rule: LIC-10", with: "rule: LIC-10\n    scope: { family: usage }")
        #expect(try faults(of: usage, over: [german]).map(\.value) == ["german"])
        let both =
            usage + """

                  - { id: two, key: tenant.maxActiveSubscriptions, value: 300, from: 2018-01-01, rule: LIC-10,
                      scope: { cloud: germany } }
                """
        #expect(faults(both).map(\.code) == [.conflictsWithAnotherRow])
        #expect(try faults(of: Self.good, over: [german]).isEmpty)
    }
}
