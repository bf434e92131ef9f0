package import FoundationEssentials
package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// What the caller's partner lets a customer spend.
    package func budget(of customer: ID<Customer>, _ context: CallContext) async throws -> SpendingBudget {
        try await read(context, .readUsage, in: .customer(customer)) { tx in
            try tx.budget(of: customer, from: Self.partner(of: tx)) ?? SpendingBudget(amount: nil)
        }
    }

    /// Sets it, or takes it away. Where it is passed already, that is told at once.
    package func setBudget(
        _ amount: Decimal?,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SpendingBudget {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, rules in
            let partner = try Self.partner(of: tx)
            var budget = try tx.budget(of: customer, from: partner) ?? SpendingBudget(amount: nil)
            if budget.amount != amount { budget.exceededMonth = nil }
            budget.amount = amount
            try tx.save(budget, of: customer, from: partner)
            try tx.record(
                .billing(.budgetChanged, of: "\(customer)"),
                Remark(partner: partner, customer: customer, details: ["amount": amount?.plain() ?? ""])
            )
            try announceBudget(of: customer, from: partner, tx, &rules)
            return budget
        }
    }

    /// Tells each partner whose budget a customer's usage has passed, once a month.
    func announceBudgets(of customer: ID<Customer>, _ tx: Transaction) throws {
        var rules = try deliberation(tx)
        for partner in try tx.budgetPartners(of: customer) {
            try announceBudget(of: customer, from: partner, tx, &rules)
        }
    }

    private func announceBudget(
        of customer: ID<Customer>,
        from partner: ID<Partner>,
        _ tx: Transaction,
        _ rules: inout Deliberation
    ) throws {
        guard var budget = try tx.budget(of: customer, from: partner), budget.amount != nil else { return }
        let usage = try usage(of: customer, by: partner, tx, &rules)
        let spent = usage.subscriptions.reduce(0) { $0 + $1.total.cost.amount }
        guard budget.isPassed(by: spent, in: usage.month) else { return }
        try tx.save(budget, of: customer, from: partner)
        try tx.record(
            .billing(.budgetExceeded, of: "\(customer)"),
            Remark(
                partner: partner,
                customer: customer,
                details: [
                    "budget": budget.amount?.plain() ?? "", "spent": Money(spent, usage.currency).text,
                    "month": "\(usage.month)",
                ]
            )
        )
    }

    /// The Azure subscriptions that a subscription carries.
    package func entitlements(
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> [AzureEntitlement] {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            try entitlements(find(id, of: customer, tx), tx)
        }
    }

    package func entitlement(
        _ name: String,
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> AzureEntitlement {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            try entitlement(name, of: find(id, of: customer, tx), tx)
        }
    }

    /// Cancels one, or takes that back.
    package func setEntitlement(
        _ name: String,
        of id: ID<Subscription>,
        for customer: ID<Customer>,
        isActive: Bool,
        reason: String?,
        _ context: CallContext
    ) async throws -> AzureEntitlement {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let partner = try Self.partner(of: tx)
            let subscription = try find(id, of: customer, tx)
            let found = try entitlement(name, of: subscription, tx)
            guard subscription.billOwner.id == partner.as(Tenant.self) else {
                throw Refusal.notFound(.entitlement, String(name.prefix(80)))
            }
            switch (found.status, isActive) {
            case (.active, false): try tx.cancel(found.id, of: subscription.id, for: reason)
            case (.canceled, true): try tx.reactivate(found.id, of: subscription.id)
            case (.active, true): throw Refusal.azure(.entitlementActive)
            case (.canceled, false), (.disabled, _): throw Refusal.azure(.entitlementNotActive)
            }
            try tx.record(
                .billing(isActive ? .entitlementReactivated : .entitlementCanceled, of: "\(subscription.id)"),
                Remark(
                    partner: partner,
                    customer: customer,
                    details: ["entitlement": found.id, "cancellationReason": reason ?? ""]
                )
            )
            return try entitlement(name, of: subscription, tx)
        }
    }

    private func entitlements(_ subscription: Subscription, _ tx: Transaction) throws -> [AzureEntitlement] {
        guard subscription.family == .usage else { throw Refusal.azure(.notAzure) }
        let canceled = try tx.canceledEntitlements(of: subscription.id)
        return subscription.entitlements(canceled: canceled, at: tx.permit.intent.at)
    }

    private func entitlement(
        _ name: String,
        of subscription: Subscription,
        _ tx: Transaction
    ) throws -> AzureEntitlement {
        guard let found = try entitlements(subscription, tx).first(where: { $0.id == name.lowercased() }) else {
            throw Refusal.notFound(.entitlement, String(name.prefix(80)))
        }
        return found
    }
}

/// Whether a customer's Azure offers can be brought under a plan, and if not, why.
package struct UpgradeEligibility: Sendable {
    package let obstacle: AzureObstacle?
    /// The one that was done already.
    package let upgrade: ID<ProductUpgrade>?
}

extension PartnerService {
    package func upgradeEligibility(
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> UpgradeEligibility {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            let partner = try Self.partner(of: tx)
            return UpgradeEligibility(
                obstacle: ProductUpgrade.obstacle(try own(of: customer, partner, tx), at: tx.permit.intent.at),
                upgrade: try tx.productUpgrade(of: customer, by: partner)?.id
            )
        }
    }

    /// Brings everything usage-based that a customer has from the caller's partner under an Azure plan.
    package func upgradeProducts(of customer: ID<Customer>, _ context: CallContext) async throws -> ProductUpgrade {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let partner = try Self.partner(of: tx)
            let now = tx.permit.intent.at
            let own = try own(of: customer, partner, tx)
            if let obstacle = ProductUpgrade.obstacle(own, at: now) { throw Refusal.azure(obstacle) }
            var items: [ProductUpgrade.Item] = []
            for var subscription in own where subscription.family == .usage && !subscription.isAzurePlan {
                items.append(.init(subscription: subscription.id, name: subscription.name))
                (subscription.productID, subscription.skuID) = Subscription.azurePlan
                subscription.revision += 1
                try tx.update(subscription)
                try tx.record(
                    .billing(.productUpgraded, of: "\(subscription.id)"),
                    Remark(partner: partner, customer: customer, details: ["name": subscription.name])
                )
            }
            let upgrade = ProductUpgrade(
                id: environment.newID(),
                partner: partner,
                customer: customer,
                items: items,
                at: now
            )
            try tx.insert(upgrade)
            return upgrade
        }
    }

    /// An upgrade of the customer that the caller names, and of no other.
    package func productUpgrade(
        _ id: ID<ProductUpgrade>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> ProductUpgrade {
        try await read(context, .readSales, in: .customer(customer)) { tx in
            let partner = try Self.partner(of: tx)
            guard let upgrade = try tx.productUpgrade(id), upgrade.partner == partner else {
                throw Refusal.notFound(.upgrade, "\(id)")
            }
            guard upgrade.customer == customer else { throw Refusal.azure(.upgradeOfOtherCustomer) }
            return upgrade
        }
    }

    private func own(of customer: ID<Customer>, _ partner: ID<Partner>, _ tx: Transaction) throws -> [Subscription] {
        try tx.subscriptions(of: customer).filter { subscription in
            subscription.billOwner.kind == .partner && subscription.billOwner.id == partner.as(Tenant.self)
                && subscription.channel == .csp
        }
    }
}
