/// One line of an order as it was asked for.
package struct OrderLine: Hashable, Codable, Sendable {
    package let number: Int
    package let offerID: String
    package let friendlyName: String?
    package let quantity: Int
    package let partnerIDOnRecord: String?
    /// The subscription that an add-on is bought for.
    package let base: ID<Subscription>?
    /// What of the catalogue was bought, and on which plan, where it came from a cart.
    package let item: CatalogItemID?
    package let duration: String?
    package var cycle: BillingCycle?

    package init(
        number: Int,
        offerID: String,
        friendlyName: String?,
        quantity: Int,
        partnerIDOnRecord: String?,
        base: ID<Subscription>? = nil,
        item: CatalogItemID? = nil,
        duration: String? = nil,
        cycle: BillingCycle? = nil
    ) {
        (self.number, self.offerID, self.friendlyName) = (number, offerID, friendlyName)
        (self.quantity, self.partnerIDOnRecord, self.base) = (quantity, partnerIDOnRecord, base)
        (self.item, self.duration, self.cycle) = (item, duration, cycle)
    }
}

/// An order a partner placed for a customer, and the subscriptions it brought.
package struct Order: Hashable, Codable, Sendable {
    package let id: String
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package var billingCycle: String
    package let currency: String
    package var lines: [OrderLine]
    /// What each line has brought, in the order of the lines.
    package var subscriptions: [ID<Subscription>]
    package let at: Instant
    /// When it was taken back as a whole, where it was.
    package var canceledAt: Instant?

    package init(
        id: String,
        customer: ID<Customer>,
        partner: ID<Partner>,
        billingCycle: String,
        currency: String,
        lines: [OrderLine],
        subscriptions: [ID<Subscription>],
        at: Instant
    ) {
        (self.id, self.customer, self.partner) = (id, customer, partner)
        (self.billingCycle, self.currency) = (billingCycle, currency)
        (self.lines, self.subscriptions, self.at) = (lines, subscriptions, at)
    }
}

package enum Ordering {
    /// S-26: the first question of every order, before anything else about it is looked at.
    package static func checkResale(
        buyer: Organization,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        guard buyer.tenantType == .cspTransacting else { return }
        let policy = try deliberation.decide(.resale)
        guard policy.value == "allowed" else { throw .resaleForbidden(row: policy.row) }
    }

    /// Whether the seller may order at all (IND-01, REL-30, LIC-10).
    package static func checkSeller(
        _ seller: Asker,
        activeSubscriptions: Int,
        adding lines: Int,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        let kinds = try deliberation.decide(.transactingPartners)
        guard kinds.value.contains(seller.kind.rawValue) else { throw .partnerCannotTransact(row: kinds.row) }
        guard seller.standing != .suspended else { throw .partnerSuspended }
        let ceiling = try deliberation.decide(.maximumSubscriptions)
        guard activeSubscriptions + lines <= ceiling.value else {
            throw .tooManySubscriptions(limit: ceiling.value, row: ceiling.row)
        }
    }
}

package enum Removal {
    /// Whether the reseller relationship may be removed by this partner now (REL-23, REL-24).
    package static func check(
        by asker: Asker,
        active subscriptions: [Subscription],
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        let removers = try deliberation.decide(.removers)
        guard removers.value.contains(asker.kind.rawValue) else { throw .removerNotAllowed(row: removers.row) }
        let blockers = try deliberation.decide(.removalBlockers)
        var standing: [String] = []
        for subscription in subscriptions where subscription.seller.id == asker.tenant {
            let state = try subscription.state(&deliberation)
            let isActive = blockers.value.contains("activeSubscriptions") && state.status == .active
            // OP-31: what is suspended and costs on keeps the relationship too.
            let costsOn = blockers.value.contains("billedSubscriptions") && state.isBilled
            if isActive || costsOn { standing.append(subscription.name) }
        }
        guard standing.isEmpty else { throw .removalBlocked(subscriptions: standing, row: blockers.row) }
    }
}
