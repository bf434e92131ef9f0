package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Changes a managed subscription. Each wish is an action of the options and is refused as they explain. Whether a
    /// term has ended before is decided here, by the instant of the intent (OP-46).
    package func change(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ change: SubscriptionChange,
        _ context: CallContext
    ) async throws -> SubscriptionView {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let subscription = try find(id, of: customer, tx)
            if let revision = change.revision, revision != subscription.revision { throw StoreError.stale }
            let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
            let changed = try situation.making(change, &deliberation)
            guard !changed.details.isEmpty else { return try view(subscription, [], tx, context, &deliberation) }
            let saved = try save(changed, instead: subscription, tx, &deliberation)
            try lead(changed, tx, &deliberation)
            return try view(saved, [], tx, context, &deliberation)
        }
    }

    /// Called in the same transaction before a subscription is suspended or cancelled, and for every add-on that
    /// follows it: the place for whatever rests on the subscription running on.
    func subscriptionWillChange(
        _ subscription: Subscription,
        to status: SubscriptionStatus,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws {
        // TR-07: only what is active changes hands.
        try callOffMoves(of: subscription.id, in: subscription.customer, because: .notActive, tx)
    }

    func save(
        _ changed: ChangedSubscription,
        instead before: Subscription,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> Subscription {
        switch changed.status {
        case .suspended, .disabled, .deleted:
            try subscriptionWillChange(before, to: changed.status ?? before.status, tx, &deliberation)
        case .active, .expired, nil:
            try callOffMoves(
                of: before.id,
                in: before.customer,
                because: .notActive,
                from: changed.subscription,
                tx
            )
        }
        var subscription = changed.subscription
        subscription.revision = before.revision + 1
        try tx.update(subscription)
        try tx.record(
            .subscriptionChanged(subscription.id),
            Remark(
                customer: subscription.customer,
                rule: changed.rows.last,
                edition: deliberation.book.edition,
                details: changed.details
            )
        )
        return subscription
    }

    /// LC-21: add-ons rest and wake with their base, and theirs with them.
    func lead(
        _ base: ChangedSubscription,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws {
        guard base.status != nil else { return }
        for addOn in try tx.addOns(of: base.subscription.id, in: base.subscription.customer) {
            guard let follower = try addOn.following(base, &deliberation) else { continue }
            let changed = ChangedSubscription(
                subscription: follower,
                status: follower.status,
                details: ["status": follower.status.rawValue, "base": "\(base.subscription.id)"]
            )
            _ = try save(changed, instead: addOn, tx, &deliberation)
            try lead(changed, tx, &deliberation)
        }
    }
}
