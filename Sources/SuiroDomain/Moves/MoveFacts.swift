/// Everything in the world that a move depends on, besides policy and the instant.
package struct MoveFacts: Sendable {
    package let customer: Organization
    /// The partner that sells the subscriptions now, if it is one we know.
    package let source: Organization?
    package let target: Organization
    /// Who of the three asks.
    package let initiator: MoveParty
    /// What was asked for, as it is now.
    package let items: [Subscription]
    /// Everything the customer holds, the items too.
    package let held: [Subscription]
    /// Live grants of the source and of the target in the customer's house.
    package let grants: [AccessGrant]
    /// Subscriptions that another open move has taken.
    package let taken: Set<ID<Subscription>>
    /// Services by subscription, as its costs name them.
    package let services: [ID<Subscription>: [String]]
    package let mobility: MobilityCatalog

    package init(
        customer: Organization,
        source: Organization?,
        target: Organization,
        initiator: MoveParty,
        items: [Subscription],
        held: [Subscription],
        grants: [AccessGrant],
        taken: Set<ID<Subscription>>,
        services: [ID<Subscription>: [String]],
        mobility: MobilityCatalog
    ) {
        (self.customer, self.source, self.target, self.initiator) = (customer, source, target, initiator)
        (self.items, self.held, self.grants, self.taken) = (items, held, grants, taken)
        (self.services, self.mobility) = (services, mobility)
    }

    package func liveGrants(of organization: Organization?, at now: Instant) -> [AccessGrant] {
        guard let organization else { return [] }
        return grants.filter { $0.partner.as(Tenant.self) == organization.id && $0.isLive(at: now) }
    }

    /// Whether the target has a reseller relationship with the customer (SW-09, LT-10).
    package func hasTie(at now: Instant) -> Bool {
        liveGrants(of: target, at: now).contains { $0.kind == .resellerTie }
    }

    /// The items and the add-ons that cannot go without them (LT-02).
    package var linked: [(Subscription, MovedItem.Cause)] {
        var result: [(Subscription, MovedItem.Cause)] = items.map { ($0, .asked) }
        var known = Set(items.map(\.id))
        var found = true
        while found {
            found = false
            for subscription in held where !known.contains(subscription.id) {
                guard let base = subscription.dependsOn, known.contains(base),
                    subscription.seller.id != nil, subscription.seller == items.first?.seller
                else { continue }
                known.insert(subscription.id)
                result.append((subscription, .addOn))
                found = true
            }
        }
        return result
    }
}
