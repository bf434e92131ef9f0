import Foundation
import SuiroAssets
import SuiroDomain
import SuiroService
import SuiroTesting
import Testing

/// Keeps `docs/rules.en.md` and `docs/rules.ja.md` true: the pages are printed from the packages.
@Suite struct RulesPageTests {
    @Test(arguments: Language.allCases)
    func `docs/rules lists every row of every package under its key`(language: Language) throws {
        let words = try Words.load()
        let names = try PolicyFiles.names()
        let rows = try names.flatMap { try PolicyFiles.shipped($0).rows }
        let others = names.filter { $0 != PolicyFiles.defaultPackage }.joined(separator: ", ")
        let intro = words.say(
            "rulesPage.intro",
            language,
            ["installed": .text(PolicyFiles.defaultPackage), "shipped": .text(others)]
        )
        var lines = ["# \(words.say("rulesPage.title", language))", "", intro, ""]
        for key in Set(rows.map(\.key)).sorted() {
            lines += ["## \(key)", "", words.meaning(of: key, language), ""]
            lines += table(rows.filter { $0.key == key }, words, language) + [""]
        }
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs")
        let page = lines.dropLast().joined(separator: "\n") + "\n"
        try Golden.compare(page, with: "rules.\(language.rawValue).md", in: folder)
    }

    private func table(_ rows: [PolicyRow], _ words: Words, _ language: Language) -> [String] {
        let heads = [
            "rulesPage.package", "rulesPage.row", "portal.policies.value", "portal.policies.scope",
            "portal.policies.from", "portal.policies.until", "portal.policies.rule", "portal.policies.source",
            "portal.policies.confidence",
        ].map { words.say($0, language) }
        let lines = rows.map { row in
            [
                row.package, "`\(row.id)`", "`\(row.value.text)`", words.place(row.scope, language), row.from.day,
                row.until?.day ?? "", row.rules.map(\.description).joined(separator: ", "), row.source,
                words.say("portal.policies.confidence.\(row.confidence.rawValue)", language),
            ]
        }
        return ([heads, heads.map { _ in "---" }] + lines).map { cells in
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
    }

    @Test(arguments: Language.allCases)
    func `every key says in a sentence what it decides`(language: Language) throws {
        let words = try Words.load()
        for key in PolicyVocabulary.shapes.keys.sorted() {
            #expect(words.has("policyKey.\(key)"), "\(key) has no sentence policyKey.\(key) in Policies.xcstrings")
            let sentence = words.meaning(of: key, language)
            #expect(sentence.last == (language == .en ? "." : "。"), "\(key)")
        }
        let spoken = words.keys.filter { $0.hasPrefix("policyKey.") }.map { String($0.dropFirst(10)) }
        #expect(spoken.filter { PolicyVocabulary.shapes[$0] == nil } == [], "sentences about keys that are gone")
    }

    @Test(arguments: Language.allCases)
    func `every place a row may name has its words`(language: Language) throws {
        let words = try Words.load()
        for name in try PolicyFiles.names() {
            for row in try PolicyFiles.shipped(name).rows {
                #expect(!words.place(row.scope, language).contains("⟦"), "\(row.id)")
            }
        }
        for facet in Facet.allCases { #expect(words.has("facet.\(facet.rawValue)")) }
        for stage in PackageStage.allCases { #expect(words.has("packageStage.\(stage.rawValue)")) }
    }
}
