import Foundation
import HTTPTypes
import SuiroAPI
import SuiroAssets
import SuiroDomain
import SuiroTesting
import Testing

/// Keeps `docs/compatibility.en.md` and `docs/compatibility.ja.md` true, and the list behind them.
@Suite struct CompatibilityTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let docs = folder.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs")

    @Test(arguments: Language.allCases)
    func `docs/compatibility lists every operation of the vendor with what is answered`(language: Language) throws {
        let words = try Words.load()
        let entries = try Compatibility.shipped.get().entries
        var lines = ["# \(words.say("compatibility.title", language))", ""]
        lines += [words.say("compatibility.intro", language), ""]
        for support in Compatibility.Support.allCases {
            let count = entries.count { $0.support == support }
            lines.append("- \(words.say("compatibility.support.\(support.rawValue)", language)): \(count)")
        }
        let heads = ["operation", "request", "support", "difference"].map { words.say("compatibility.\($0)", language) }
        for area in Set(entries.map(\.area)).sorted() {
            let name = words.say("compatibility.area.\(area)", language)
            lines += ["", "## \(name)", "", "| \(heads.joined(separator: " | ")) |", "|---|---|---|---|"]
            for entry in entries where entry.area == area {
                let support = words.say("compatibility.support.\(entry.support.rawValue)", language)
                let difference = entry.difference[language] ?? ""
                lines.append("| `\(entry.id)` | `\(entry.method) \(entry.path)` | \(support) | \(difference) |")
            }
        }
        let page = lines.joined(separator: "\n") + "\n"
        try Golden.compare(page, with: "compatibility.\(language.rawValue).md", in: Self.docs)
    }

    @Test func `an entry is served exactly if the table of operations has its method and path`() throws {
        let served = Set(Operation.all.map { Compatibility.place($0.method.rawValue, $0.path) })
        for entry in try Compatibility.shipped.get().entries where entry.path.hasPrefix("/") {
            let place = Compatibility.place(entry.method, entry.path)
            #expect(served.contains(place) == (entry.support != .missing), "\(entry.id) says \(entry.support)")
        }
    }

    @Test func `every operation of the vendor stands in the list once`() throws {
        let entries = try Compatibility.shipped.get().entries
        #expect(entries.count == 296)
        #expect(Set(entries.map(\.id)).count == entries.count)
    }

    @Test func `a difference is told in both languages, of an operation in the list`() throws {
        let entries = try Compatibility.shipped.get().entries
        for id in try Compatibility.explained() {
            let entry = try #require(entries.first { $0.id == id }, "\(id) is in no line of operations")
            #expect(entry.difference[.en]?.last == ".", "\(id)")
            #expect(entry.difference[.ja]?.last == "。", "\(id)")
        }
    }

    @Test func `the list of operations that nobody answers only shrinks`() throws {
        let missing = try Compatibility.shipped.get().entries.filter { $0.support == .missing }.map(\.id)
        let file = Self.folder.appendingPathComponent("Goldens/missing-operations.txt")
        let known = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let gone = known.filter { !missing.contains($0) }
        if ProcessInfo.processInfo.environment["SUIRO_REWRITE_GOLDENS"] != nil {
            let left = known.filter { !gone.contains($0) }
            try Data(left.map { $0 + "\n" }.joined().utf8).write(to: file)
        } else {
            #expect(gone == [], "answered now: take these lines out of missing-operations.txt (make goldens does it)")
        }
        let new = missing.filter { !known.contains($0) }
        #expect(new == [], "no longer answered, and missing-operations.txt takes no new lines")
    }
}
