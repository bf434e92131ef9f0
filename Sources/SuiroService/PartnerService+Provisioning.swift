package import SuiroDomain
import SuiroStore

/// A line of an order whose subscription waits to be taken into use.
package struct ActivationLink: Sendable {
    package let line: Int
    package let customer: ID<Customer>
    package let subscription: ID<Subscription>
}

/// How far a line of an order has been set up in the customer's tenant.
package struct LineProvisioning: Sendable {
    package let line: Int
    package let quantity: Int
    package let status: Fulfillment
}

extension PartnerService {
    /// Registers an Azure subscription, so that reservations can be bought for it. Twice is as good as once.
    package func register(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        _ = try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let subscription = try sold(id, of: customer, tx)
            guard subscription.family == .usage else { throw Refusal.azure(.notAzure) }
            if try tx.registration(of: subscription.id) == nil { try tx.register(subscription.id) }
            try tx.record(
                .provisioning(.subscriptionRegistered, of: "\(subscription.id)"),
                Remark(customer: customer, details: ["name": subscription.name])
            )
            return true
        }
    }

    package func registrationStatus(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> RegistrationStatus {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            let subscription = try sold(id, of: customer, tx)
            let asked = try tx.registration(of: subscription.id)
            return RegistrationStatus(askedFor: asked, at: tx.permit.intent.at)
        }
    }

    /// Takes what needs it into use, once.
    package func activate(
        _ id: ID<Subscription>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> ID<Subscription> {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let subscription = try sold(id, of: customer, tx)
            guard subscription.course.offering.needsActivation else {
                throw Refusal.commerce(.activationNotNeeded(subscription.name))
            }
            guard try tx.activation(of: subscription.id) == nil else {
                throw Refusal.commerce(.alreadyActivated(subscription.name))
            }
            let situation = try situation(subscription, at: deliberation.at, &deliberation, tx)
            let option = try situation.activation(&deliberation).required()
            try tx.activate(subscription.id)
            try tx.record(
                .provisioning(.subscriptionActivated, of: "\(subscription.id)"),
                Remark(
                    customer: customer,
                    rule: option.policyRow,
                    edition: deliberation.book.edition,
                    details: ["name": subscription.name]
                )
            )
            return subscription.id
        }
    }

    /// The way to take a subscription into use; nothing where it needs none, or was taken into use.
    package func activationLinks(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [ActivationLink] {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            var deliberation = try deliberation(tx)
            let subscription = try sold(id, of: customer, tx)
            guard try waitsForUse(subscription, tx, &deliberation) else { return [] }
            let order = try subscription.orderID.flatMap { try tx.order($0, of: customer) }
            let place = order?.subscriptions.firstIndex(of: subscription.id)
            let line = place.flatMap { order?.lines[$0].number } ?? 0
            return [ActivationLink(line: line, customer: customer, subscription: subscription.id)]
        }
    }

    /// The same for an order, or for one line of it by its number.
    package func activationLinks(
        ofOrder id: String,
        line wanted: String?,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [ActivationLink] {
        try await read(context, .readOrders, in: .customer(customer)) { tx in
            var deliberation = try deliberation(tx)
            let order = try ownOrder(id, of: customer, tx)
            var links: [ActivationLink] = []
            var isThere = wanted == nil
            for (line, id) in zip(order.lines, order.subscriptions) where wanted == nil || "\(line.number)" == wanted {
                isThere = true
                guard let subscription = try tx.subscription(id, of: customer),
                    try waitsForUse(subscription, tx, &deliberation)
                else { continue }
                links.append(
                    ActivationLink(line: line.number, customer: customer, subscription: subscription.id)
                )
            }
            guard isThere else { throw Refusal.commerce(.lineUnknown(wanted ?? "")) }
            return links
        }
    }

    /// How far each line of an order has been set up.
    package func provisioning(
        ofOrder id: String,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [LineProvisioning] {
        try await read(context, .readOrders, in: .customer(customer)) { tx in
            var deliberation = try deliberation(tx)
            let order = try ownOrder(id, of: customer, tx)
            var found: [LineProvisioning] = []
            for (line, id) in zip(order.lines, order.subscriptions) {
                var status = Fulfillment.unfulfilled
                if let subscription = try tx.subscription(id, of: customer),
                    try subscription.state(&deliberation).access == .everyone
                {
                    status = try waitsForUse(subscription, tx, &deliberation) ? .pending : .fulfilled
                }
                found.append(LineProvisioning(line: line.number, quantity: line.quantity, status: status))
            }
            return found
        }
    }

    /// An order of the customer that the caller may see: a partner its own, the customer itself every one.
    func ownOrder(_ id: String, of customer: ID<Customer>, _ tx: Transaction) throws -> Order {
        let partner = tx.permit.principal.flatMap { $0.kind.isPartner ? $0.tenant.as(Partner.self) : nil }
        guard let order = try tx.order(id, of: customer), partner == nil || order.partner == partner else {
            throw Refusal.notFound(.order, String(id.prefix(80)))
        }
        return order
    }

    private func waitsForUse(
        _ subscription: Subscription,
        _ tx: Transaction,
        _ deliberation: inout Deliberation
    ) throws -> Bool {
        guard subscription.course.offering.needsActivation else { return false }
        guard try subscription.state(&deliberation).status == .active else { return false }
        return try tx.activation(of: subscription.id) == nil
    }
}

/// Overage as it is wished for.
package struct OverageWish: Sendable {
    package let entitlement: ID<Subscription>
    /// The tenant or the number of the partner, where it is named.
    package let partner: String?
    package let isEnabled: Bool

    package init(entitlement: ID<Subscription>, partner: String?, isEnabled: Bool) {
        (self.entitlement, self.partner, self.isEnabled) = (entitlement, partner, isEnabled)
    }
}

extension PartnerService {
    /// What the caller's partner has chosen for a customer; nothing where it has not, or another partner has.
    package func overage(of customer: ID<Customer>, _ context: CallContext) async throws -> Overage? {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            let partner = try Self.partner(of: tx)
            guard let overage = try tx.overage(of: customer), overage.partner == partner else { return nil }
            return overage
        }
    }

    /// Names the Azure subscription that is billed, and switches overage on or off. It has to be one that the caller
    /// sells to the customer, and no other partner may have chosen before.
    package func setOverage(
        _ wish: OverageWish,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Overage {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, deliberation in
            let partner = try Self.partner(of: tx)
            if let named = wish.partner {
                let own = try tx.organization(partner.as(Tenant.self))
                guard named.lowercased() == "\(partner)" || named == own?.mpnID else {
                    throw Refusal.invalid([InputFault(field: "partnerId", code: .unknown, value: named)])
                }
            }
            if let kept = try tx.overage(of: customer), kept.partner != partner {
                throw Refusal.commerce(.overageOfAnother)
            }
            let name = "\(wish.entitlement)"
            let isSold = try tx.subscriptions(of: customer).contains { held in
                held.family == .usage && held.seller.kind == .partner && held.seller.id == partner.as(Tenant.self)
                    && (held.id == wish.entitlement
                        || held.entitlements(canceled: [], at: deliberation.at).contains { $0.id == name })
            }
            guard isSold else { throw Refusal.commerce(.overageNotEligible(name)) }
            let overage = Overage(customer: customer, partner: partner, entitlement: name, isEnabled: wish.isEnabled)
            try tx.save(overage)
            try tx.record(
                .provisioning(.overageChanged, of: "\(customer)"),
                Remark(
                    partner: partner,
                    customer: customer,
                    details: ["entitlement": name, "enabled": "\(wish.isEnabled)"]
                )
            )
            return overage
        }
    }
}
