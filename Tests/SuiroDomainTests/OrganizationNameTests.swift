import SuiroDomain
import Testing

/// Names that are meant to be taken for another's (I-07).
@Suite struct OrganizationNameTests {
    private static let real = [
        "Contoso Cloud", "Harbor Lane Cloud 7", "株式会社東西システム", "みらい商事", "マイクロソフト", "日本マイクロソフト株式会社", "東京ソフトウェア",
        "ABC商事", "サン工業", "一ツ橋システム", "八ヶ岳クラウド", "口コミ研究所", "㈱エヌ・ティ・ティ", "Ｃｏｎｔｏｓｏ", "삼성 SDS", "ｶﾌﾞｼｷｶﾞｲｼｬ",
        "Müller & Söhne", "Łódź Soft", "Яндекс Облако", "渡邉\u{E0101}商店", "神\u{FE00}田", "ソフト二課", "L’Oréal",
        "O'Neil (Japan)",
    ]

    @Test("I-07: names as they are given pass without a word", arguments: real)
    func realNames(name: String) {
        #expect(OrganizationName(name).isVisible)
        #expect(OrganizationName(name).doubt == nil)
    }

    @Test("I-07: of five hundred imitations each is refused or marked")
    func imitations() {
        let latin: [Character: Character] = [
            "a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "i": "і", "s": "ѕ", "A": "А",
            "B": "В",
            "C": "С", "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "Ο", "P": "Ρ", "T": "Τ", "X": "Χ",
        ]
        let kana: [Character: Character] = ["カ": "力", "ロ": "口", "ト": "卜", "タ": "夕", "エ": "工", "ニ": "二", "ハ": "八"]
        let invisible =
            "\u{202E}\u{202D}\u{2066}\u{2069}\u{200E}\u{200F}\u{061C}\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}"
            + "\u{00AD}\u{034F}\u{115F}\u{3164}\u{180E}\u{2800}\u{E0041}\u{FE0F}\u{2028}"
        let originals = [
            "Contoso Cloud", "Microsoft Partner", "Harbor Lane", "Fabrikam Systems", "Tokyo Cloud Services",
            "Hokusei Systems",
        ]
        let japanese = ["マイクロソフト", "エヌカロトスト", "カタログハウス", "ソニックタウン"]
        var all: [String] = []
        for name in originals + japanese {
            let letters = Array(name)
            for index in letters.indices {
                if let other = latin[letters[index]] {
                    all.append(String(letters[..<index]) + String(other) + String(letters[(index + 1)...]))
                }
                // The first letter of a name may well be the other one.
                if index > 0, let other = kana[letters[index]] {
                    all.append(String(letters[..<index]) + String(other) + String(letters[(index + 1)...]))
                }
                guard index > 0 else { continue }
                for mark in invisible.unicodeScalars.filter({ $0 != "\u{FE0F}" || letters[index - 1].isASCII }).prefix(
                    21
                ) {
                    var text = String.UnicodeScalarView()
                    text.append(contentsOf: String(letters[..<index]).unicodeScalars)
                    text.append(mark)
                    text.append(contentsOf: String(letters[index...]).unicodeScalars)
                    all.append(String(text))
                }
            }
        }
        all += ["АСЕ", "ΟΚΑΝΟ", "Соса", "РЕРЅІ", "日本卜ヨタ".replacing("本", with: "ト")]
        #expect(all.count >= 500)
        let passed = all.filter { OrganizationName($0).isVisible && OrganizationName($0).doubt == nil }
        #expect(passed == [])
    }
}
