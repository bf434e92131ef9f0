/// What is wanted of a managed subscription, in one request.
package struct SubscriptionChange: Sendable {
    package var friendlyName: String?
    package var quantity: Int?
    package var status: SubscriptionStatus?
    /// Why it is to be suspended, where somebody says so (LC-01).
    package var reason: SuspensionReason?
    package var autoRenew: Bool?
    package var endOfTerm: EndOfTerm?
    /// The revision the caller has seen, where it says so.
    package var revision: Int?

    package init(
        friendlyName: String? = nil,
        quantity: Int? = nil,
        status: SubscriptionStatus? = nil,
        reason: SuspensionReason? = nil,
        autoRenew: Bool? = nil,
        endOfTerm: EndOfTerm? = nil,
        revision: Int? = nil
    ) {
        (self.friendlyName, self.quantity, self.status, self.reason) = (friendlyName, quantity, status, reason)
        (self.autoRenew, self.endOfTerm, self.revision) = (autoRenew, endOfTerm, revision)
    }
}

/// A subscription with a change made to it, and what was decided on the way.
package struct ChangedSubscription: Sendable {
    package var subscription: Subscription
    /// The status it was given, where the change gave it one.
    package var status: SubscriptionStatus?
    package var rows: [PolicyRow.ID] = []
    /// What changed, for the record; empty when nothing did.
    package var details: [String: String] = [:]

    package init(
        subscription: Subscription,
        status: SubscriptionStatus? = nil,
        details: [String: String] = [:]
    ) {
        (self.subscription, self.status, self.details) = (subscription, status, details)
    }
}

extension Situation {
    /// Makes the change, one wish after another; each is an option and is refused as the options explain. What is sent
    /// back as it was is no wish.
    package func making(
        _ change: SubscriptionChange,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> ChangedSubscription {
        let current = try subscription.converted(&deliberation) ?? subscription
        var changed = ChangedSubscription(subscription: current)
        let status = try wished(change.status, &deliberation)
        let choice: EndOfTerm? = current.term?.autoRenew == true ? .renew : current.course.endOfTerm
        if status == .active { try resume(&changed, &deliberation) }
        if let row = try with(changed.subscription).require(.manage, &deliberation).policyRow {
            changed.rows.append(row)
        }
        if let name = change.friendlyName { try rename(name, &changed, &deliberation) }
        if let seats = change.quantity { try resize(seats, &changed, &deliberation) }
        if let isOn = change.autoRenew, isOn != current.term?.autoRenew ?? false {
            try renew(isOn, &changed, &deliberation)
        }
        if let wish = change.endOfTerm, wish != choice { try choose(wish, &changed, &deliberation) }
        switch status {
        case .suspended: try suspend(change.reason, &changed, &deliberation)
        case .deleted: try cancel(&changed, &deliberation)
        case .active, .expired, .disabled, nil: break
        }
        return changed
    }

    /// The same situation with the subscription as it has become.
    private func with(_ subscription: Subscription) -> Situation {
        Situation(subscription: subscription, asker: asker, buyer: buyer, grant: grant, base: base, region: region)
    }

    /// The wire has one word, suspended, for everything that is neither active nor gone.
    private func wished(
        _ status: SubscriptionStatus?,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> SubscriptionStatus? {
        guard let status else { return nil }
        let current = try subscription.state(&deliberation).status
        switch status {
        case .active: return current == .active ? nil : .active
        case .suspended: return [.suspended, .expired, .disabled].contains(current) ? nil : .suspended
        case .deleted: return .deleted
        case .expired, .disabled:
            throw .invalid([InputFault(field: "status", code: .unknown, value: status.rawValue)])
        }
    }

    /// One act on the partner's own sale; on anything else it is refused like every other way of driving it.
    private func act(
        _ action: SubscriptionAction,
        on changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation,
        _ answer: (OwnSale, inout Deliberation) throws(Refusal) -> Answer
    ) throws(Refusal) {
        let option = try with(changed.subscription).own(action, &deliberation, answer)
        if let row = try option.required().policyRow { changed.rows.append(row) }
    }
}

// The wishes.
extension Situation {
    private func rename(
        _ name: String,
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        guard name != changed.subscription.name else { return }
        try act(.manage, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            if let observed = sale.observed { return observed }
            return try sale.managing(&deliberation)
        }
        changed.subscription.name = name
        changed.details["friendlyName"] = name
    }

    private func resize(
        _ seats: Int,
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        guard seats != changed.subscription.quantity ?? 1 else { return }
        guard seats > 0 else {
            throw .invalid([InputFault(field: "quantity", code: .outOfRange, value: "\(seats)")])
        }
        try act(.changeQuantity, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.changingSeats(to: seats, &deliberation)
        }
        changed.details["quantity"] = "\(seats)"
        changed.details["quantityBefore"] = changed.subscription.quantity.map { "\($0)" }
        changed.subscription.resize(to: seats, at: deliberation.at)
    }

    private func renew(
        _ isOn: Bool,
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        try act(.manage, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.renewing(isOn, &deliberation)
        }
        changed.subscription.renew(isOn, at: deliberation.at)
        changed.details["autoRenewEnabled"] = "\(isOn)"
    }

    private func choose(
        _ choice: EndOfTerm,
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        try act(.manage, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.choosing(choice, &deliberation)
        }
        changed.subscription.renew(choice == .renew, at: deliberation.at)
        changed.subscription.course.endOfTerm = choice == .renew ? nil : choice
        changed.details["endOfTerm"] = choice.rawValue
    }

    private func resume(
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        try act(.manage, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.resuming(&deliberation)
        }
        changed.take(.active, at: deliberation.at)
    }

    private func suspend(
        _ reason: SuspensionReason?,
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        var stopsRenewal = false
        try act(.suspend, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            let answer = try sale.suspending(for: reason, &deliberation)
            stopsRenewal = try sale.stopsRenewal(sale.facets(&deliberation), &deliberation)
            return answer
        }
        try settleExtension(&changed, &deliberation)
        if stopsRenewal { changed.subscription.renew(false, at: deliberation.at) }
        changed.take(.suspended, at: deliberation.at)
        changed.subscription.course.suspendedFor = reason
        changed.details["reason"] = reason?.rawValue
    }

    private func cancel(
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        var kept = 0
        try act(.cancel, on: &changed, &deliberation) { (sale, deliberation) throws(Refusal) in
            let answer = try sale.cancelling(&deliberation)
            if answer.verdict == .allowed {
                kept = try deliberation.decide(.cancelRetentionDays, for: sale.facets(&deliberation)).value
            }
            return answer
        }
        // LC-13, LC-19: gone at once, or disabled for as long as its data is kept.
        changed.take(kept > 0 ? .disabled : .deleted, at: deliberation.at)
    }

    /// A subscription that runs on by the month is suspended for the month it is in (LC-20).
    private func settleExtension(
        _ changed: inout ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        let state = try changed.subscription.state(&deliberation)
        guard state.isExtended, let month = state.period else { return }
        changed.subscription.term = Term(start: month.start, end: month.end, autoRenew: false)
    }
}

extension ChangedSubscription {
    fileprivate mutating func take(_ status: SubscriptionStatus, at now: Instant) {
        subscription.turn(to: status, at: now)
        self.status = status
        details["status"] = status.rawValue
    }
}

extension Subscription {
    /// Gives it a status, from now on.
    package mutating func turn(to status: SubscriptionStatus, at now: Instant) {
        self.status = status
        (course.statusAt, course.suspendedFor) = (now, nil)
    }

    /// Switches auto-renew, in the term it is in: what it was before has been renewed already.
    mutating func renew(_ isOn: Bool, at now: Instant) {
        guard let period = term?.period(at: now) else { return }
        term = Term(start: period.start, end: period.end, autoRenew: isOn)
        course.endOfTerm = nil
    }

    /// Added seats are noted with their time; seats that are given back come off the newest first (OP-33).
    mutating func resize(to seats: Int, at now: Instant) {
        let began = boughtOrRenewed(before: now)
        var additions = course.additions.filter { began <= $0.at }
        let held = quantity ?? 0
        if held < seats { additions.append(SeatAddition(at: now, seats: seats - held)) }
        var returned = held - seats
        while returned > 0, var last = additions.popLast() {
            let taken = min(last.seats, returned)
            (returned, last.seats) = (returned - taken, last.seats - taken)
            if last.seats > 0 { additions.append(last) }
        }
        (quantity, course.additions) = (seats, additions)
    }
}

// Add-ons (LC-21).
extension Subscription {
    /// What becomes of an add-on when its base is suspended, cancelled or taken up again; `nil` when nothing does. An
    /// add-on that somebody suspended for itself stays so, and what is only observed is never driven.
    package func following(
        _ base: ChangedSubscription,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Subscription? {
        guard source == .managed, seller == base.subscription.seller, let status = base.status else { return nil }
        var follower = try converted(&deliberation) ?? self
        let current = try follower.state(&deliberation).status
        switch status {
        case .suspended, .disabled, .deleted:
            guard current == .active else { return nil }
            let facets = try follower.facets(at: deliberation.at, &deliberation)
            if try deliberation.decide(.suspendStopsRenewal, for: facets).value {
                follower.renew(false, at: deliberation.at)
            }
            follower.turn(to: .suspended, at: deliberation.at)
            follower.course.suspendedFor = .base
        case .active:
            guard current == .suspended, course.suspendedFor == .base else { return nil }
            follower.turn(to: .active, at: deliberation.at)
        case .expired: return nil
        }
        return follower
    }
}
