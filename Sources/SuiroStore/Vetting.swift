package import SuiroDomain

extension Transaction {
    /// What a customer is qualified as, or asked to be, the oldest first.
    package func qualifications(of customer: ID<Customer>) throws -> [Qualification] {
        try session.all("SELECT body FROM qualification WHERE customer_id = \(customer) ORDER BY created_at, kind") {
            cursor in (try cursor.next() as JSONText<Qualification>).value
        }
    }

    /// Keeps a qualification, in place of one of the same kind.
    package func save(_ qualification: Qualification) throws {
        let (customer, kind) = (qualification.customer, qualification.kind.rawValue)
        try session.run("DELETE FROM qualification WHERE customer_id = \(customer) AND kind = \(kind)")
        try session.run(
            """
            INSERT INTO qualification (customer_id, kind, created_at, body)
            VALUES (\(customer), \(kind), \(qualification.at), \(JSONText(qualification)))
            """
        )
    }

    package func deleteQualifications(of customer: ID<Customer>) throws {
        try session.run("DELETE FROM qualification WHERE customer_id = \(customer)")
    }

    package func validationCodes(of partner: ID<Partner>) throws -> [ValidationCode] {
        try session.all("SELECT body FROM validation_code WHERE partner_id = \(partner) ORDER BY id") { cursor in
            (try cursor.next() as JSONText<ValidationCode>).value
        }
    }

    package func validationCode(_ id: String, of partner: ID<Partner>) throws -> ValidationCode? {
        try session.first("SELECT body FROM validation_code WHERE id = \(id) AND partner_id = \(partner)") { cursor in
            (try cursor.next() as JSONText<ValidationCode>).value
        }
    }

    package func insert(_ code: ValidationCode) throws {
        try session.run(
            """
            INSERT INTO validation_code (id, partner_id, body, revision)
            VALUES (\(code.id), \(code.partner), \(JSONText(code)), \(code.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ code: ValidationCode) throws {
        let changed = try session.run(
            """
            UPDATE validation_code SET body = \(JSONText(code)), revision = \(code.revision)
            WHERE id = \(code.id) AND revision = \(code.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    package func verifiedDomains(of customer: ID<Customer>) throws -> [VerifiedDomain] {
        try session.all("SELECT body FROM verified_domain WHERE customer_id = \(customer) ORDER BY name") { cursor in
            (try cursor.next() as JSONText<VerifiedDomain>).value
        }
    }

    /// Whether some organization has this domain, as its first or another.
    package func isDomainTaken(_ name: String) throws -> Bool {
        if try organization(domain: name) != nil { return true }
        return try !session.rows("SELECT 1 FROM verified_domain WHERE name = \(name.lowercased())").isEmpty
    }

    /// Throws `Refusal.domainTaken` when somebody has it.
    package func insert(_ domain: VerifiedDomain) throws {
        guard try !isDomainTaken(domain.name) else { throw Refusal.domainTaken(domain.name) }
        do {
            try session.run(
                """
                INSERT INTO verified_domain (name, customer_id, body)
                VALUES (\(domain.name), \(domain.customer), \(JSONText(domain)))
                """
            )
        } catch StoreError.duplicate {
            throw Refusal.domainTaken(domain.name)
        }
    }

    package func consent(
        to application: ID<ApplicationConsent>,
        of customer: ID<Customer>,
        by partner: ID<Partner>
    ) throws -> ApplicationConsent? {
        try session.first(
            """
            SELECT body FROM application_consent
            WHERE customer_id = \(customer) AND partner_id = \(partner) AND application_id = \(application)
            """
        ) { cursor in (try cursor.next() as JSONText<ApplicationConsent>).value }
    }

    package func insert(_ consent: ApplicationConsent) throws {
        try session.run(
            """
            INSERT INTO application_consent (customer_id, partner_id, application_id, body)
            VALUES (\(consent.customer), \(consent.partner), \(consent.application), \(JSONText(consent)))
            """
        )
    }

    package func delete(_ consent: ApplicationConsent) throws {
        try session.run(
            """
            DELETE FROM application_consent WHERE customer_id = \(consent.customer)
                AND partner_id = \(consent.partner) AND application_id = \(consent.application)
            """
        )
    }
}
