import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// What a customer is entitled to by something it bought once.
package struct PurchaseEntitlement: Sendable {
    package let kind: EntitlementKind
    package let subscription: Subscription
}

extension PartnerService {
    /// Software and reservations that the caller's partner sold to a customer.
    package func purchaseEntitlements(
        of customer: ID<Customer>,
        _ kind: EntitlementKind?,
        _ context: CallContext
    ) async throws -> [PurchaseEntitlement] {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            try purchases(of: customer, tx).filter { kind == nil || $0.kind == kind }
        }
    }

    /// The reservation behind an entitlement, by the order and the id that the entitlement names.
    package func reservation(
        _ id: String,
        in order: String,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> Subscription {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            let found = try purchases(of: customer, tx).first { purchase in
                purchase.kind == .reservedInstance && "\(purchase.subscription.id)" == id.lowercased()
                    && (purchase.subscription.orderID ?? "0").lowercased() == order.lowercased()
            }
            guard let found else { throw Refusal.notFound(.artifact, String(id.prefix(80))) }
            return found.subscription
        }
    }

    private func purchases(of customer: ID<Customer>, _ tx: Transaction) throws -> [PurchaseEntitlement] {
        let partner = try Self.partner(of: tx).as(Tenant.self)
        return try tx.subscriptions(of: customer).compactMap { subscription in
            guard subscription.seller.id == partner, let kind = subscription.entitlementKind else { return nil }
            return PurchaseEntitlement(kind: kind, subscription: subscription)
        }
    }

    /// What meters have cost the caller's partner in the running month and the one before, as a price of one unit.
    package func meterRates(_ currency: Currency?, _ context: CallContext) async throws -> [MeterRate] {
        try await withBills(context) { tx, partner, _ in
            let month = try Self.month(of: tx)
            guard let used = ChargeInterval(from: month.start.adding(months: -1), to: month.end) else { return [] }
            var rates: [String: MeterRate] = [:]
            for customer in try tx.customersBilled(to: partner) {
                for subscription in try tx.subscriptions(of: customer)
                where subscription.family == .usage && subscription.billOwner.id == partner.as(Tenant.self) {
                    for detail in try tx.usageDetails(of: subscription.id, used: used)
                    where detail.quantity > 0 && (currency ?? detail.cost.currency) == detail.cost.currency {
                        rates["\(detail.meter.id) \(detail.meter.region)"] = MeterRate(detail)
                    }
                }
            }
            return rates.values.sorted { ($0.service, $0.meter.id) < ($1.service, $1.meter.id) }
        }
    }
}
