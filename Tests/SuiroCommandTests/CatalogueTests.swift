import Foundation
import SuiroCommand
import Testing

@Suite struct CatalogueTests {
    private static let keys = Catalogue.sentences.keys.sorted()

    private func arguments(_ text: String) -> [String] {
        Set(text.matches(of: /%\(([A-Za-z]+)\)/).map { String($0.output.1) }).sorted()
    }

    @Test(arguments: keys)
    func `both languages say it, with the same arguments`(key: String) throws {
        let sentence = try #require(Catalogue.sentences[key])
        #expect(!sentence.english.isEmpty)
        #expect(!sentence.japanese.isEmpty)
        #expect(arguments(sentence.english) == arguments(sentence.japanese))
    }

    @Test(arguments: keys)
    func `the words keep the house style`(key: String) throws {
        let sentence = try #require(Catalogue.sentences[key])
        #expect(sentence.english.unicodeScalars.allSatisfy { $0.value < 0x3000 })
        let avoided = [
            "マルチチャネル", "リセラー関係", "許可", "拒否", "停止", "解約", "全体管理者", "従量課金", "販売代理店", "サーバ ", "ユーザ ",
            "させていただき", "！", "しばらくしてから", "下さい",
        ]
        for word in avoided { #expect(!sentence.japanese.contains(word)) }
        #expect(!sentence.english.lowercased().contains("invalid"))
        #expect(!sentence.english.contains("!"))
        // One half-width space between Japanese and Latin letters or digits.
        let kana = #/[ぁ-んァ-ヶ一-龠][A-Za-z0-9]|[A-Za-z0-9][ぁ-んァ-ヶ一-龠]/#
        #expect(sentence.japanese.firstMatch(of: kana) == nil)
    }

    @Test func `every key a command says is in the catalogue, and every sentence is said`() throws {
        let source = try Self.source()
        let said = Set(
            source.matches(of: /(?:words|say|confirm|Phrase|Failure)\(\s*(?:\.[a-zA-Z]+,\s*)?"([A-Za-z.]+)"/)
                .map { String($0.output.1) }
                + source.matches(of: /\? "([a-z]+\.[A-Za-z]+)" : "([a-z]+\.[A-Za-z]+)"/)
                .flatMap { [String($0.output.1), String($0.output.2)] }
        )
        #expect(said.filter { Catalogue.sentences[$0] == nil }.isEmpty)
        let derived = ["column.", "reason.", "exit.", "problem.next."]
        let groups = source.matches(of: /\.word\("([a-zA-Z]+)"\)|in: "([a-zA-Z]+)"/)
            .map { String($0.output.1 ?? $0.output.2 ?? "") + "." }
        let unsaid = Self.keys.filter { key in
            !said.contains(key) && !(derived + groups).contains(where: key.hasPrefix)
        }
        #expect(unsaid.isEmpty)
    }

    @Test func `every column has a heading`() throws {
        let columns = try Self.source().matches(of: /Column\("([A-Za-z]+)"/).map { "column." + $0.output.1 }
        #expect(columns.count > 60)
        #expect(columns.filter { Catalogue.sentences[$0] == nil }.isEmpty)
        let unused = Self.keys.filter { $0.hasPrefix("column.") && !columns.contains($0) }
        #expect(unused.isEmpty)
    }

    @Test func `every way a run can end has words`() {
        for ending in Ending.allCases { #expect(Catalogue.sentences["exit.\(ending)"] != nil) }
    }

    @Test func `an argument is filled in once, whatever it holds`() {
        let words = Words(.english)
        #expect(words("file.unreadable", ["path": "%(path)"]) == "%(path) cannot be read.")
        #expect(words("no.such.key") == "⟦no.such.key⟧")
    }

    @Test(
        arguments: [
            ([:], Language.english), (["LANG": "ja_JP.UTF-8"], .japanese),
            (["LANG": "ja_JP.UTF-8", "LC_ALL": "C"], .english),
            (["LANG": "ja_JP.UTF-8", "LC_ALL": ""], .japanese), (["LANG": "C", "SUIRO_LANG": "ja"], .japanese),
            (["LANG": "de_DE.UTF-8"], .english), (["LC_MESSAGES": "ja_JP.eucJP", "LANG": "C"], .japanese),
        ] as [([String: String], Language)]
    )
    func `the language comes from the first variable that is set`(environment: [String: String], expected: Language) {
        #expect(Language(option: nil, environment: environment) == expected)
        #expect(Language(option: .japanese, environment: environment) == .japanese)
    }

    private static func source() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/SuiroCommand").resolvingSymlinksInPath()
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "swift" && !$0.lastPathComponent.hasPrefix("Catalogue+") }
            .map { try String(contentsOf: $0, encoding: .utf8) }
            .joined(separator: "\n")
    }
}
