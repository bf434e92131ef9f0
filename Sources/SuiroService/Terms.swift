import SuiroAssets
package import SuiroDomain
import SuiroStore

/// The text a customer decides about, in one language, with the hash that binds the decision to it.
package struct Terms: Codable, Hashable, Sendable {
    package let language: Language
    package let title: String
    package let intro: String
    package let grants: [String]
    package let notPossible: [String]
    package let unchanged: [String]
    package let closing: [String]

    /// Everything that was shown, line by line.
    package var text: String {
        ([title, intro] + grants + notPossible + unchanged + closing).joined(separator: "\n")
    }

    /// SHA-256 of the text, with its language.
    package var hash: String { "\(language.rawValue)\n\(text)".sha256 }

    /// What accepting would grant, what it would not, and what stays as it is. Depends on nothing that changes between
    /// reading and deciding: no dates, only lengths. `agreement` is what the customer accepts along with it (REL-13).
    init(
        _ request: RelationshipRequest,
        partner: Organization,
        provider: Organization?,
        customer: Organization,
        agreement: AgreementKind?,
        _ words: Words,
        _ language: Language
    ) {
        func say(_ key: String, _ arguments: [String: Argument] = [:]) -> String {
            words.say("terms.\(key)", language, arguments)
        }
        self.language = language
        title = say("title", ["partner": .text(partner.name)])
        intro = say("intro", ["partner": .text(partner.name), "customer": .text(customer.name)])
        var grants: [String] = []
        if request.scope.reseller { grants.append(say("reseller", ["days": .count(request.scope.resellerDays)])) }
        if let provider { grants.append(say("provider", ["provider": .text(provider.name)])) }
        if request.scope.delegatedAdmin {
            let days: Argument = .count(request.scope.days)
            grants.append(say("admin", ["partner": .text(partner.name), "days": days, "count": days]))
            grants += request.scope.roles.map { role in
                say(
                    "adminRole",
                    [
                        "role": .text(words.say("adminRole.\(role)", language)),
                        "can": .text(words.say("adminRole.\(role).can", language)),
                    ]
                )
            }
            if !request.scope.services.isEmpty {
                grants.append(say("services", ["services": .text(request.scope.services.joined(separator: ", "))]))
            }
        }
        self.grants = grants
        notPossible = (1...3).map { say("notPossible.\($0)", ["partner": .text(partner.name)]) }
        unchanged = (1...4).map { say("unchanged.\($0)") }
        let accepted = agreement.map { say("agreement", ["kind": .words("agreementKind.\($0.rawValue)")]) }
        closing = [say("withdraw"), say("support", ["partner": .text(partner.name)]), accepted].compactMap(\.self)
    }
}
