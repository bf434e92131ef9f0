import SuiroDomain
import SuiroHTTP

/// What a person typed to ask a customer for a relationship, as it was typed.
struct RequestForm: Sendable {
    /// Three roles that are enough for everyday work.
    static let recommended: [AdminRole] = [.userAdministrator, .helpdeskAdministrator, .serviceSupportAdministrator]

    private static let longestName = 200

    var mail = ""
    var name = ""
    var domain = ""
    var language: Language
    var wantsAdmin = true
    var roles: Set<AdminRole> = Set(recommended)
    var days: String

    init(language: Language, days: Int) {
        (self.language, self.days) = (language, "\(days)")
    }

    init(_ form: Form) {
        mail = form.typed("mail")
        name = form.typed("name")
        domain = form.typed("domain")
        language = Language(rawValue: form.typed("language")) ?? .en
        wantsAdmin = form.typed("kind") != "relationship"
        roles = Set(form.values("roles").compactMap(AdminRole.init(rawValue:)))
        days = form.typed("days")
    }

    /// The wish behind it, or what is wrong with it.
    func read(_ visit: Visit) -> Result<RelationshipWish, RequestMistakes> {
        var mistakes: [Mistake] = []
        let mail = mail.halfWidth.trimmed
        let domain = domain.halfWidth.trimmed.lowercased()
        if !mail.isEmpty, !mail.isMailAddress {
            mistakes.append(Mistake(field: "mail", text: visit.say("portal.requestForm.mail.mistake")))
        }
        if name.trimmed.unicodeScalars.count > Self.longestName {
            let text = visit.say("portal.requestForm.name.mistake", ["count": .count(Self.longestName)])
            mistakes.append(Mistake(field: "name", text: text))
        }
        if !domain.isEmpty, !domain.isDomain {
            mistakes.append(Mistake(field: "domain", text: visit.say("portal.requestForm.domain.mistake")))
        }
        if wantsAdmin, roles.isEmpty {
            mistakes.append(Mistake(field: "roles", text: visit.say("portal.requestForm.roles.mistake")))
        }
        let days = Int(days.halfWidth.trimmed)
        if wantsAdmin, days.map({ $0 < 1 }) ?? true {
            mistakes.append(Mistake(field: "days", text: visit.say("portal.requestForm.days.mistake")))
        }
        guard mistakes.isEmpty else { return .failure(RequestMistakes(list: mistakes)) }
        return .success(
            RelationshipWish(
                customerDomain: domain.isEmpty ? nil : domain,
                customer: nil,
                recipientName: name.trimmed.isEmpty ? nil : name.trimmed,
                recipientMail: mail.isEmpty ? nil : mail,
                language: language,
                delegatedAdmin: wantsAdmin,
                roles: wantsAdmin ? AdminRole.allCases.filter(roles.contains) : [],
                days: wantsAdmin ? days : nil
            )
        )
    }
}

struct RequestMistakes: Error {
    let list: [Mistake]
}
