import Foundation
import SuiroAssets
import SuiroDomain
import Testing

/// The words of the portal and the pages that say them.
@Suite struct WordsInUseTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/SuiroPortal")

    private static func files() throws -> [(name: String, text: String)] {
        let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            (name, String(decoding: try Data(contentsOf: sources.appendingPathComponent(name)), as: UTF8.self))
        }
    }

    private static func said() throws -> Set<String> {
        Set(
            try files().flatMap {
                $0.text.matches(of: /"((?:portal|language)\.[A-Za-z0-9.]+)"/).map { String($0.output.1) }
            }
        )
    }

    private static func isPortals(_ key: String) -> Bool { key.hasPrefix("portal.") || key.hasPrefix("language.") }

    @Test func `every key a page says is in the catalogue, in both languages`() throws {
        let words = try Words.load()
        let said = try Self.said()
        #expect(said.count > 300)
        for language in Language.allCases {
            #expect(said.filter { words.raw($0, in: language) == nil }.isEmpty)
        }
    }

    @Test func `every key of the catalogue is said by a page`() throws {
        let said = try Self.said()
        #expect(try Words.load().keys.filter(Self.isPortals).filter { !said.contains($0) }.isEmpty)
    }

    @Test func `no page makes a key from parts`() throws {
        for (name, text) in try Self.files() { #expect(!text.contains("\"portal.\\("), "\(name)") }
    }

    @Test func `no page has sentences of its own`() throws {
        for (name, text) in try Self.files() {
            let code = text.replacing(/\/\/[^\n]*/, with: "")
            #expect(code.firstMatch(of: /[぀-ヿ一-鿿]/) == nil, "\(name)")
            // Words between two tags, outside of what is spliced in.
            let loose = code.matches(of: /<[a-z0-9]+[^<>\n]*>([^<>\\"{}()=\n]*[A-Za-z]{2}[^<>\\"{}()=\n]*)<\//)
            #expect(loose.map { String($0.output.1) } == [], "\(name)")
        }
    }
}
