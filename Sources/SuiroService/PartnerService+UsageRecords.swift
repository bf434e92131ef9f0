import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// What something used has cost in the month that runs.
package struct UsageTotal: Sendable {
    package let id: String
    package let name: String
    package let cost: Money
    package let month: BillingMonth
    /// When the last of it was reported; the beginning of the month where nothing was.
    package let modified: Instant

    package init(id: String, name: String, cost: Money, month: BillingMonth, modified: Instant) {
        (self.id, self.name, self.cost, self.month, self.modified) = (id, name, cost, month, modified)
    }
}

/// A customer's use with what it may spend.
package struct CustomerUsage: Sendable {
    package let total: UsageTotal
    package let budget: SpendingBudget
    package let isUpgraded: Bool
}

/// A subscription's use.
package struct SubscriptionUsage: Sendable {
    package let total: UsageTotal
    package let subscription: Subscription
}

extension PartnerService {
    /// Every customer of the caller's that has something usage-based from it.
    package func usageOfCustomers(_ context: CallContext) async throws -> [CustomerUsage] {
        try await withBills(context) { tx, partner, rules in
            try tx.customersBilled(to: partner).compactMap { customer in
                guard try tx.knows(customer.as(Tenant.self)) else { return nil }
                let usage = try self.usage(of: customer, by: partner, tx, &rules)
                return try usage.subscriptions.isEmpty ? nil : self.view(usage, of: customer, by: partner, tx)
            }
        }
    }

    package func usage(of customer: ID<Customer>, _ context: CallContext) async throws -> CustomerUsage {
        try await show(context, .readUsage, in: .customer(customer)) { tx, rules in
            let partner = try Self.partner(of: tx)
            return try view(usage(of: customer, by: partner, tx, &rules), of: customer, by: partner, tx)
        }
    }

    /// What each usage-based subscription that the caller's partner pays for has cost this month.
    package func usageOfSubscriptions(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [SubscriptionUsage] {
        try await show(context, .readUsage, in: .customer(customer)) { tx, rules in
            try usage(of: customer, by: Self.partner(of: tx), tx, &rules).subscriptions
        }
    }

    /// The same of one subscription; one that somebody else pays for has cost the caller nothing.
    package func usage(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SubscriptionUsage {
        try await show(context, .readUsage, in: .customer(customer)) { tx, rules in
            let subscription = try find(id, of: customer, tx)
            let usage = try usage(of: customer, by: Self.partner(of: tx), tx, &rules)
            if let found = usage.subscriptions.first(where: { $0.subscription.id == subscription.id }) { return found }
            guard subscription.family == .usage else { throw Refusal.azure(.notAzure) }
            return SubscriptionUsage(
                total: total("\(subscription.id)", subscription.name, [], usage.month, usage.currency),
                subscription: subscription
            )
        }
    }

    /// What meters counted this month, as far as the caller's partner pays for it.
    package func usageDetails(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> (subscription: Subscription, month: BillingMonth, details: [UsageDetail]) {
        try await show(context, .readUsage, in: .customer(customer)) { tx, _ in
            let subscription = try find(id, of: customer, tx)
            let month = try Self.month(of: tx)
            guard subscription.family == .usage else { throw Refusal.azure(.notAzure) }
            guard let used = ChargeInterval(from: month.start, to: month.end) else {
                return (subscription, month, [])
            }
            let details = try tx.usageDetails(of: subscription.id, used: used)
            return (subscription, month, try own(details, of: subscription, in: customer, tx))
        }
    }

    /// Refuses where there is nothing usage-based under the id that the caller may know of.
    package func findUsage(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws {
        try await read(context, .readUsage, in: .customer(customer)) { tx in
            guard try find(id, of: customer, tx).family == .usage else { throw Refusal.azure(.notAzure) }
        }
    }

    /// What was reported in a stretch of time, oldest use first.
    package func utilization(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        reported interval: ChargeInterval,
        _ context: CallContext
    ) async throws -> [UsageDetail] {
        try await show(context, .readUsage, in: .customer(customer)) { tx, _ in
            let subscription = try find(id, of: customer, tx)
            guard subscription.family == .usage else { throw Refusal.azure(.notAzure) }
            let details = try tx.usageDetails(of: subscription.id, reported: interval)
            return try own(details, of: subscription, in: customer, tx)
        }
    }

    /// Those of the days on which the caller's partner owned the bill.
    private func own(
        _ details: [UsageDetail],
        of subscription: Subscription,
        in customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> [UsageDetail] {
        let partner = try Self.partner(of: tx).as(Tenant.self)
        let successions = try tx.successions(of: subscription.id, in: customer)
        let kept = try tx.everySubscription(of: customer).first { $0.id == subscription.id } ?? subscription
        let turns = kept.billOwners(from: .earliest, to: .latest, successions)
            .filter { $0.party.kind == .partner && $0.party.id == partner }
        return details.filter { detail in
            turns.contains { $0.from <= detail.interval.from && detail.interval.from < $0.to }
        }
    }
}

/// What a customer has used of one partner this month.
struct UsageOfMonth {
    let month: BillingMonth
    let currency: Currency
    let subscriptions: [SubscriptionUsage]
}

extension PartnerService {
    func usage(
        of customer: ID<Customer>,
        by partner: ID<Partner>,
        _ tx: Transaction,
        _ rules: inout Deliberation
    ) throws -> UsageOfMonth {
        let month = try Self.month(of: tx)
        let lines = try charges(of: partner, in: month, for: [customer], tx, &rules)
            .filter { $0.detail == .billing && $0.kind == .usage }
        // One currency is shown: the one that most lines have.
        let counts = Dictionary(grouping: lines, by: \.amount.currency).mapValues(\.count)
        let currency = counts.max { ($0.value, $1.key.description) < ($1.value, $0.key.description) }?.key ?? .dollar
        let own = try tx.subscriptions(of: customer).filter { subscription in
            subscription.family == .usage && subscription.billOwner.kind == .partner
                && subscription.billOwner.id == partner.as(Tenant.self)
        }
        let subscriptions = own.map { subscription in
            let mine = lines.filter { $0.subscription == subscription.id && $0.amount.currency == currency }
            return SubscriptionUsage(
                total: total("\(subscription.id)", subscription.name, mine, month, currency),
                subscription: subscription
            )
        }
        return UsageOfMonth(month: month, currency: currency, subscriptions: subscriptions)
    }

    private func view(
        _ usage: UsageOfMonth,
        of customer: ID<Customer>,
        by partner: ID<Partner>,
        _ tx: Transaction
    ) throws -> CustomerUsage {
        let sum = usage.subscriptions.reduce(0) { $0 + $1.total.cost.amount }
        let total = UsageTotal(
            id: "\(customer)",
            name: try tx.organization(customer.as(Tenant.self))?.name ?? "",
            cost: Money(sum, usage.currency),
            month: usage.month,
            modified: usage.subscriptions.map(\.total.modified).max() ?? usage.month.start
        )
        return CustomerUsage(
            total: total,
            budget: try tx.budget(of: customer, from: partner) ?? SpendingBudget(amount: nil),
            isUpgraded: usage.subscriptions.contains { $0.subscription.isAzurePlan }
        )
    }

    func total(
        _ id: String,
        _ name: String,
        _ lines: [InvoiceLine],
        _ month: BillingMonth,
        _ currency: Currency
    ) -> UsageTotal {
        UsageTotal(
            id: id,
            name: name,
            cost: Money(lines.reduce(0) { $0 + $1.amount.amount }, currency),
            month: month,
            modified: lines.map(\.to).max() ?? month.start
        )
    }

    /// The partner that asks: what a customer pays partners is its statements' business.
    static func partner(of tx: Transaction) throws -> ID<Partner> {
        guard let principal = tx.permit.principal, principal.kind.isPartner else {
            throw Refusal.accessDenied(missing: "partner")
        }
        return principal.tenant.as(Partner.self)
    }

    static func month(of tx: Transaction) throws -> BillingMonth {
        guard let month = BillingMonth(containing: tx.permit.intent.at) else { throw Refusal.policyMissing(key: "now") }
        return month
    }

    /// Reads a partner's bills without closing anything.
    func withBills<T: Sendable>(
        _ context: CallContext,
        _ body: @escaping @Sendable (Transaction, ID<Partner>, inout Deliberation) throws -> T
    ) async throws -> T {
        let tenant = try context.tenant
        return try await show(context, .readInvoices, in: .tenant(tenant)) { tx, rules in
            try body(tx, tenant.as(Partner.self), &rules)
        }
    }
}

extension Currency {
    /// What nothing is counted in.
    package static var dollar: Currency {
        guard let dollar = Currency("USD") else { preconditionFailure("USD is three capital letters") }
        return dollar
    }
}
