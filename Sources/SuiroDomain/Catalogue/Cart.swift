/// What a partner is about to buy for a customer. It is kept for a while, and becomes orders once.
package struct Cart: Hashable, Codable, Sendable {
    /// What has become of it.
    package enum State: Hashable, Codable, Sendable {
        case active
        /// With the orders that were placed.
        case ordered(at: Instant, orders: [String])
    }

    package let id: ID<Cart>
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let createdAt: Instant
    package var changedAt: Instant
    /// Who changed it last, by name.
    package var changedBy: String
    package let expires: Instant
    package var attestation: Bool
    package var lines: [CartLine]
    package var state: State
    package var revision: Int

    package init(
        id: ID<Cart>,
        customer: ID<Customer>,
        partner: ID<Partner>,
        at now: Instant,
        by name: String,
        expires: Instant,
        attestation: Bool,
        lines: [CartLine]
    ) {
        (self.id, self.customer, self.partner, self.createdAt) = (id, customer, partner, now)
        (self.changedAt, self.changedBy, self.expires) = (now, name, expires)
        (self.attestation, self.lines, self.state, self.revision) = (attestation, lines, .active, 1)
    }

    package func isKept(at now: Instant) -> Bool { now < expires }

    /// Every line and add-on, in the order in which they become lines of orders.
    package var everyLine: [CartLine] { lines.flatMap { [$0] + $0.addOns } }
}

/// One line of a cart, as it was asked for, with what is wrong with it.
package struct CartLine: Hashable, Codable, Sendable {
    /// Who else has a part in the purchase: a word of the wire, and a number of the partner network.
    package struct Participant: Hashable, Codable, Sendable {
        package let role: String
        package let mpnID: String

        package init(role: String, mpnID: String) {
            (self.role, self.mpnID) = (role, mpnID)
        }
    }

    /// From 0, counted over the whole cart.
    package var number: Int
    /// `product:sku:availability`, or the id of an offer.
    package let item: String
    package let friendlyName: String?
    package let quantity: Int
    package let currency: String?
    package let cycle: BillingCycle
    package let duration: String?
    package let promotion: String?
    package let participants: [Participant]
    /// As it came; `parentSubscriptionId` among it names what an add-on is bought for.
    package let provisioning: [String: String]
    package var addOns: [CartLine]
    /// Lines of one group become one order.
    package var group = "0"
    package var error: CartError?

    package init(
        number: Int,
        item: String,
        friendlyName: String?,
        quantity: Int,
        currency: String?,
        cycle: BillingCycle,
        duration: String?,
        promotion: String?,
        participants: [Participant],
        provisioning: [String: String],
        addOns: [CartLine]
    ) {
        (self.number, self.item, self.friendlyName, self.quantity) = (number, item, friendlyName, quantity)
        (self.currency, self.cycle, self.duration, self.promotion) = (currency, cycle, duration, promotion)
        (self.participants, self.provisioning, self.addOns) = (participants, provisioning, addOns)
    }

    /// The subscription that an add-on is bought for.
    package var base: ID<Subscription>? {
        provisioning.first { $0.key.lowercased() == "parentsubscriptionid" }.flatMap { ID($0.value) }
    }

    /// The reseller that takes part, by its number; it becomes the partner of record.
    package var reseller: String? { participants.first { $0.role.lowercased() == "transaction_reseller" }?.mpnID }
}

/// Why a line cannot be bought as it stands.
package enum CartError: String, Hashable, Codable, CaseIterable, Sendable {
    case currency, item, seats, participants, input, attestation, billingPlan, promotion, subscription

    /// The number of the wire. Those above 10009 are unknown to the Java SDK, which fails on them, so that what they stand
    /// for comes as a line that cannot be processed.
    package var number: Int {
        switch self {
        case .currency: 10_000
        case .item: 10_001
        case .seats: 10_002
        case .participants: 10_004
        case .input, .attestation, .billingPlan, .promotion: 10_006
        case .subscription: 10_007
        }
    }
}

/// What happens to a cart.
package enum CartEvent: String, Hashable, CaseIterable, Sendable {
    case cartSaved, cartOrdered
}
