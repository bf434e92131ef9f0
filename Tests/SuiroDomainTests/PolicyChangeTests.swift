import SuiroAssets
import SuiroDomain
import Testing

/// Old and new side by side: what an edition answers otherwise than the one before it.
@Suite struct PolicyChangeTests {
    private func row(
        _ id: String,
        _ value: PolicyValue,
        scope: Circumstances = [:],
        from: String = "2017-01-01",
        until: String? = nil,
        key: String = "usage.switch.allowed",
        package: String = "test"
    ) throws -> PolicyRow {
        PolicyRow(
            id: PolicyRow.ID(rawValue: id),
            key: key,
            value: value,
            scope: scope,
            from: try Sample.instant(from),
            until: try until.map(Sample.instant),
            rules: ["S-23"],
            source: "a test",
            reviewBy: .latest,
            package: package
        )
    }

    private func changes(
        publishing rows: [PolicyRow],
        over old: [PolicyRow],
        on day: String,
        in cloud: Cloud = .public,
        seenOn today: String = "2017-06-09"
    ) throws -> [PolicyChange] {
        let book = PolicyBook(edition: 1, rows: old)
        let package = PolicyPackage(name: "next", title: [:], summary: [:], rows: rows)
        let next = book.publishing(package, effective: try Sample.instant(day))
        return book.changes(to: next, in: cloud, from: try Sample.instant(today))
    }

    @Test func `S-29 a change names the old row, the new row and the day`() throws {
        let found = try changes(
            publishing: [row("new", .flag(false), from: "2019-01-01")],
            over: [row("old", .flag(true))],
            on: "2018-01-01"
        )
        let change = try #require(found.first)
        #expect(found.count == 1)
        #expect(change.before?.id.rawValue == "old")
        #expect(change.after?.id.rawValue == "new")
        #expect(change.from == (try Sample.instant("2019-01-01")))
        #expect(change.until == nil)
        #expect(!change.keepsValue)
    }

    @Test func `an edition that answers the same changes nothing`() throws {
        let book = try Sample.book()
        #expect(book.changes(to: book, in: .public, from: try Sample.instant("2017-06-09")).isEmpty)
        let past = try row("past", .flag(false), until: "2017-06-01")
        #expect(try changes(publishing: [past], over: [row("old", .flag(true))], on: "2018-01-01").isEmpty)
    }

    @Test func `a row for one cloud changes nothing in another`() throws {
        let rows = [try row("german", .flag(false), scope: [.cloud: "germany"])]
        let old = [try row("old", .flag(true))]
        #expect(try changes(publishing: rows, over: old, on: "2018-01-01", in: .public).isEmpty)
        let found = try changes(publishing: rows, over: old, on: "2018-01-01", in: .germany)
        #expect(found.map { $0.before?.id.rawValue } == ["old"])
        #expect(found.map(\.scope) == [[.cloud: "germany"]])
    }

    @Test func `a row for every cloud that gives way to one for this cloud is told once`() throws {
        let found = try changes(
            publishing: [row("here", .flag(false), scope: [.cloud: "public"])],
            over: [row("old", .flag(true)), row("csp", .flag(true), scope: [.channel: "csp", .family: "usage"])],
            on: "2018-01-01"
        )
        #expect(found.map { "\($0.before?.id.rawValue ?? "-") \($0.after?.id.rawValue ?? "-")" } == ["old here"])
    }

    @Test func `what nothing said before, and what nothing says after, are told as such`() throws {
        let begins = try changes(publishing: [row("new", .flag(true))], over: [], on: "2018-01-01")
        #expect(begins.map { $0.before } == [nil])
        let ends = try changes(
            publishing: [row("new", .flag(false), until: "2018-06-01")],
            over: [row("old", .flag(true))],
            on: "2018-01-01"
        )
        #expect(ends.map { $0.after?.id.rawValue } == ["new", nil])
        #expect(ends.map(\.until) == [try Sample.instant("2018-06-01"), nil])
    }

    @Test func `a better source for the same value is told, and that the value stays`() throws {
        let found = try changes(
            publishing: [row("better", .flag(true))],
            over: [row("old", .flag(true))],
            on: "2018-01-01"
        )
        #expect(found.map(\.keepsValue) == [true])
    }

    @Test func `SM-14 without the withdrawn package everything is as the others make it`() throws {
        let first = PolicyBook(edition: 1, rows: [try row("old", .flag(true))])
        func package(_ id: String, _ day: String) throws -> (package: PolicyPackage, effective: Instant) {
            let rows = [try row(id, .flag(false), from: "2017-01-01", package: id)]
            return (PolicyPackage(name: id, title: [:], summary: [:], rows: rows), try Sample.instant(day))
        }
        let (one, two, three) = (
            try package("one", "2018-01-01"), try package("two", "2019-01-01"), try package("three", "2020-01-01")
        )
        let all = [one, two, three].reduce(first) { $0.publishing($1.package, effective: $1.effective) }
        let left = all.republishing([one, three], on: first)
        func answer(_ day: String) throws -> String? {
            left.row("usage.switch.allowed", for: [:], at: try Sample.instant(day))?.id.rawValue
        }
        #expect(left.edition == all.edition + 1)
        #expect(try answer("2018-06-01") == "one")
        #expect(try answer("2019-12-31T23:59:59.999Z") == "one")
        #expect(try answer("2020-01-01") == "three")
        #expect(all.republishing([], on: first).rows == first.rows)
    }

    @Test func `the stages of a package follow its day`() throws {
        let old = PolicyBook(edition: 1, rows: [try row("old", .flag(true))])
        let package = PolicyPackage(name: "p", title: [:], summary: [:], rows: [try row("new", .flag(false))])
        let day = try Sample.instant("2018-01-01")
        let book = old.publishing(package, effective: day)
        let later = PolicyPackage(name: "q", title: [:], summary: [:], rows: [try row("newer", .flag(true))])
        let last = book.publishing(later, effective: try Sample.instant("2019-01-01"))
        func stage(_ effective: Instant?, _ withdrawn: Bool, _ book: PolicyBook, _ at: String) throws -> PackageStage {
            PackageStage(
                effective: effective,
                isWithdrawn: withdrawn,
                package: package,
                book: book,
                at: try Sample.instant(at)
            )
        }
        #expect(try stage(nil, false, old, "2017-06-09") == .draft)
        #expect(try stage(day, false, book, "2017-12-31T23:59:59.999Z") == .announced)
        #expect(try stage(day, false, book, "2018-01-01") == .effective)
        #expect(try stage(day, true, book, "2017-06-09") == .withdrawn)
        #expect(try stage(day, false, last, "2018-12-31T23:59:59.999Z") == .effective)
        #expect(try stage(day, false, last, "2019-01-01") == .superseded)
    }
}
