/// Everything the client says, in both languages.
///
/// Keys are dotted ids. Arguments are named, `%(name)`, so that each language orders its words as it likes; a
/// sentence is whole, never put together from pieces.
package enum Catalogue {
    package struct Sentence: Equatable, Sendable {
        package let english: String
        package let japanese: String

        package init(en english: String, ja japanese: String) {
            self.english = english
            self.japanese = japanese
        }

        package subscript(language: Language) -> String {
            switch language {
            case .english: english
            case .japanese: japanese
            }
        }
    }

    /// A key, its English and its Japanese words.
    typealias Entry = (key: String, english: String, japanese: String)

    /// Every entry. A key given twice stops the program at its first word, so no test lets one through.
    package static let sentences = Dictionary(
        uniqueKeysWithValues: (answers + refusals + headings + values + policy + moves).map { entry in
            (entry.key, Sentence(en: entry.english, ja: entry.japanese))
        }
    )
}
