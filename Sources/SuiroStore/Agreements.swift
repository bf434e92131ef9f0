package import SuiroDomain

// Acceptances are added and read, never changed: what was agreed stays agreed.
extension Transaction {
    /// What a customer has accepted, newest first. A partner sees what it attested itself and what the customer signed;
    /// `partner` is `nil` for the customer.
    package func agreements(
        of customer: ID<Customer>,
        seenBy partner: ID<Partner>?,
        kind: AgreementKind?
    ) throws -> [AgreementAcceptance] {
        var filter: SQL = "customer_id = \(customer)"
        if let partner { filter = "\(filter) AND (partner_id = \(partner) OR partner_id IS NULL)" }
        if let kind { filter = "\(filter) AND kind = \(kind.rawValue)" }
        return try session.all("SELECT body FROM agreement WHERE \(filter) ORDER BY recorded_at DESC, id") { cursor in
            (try cursor.next() as JSONText<AgreementAcceptance>).value
        }
    }

    /// Whether the customer has accepted any, whoever says so.
    package func hasAgreement(of customer: ID<Customer>) throws -> Bool {
        try !session.rows("SELECT 1 FROM agreement WHERE customer_id = \(customer) LIMIT 1").isEmpty
    }

    /// Whether this partner has attested this contact's acceptance of this text before.
    package func isAttested(_ acceptance: AgreementAcceptance, by partner: ID<Partner>) throws -> Bool {
        try !session.rows(
            """
            SELECT 1 FROM agreement WHERE customer_id = \(acceptance.customer) AND partner_id = \(partner)
                AND template_id = \(acceptance.template) AND mail = \(acceptance.contact.mail.lowercased())
            """
        ).isEmpty
    }

    package func insert(_ acceptance: AgreementAcceptance) throws {
        var partner: ID<Partner>?
        if case .attested(let attestor) = acceptance.way { partner = attestor }
        try session.run(
            """
            INSERT INTO agreement (id, customer_id, partner_id, template_id, kind, mail, recorded_at, body)
            VALUES (\(acceptance.id), \(acceptance.customer), \(partner), \(acceptance.template),
                \(acceptance.kind.rawValue), \(acceptance.contact.mail.lowercased()), \(acceptance.at),
                \(JSONText(acceptance)))
            """
        )
    }

    /// Partners under one number of the partner network.
    package func partners(numbered number: String) throws -> [Organization] {
        try session.all(
            "SELECT \(Organization.columns) FROM organization WHERE mpn_id = \(number) ORDER BY created_at, id"
        ) { cursor in try Organization(&cursor) }
    }
}
