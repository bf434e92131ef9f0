/// What a partner sold itself, as it stands when it is asked about: what may be done with it, until when, and what that
/// costs (SM-5). The same answers explain and enforce.
struct OwnSale {
    let subscription: Subscription
    let asker: Asker
    let base: Subscription?
    let region: String?
    let state: LifecycleState
    let now: Instant

    init(_ situation: Situation, _ deliberation: inout Deliberation) throws(Refusal) {
        subscription = try situation.subscription.converted(&deliberation) ?? situation.subscription
        (asker, base, region, now) = (situation.asker, situation.base, situation.region, deliberation.at)
        state = try subscription.state(&deliberation)
    }

    func facets(_ deliberation: inout Deliberation) throws(Refusal) -> Circumstances {
        var facets = try subscription.facets(at: now, &deliberation)
        facets[.partnerType] = asker.kind.rawValue
        facets[.region] = region
        return facets
    }

    /// When the term began that it is in, which is when its windows opened (OP-33).
    var opened: Instant { state.period?.start ?? subscription.createdAt }

    /// INV-04: what the portal only observes is never driven.
    var observed: Answer? {
        subscription.source == .managed ? nil : Answer(.refused, .observedOnly, "INV-04", next: [NextStep(.askSeller)])
    }

    var notActive: Answer { Answer(.refused, .notActive, "SM-5", next: reactivation) }

    /// The last moment at which a suspended subscription can be taken up again.
    var reactivation: [NextStep] {
        guard state.status == .suspended else { return [] }
        return [NextStep(.reactivate, on: state.until)]
    }
}

extension Situation {
    func ownSale(
        _ action: SubscriptionAction,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        let sale = try OwnSale(self, &deliberation)
        switch action {
        case .provision, .support:
            return sale.state.status == .deleted
                ? Answer(.refused, .notActive, "SM-5") : Answer(.allowed, .ownSale, "SM-0")
        case .manage: return try sale.managing(&deliberation)
        case .changeQuantity: return try sale.changingSeats(to: nil, &deliberation)
        case .suspend: return try sale.suspending(for: nil, &deliberation)
        case .cancel: return try sale.cancelling(&deliberation)
        case .requestPermission, .switchPartner, .transferLicense, .replaceLicense, .recreate:
            return Answer(.refused, .alreadyYours, "SM-0")
        }
    }
}

// Looking after it.
extension OwnSale {
    /// Allowed while it exists; what waits to be done comes with it (OP-30, OP-32).
    func managing(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard state.status != .deleted else { return Answer(.refused, .notActive, "SM-5") }
        return Answer(.allowed, .ownSale, "SM-0", next: try waiting(&deliberation))
    }

    private func waiting(_ deliberation: inout Deliberation) throws(Refusal) -> [NextStep] {
        guard subscription.source == .managed else { return [] }
        switch state.status {
        case .suspended: return reactivation
        case .disabled:
            let answer = try resuming(&deliberation)
            return answer.verdict == .allowed ? [NextStep(.reactivate, on: state.until)] : []
        case .active:
            if state.isExtended { return [try beyondTerm(.cancelExtension, on: nil, &deliberation)] }
            guard let term = subscription.term, !term.autoRenew, now < term.end else { return [] }
            return try endOfTerm(term.end, &deliberation)
        case .expired, .deleted: return []
        }
    }

    /// LC-20, OP-32: auto-renew that is merely off is no choice where the term runs on; elsewhere the end is the end.
    private func endOfTerm(_ end: Instant, _ deliberation: inout Deliberation) throws(Refusal) -> [NextStep] {
        guard try subscription.termEnd(&deliberation).value == .extend else {
            return [NextStep(.turnOnAutoRenew, on: end)]
        }
        switch subscription.course.endOfTerm {
        case .cancel: return [NextStep(.exportData, on: end)]
        case .extend: return [try beyondTerm(.payExtension, on: end, &deliberation)]
        case .renew, nil: return [try beyondTerm(.chooseEndOfTerm, on: end, &deliberation)]
        }
    }

    /// With what a month beyond the term costs: the price where a monthly plan exists, and in words what it is where
    /// none does, because offers do not know their plans (LC-20).
    private func beyondTerm(
        _ action: NextStep.Action,
        on day: Instant?,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> NextStep {
        let month = try subscription.monthBeyondTerm(&deliberation)
        return NextStep(
            action,
            on: day,
            cost: month.cost,
            arguments: ["uplift": .count(month.uplift), "otherwise": .count(month.upliftWithoutPlan)]
        )
    }

    /// Taking up again what was suspended, or what was cancelled and is kept (LC-04, LC-11, LC-19).
    func resuming(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        if let observed { return observed }
        switch state.status {
        case .active: return Answer(.allowed, .ownSale, "SM-5")
        case .suspended:
            if let base, try base.state(&deliberation).status != .active {
                return Answer(.refused, .baseNotActive, "LC-21", next: [NextStep(.reactivateBase)])
            }
            var resumed = subscription
            resumed.turn(to: .active, at: now)
            guard try resumed.state(&deliberation).status == .active else { return gone("LC-12") }
            return Answer(.allowed, .ownSale, state.rule, row: state.row, next: [])
        case .disabled where subscription.status == .disabled:
            let reversible = try deliberation.decide(.cancelReversible, for: facets(&deliberation))
            guard reversible.value else { return gone(reversible.rule, row: reversible.row) }
            return Answer(.allowed, .ownSale, reversible.rule, row: reversible.row)
        case .expired, .disabled: return gone("LC-12", row: state.row)
        case .deleted: return gone("LC-13", row: state.row)
        }
    }

    private func gone(_ rule: RuleID, row: PolicyRow.ID? = nil) -> Answer {
        Answer(.refused, .cannotBeReactivated, rule, row: row)
    }

    /// LIC-11: auto-renew on or off, while there is a term to renew.
    func renewing(_ isOn: Bool, _ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        if let observed { return observed }
        let rule: RuleID = state.status == .suspended ? "LC-11" : "LIC-11"
        guard subscription.term != nil, !state.isExtended,
            state.status == .active || (state.status == .suspended && !isOn)
        else { return Answer(.refused, .autoRenewNotPossible, rule, next: reactivation) }
        guard !isOn else { return Answer(.allowed, .ownSale, rule) }
        return Answer(.allowed, .ownSale, rule, next: try endOfTerm(state.period?.end ?? now, &deliberation))
    }

    /// LC-20: what is to happen when the term ends.
    func choosing(_ choice: EndOfTerm, _ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        if let observed { return observed }
        guard subscription.term != nil, state.status == .active, !state.isExtended else { return notActive }
        let facets = try facets(&deliberation)
        let choices = try deliberation.decide(.endOfTermChoices, for: facets)
        guard choices.value.contains(choice) else {
            return Answer(
                .refused,
                .endOfTermNotOffered,
                choices.rule,
                row: choices.row,
                from: deliberation.nextChange(of: .endOfTermChoices, for: facets)
            )
        }
        return Answer(.allowed, .ownSale, choices.rule, row: choices.row)
    }
}
