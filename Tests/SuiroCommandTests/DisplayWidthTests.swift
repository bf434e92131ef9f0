import SuiroCommand
import Testing

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("Suiro", 5), ("株式会社みらい", 14), ("ﾊﾝｶｸ", 4), ("ﾊﾞﾋﾟ", 4), ("ｶﾞ", 2), ("が", 2), ("か\u{3099}", 2),
        ("e\u{301}", 1), ("é", 1), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("Ａ", 2), ("　", 2), ("₩", 1), ("￥", 2),
        ("①", 1), ("…", 1), ("α", 1), ("a\u{200B}b", 2), ("a\u{FEFF}b", 2), ("\u{1B}", 0),
    ])
    func `cells follow East Asian Width`(text: String, cells: Int) {
        #expect(DisplayWidth().of(text) == cells)
    }

    @Test(arguments: ["😀", "👍🏽", "👩‍💻", "👨‍👩‍👧", "🇯🇵", "1️⃣", "☺️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🫨"])
    func `an emoji takes two cells, however many characters it is made of`(text: String) {
        #expect(DisplayWidth().of(text) == 2)
    }

    @Test(arguments: [("①", 2), ("…", 2), ("α", 2), ("é", 2), ("ｱ", 1), ("A", 1), ("漢", 2), ("e\u{301}", 1)])
    func `ambiguous characters take two cells where the terminal says so`(text: String, cells: Int) {
        #expect(DisplayWidth(ambiguous: 2).of(text) == cells)
    }

    @Test func `cutting never splits a wide character`() {
        #expect(DisplayWidth().fit("株式会社みらい", to: 8) == "株式会…")
        #expect(DisplayWidth().fit("株式会社みらい", to: 7) == "株式会…")
        #expect(DisplayWidth().fit("株式会社みらい", to: 14) == "株式会社みらい")
        #expect(DisplayWidth(ambiguous: 2).fit("株式会社みらい", to: 8) == "株式会…")
    }
}
