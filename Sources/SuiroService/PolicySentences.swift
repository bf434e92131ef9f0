package import SuiroAssets
package import SuiroDomain

// Rules and their changes as people read them.
extension Words {
    /// What a key decides, in one sentence; a key this program does not know has only its name.
    package func meaning(of key: String, _ language: Language) -> String {
        has("policyKey.\(key)") ? say("policyKey.\(key)", language) : key
    }

    /// Where a row holds: everywhere, or for each facet it names.
    package func place(_ scope: Circumstances, _ language: Language) -> String {
        let parts = Facet.allCases.compactMap { facet in
            scope[facet].map { word in
                say(
                    "policy.scope.facet",
                    language,
                    ["facet": .words("facet.\(facet.rawValue)"), "word": .text(name(of: word, as: facet, language))]
                )
            }
        }
        guard let first = parts.first else { return say("policy.scope.everywhere", language) }
        return parts.dropFirst().reduce(first) { list, part in
            say("policy.list.pair", language, ["first": .text(list), "second": .text(part)])
        }
    }

    private func name(of word: String, as facet: Facet, _ language: Language) -> String {
        let key =
            switch facet {
            case .cloud: "cloud.\(word)"
            case .channel: "channel.\(word)"
            case .family: "family.\(word)"
            case .partnerType: "kind.\(word)"
            case .commerceEra: "commerceEra.\(word)"
            case .offering: "offering.\(word)"
            case .program, .region, .currency: word
            }
        return has(key) ? say(key, language) : word
    }

    /// One change as a sentence: key, place, old value, new value, from when.
    package func line(_ change: PolicyChange, _ language: Language) -> String {
        let arguments: [String: Argument] = [
            "key": .text(change.key), "place": .text(place(change.scope, language)),
            "before": .text(change.before?.value.text ?? ""), "after": .text(change.after?.value.text ?? ""),
            "from": .day(change.from),
        ]
        return switch (change.before, change.after) {
        case (nil, _): say("policy.change.begins", language, arguments)
        case (_, nil): say("policy.change.ends", language, arguments)
        case (_?, _?): say("policy.change.turns", language, arguments)
        }
    }

    /// The changes of value, one a line.
    package func lines(_ changes: [PolicyChange], _ language: Language) -> String {
        let telling = changes.filter { !$0.keepsValue }
        guard !telling.isEmpty else { return say("policy.change.none", language) }
        return telling.map { line($0, language) }.joined(separator: "\n")
    }
}
