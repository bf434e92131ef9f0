import SuiroAssets
import SuiroDomain

extension Terms {
    /// What approving a relationship of granular delegated administration would give, role by role, and what it would
    /// not. Nothing in it changes once it has been sent, so the text depends on the language alone.
    init(
        _ relationship: DelegatedAdminRelationship,
        partner: Organization,
        customer: Organization,
        _ words: Words,
        _ language: Language
    ) {
        func say(_ key: String, _ arguments: [String: Argument] = [:]) -> String {
            words.say("terms.\(key)", language, arguments)
        }
        let days: Argument = .count(relationship.duration.days ?? 0)
        var grants = [
            say("delegation.term", ["name": .text(relationship.displayName), "days": days]),
            relationship.autoExtendDays.map { say("delegation.extends", ["days": .count($0)]) }
                ?? say("delegation.ends"),
            say("delegation.groups", ["partner": .text(partner.name)]),
        ]
        grants += relationship.roles.map { role in
            say(
                "adminRole",
                [
                    "role": .text(words.say("adminRole.\(role.rawValue)", language)),
                    "can": .text(words.say("adminRole.\(role.rawValue).can", language)),
                ]
            )
        }
        self.language = language
        title = say("delegation.title", ["partner": .text(partner.name)])
        intro = say("intro", ["partner": .text(partner.name), "customer": .text(customer.name)])
        self.grants = grants
        notPossible = (1...3).map { say("notPossible.\($0)", ["partner": .text(partner.name)]) }
        unchanged = (1...4).map { say("unchanged.\($0)") }
        closing = [say("withdraw"), say("support", ["partner": .text(partner.name)])]
    }
}
