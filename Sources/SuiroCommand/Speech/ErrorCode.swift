/// What a code of an error means, why it comes, and what to do. It needs no server.
package struct ErrorCode: Sendable {
    package let code: Int
    /// The HTTP status it usually comes with.
    package let status: Int
    package let meaning: Catalogue.Sentence
    package let advice: Catalogue.Sentence

    /// The known codes with the numbers nearest to one that is not.
    package static func near(_ code: Int) -> [Int] {
        all.map(\.code).sorted { abs($0 - code) < abs($1 - code) }.prefix(3).sorted()
    }

    init(
        _ code: Int,
        _ status: Int,
        meaning: (en: String, ja: String),
        advice: (en: String, ja: String)
    ) {
        (self.code, self.status) = (code, status)
        self.meaning = Catalogue.Sentence(en: meaning.en, ja: meaning.ja)
        self.advice = Catalogue.Sentence(en: advice.en, ja: advice.ja)
    }

    /// Every code of the vendor's table, by number.
    package static let all: [ErrorCode] = (common + commerce + shopping + agreements + published).sorted {
        $0.code < $1.code
    }
}
