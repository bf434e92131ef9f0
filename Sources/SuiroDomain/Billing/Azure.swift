package import FoundationEssentials

/// What a partner lets a customer spend on usage in a month. It stops nothing; passing it is told, once a month.
package struct SpendingBudget: Hashable, Codable, Sendable {
    package var amount: Decimal?
    /// The month in which passing it was told last.
    package var exceededMonth: Instant?

    package init(amount: Decimal?, exceededMonth: Instant? = nil) {
        (self.amount, self.exceededMonth) = (amount, exceededMonth)
    }

    /// Whether `spent` has passed it and nobody was told this month; notes that somebody is.
    package mutating func isPassed(by spent: Decimal, in month: BillingMonth) -> Bool {
        guard let amount, spent > amount, exceededMonth != month.start else { return false }
        exceededMonth = month.start
        return true
    }
}

/// An Azure subscription under a plan.
package struct AzureEntitlement: Hashable, Codable, Sendable {
    package enum Status: String, Codable, CaseIterable, Sendable { case active, canceled, disabled }

    package let id: String
    package let name: String
    package let status: Status
    package let subscription: ID<Subscription>
}

extension Subscription {
    /// The Azure subscriptions it carries: those whose ids it is known by, or itself where it is known by none. While
    /// the plan rests, none of them runs.
    package func entitlements(canceled: Set<String>, at now: Instant) -> [AzureEntitlement] {
        guard family == .usage else { return [] }
        let named = aliases.compactMap { alias in
            alias.split(separator: "/").last.flatMap { ID<Subscription>(String($0)) }.map { "\($0)" }
        }
        var seen: Set<String> = []
        return (named.isEmpty ? ["\(id)"] : named).filter { seen.insert($0).inserted }.map { name in
            let status: AzureEntitlement.Status =
                canceled.contains(name) ? .canceled : self.status(at: now) == .active ? .active : .disabled
            return AzureEntitlement(id: name, name: self.name, status: status, subscription: id)
        }
    }
}

/// Everything usage-based that a customer has under offers, brought under an Azure plan.
package struct ProductUpgrade: Hashable, Codable, Sendable {
    package let id: ID<ProductUpgrade>
    package let partner: ID<Partner>
    package let customer: ID<Customer>
    package let items: [Item]
    package let at: Instant

    package struct Item: Hashable, Codable, Sendable {
        package let subscription: ID<Subscription>
        package let name: String

        package init(subscription: ID<Subscription>, name: String) {
            (self.subscription, self.name) = (subscription, name)
        }
    }

    package init(
        id: ID<ProductUpgrade>,
        partner: ID<Partner>,
        customer: ID<Customer>,
        items: [Item],
        at: Instant
    ) {
        (self.id, self.partner, self.customer, self.items, self.at) = (id, partner, customer, items, at)
    }

    /// What stands in the way of an upgrade of these, the partner's own; `nil` where nothing does.
    package static func obstacle(_ own: [Subscription], at now: Instant) -> AzureObstacle? {
        let usage = own.filter { $0.family == .usage && $0.status(at: now) != .deleted }
        guard !usage.isEmpty else { return .noAzureSubscription }
        let old = usage.filter { !$0.isAzurePlan }
        guard !old.isEmpty else { return .alreadyUpgraded }
        return old.allSatisfy { $0.status(at: now) == .active } ? nil : .azureNotActive
    }
}

/// Why something about Azure cannot be done.
package enum AzureObstacle: String, Codable, CaseIterable, Sendable {
    case noAzureSubscription, alreadyUpgraded, azureNotActive, upgradeOfOtherCustomer, notAzure, entitlementNotActive
    case entitlementActive

    package var reason: Reason {
        switch self {
        case .noAzureSubscription: .noAzureSubscription
        case .alreadyUpgraded: .alreadyUpgraded
        case .azureNotActive: .azureNotActive
        case .upgradeOfOtherCustomer: .upgradeOfOtherCustomer
        case .notAzure: .notAzure
        case .entitlementNotActive: .entitlementNotActive
        case .entitlementActive: .entitlementActive
        }
    }
}

/// What happened to bills, budgets and Azure.
package enum BillingEvent: String, CaseIterable, Sendable {
    case invoiceClosed, budgetChanged, budgetExceeded, entitlementCanceled, entitlementReactivated, productUpgraded
}

/// What an entitlement entitles to.
package enum EntitlementKind: String, Codable, CaseIterable, Sendable { case software, reservedInstance }

extension Subscription {
    /// Software by what it was sold as, and by the catalogue's families of product ids software and reservations.
    package var entitlementKind: EntitlementKind? {
        switch course.offering {
        case .perpetualSoftware, .softwareSubscription: return .software
        case .onlineService, .trial, .marketplaceMonthly, .marketplaceYearly: break
        }
        guard let product = productID?.uppercased(), !isAzurePlan else { return nil }
        if product.hasPrefix("DG7GMGF0") { return .software }
        return product.hasPrefix("DZH318Z0") ? .reservedInstance : nil
    }
}
