import Foundation
import SuiroAssets
import SuiroDomain
import Testing

/// The catalogues as a whole: both languages say the same, each in its own letters.
@Suite struct WordsTests {
    private static let words = Result { try Words.load() }
    private var words: Words { get throws { try Self.words.get() } }

    /// Languages call themselves by their own names.
    private func namesALanguage(_ key: String) -> Bool { key.hasPrefix("language.") }

    @Test func `every key has its arguments in both languages`() throws {
        let words = try words
        #expect(!words.keys.isEmpty)
        for key in words.keys.sorted() {
            #expect(words.arguments(of: key, in: .en) == words.arguments(of: key, in: .ja), "\(key)")
        }
    }

    @Test func `no text is empty or has blanks around it`() throws {
        let words = try words
        for key in words.keys.sorted() {
            for language in Language.allCases {
                let text = words.raw(key, in: language) ?? ""
                #expect(!text.isEmpty, "\(key) \(language)")
                #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(key) \(language)")
                #expect(!text.contains("  "), "\(key) \(language)")
            }
        }
    }

    @Test func `English has no Japanese letters`() throws {
        let words = try words
        for key in words.keys.sorted() where !namesALanguage(key) {
            #expect(!Letters.hasJapanese(words.raw(key, in: .en) ?? ""), "\(key)")
        }
    }

    @Test func `Japanese has no sentence in English letters`() throws {
        let words = try words
        for key in words.keys.sorted() where !namesALanguage(key) {
            let text = Letters.withoutArguments(words.raw(key, in: .ja) ?? "")
            let sentence = text.firstMatch(of: /[A-Za-z',]+( [A-Za-z',]+){3,}[.!?]/)
            #expect(sentence == nil, "\(key): \(text)")
        }
    }

    @Test func `Japanese keeps to the agreed terms`() throws {
        let words = try words
        let others = [
            "マルチチャネル", "リセラー関係", "リセラーの関係", "代理管理者権限", "委任された管理者特権", "代理管理特権", "許可", "拒否", "移行", "転送", "停止",
            "解約", "レコードのパートナー", "間接再販業者", "サポート チケット", "全体管理者", "販売代理店", "従量課金", "影響を受けるユーザー", "させていただ",
        ]
        for key in words.keys.sorted() {
            let text = words.raw(key, in: .ja) ?? ""
            #expect(!others.contains { text.contains($0) }, "\(key): \(text)")
        }
    }

    @Test func `every text is translated and tells its translator where it stands`() throws {
        for name in try Assets.names(in: "Words") where name.hasSuffix(".xcstrings") {
            let catalog = try JSONDecoder().decode(Catalog.self, from: Data(try Assets.bytes("Words/" + name)))
            #expect(catalog.sourceLanguage == "en")
            for (key, entry) in catalog.strings {
                #expect(!(entry.comment ?? "").isEmpty, "\(key)")
                for localization in entry.localizations.values {
                    #expect((localization.stringUnit?.state ?? "translated") == "translated", "\(key)")
                }
            }
        }
    }

    private struct Catalog: Decodable {
        struct Entry: Decodable {
            let comment: String?
            let localizations: [String: Localization]
        }
        struct Localization: Decodable {
            let stringUnit: Unit?
        }
        struct Unit: Decodable {
            let state: String
        }

        let sourceLanguage: String
        let strings: [String: Entry]
    }
}

enum Letters {
    static func hasJapanese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x3000...0x30FF).contains($0.value) || (0x3400...0x9FFF).contains($0.value) }
            || text.unicodeScalars.contains { (0xFF00...0xFFEF).contains($0.value) }
    }

    static func withoutArguments(_ text: String) -> String { text.replacing(/%\([^)]*\)/, with: "") }
}
