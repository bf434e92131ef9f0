/// What may be done with a subscription (contract section 3).
package enum SubscriptionAction: String, Codable, CaseIterable, Sendable {
    case requestPermission, provision, manage, support, changeQuantity, suspend, cancel, switchPartner,
        transferLicense, replaceLicense, recreate
}

package enum Verdict: String, Codable, CaseIterable, Sendable { case allowed, conditional, refused }

/// One action, whether it may be done, why, from when, and what next. The same value explains and enforces.
package struct Option: Hashable, Codable, Sendable {
    package let action: SubscriptionAction
    package let verdict: Verdict
    package let rule: RuleID
    package let policyRow: PolicyRow.ID?
    package let reason: Reason
    package let arguments: [String: Argument]
    package let availableFrom: Instant?
    package let next: [NextStep]
}

/// A partner as it asks: who it is and how it stands.
package struct Asker: Hashable, Sendable {
    package let tenant: ID<Tenant>
    package let kind: OrganizationKind
    package let standing: Standing

    package init(tenant: ID<Tenant>, kind: OrganizationKind, standing: Standing) {
        (self.tenant, self.kind, self.standing) = (tenant, kind, standing)
    }
}

/// Everything the answer depends on besides policy and the instant.
package struct Situation: Sendable {
    package let subscription: Subscription
    package let asker: Asker
    package let buyer: TenantType
    /// The asker's live delegated administration in the customer's tenant.
    package let grant: AccessGrant?
    /// What an add-on stands on (LC-21).
    package let base: Subscription?
    /// The customer's country, where law may override the program (LC-10).
    package let region: String?

    package init(
        subscription: Subscription,
        asker: Asker,
        buyer: TenantType,
        grant: AccessGrant?,
        base: Subscription? = nil,
        region: String? = nil
    ) {
        (self.subscription, self.asker, self.buyer) = (subscription, asker, buyer)
        (self.grant, self.base, self.region) = (grant, base, region)
    }

    /// The seller's name; where nobody told us, the channel's.
    private var seller: Argument {
        guard subscription.seller.name.isEmpty else { return .text(subscription.seller.name) }
        return .words("channel.\(subscription.channel?.rawValue ?? "unknown")")
    }

    private var isOwn: Bool { subscription.seller.kind == .partner && subscription.seller.id == asker.tenant }

    var facets: Circumstances {
        var facets: Circumstances = [.partnerType: asker.kind.rawValue]
        if let family = subscription.family { facets[.family] = family.rawValue }
        if let channel = subscription.channel { facets[.channel] = channel.rawValue }
        return facets
    }
}

extension Situation {
    /// Where the subscription is led (SM-0).
    package func classify(_ deliberation: inout Deliberation) throws(Refusal) -> Classification {
        if buyer == .cspTransacting, try deliberation.decide(.resale).value == "allowed" {
            return Classification(
                family: subscription.family,
                channel: subscription.channel,
                soldByAsker: isOwn,
                buyer: .customer,
                eligible: try eligible(&deliberation)
            )
        }
        return Classification(
            family: subscription.family,
            channel: subscription.channel,
            soldByAsker: isOwn,
            buyer: buyer,
            eligible: try eligible(&deliberation)
        )
    }

    private func eligible(_ deliberation: inout Deliberation) throws(Refusal) -> Set<Channel> {
        Set(try deliberation.decide(.multichannelChannels).value.compactMap(Channel.init(rawValue:)))
    }

    /// Every action of the contract, in its order.
    package func options(_ deliberation: inout Deliberation) throws(Refusal) -> (Classification, [Option]) {
        let classification = try classify(&deliberation)
        return (classification, SubscriptionAction.allCases.map { option($0, classification, &deliberation) })
    }

    /// Does nothing when the action may be done; otherwise refuses with the option that explains why.
    package func require(_ action: SubscriptionAction, _ deliberation: inout Deliberation) throws(Refusal) -> Option {
        try option(action, try classify(&deliberation), &deliberation).required()
    }

    package func option(
        _ action: SubscriptionAction,
        _ classification: Classification,
        _ deliberation: inout Deliberation
    ) -> Option {
        option(action, &deliberation) { (deliberation) throws(Refusal) in
            try answer(action, classification, &deliberation)
        }
    }

    /// An answer with all that it takes to explain it, and what was read for it concluded.
    func option(
        _ action: SubscriptionAction,
        _ deliberation: inout Deliberation,
        _ answering: (inout Deliberation) throws(Refusal) -> Answer
    ) -> Option {
        let start = deliberation.count
        let answer: Answer
        do throws(Refusal) {
            answer = try answering(&deliberation)
        } catch {
            answer = Answer(.refused, error.reason, "6.1", arguments: error.arguments)
        }
        deliberation.conclude("\(action.rawValue): \(answer.reason.rawValue)", from: start)
        var arguments = answer.arguments
        arguments["product"] = .text(subscription.name)
        arguments["seller"] = seller
        if let end = termEnd(at: deliberation.at) { arguments["termEnd"] = .day(end) }
        return Option(
            action: action,
            verdict: answer.verdict,
            rule: answer.rule,
            policyRow: answer.row,
            reason: answer.reason,
            arguments: arguments,
            availableFrom: answer.from,
            next: answer.next
        )
    }
}

extension Option {
    /// Itself, when it allows; otherwise the refusal that explains why not.
    package func required() throws(Refusal) -> Option {
        guard verdict == .allowed else { throw .notAllowed(self) }
        return self
    }
}

struct Answer {
    let verdict: Verdict
    let reason: Reason
    let rule: RuleID
    var row: PolicyRow.ID?
    var from: Instant?
    var next: [NextStep] = []
    var arguments: [String: Argument] = [:]

    init(
        _ verdict: Verdict,
        _ reason: Reason,
        _ rule: RuleID,
        row: PolicyRow.ID? = nil,
        from: Instant? = nil,
        next: [NextStep] = [],
        arguments: [String: Argument] = [:]
    ) {
        (self.verdict, self.reason, self.rule, self.row) = (verdict, reason, rule, row)
        (self.from, self.next, self.arguments) = (from, next, arguments)
    }
}

// The table: route × action. Exhaustive, so a new action or route does not compile until it has an answer.
extension Situation {
    private func answer(
        _ action: SubscriptionAction,
        _ classification: Classification,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        switch classification.route {
        case .refused:
            return try refusedRoute(classification, &deliberation)
        case .needsEvidence:
            let reason: Reason = subscription.family == nil ? .unknownFamily : .needsEvidence
            return Answer(.refused, reason, "S-31", next: [NextStep(.provideEvidence)])
        case .own:
            return try ownSale(action, &deliberation)
        case .multichannel, .multipartner, .switch:
            guard asker.kind.isPartner else { return Answer(.refused, .notAPartner, "S-06") }
            return try boughtElsewhere(action, classification, &deliberation)
        }
    }

    private func refusedRoute(
        _ classification: Classification,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        if classification.rule == "S-26" {
            let row = try deliberation.decide(.resale).row
            return Answer(.refused, .resaleForbidden, "S-26", row: row, next: [NextStep(.useCustomerTenant)])
        }
        if subscription.channel == .syndication {
            return Answer(.refused, .syndicationNotEligible, "S-15", next: [NextStep(.askSeller)])
        }
        let row = try deliberation.decide(.multichannelChannels).row
        return Answer(.refused, .channelNotEligible, classification.rule, row: row, next: [NextStep(.askSeller)])
    }

    private func boughtElsewhere(
        _ action: SubscriptionAction,
        _ classification: Classification,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        let enabled = try deliberation.decide(.multichannelEnabled)
        guard enabled.value else { return Answer(.refused, .multichannelNotAvailable, enabled.rule, row: enabled.row) }
        switch action {
        case .requestPermission: return permission(row: enabled.row)
        case .provision, .manage: return managing(classification.route, row: enabled.row)
        case .support: return supporting(classification.route, row: enabled.row)
        case .changeQuantity, .suspend, .cancel:
            return Answer(.refused, .boughtElsewhere, "REL-15", next: [NextStep(.askSeller)])
        case .switchPartner: return try switching(classification.route, &deliberation)
        case .transferLicense: return try transferring(&deliberation)
        case .replaceLicense: return try replacing(&deliberation)
        case .recreate: return try recreating(classification.route, &deliberation)
        }
    }

    private func permission(row: PolicyRow.ID) -> Answer {
        if let grant {
            return Answer(
                .refused,
                .alreadyGranted,
                "REL-20",
                row: row,
                next: [NextStep(.renewPermission, on: grant.until)],
                arguments: ["until": .day(grant.until)]
            )
        }
        guard asker.standing != .suspended else {
            return Answer(.refused, .partnerSuspended, "REL-30", next: [NextStep(.settleAccount)])
        }
        return Answer(.allowed, .permissionMayBeRequested, "S-20", row: row, next: [NextStep(.requestPermission)])
    }

    /// Managing and provisioning where the subscription stays with its seller (S-01, S-06, S-19).
    private func managing(_ route: Route, row: PolicyRow.ID) -> Answer {
        switch (route, subscription.family) {
        case (.multipartner, _): Answer(.refused, .soldByOtherPartner, "S-15", next: [NextStep(.askSeller)])
        case (.switch, _): Answer(.refused, .soldByOtherPartner, "S-23", next: [NextStep(.switchPartner)])
        case (_, .usage) where grant != nil:
            // DA-05: delegated administration does not reach usage-based subscriptions that existed before.
            Answer(
                .conditional,
                .resourceRoleRequired,
                "DA-05",
                row: row,
                next: [NextStep(.assignResourceRole), NextStep(.recreate)]
            )
        default: supporting(route, row: row)
        }
    }

    private func supporting(_ route: Route, row: PolicyRow.ID) -> Answer {
        let rule: RuleID = route == .multichannel ? "S-06" : "MP-03"
        if let grant {
            return Answer(.allowed, .permissionGranted, rule, row: row, arguments: ["until": .day(grant.until)])
        }
        return Answer(.conditional, .permissionRequired, "S-19", row: row, next: [NextStep(.requestPermission)])
    }

    private func switching(_ route: Route, _ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard subscription.family == .usage else { return try licenseBan(&deliberation) }
        guard route == .switch else { return try movingBill(&deliberation) }
        let allowed = try deliberation.decide(.usageSwitchAllowed, for: facets)
        guard allowed.value else { return Answer(.refused, .soldByOtherPartner, "S-23", row: allowed.row) }
        if let cannot = try transacting(&deliberation) { return cannot }
        return Answer(.allowed, .switchAllowed, "S-23", row: allowed.row, next: [NextStep(.switchPartner)])
    }

    private func transferring(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard subscription.family == .license else {
            return Answer(.refused, .notLicenseBased, "S-31", next: usageNext)
        }
        let policy = try deliberation.decide(.licenseSwitch, for: facets)
        guard policy.value == "transfer" else { return try licenseBan(&deliberation) }
        guard subscription.channel == .csp else {
            return Answer(.refused, .notSoldByPartner, policy.rule, row: policy.row)
        }
        if let cannot = try transacting(&deliberation) { return cannot }
        return Answer(.allowed, .transferAllowed, policy.rule, row: policy.row, next: [NextStep(.transferLicense)])
    }

    private func replacing(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard subscription.family == .license else {
            return Answer(.refused, .notLicenseBased, "S-31", next: usageNext)
        }
        if let cannot = try transacting(&deliberation) { return cannot }
        let exits = try exits(&deliberation)
        // One of the two ways has been gone: the term is over, or it was cancelled before moving.
        if try hasEnded(&deliberation) { return Answer(.allowed, .replaceAfterExit, "S-17", row: exits.row) }
        return Answer(
            .conditional,
            .replaceAfterExit,
            "S-17",
            row: exits.row,
            from: termEnd(at: deliberation.at),
            next: exits.value
        )
    }

    private func recreating(_ route: Route, _ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        guard subscription.family == .usage else { return Answer(.refused, .notUsageBased, "S-31") }
        guard route == .multichannel else {
            return Answer(.refused, .useSwitch, "S-24", next: [NextStep(.switchPartner)])
        }
        let path = try deliberation.decide(.usageOtherChannel, for: facets)
        if let cannot = try transacting(&deliberation) { return cannot }
        return Answer(
            .allowed,
            .recreateInSteps,
            "S-21",
            row: path.row,
            next: [NextStep(.createSubscription), NextStep(.enterDetails), NextStep(.cancelServicesOrWhole)]
        )
    }
}

// What several answers share.
extension Situation {
    /// S-16: a licence stays with its partner; there are exactly the exits that policy names.
    private func licenseBan(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        let policy = try deliberation.decide(.licenseSwitch, for: facets)
        guard policy.value == "forbidden" else {
            guard subscription.channel == .csp else {
                return Answer(.refused, .notSoldByPartner, policy.rule, row: policy.row)
            }
            return Answer(.refused, .useTransfer, policy.rule, row: policy.row, next: [NextStep(.transferLicense)])
        }
        let exits = try exits(&deliberation)
        let change = deliberation.nextChange(of: .licenseSwitch, for: facets)
        let dates = [try hasEnded(&deliberation) ? nil : termEnd(at: deliberation.at), change]
        return Answer(
            .refused,
            .licenseSwitchForbidden,
            "S-16",
            row: policy.row,
            from: dates.compactMap(\.self).min(),
            next: exits.value
        )
    }

    /// S-17: wait until the end of the term, or cancel before moving; with dates and what each costs.
    private func exits(_ deliberation: inout Deliberation) throws(Refusal) -> Decision<[NextStep]> {
        let now = deliberation.at
        let options = try deliberation.decide(.licenseExits, for: facets)
        let refund = try deliberation.decide(.cancelRefund, for: facets)
        let steps = options.value.compactMap { option -> NextStep? in
            switch option {
            case "waitForTermEnd":
                return NextStep(
                    .waitForTermEnd,
                    on: termEnd(at: now),
                    cost: subscription.monthlyCost.map { .zero($0.currency) }
                )
            case "cancelFirst":
                return NextStep(.cancelFirst, on: now, cost: lostByCancelling(at: now, refund: refund.value))
            default:
                return nil
            }
        }
        return Decision(value: steps, row: options.row, rule: options.rule, edition: options.edition)
    }

    private func hasEnded(_ deliberation: inout Deliberation) throws(Refusal) -> Bool {
        switch try subscription.state(&deliberation).status {
        case .active, .suspended: false
        case .expired, .disabled, .deleted: true
        }
    }

    private func termEnd(at now: Instant) -> Instant? { subscription.term?.nextEnd(after: now) }

    /// What is paid for the rest of the term and not given back.
    private func lostByCancelling(at now: Instant, refund: String) -> Money? {
        guard let monthly = subscription.monthlyCost else { return nil }
        guard refund == "none", let end = termEnd(at: now), now < end else { return .zero(monthly.currency) }
        return monthly.forPeriod(from: now, to: end)
    }

    private func transacting(_ deliberation: inout Deliberation) throws(Refusal) -> Answer? {
        let kinds = try deliberation.decide(.transactingPartners)
        if kinds.value.contains(asker.kind.rawValue) { return nil }
        return Answer(.conditional, .partnerCannotTransact, "IND-01", row: kinds.row, next: [NextStep(.askProvider)])
    }

    private var usageNext: [NextStep] { [NextStep(subscription.channel == .csp ? .switchPartner : .recreate)] }
}
