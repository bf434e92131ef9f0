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

    /// Every code that a partner centre answers, of this server or of another, by number.
    package static let all: [ErrorCode] = topics.joined().sorted { $0.code < $1.code }

    /// A code stands in one of them only.
    private static let topics: [[ErrorCode]] = [
        common, commerce, shopping, agreements, azure, carts, conversions, customers, orders, subscriptions, transfers,
    ]
}
