package import SuiroDomain

/// What a read will ask for as soon as it is admitted. A database across a network is asked for it together with the
/// caller's facts; what comes back is looked at only after the gate has said yes. It decides nothing and may be left out.
package enum Ahead: Sendable {
    case nothing
    /// A customer as one partner, or whoever else asks, is shown it.
    case customer(ID<Customer>, to: ID<Tenant>?)
    case subscription(ID<Subscription>, of: ID<Customer>)
    case subscriptions(of: ID<Customer>)

    /// The statements, letter by letter as the repositories write them.
    func statements(at now: Instant) -> [SQL] {
        switch self {
        case .nothing: []
        case .customer(let customer, let tenant):
            [Organization.lookUp(customer.as(Tenant.self)), Profile.lookUp(.billing, of: customer.as(Tenant.self))]
                + (tenant.map { [AccessGrant.open(.dap, of: $0.as(Partner.self), in: customer)] } ?? [])
        case .subscription(let id, let customer):
            [
                PolicyBook.newest, Subscription.lookUp(id, of: customer, at: now), Cost.all(of: id),
                Organization.lookUp(customer.as(Tenant.self)),
            ]
        case .subscriptions(let customer):
            [
                PolicyBook.newest, Cost.all(of: customer), Organization.lookUp(customer.as(Tenant.self)),
                Succession.all(in: customer), Subscription.all(of: customer),
            ]
        }
    }
}
