import SuiroAssets
import SuiroDomain

// The domain's words in the reader's language.
extension Visit {
    /// Why not, as one sentence.
    func sentence(_ refusal: Refusal) -> String {
        var arguments = refusal.arguments
        switch refusal {
        case .deciderRole(let role): arguments["role"] = .text(say("role.\(role.rawValue)"))
        case .requestorRole(let roles, _):
            arguments["roles"] = .text(list(roles.map { say("role.\($0)") }))
        case .removalBlocked(let names, _): arguments["subscriptions"] = .text(list(names))
        default: break
        }
        return say("reason.\(refusal.reason.rawValue)", arguments)
    }

    /// Why not, and which rule says so, where no link can stand.
    func sentenceAndRule(_ refusal: Refusal) -> String {
        guard let rule = refusal.rule else { return sentence(refusal) }
        return "\(sentence(refusal)) \(say("portal.rule", ["rule": .text(rule.description)]))"
    }

    /// What is wrong with one field.
    func sentence(_ fault: InputFault) -> String {
        say("fault.\(fault.code.rawValue)", ["field": .text(fault.field), "value": .text(fault.value ?? "")])
    }

    func sentence(_ option: Option) -> String { say("reason.\(option.reason.rawValue)", option.arguments) }

    /// What can be done next, with its day and its price; a link where the portal can do it. `customer` is whom
    /// it is about, and `subscription` what, where that is known.
    func step(_ step: NextStep, for customer: ID<Customer>?, about subscription: ID<Subscription>? = nil) -> HTML {
        var arguments = step.arguments
        let sentence = say("next.\(step.action.rawValue)", arguments)
        arguments = ["step": .text(sentence)]
        if let date = step.date { arguments["date"] = .day(date) }
        if let cost = step.cost { arguments["cost"] = .money(cost) }
        let text =
            switch (step.date, step.cost) {
            case (nil, nil): sentence
            case (_?, nil): say("portal.next.dated", arguments)
            case (nil, _?): say("portal.next.priced", arguments)
            case (_?, _?): say("portal.next.datedAndPriced", arguments)
            }
        switch step.action {
        case .requestPermission, .renewPermission:
            guard let visitor, visitor.may(.requestRelationship, at: now) else { return "\(text)" }
            return "<a href=\"\(Place.newRequest(customer: customer))\">\(text)</a>"
        case .readTermsAgain:
            return "<a href=\"\(page)\">\(text)</a>"
        case .switchPartner: return plan(text, customer, subscription, .switchPartner)
        case .transferLicense: return plan(text, customer, subscription, .transferLicense)
        case .recreate, .createSubscription: return plan(text, customer, subscription, .recreate)
        case .waitForTermEnd: return plan(text, customer, subscription, .replaceLicense, .wait)
        case .cancelFirst: return plan(text, customer, subscription, .replaceLicense, .cancelFirst)
        case .resolveLeftovers:
            guard let customer, visitor?.organization.kind == .customer else { return "\(text)" }
            return "<a href=\"\(Place.access(of: customer))#leftovers\">\(text)</a>"
        case .askProvider, .askSeller, .assignResourceRole, .cancelServicesOrWhole, .enterDetails,
            .forwardToGlobalAdmin, .provideEvidence, .settleAccount, .useCustomerTenant, .cancelAtTermEnd,
            .cancelExtension, .cancelInTime, .chooseEndOfTerm, .exportData, .payExtension, .payWhileSuspended,
            .reactivate, .reactivateBase, .receiveCredit, .removeSeats, .turnOnAutoRenew, .grantAccess,
            .includeAddOn, .renewMove, .verifyAccess, .waitForTurn, .recordAgreement:
            return "\(text)"
        }
    }

    /// The way into the wizard, for whoever may ask for a move and where it is known what about.
    private func plan(
        _ text: String,
        _ customer: ID<Customer>?,
        _ subscription: ID<Subscription>?,
        _ kind: MoveKind,
        _ plan: LicensePlan? = nil
    ) -> HTML {
        guard let customer, let subscription, let visitor,
            visitor.may(.requestMove, in: .customer(customer), at: now)
        else { return "\(text)" }
        return "<a href=\"\(Place.newMove(of: customer, subscription, kind: kind, plan: plan))\">\(text)</a>"
    }

    func verdict(_ verdict: Verdict) -> HTML {
        let tone: Tone =
            switch verdict {
            case .allowed: .good
            case .conditional: .warning
            case .refused: .bad
            }
        return badge(say("verdict.\(verdict.rawValue)"), tone)
    }

    func role(_ name: String) -> String { words.has("adminRole.\(name)") ? say("adminRole.\(name)") : name }
}
