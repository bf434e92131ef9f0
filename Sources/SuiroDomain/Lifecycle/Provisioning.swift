/// How far an Azure subscription is registered, so that reservations can be bought for it; by the words of the wire.
package enum RegistrationStatus: String, Hashable, Codable, CaseIterable, Sendable {
    case notRegistered = "NotRegistered"
    case registering = "Registering"
    case registered = "Registered"

    /// Seconds for which a registration is under way; ours, the sources give no time.
    package static let seconds = 60

    /// What has become of a registration that was asked for at an instant, or never.
    package init(askedFor asked: Instant?, at now: Instant) {
        guard let asked else {
            self = .notRegistered
            return
        }
        self = now < asked.adding(seconds: Self.seconds) ? .registering : .registered
    }
}

extension Offering {
    /// Whether it has to be taken into use once, with its publisher, before anybody can work with it.
    package var needsActivation: Bool {
        switch self {
        case .softwareSubscription, .marketplaceMonthly, .marketplaceYearly: true
        case .onlineService, .trial, .perpetualSoftware: false
        }
    }

    /// Whether the order that brought it can be taken back as a whole, outside of the sandbox too.
    package var isSoftware: Bool {
        switch self {
        case .softwareSubscription, .perpetualSoftware: true
        case .onlineService, .trial, .marketplaceMonthly, .marketplaceYearly: false
        }
    }

    /// Whether the cycle in which it is billed can be changed where no price list says more.
    package var changesCycle: Bool { self == .onlineService }
}

/// Whether calls beyond what a customer has bought are billed to an Azure subscription. A customer has one such choice,
/// and it is the business of one partner.
package struct Overage: Hashable, Codable, Sendable {
    /// The only kind there is, by the word of the wire.
    package static let kind = "PhoneServices"

    package let customer: ID<Customer>
    package let partner: ID<Partner>
    /// The Azure subscription that is billed.
    package let entitlement: String
    package let isEnabled: Bool

    package init(customer: ID<Customer>, partner: ID<Partner>, entitlement: String, isEnabled: Bool) {
        (self.customer, self.partner) = (customer, partner)
        (self.entitlement, self.isEnabled) = (entitlement, isEnabled)
    }
}

/// A license that has given way to one of a better offer, as the wire tells it.
package struct Transition: Hashable, Codable, Sendable {
    /// Whether its users have the better offer too, by the words of the wire.
    package enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        case only = "transition_only"
        case withLicenseTransfer = "transition_with_license_transfer"
    }

    package let id: ID<Transition>
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let from: ID<Subscription>
    package let to: ID<Subscription>
    /// `product:sku:availability`, or the id of an offer that the catalogue does not have.
    package let fromItem: String
    package let toItem: String
    package let quantity: Int
    /// The term that goes on.
    package let term: Term?
    package let cycle: BillingCycle
    package let kind: Kind
    package let at: Instant

    package init(
        id: ID<Transition>,
        partner: ID<Partner>,
        from old: Subscription,
        to new: Subscription,
        fromItem: String,
        toItem: String,
        kind: Kind,
        at now: Instant
    ) {
        (self.id, self.customer, self.partner) = (id, new.customer, partner)
        (self.from, self.to, self.fromItem, self.toItem) = (old.id, new.id, fromItem, toItem)
        (self.quantity, self.term, self.cycle) = (new.quantity ?? 1, new.term, new.billingCycle ?? .monthly)
        (self.kind, self.at) = (kind, now)
    }
}

/// What happens to what was bought, between the purchase and its use.
package enum ProvisioningEvent: String, Hashable, CaseIterable, Sendable {
    case subscriptionRegistered, subscriptionActivated, subscriptionTransitioned, overageChanged, orderChanged
}

/// How far a line of an order has been set up, by the words of the wire.
package enum Fulfillment: String, Hashable, CaseIterable, Sendable {
    case fulfilled = "Fulfilled"
    case unfulfilled = "Unfulfilled"
    /// It waits to be taken into use.
    case pending = "PrefulfillmentPending"
}
