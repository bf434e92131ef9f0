package import SuiroDomain
import SuiroStore

/// How far what was ordered has been set up in the customer's tenant.
package struct Provisioning: Sendable {
    /// Whether everybody who has a license can use it.
    package let isUsable: Bool
    package let productID: ID<Product>
    package let quantity: Int
    package let end: Instant
}

extension PartnerService {
    /// The add-ons that the caller sold on a subscription of its own (LC-21).
    package func addOns(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [SubscriptionView] {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            var deliberation = try deliberation(tx)
            let base = try sold(id, of: customer, tx)
            return try tx.addOns(of: base.id, in: customer).map { try view($0, [], tx, context, &deliberation) }
                .filter { $0.isOwn && $0.status != .deleted }
        }
    }

    package func provisioning(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Provisioning {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            var deliberation = try deliberation(tx)
            let kept = try sold(id, of: customer, tx)
            let subscription = try kept.converted(&deliberation) ?? kept
            let state = try subscription.state(&deliberation)
            guard state.status != .deleted else { throw Refusal.notFound(.product, "\(id)") }
            return Provisioning(
                isUsable: state.access == .everyone,
                // SDKs read a GUID; what has another kind of name is known by its own subscription.
                productID: subscription.productID.flatMap { ID($0) } ?? ID(subscription.id.uuid),
                quantity: subscription.quantity ?? 1,
                end: state.period?.end ?? .latest
            )
        }
    }
}
