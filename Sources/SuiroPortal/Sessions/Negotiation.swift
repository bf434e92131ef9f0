import SuiroDomain

extension Language {
    /// The best of our languages for an `Accept-Language` header (RFC 4647, lookup): `ja-JP` is Japanese, the highest
    /// quality wins, the first of equals. `nil` when the header names none of ours.
    init?(accepting header: String?) {
        guard let header else { return nil }
        var best: (language: Language, quality: Double)?
        for range in header.split(separator: ",").prefix(20) {
            let parts = range.split(separator: ";")
            guard let tag = parts.first?.filter({ $0 != " " }).lowercased(),
                let primary = tag.split(separator: "-").first,
                let language = Language(rawValue: String(primary))
            else { continue }
            let quality =
                parts.dropFirst().map { $0.filter { $0 != " " } }.first { $0.hasPrefix("q=") }
                .flatMap { Double($0.dropFirst(2)) } ?? 1
            guard quality > 0, quality > best?.quality ?? 0 else { continue }
            best = (language, quality)
        }
        guard let best else { return nil }
        self = best.language
    }

    /// Its name in itself.
    func name(_ visit: Visit) -> String {
        switch self {
        case .en: visit.say("language.en")
        case .ja: visit.say("language.ja")
        }
    }

    /// The one to switch to.
    var other: Language {
        switch self {
        case .en: .ja
        case .ja: .en
        }
    }
}
