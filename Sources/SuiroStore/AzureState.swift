import FoundationEssentials
package import SuiroDomain

extension Transaction {
    /// What a partner lets a customer spend a month; `nil` where nobody has said.
    package func budget(of customer: ID<Customer>, from partner: ID<Partner>) throws -> SpendingBudget? {
        try session.first(
            """
            SELECT amount, exceeded_month FROM spending_budget
            WHERE partner_id = \(partner) AND customer_id = \(customer)
            """
        ) { cursor in SpendingBudget(amount: try cursor.next(), exceededMonth: try cursor.next()) }
    }

    /// The partners that have set a budget for a customer.
    package func budgetPartners(of customer: ID<Customer>) throws -> [ID<Partner>] {
        try session.all(
            "SELECT partner_id FROM spending_budget WHERE customer_id = \(customer) ORDER BY partner_id"
        ) { cursor in try cursor.next() }
    }

    package func save(_ budget: SpendingBudget, of customer: ID<Customer>, from partner: ID<Partner>) throws {
        try session.run(
            """
            INSERT INTO spending_budget (partner_id, customer_id, amount, exceeded_month)
            VALUES (\(partner), \(customer), \(budget.amount), \(budget.exceededMonth))
            ON CONFLICT (partner_id, customer_id)
            DO UPDATE SET amount = excluded.amount, exceeded_month = excluded.exceeded_month
            """
        )
    }

    /// The entitlements of a subscription that are cancelled.
    package func canceledEntitlements(of subscription: ID<Subscription>) throws -> Set<String> {
        Set(
            try session.all(
                "SELECT entitlement_id FROM canceled_entitlement WHERE subscription_id = \(subscription)"
            ) { cursor in try cursor.next() as String }
        )
    }

    package func cancel(_ entitlement: String, of subscription: ID<Subscription>, for reason: String?) throws {
        try session.run(
            """
            INSERT INTO canceled_entitlement (subscription_id, entitlement_id, reason, at)
            VALUES (\(subscription), \(entitlement), \(reason), \(permit.intent.at))
            """
        )
    }

    package func reactivate(_ entitlement: String, of subscription: ID<Subscription>) throws {
        try session.run(
            """
            DELETE FROM canceled_entitlement
            WHERE subscription_id = \(subscription) AND entitlement_id = \(entitlement)
            """
        )
    }

    package func insert(_ upgrade: ProductUpgrade) throws {
        try session.run(
            """
            INSERT INTO product_upgrade (id, partner_id, customer_id, body, at)
            VALUES (\(upgrade.id), \(upgrade.partner), \(upgrade.customer), \(JSONText(upgrade)), \(upgrade.at))
            """
        )
    }

    /// Whoever's it is; who may read it is decided by its customer.
    package func productUpgrade(_ id: ID<ProductUpgrade>) throws -> ProductUpgrade? {
        try session.first("SELECT body FROM product_upgrade WHERE id = \(id)") { cursor in
            let body: JSONText<ProductUpgrade> = try cursor.next()
            return body.value
        }
    }

    /// The newest upgrade that a partner has begun for a customer.
    package func productUpgrade(of customer: ID<Customer>, by partner: ID<Partner>) throws -> ProductUpgrade? {
        try session.first(
            """
            SELECT body FROM product_upgrade WHERE customer_id = \(customer) AND partner_id = \(partner)
            ORDER BY at DESC, id LIMIT 1
            """
        ) { cursor in
            let body: JSONText<ProductUpgrade> = try cursor.next()
            return body.value
        }
    }
}
