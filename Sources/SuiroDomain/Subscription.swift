/// Whether the portal drives a subscription or only observes it (SM-5d, INV-04).
package enum SubscriptionSource: String, Codable, CaseIterable, Sendable { case managed, observed }

package enum SubscriptionStatus: String, Codable, CaseIterable, Sendable {
    case active, suspended, expired, disabled, deleted
}

/// Who sold, who pays and who is credited: independent facts (INV-01). A kind and a name, and an id when we know one.
package struct Party: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable { case vendor, partner, customer, other }
    package let kind: Kind
    package let id: ID<Tenant>?
    package let name: String

    package init(kind: Kind, id: ID<Tenant>?, name: String) {
        (self.kind, self.id, self.name) = (kind, id, name)
    }
}

/// Something a customer holds, bought in some channel.
package struct Subscription: Equatable, Codable, Sendable {
    package let id: ID<Subscription>
    package let customer: ID<Customer>
    package var name: String
    package var productID: String?
    package var skuID: String?
    package var family: Family?
    package var channel: Channel?
    package var source: SubscriptionSource
    /// Of the five facts four are here; the fifth, who holds access, is a grant (INV-01).
    package var seller: Party
    package var billOwner: Party
    package var partnerOfRecord: Party?
    package var supportContact: Party?
    package var quantity: Int?
    package var status: SubscriptionStatus
    package var term: Term?
    /// What it costs a month, where we were told.
    package var monthlyCost: Money?
    /// Other names it is known by: ids in other systems, and before a switch.
    package var aliases: [String]
    package var orderID: String?
    /// The base an add-on stands on (OP-49).
    package var dependsOn: ID<Subscription>?
    /// What has been done with it, as far as its lifecycle asks (SM-5).
    package var course: Course
    /// How often it is billed, where that was chosen.
    package var billingCycle: BillingCycle?
    package var createdAt: Instant
    package var revision: Int

    package init(
        id: ID<Subscription>,
        customer: ID<Customer>,
        name: String,
        productID: String? = nil,
        skuID: String? = nil,
        family: Family?,
        channel: Channel?,
        source: SubscriptionSource,
        seller: Party,
        billOwner: Party,
        partnerOfRecord: Party? = nil,
        supportContact: Party? = nil,
        quantity: Int? = nil,
        status: SubscriptionStatus = .active,
        term: Term? = nil,
        monthlyCost: Money? = nil,
        aliases: [String] = [],
        orderID: String? = nil,
        dependsOn: ID<Subscription>? = nil,
        course: Course = Course(),
        billingCycle: BillingCycle? = nil,
        createdAt: Instant,
        revision: Int = 1
    ) {
        (self.id, self.customer, self.name, self.productID, self.skuID) = (id, customer, name, productID, skuID)
        (self.family, self.channel, self.source) = (family, channel, source)
        (self.seller, self.billOwner) = (seller, billOwner)
        (self.partnerOfRecord, self.supportContact) = (partnerOfRecord, supportContact)
        (self.quantity, self.status, self.term, self.monthlyCost) = (quantity, status, term, monthlyCost)
        (self.aliases, self.orderID, self.dependsOn) = (aliases, orderID, dependsOn)
        (self.course, self.billingCycle) = (course, billingCycle)
        (self.createdAt, self.revision) = (createdAt, revision)
    }

    /// What can be said of its state without reading a rule: a term that ended without renewal has expired. What comes
    /// after that, or instead of it, `state` knows (LC-12, LC-17, LC-20).
    package func status(at now: Instant) -> SubscriptionStatus {
        guard status == .active, let term, !term.autoRenew, term.end <= now else { return status }
        return .expired
    }
}
