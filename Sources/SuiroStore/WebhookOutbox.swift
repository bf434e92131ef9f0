import FoundationEssentials
import SuiroDomain

extension Transaction {
    /// Makes a delivery of an entry for every partner that may hear of it and listens. It belongs to the transaction
    /// that records the entry, so nothing can come between the two; where nobody listens it is one look into an index.
    func announce(
        _ event: Event,
        entry: String,
        partner: ID<Tenant>?,
        customer: ID<Tenant>?
    ) throws {
        guard let name = event.webhook else { return }
        let id = ID<WebhookDelivery>(of: entry)
        let now = permit.intent.at
        let listeners: SQL = "webhook_interest i WHERE i.event = \(name)"
        let (basis, those): (String, SQL)
        switch event.audience {
        case .named where name == .testCreated:
            // A test is for whoever asked for it, listed or not.
            guard let partner else { return }
            (basis, those) = ("named", "webhook_registration i WHERE i.tenant_id = \(partner)")
        case .named:
            guard let partner else { return }
            (basis, those) = ("named", "\(listeners) AND i.tenant_id = \(partner)")
        case .partnersOfCustomer:
            if let partner {
                (basis, those) = ("named", "\(listeners) AND i.tenant_id = \(partner)")
            } else if let customer {
                (basis, those) = ("tie", "\(listeners) AND \(Self.liveTie("i.tenant_id", customer, at: now))")
            } else {
                return
            }
        case .parties(let move):
            let named: SQL = partner.map { "i.tenant_id = \($0) OR" } ?? ""
            basis = "party"
            those = """
                \(listeners) AND (\(named) EXISTS (SELECT 1 FROM move m WHERE m.id = \(move)
                    AND (m.source_id = i.tenant_id OR m.target_id = i.tenant_id)))
                """
        case .everyone:
            (basis, those) = ("everyone", listeners)
        }
        try session.run(
            """
            INSERT INTO webhook_delivery (tenant_id, id, entry_id, event, basis, recorded_at, state, attempts, next_at)
            SELECT i.tenant_id, \(id), \(entry), \(name), \(basis), \(now), 'waiting', 0, \(now) FROM \(those)
            """
        )
    }

    /// Whether the partner in a column has a live reseller relationship with a customer.
    static func liveTie(_ partner: SQL, _ customer: ID<Tenant>, at now: Instant) -> SQL {
        """
        EXISTS (SELECT 1 FROM access_grant g WHERE g.customer_id = \(customer) AND g.partner_id = \(partner)
            AND g.kind = \(AccessKind.resellerTie) AND g.ended_at IS NULL AND g.from_at <= \(now)
            AND g.until_at > \(now))
        """
    }
}

extension ID<WebhookDelivery> {
    /// The same for every node and every attempt, so that a receiver can tell what it has seen.
    init(of entry: String) {
        let digits = Array("webhook \(entry)".sha256.prefix(32))
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        self.init(UUID(uuidString: groups.map { String($0) }.joined(separator: "-")) ?? UUID())
    }
}
