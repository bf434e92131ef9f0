/// A sentence yet to be said: which one, and what it is about.
package struct Phrase: Equatable, Sendable {
    package let key: String
    package let arguments: [String: String]

    package init(_ key: String, _ arguments: [String: String] = [:]) {
        self.key = key
        self.arguments = arguments
    }
}

/// The catalogue in one language.
package struct Words: Equatable, Sendable {
    package let language: Language

    package init(_ language: Language) {
        self.language = language
    }

    /// The sentence with its arguments filled in. A key without words shows as itself, in brackets.
    package func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String {
        self(Phrase(key, arguments))
    }

    package func callAsFunction(_ phrase: Phrase) -> String {
        guard let sentence = Catalogue.sentences[phrase.key] else { return "⟦\(phrase.key)⟧" }
        // One pass over the sentence: an argument that itself looks like a placeholder stays as it is.
        return sentence[language].replacing(/%\(([A-Za-z]+)\)/) { match in
            phrase.arguments[String(match.output.1)] ?? String(match.output.0)
        }
    }

    /// The word for a value of the API, such as a state; the value itself where the catalogue has none.
    package func word(_ value: String, in group: String) -> String {
        Catalogue.sentences["\(group).\(value)"].map { $0[language] } ?? value
    }

    /// What stands between the parts of an enumeration.
    package var comma: String {
        switch language {
        case .english: ", "
        case .japanese: "、"
        }
    }
}
