import SuiroDomain
import SuiroStore

/// Does in the world what a transition decided, in the same transaction, and tells everybody.
extension PartnerService {
    func apply(_ outcome: MoveOutcome, _ move: Move, _ tx: Transaction) throws {
        // A partner may lose its standing in its own scope while this one gives it something (OP-45).
        if outcome.givesToTarget, let target = move.target.id { try tx.hold(target) }
        for effect in outcome.effects { try apply(effect, move, tx) }
        try note(outcome.events, move, rule: nil, tx)
        for event in outcome.events { try tell(event, move, tx) }
    }

    func note(_ events: [Event], _ move: Move, rule: PolicyRow.ID?, _ tx: Transaction) throws {
        for event in events {
            // Each partner of the move finds it in its own log; who acted is there anyway.
            var details = ["kind": move.kind.rawValue, "state": move.state(at: tx.permit.intent.at).rawValue]
            if let source = move.source?.id { details["source"] = "\(source)" }
            if let target = move.target.id { details["target"] = "\(target)" }
            switch event {
            case .moveConsented(_, let party), .moveDeclined(_, let party), .moveWithdrawn(_, let party),
                .moveConsentRetracted(_, let party):
                details["party"] = party.rawValue
            case .moveStepDone(_, let step): details["step"] = step.rawValue
            case .moveItemFailed(_, let subscription): details["subscription"] = "\(subscription)"
            default: break
            }
            let partner = tx.permit.principal?.kind.isPartner == true ? tx.permit.principal?.tenant : move.target.id
            try tx.record(
                event,
                Remark(
                    partner: partner?.as(Partner.self),
                    customer: move.customer,
                    rule: rule,
                    edition: move.edition,
                    details: details
                )
            )
        }
    }

    private func apply(_ effect: MoveEffect, _ move: Move, _ tx: Transaction) throws {
        let now = tx.permit.intent.at
        switch effect {
        case .succeed(let succession):
            try tx.insert(succession, in: move.customer)
        case .alias(let alias, let subscription, let from):
            try tx.insertAlias(alias, of: subscription, in: move.customer, from: from)
        case .callOff(let subscription):
            try tx.callOff(move.id, of: subscription)
            try tx.deleteLeftovers(of: move.id, on: subscription, foundAfter: now)
        case .provision(let subscription):
            try tx.insert(subscription)
            try tx.record(.subscriptionProvisioned(subscription.id), Remark(customer: move.customer))
        case .end(let id):
            try end(id, move, tx)
        case .turnOffRenewal(let id): try renew(id, false, move, tx)
        case .restoreRenewal(let id): try renew(id, true, move, tx)
        case .grant(let grant, let terms):
            try open(grant, terms, move, tx)
        case .revoke(let id):
            guard var grant = try tx.grant(id, in: move.customer) else {
                return try endDelegationPath(id, in: move.customer, tx)
            }
            guard grant.isLive(at: now) else { return }
            let event = try grant.revoke(by: tx.permit.principal?.person, at: now)
            try tx.update(grant)
            try tx.record(event, Remark(partner: grant.partner, customer: move.customer))
        case .leave(let leftover):
            guard try !tx.leftovers(of: move.id).contains(where: { $0.isSame(as: leftover) }) else { return }
            try tx.insert(leftover)
        case .release:
            // The move's own row says that it is over, and its items go free with it; what was still to come does not.
            try tx.deleteLeftovers(of: move.id, foundAfter: now)
        case .beginObligation(let partner):
            _ = try tx.begin(
                SupportObligation(
                    id: environment.newID(),
                    customer: move.customer,
                    partner: partner,
                    since: now
                )
            )
        case .endObligation(let partner):
            try tx.endObligation(of: partner, in: move.customer)
        }
    }

    private func renew(_ id: ID<Subscription>, _ renews: Bool, _ move: Move, _ tx: Transaction) throws {
        let now = tx.permit.intent.at
        var subscription = try find(id, of: move.customer, tx)
        guard let term = subscription.term, term.autoRenew != renews, subscription.status(at: now) == .active else {
            return
        }
        subscription.term = Term(start: term.start, end: term.nextEnd(after: now), autoRenew: renews)
        subscription.revision += 1
        try tx.update(subscription)
        try tx.record(
            .subscriptionChanged(id),
            Remark(customer: move.customer, details: ["autoRenewEnabled": "\(renews)", "move": "\(move.id)"])
        )
    }

    /// A managed subscription is cancelled; of an observed one the customer's word is written down (INV-04).
    private func end(_ id: ID<Subscription>, _ move: Move, _ tx: Transaction) throws {
        var subscription = try find(id, of: move.customer, tx)
        switch subscription.status(at: tx.permit.intent.at) {
        case .deleted, .disabled: return
        case .expired where subscription.source == .observed: return
        case .active, .suspended, .expired: break
        }
        subscription.status = subscription.source == .managed ? .deleted : .expired
        subscription.course.statusAt = tx.permit.intent.at
        subscription.revision += 1
        try tx.update(subscription)
        try tx.record(
            .subscriptionChanged(id),
            Remark(customer: move.customer, details: ["status": subscription.status.rawValue, "move": "\(move.id)"])
        )
    }

    /// The customer's decision in the move is the consent behind the grant (INV-02).
    private func open(_ grant: AccessGrant, _ terms: String, _ move: Move, _ tx: Transaction) throws {
        let now = tx.permit.intent.at
        let person = try tx.permit.principal.flatMap { try tx.person($0.person) }
        try tx.insert(
            Consent(
                id: grant.consent,
                customer: grant.customer,
                partner: grant.partner,
                basis: .accepted,
                person: person?.id,
                personName: person?.name ?? "",
                at: now,
                language: person?.language ?? .en,
                terms: terms,
                termsHash: terms.sha256
            )
        )
        if grant.kind == .dap, var old = try tx.openGrant(.dap, of: grant.partner, in: grant.customer) {
            old.replace(at: now)
            try tx.update(old)
        }
        try tx.insert(grant)
        try tx.record(
            .accessGranted(grant.id, kind: grant.kind, partner: grant.partner, customer: grant.customer),
            Remark(
                partner: grant.partner,
                customer: grant.customer,
                details: ["kind": grant.kind.rawValue, "move": "\(move.id)"]
            )
        )
    }

    /// Moves nobody answered in time give their subscriptions free before anything else is decided.
    func closeLapsedMoves(of customer: ID<Customer>, _ tx: Transaction) throws {
        for move in try tx.openMoves(of: customer) {
            var current = move
            guard let outcome = current.expire(at: tx.permit.intent.at) else { continue }
            try tx.update(current, seen: move.revision)
            try apply(outcome, current, tx)
        }
    }

    /// A subscription that is about to be suspended or cancelled does not change hands after that; nor does one whose
    /// term, as it is `from now on`, has ended by the cut-over.
    func callOffMoves(
        of subscription: ID<Subscription>,
        in customer: ID<Customer>,
        because reason: Reason,
        from now: Subscription? = nil,
        _ tx: Transaction
    ) throws {
        for move in try tx.openMoves(of: customer) {
            if let now, let cutover = move.progress?.cutover, now.status(at: cutover) == .active { continue }
            var current = move
            guard let outcome = current.callOff(subscription, because: reason, at: tx.permit.intent.at) else {
                continue
            }
            try tx.update(current, seen: move.revision)
            try apply(outcome, current, tx)
        }
    }
}

extension MoveOutcome {
    /// Whether the target comes to sell something by it, now or at the cut-over.
    fileprivate var givesToTarget: Bool {
        effects.contains { effect in
            switch effect {
            case .succeed, .provision: true
            case .alias, .callOff, .end, .turnOffRenewal, .restoreRenewal, .grant, .revoke, .leave, .release,
                .beginObligation,
                .endObligation:
                false
            }
        }
    }
}
