/// One column of a table, one line of a record: where its value is, and how a person reads it.
package struct Column: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case text
        case day
        case instant
        case money
        /// A value of a closed list, with words in the catalogue under `group.value`.
        case word(String)
    }

    /// Its name for `--columns`, in the head of CSV, and in the catalogue; never translated.
    package let key: String
    package let path: String
    package let kind: Kind
    /// Only `-o wide`, records and CSV show it.
    package let isWide: Bool

    package init(_ key: String, _ path: String? = nil, _ kind: Kind = .text, wide: Bool = false) {
        self.key = key
        self.path = path ?? key
        self.kind = kind
        isWide = wide
    }

    package func heading(_ words: Words) -> String {
        words.word(key, in: "column")
    }

    /// For people: dates, words and lists in their language.
    package func shown(of item: JSON, words: Words, moments: Moments) -> String {
        shown(item.at(path), words: words, moments: moments)
    }

    private func shown(_ value: JSON, words: Words, moments: Moments) -> String {
        if case .money = kind, let money = Money(value) { return money.shown }
        switch value {
        case .null: return ""
        case .array(let elements):
            return elements.map { shown($0, words: words, moments: moments) }.joined(separator: words.comma)
        case .object(let members):
            if members.count == 2, let key = value["key"].text {
                return key + "=" + (value["value"].text ?? value["value"].compact)
            }
            if let name = value["name"].text ?? value["text"].text ?? value["id"].text { return name }
            return members.map { $0.name + "=" + ($0.value.text ?? $0.value.compact) }.joined(separator: words.comma)
        case .bool, .number, .string: break
        }
        guard let text = value.text else { return "" }
        switch kind {
        case .text, .money: return text
        case .day: return moments.day(text)
        case .instant: return moments.instant(text)
        case .word(let group): return words.word(text, in: group)
        }
    }

    /// For programs: the value as the API wrote it; a list of scalars with semicolons, anything else as JSON.
    package func raw(of item: JSON) -> String {
        let value = item.at(path)
        switch value {
        case .null: return ""
        case .string(let text): return text
        case .bool, .number: return value.text ?? ""
        case .array(let elements) where elements.allSatisfy { $0.text != nil }:
            return elements.compactMap(\.text).joined(separator: ";")
        case .array, .object: return value.compact
        }
    }
}
