/// The languages people are spoken to in. Names of commands, options and JSON members are the same in both.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case japanese = "ja"

    /// Reads a language tag or the name of a locale: `ja`, `ja-JP`, `ja_JP.UTF-8`.
    package init?(tag: String) {
        let primary = tag.prefix { $0.isLetter }.lowercased()
        self.init(rawValue: primary)
    }

    /// The option first, then `SUIRO_LANG`, `LC_ALL`, `LC_MESSAGES`, `LANG`; English when none of them names a
    /// language spoken here. As POSIX has it, the first variable that is set decides.
    package init(option: Language?, environment: [String: String]) {
        if let option {
            self = option
            return
        }
        let variables = ["SUIRO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        let tag = variables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = tag.flatMap(Language.init(tag:)) ?? .english
    }

    /// What `X-Locale` asks the server for.
    package var locale: String {
        switch self {
        case .english: "en-US"
        case .japanese: "ja-JP"
        }
    }
}
