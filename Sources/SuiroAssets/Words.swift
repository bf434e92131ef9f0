import Foundation
package import SuiroDomain

/// The catalogue: every sentence people read, in every language, by key.
///
/// Kept as String Catalogs (`Words/*.xcstrings`), so a gap shows in the diff. Arguments are named, `%(name)`, so word
/// order is free; plurals are chosen by the argument `count`.
package struct Words: Sendable {
    private struct Entry: Sendable {
        var one: String?
        var other: String
    }

    private let entries: [Language: [String: Entry]]

    /// All catalogues that ship with the program; a duplicate key or a missing translation is an error at start, not at
    /// night. They are read once: what ships does not change while a program runs.
    package static func load() throws -> Words { try shipped.get() }

    private static let shipped = Result { try read() }

    private static func read() throws -> Words {
        var entries: [Language: [String: Entry]] = [:]
        for name in try Assets.names(in: "Words") where name.hasSuffix(".xcstrings") {
            let file = try JSONDecoder().decode(Catalog.self, from: Data(try Assets.bytes("Words/" + name)))
            for (key, string) in file.strings {
                for language in Language.allCases {
                    guard let localization = string.localizations[language.rawValue], let entry = localization.entry
                    else { throw Fault.untranslated(key: key, language: language) }
                    guard entries[language, default: [:]].updateValue(entry, forKey: key) == nil else {
                        throw Fault.duplicate(key: key)
                    }
                }
            }
        }
        return Words(entries: entries)
    }

    package enum Fault: Error, Equatable, CustomStringConvertible {
        case untranslated(key: String, language: Language)
        case duplicate(key: String)

        package var description: String {
            switch self {
            case .untranslated(let key, let language): "The words '\(key)' have no \(language.rawValue) text."
            case .duplicate(let key): "The words '\(key)' stand in two catalogues."
            }
        }
    }

    package var keys: Set<String> { Set((entries[.en] ?? [:]).keys) }

    /// Whether the catalogue has the key.
    package func has(_ key: String) -> Bool { entries[.en]?[key] != nil }

    /// The names between `%(` and `)` in one language's text.
    package func arguments(of key: String, in language: Language) -> Set<String> {
        guard let entry = entries[language]?[key] else { return [] }
        return Self.names(in: entry.other).union(entry.one.map(Self.names(in:)) ?? [])
    }

    /// The raw text, arguments unfilled; for tests of the catalogue itself.
    package func raw(_ key: String, in language: Language) -> String? { entries[language]?[key]?.other }

    /// The sentence. A key that does not exist shows itself in brackets: tests keep that from happening.
    package func say(_ key: String, _ language: Language, _ arguments: [String: Argument] = [:]) -> String {
        guard let entry = entries[language]?[key] else { return "⟦\(key)⟧" }
        var text = entry.other
        if case .count(1)? = arguments["count"], let one = entry.one { text = one }
        return fill(text, language, arguments)
    }

    private func fill(_ text: String, _ language: Language, _ arguments: [String: Argument]) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "%("), let close = rest[open.upperBound...].firstIndex(of: ")") {
            result += rest[..<open.lowerBound]
            let name = String(rest[open.upperBound..<close])
            result += arguments[name].map { write($0, language) } ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func names(in text: String) -> Set<String> {
        var names: Set<String> = []
        var rest = text[...]
        while let open = rest.firstRange(of: "%("), let close = rest[open.upperBound...].firstIndex(of: ")") {
            names.insert(String(rest[open.upperBound..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names
    }

    /// A value as the language writes it.
    package func write(_ argument: Argument, _ language: Language) -> String {
        switch argument {
        case .text(let text): text
        case .count(let count): Self.grouped("\(count)")
        case .day(let instant): Self.day(instant, language)
        case .moment(let instant): Self.minute(instant, language)
        case .money(let money): Self.money(money)
        case .words(let key): say(key, language)
        }
    }

    private struct Catalog: Decodable {
        struct Text: Decodable {
            let localizations: [String: Localization]
        }
        struct Localization: Decodable {
            let stringUnit: Unit?
            let variations: Variations?

            var entry: Entry? {
                if let stringUnit { return Entry(one: nil, other: stringUnit.value) }
                guard let plural = variations?.plural, let other = plural["other"] else { return nil }
                return Entry(one: plural["one"]?.stringUnit.value, other: other.stringUnit.value)
            }
        }
        struct Variations: Decodable {
            let plural: [String: Plural]
        }
        struct Plural: Decodable {
            let stringUnit: Unit
        }
        struct Unit: Decodable {
            let value: String
        }

        let strings: [String: Text]
    }
}

// Dates and amounts as each language writes them.
extension Words {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays: [Language: [String]] = [
        .en: ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"], .ja: ["木", "金", "土", "日", "月", "火", "水"],
    ]

    /// In a sentence: `Wed 31 Mar 2027`, `2027年3月31日(水)`. UTC.
    package static func day(_ instant: Instant, _ language: Language) -> String {
        let civil = CivilTime(instant)
        let index = Int(((instant.startOfDay.milliseconds / 86_400_000) % 7 + 7) % 7)
        let weekday = (weekdays[language] ?? [])[index]
        return switch language {
        case .en: "\(weekday) \(civil.day) \(months[civil.month - 1]) \(civil.year)"
        case .ja: "\(civil.year)年\(civil.month)月\(civil.day)日(\(weekday))"
        }
    }

    /// In a table: `31 Mar 2027`, `2027/03/31`. UTC.
    package static func shortDay(_ instant: Instant, _ language: Language) -> String {
        let civil = CivilTime(instant)
        return switch language {
        case .en: "\(civil.day) \(months[civil.month - 1]) \(civil.year)"
        case .ja: instant.day.replacing("-", with: "/")
        }
    }

    /// `31 Mar 2027, 18:05 UTC`, `2027/03/31 18:05 UTC`.
    package static func minute(_ instant: Instant, _ language: Language) -> String {
        let clock = instant.description.dropFirst(11).prefix(5)
        return switch language {
        case .en: "\(shortDay(instant, .en)), \(clock) UTC"
        case .ja: "\(shortDay(instant, .ja)) \(clock) UTC"
        }
    }

    package static func money(_ money: Money) -> String {
        let symbol =
            switch money.currency.description {
            case "JPY": "¥"
            case "USD": "$"
            case "EUR": "€"
            case "GBP": "£"
            default: "\(money.currency) "
            }
        return symbol + grouped(money.text)
    }

    private static func grouped(_ number: String) -> String {
        let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let negative = parts[0].hasPrefix("-")
        let digits = Array(parts[0].drop { $0 == "-" })
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return (negative ? "-" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
    }
}
