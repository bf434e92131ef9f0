/// What the vendor's own integration sandbox allows; off unless somebody switches it on, and nowhere else.
package struct SandboxLimits: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        /// Customers of a partner.
        case customers
        /// Active subscriptions of a customer.
        case subscriptions
        /// Seats of one line.
        case seats
    }

    package var customers: Int?
    package var subscriptions: Int?
    package var seats: Int?

    package init(customers: Int? = nil, subscriptions: Int? = nil, seats: Int? = nil) {
        (self.customers, self.subscriptions, self.seats) = (customers, subscriptions, seats)
    }

    /// As the vendor publishes them.
    package static let vendors = SandboxLimits(customers: 75, subscriptions: 5, seats: 25)

    /// Throws where `count` of something are more than is allowed.
    package func check(_ kind: Kind, _ count: Int) throws(Refusal) {
        let limit =
            switch kind {
            case .customers: customers
            case .subscriptions: subscriptions
            case .seats: seats
            }
        guard let limit, count > limit else { return }
        throw .commerce(.sandboxLimit(kind, limit: limit))
    }
}
