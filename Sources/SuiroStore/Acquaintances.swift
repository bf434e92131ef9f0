package import SuiroDomain

extension Transaction {
    /// Whether a tenant may know who a customer is: itself, the vendor, or a partner that the customer has let in at least
    /// once, by whatever path. Having asked, or having guessed its domain, is no acquaintance (N-04, N-05).
    package func knows(_ customer: ID<Tenant>) throws -> Bool {
        guard let principal = permit.principal, principal.tenant != customer, principal.kind != .vendor else {
            return true
        }
        return try knows(customer, as: principal.tenant)
    }

    /// Whether a partner has been let in by the customer, whoever asks.
    package func knows(_ customer: ID<Tenant>, as partner: ID<Tenant>) throws -> Bool {
        try session.first(
            "SELECT 1 WHERE \(Self.acquainted(partner.description, with: "\(customer)"))"
        ) { cursor -> Int in try cursor.next() } != nil
    }

    /// The same as a condition on a column or value that names the customer.
    static func acquainted(_ tenant: String, with customer: SQL) -> SQL {
        """
        (EXISTS (SELECT 1 FROM access_grant WHERE customer_id = \(customer) AND partner_id = \(tenant))
            OR EXISTS
                (SELECT 1 FROM delegation WHERE customer_id = \(customer) AND partner_id = \(tenant)
                 AND consent_id IS NOT NULL)
            OR EXISTS
                (SELECT 1 FROM move WHERE customer_id = \(customer)
                 AND (source_id = \(tenant) OR target_id = \(tenant))))
        """
    }

    /// Entries of the log that concern a tenant as partner, customer or caller, without those that would tell a partner
    /// which customer stands behind a domain or a link: what a stranger did in its own house with what it was asked, and
    /// what was asked of it. What the tenant's own people did to a customer they named they may read.
    static func entriesConcerning(_ tenant: String) -> SQL {
        """
        (partner_id = \(tenant) OR customer_id = \(tenant) OR tenant_id = \(tenant))
        AND (customer_id IS NULL OR customer_id = \(tenant)
            OR (tenant_id = \(tenant) AND event NOT LIKE 'relationshipRequest%')
            OR \(acquainted(tenant, with: "event_log.customer_id")))
        """
    }
}
