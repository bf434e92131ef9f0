package import SuiroDomain
import SuiroStore

/// How far the seats of one subscription have been put to use.
package struct LicenseInsight: Sendable {
    package let customer: ID<Customer>
    package let customerName: String
    package let product: String
    package let productName: String
    package let service: String
    package let channel: Channel
    package let sold: Int
    /// Seats known to be assigned to somebody; none where nobody has said.
    package let deployed: Int
    /// When it was worked out.
    package let at: Instant

    /// In percent of those that were sold.
    package var percent: Int { sold == 0 ? 0 : min(100, deployed * 100 / sold) }
}

extension PartnerService {
    /// Of every customer that the caller's partner sells to.
    package func licenseInsights(_ context: CallContext) async throws -> [LicenseInsight] {
        let tenant = try context.tenant
        return try await read(context, .listCustomers, in: .tenant(tenant)) { tx in
            let partner = tenant.as(Partner.self)
            return try tx.customersBilled(to: partner).flatMap { customer in
                try tx.knows(customer.as(Tenant.self)) ? insights(of: customer, for: partner, tx) : []
            }
        }
    }

    /// Of one of them.
    package func licenseInsights(of customer: ID<Customer>, _ context: CallContext) async throws -> [LicenseInsight] {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            try insights(of: customer, for: Self.partner(of: tx), tx)
        }
    }

    private func insights(
        of customer: ID<Customer>,
        for partner: ID<Partner>,
        _ tx: Transaction
    ) throws -> [LicenseInsight] {
        let name = try tx.organization(customer.as(Tenant.self))?.name ?? ""
        let now = tx.permit.intent.at
        return try tx.subscriptions(of: customer).compactMap { subscription in
            guard subscription.family == .license, subscription.seller.id == partner.as(Tenant.self),
                subscription.status(at: now) == .active, let channel = subscription.channel
            else { return nil }
            let offer = try subscription.productID.flatMap { try tx.offer($0) }
            return LicenseInsight(
                customer: customer,
                customerName: name,
                product: subscription.productID ?? "\(subscription.id)",
                productName: offer?.name ?? subscription.name,
                service: offer?.services.first ?? subscription.name,
                channel: channel,
                sold: subscription.quantity ?? 0,
                deployed: 0,
                at: now.startOfDay
            )
        }
    }
}
