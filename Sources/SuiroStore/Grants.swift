package import SuiroDomain

extension AccessGrant {
    static let columns: SQL = """
        g.id, g.customer_id, g.partner_id, g.kind, g.roles, g.consent_id, g.from_at, g.until_at, g.end_kind,
        g.ended_at, g.ended_by, g.revision
        """

    init(_ cursor: inout Cursor) throws {
        let (id, customer, partner): (ID<AccessGrant>, ID<Customer>, ID<Partner>) =
            (try cursor.next(), try cursor.next(), try cursor.next())
        let (kind, roles, consent): (AccessKind, JSONText<[String]>, ID<Consent>) =
            (try cursor.next(), try cursor.next(), try cursor.next())
        let (from, until): (Instant, Instant) = (try cursor.next(), try cursor.next())
        let (endKind, ended, by): (String?, Instant?, ID<Person>?) = (
            try cursor.next(), try cursor.next(), try cursor.next()
        )
        let end: End =
            switch (endKind, ended) {
            case ("revoked", let at?): .revoked(at: at, by: by)
            case ("replaced", let at?): .replaced(at: at)
            case ("expired", let at?): .expired(at: at)
            default: .none
            }
        guard
            let grant = AccessGrant(
                id: id,
                customer: customer,
                partner: partner,
                kind: kind,
                roles: roles.value,
                consent: consent,
                from: from,
                until: until,
                end: end,
                revision: try cursor.next()
            )
        else { throw StoreError.corrupt(column: "until_at") }
        self = grant
    }
}

/// A grant with the names a person wants to see.
package struct GrantRow: Codable, Sendable {
    package let grant: AccessGrant
    package let partnerName: String
    package let partnerKind: OrganizationKind
    package let consent: Consent
    package let lastUsedAt: Instant?
    package let services: [String]
}

extension Consent {
    static let columns: SQL = """
        c.id, c.customer_id, c.partner_id, c.basis, c.person_id, c.person_name, c.at, c.language, c.terms, c.terms_hash
        """

    init(_ cursor: inout Cursor) throws {
        self.init(
            id: try cursor.next(),
            customer: try cursor.next(),
            partner: try cursor.next(),
            basis: try cursor.next(),
            person: try cursor.next(),
            personName: try cursor.next(),
            at: try cursor.next(),
            language: try cursor.next(),
            terms: try cursor.next(),
            termsHash: try cursor.next()
        )
    }
}

extension Transaction {
    /// On what a grant rests.
    package func basis(of consent: ID<Consent>) throws -> Consent.Basis? {
        let word: String? = try session.first("SELECT basis FROM consent WHERE id = \(consent)") { cursor in
            try cursor.next()
        }
        return word.flatMap(Consent.Basis.init)
    }

    /// Every path into a customer's tenant, newest first, ended ones too.
    package func grants(in customer: ID<Customer>) throws -> [GrantRow] {
        try session.rows(
            """
            SELECT \(AccessGrant.columns), o.name, o.kind, \(Consent.columns), g.last_used_at, g.services
            FROM access_grant g JOIN organization o ON o.id = g.partner_id JOIN consent c ON c.id = g.consent_id
            WHERE g.customer_id = \(customer) ORDER BY g.from_at DESC, g.kind, g.id
            """
        ).map { row in
            var cursor = row.cursor
            let grant = try AccessGrant(&cursor)
            let (name, kind): (String, OrganizationKind) = (try cursor.next(), try cursor.next())
            let consent = try Consent(&cursor)
            let (used, services): (Instant?, JSONText<[String]>) = (try cursor.next(), try cursor.next())
            return GrantRow(
                grant: grant,
                partnerName: name,
                partnerKind: kind,
                consent: consent,
                lastUsedAt: used,
                services: services.value
            )
        }
    }

    /// Every way into a customer's tenant: what is kept as a grant, and granular delegation as it stands now.
    package func paths(in customer: ID<Customer>) throws -> [GrantRow] {
        try grants(in: customer) + delegationPaths(in: customer)
    }

    /// Relationships of granular delegated administration as ways into a customer's tenant, newest first, ended ones too.
    package func delegationPaths(in customer: ID<Customer>) throws -> [GrantRow] {
        try session.rows(
            """
            SELECT d.body, o.name, o.kind, \(Consent.columns), d.last_used_at
            FROM delegation d JOIN organization o ON o.id = d.partner_id JOIN consent c ON c.id = d.consent_id
            WHERE d.customer_id = \(customer) ORDER BY c.at DESC, d.id
            """
        ).compactMap { row in
            var cursor = row.cursor
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            let (name, kind): (String, OrganizationKind) = (try cursor.next(), try cursor.next())
            let consent = try Consent(&cursor)
            let used: Instant? = try cursor.next()
            return body.value.grant(at: permit.intent.at).map {
                GrantRow(
                    grant: $0,
                    partnerName: name,
                    partnerKind: kind,
                    consent: consent,
                    lastUsedAt: used,
                    services: []
                )
            }
        }
    }

    /// The open grant of one kind, which may have run out by time.
    package func openGrant(
        _ kind: AccessKind,
        of partner: ID<Partner>,
        in customer: ID<Customer>
    ) throws -> AccessGrant? {
        try session.first(AccessGrant.open(kind, of: partner, in: customer)) { cursor in try AccessGrant(&cursor) }
    }

    package func grant(_ id: ID<AccessGrant>, in customer: ID<Customer>) throws -> AccessGrant? {
        try session.first(
            "SELECT \(AccessGrant.columns) FROM access_grant g WHERE g.id = \(id) AND g.customer_id = \(customer)"
        ) { cursor in try AccessGrant(&cursor) }
    }

    /// A partner's live delegated administration everywhere, soonest to end first.
    package func grants(of partner: ID<Partner>, endingBefore limit: Instant) throws -> [(AccessGrant, String)] {
        let now = permit.intent.at
        return try session.rows(
            """
            SELECT \(AccessGrant.columns), o.name FROM access_grant g JOIN organization o ON o.id = g.customer_id
            WHERE g.partner_id = \(partner) AND g.kind = 'dap' AND g.ended_at IS NULL AND g.from_at <= \(now)
              AND g.until_at > \(now) AND g.until_at <= \(limit) ORDER BY g.until_at, g.id LIMIT 200
            """
        ).map { row in
            var cursor = row.cursor
            let grant = try AccessGrant(&cursor)
            return (grant, try cursor.next())
        }
    }

    /// Grants that time has ended and nobody has announced, at most a hundred.
    package func lapsedGrants() throws -> [AccessGrant] {
        try session.all(
            """
            SELECT \(AccessGrant.columns) FROM access_grant g
            WHERE g.ended_at IS NULL AND g.until_at <= \(permit.intent.at) ORDER BY g.until_at, g.id LIMIT 100
            """
        ) { cursor in try AccessGrant(&cursor) }
    }

    package func insert(_ grant: AccessGrant, services: [String] = []) throws {
        try session.run(
            """
            INSERT INTO access_grant (id, customer_id, partner_id, kind, roles, services, consent_id, from_at, until_at,
                                      revision)
            VALUES (\(grant.id), \(grant.customer), \(grant.partner), \(grant.kind), \(JSONText(grant.roles)),
                    \(JSONText(services)), \(grant.consent), \(grant.from), \(grant.until), \(grant.revision))
            """
        )
    }

    /// Saves the end of a grant, or throws `StoreError.stale`.
    package func update(_ grant: AccessGrant) throws {
        let (kind, at, by): (String?, Instant?, ID<Person>?) =
            switch grant.end {
            case .none: (nil, nil, nil)
            case .revoked(let at, let by): ("revoked", at, by)
            case .replaced(let at): ("replaced", at, nil)
            case .expired(let at): ("expired", at, nil)
            }
        let changed = try session.run(
            """
            UPDATE access_grant SET end_kind = \(kind), ended_at = \(at), ended_by = \(by), revision = \(grant.revision)
            WHERE id = \(grant.id) AND revision = \(grant.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    package func insert(_ consent: Consent) throws {
        try session.run(
            """
            INSERT INTO consent (id, customer_id, partner_id, basis, person_id, person_name, at, language, terms,
                                 terms_hash)
            VALUES (\(consent.id), \(consent.customer), \(consent.partner), \(consent.basis), \(consent.person),
                    \(consent.personName), \(consent.at), \(consent.language), \(consent.terms), \(consent.termsHash))
            """
        )
    }

    /// Begins the partner's duty to support, unless it already has it. Answers whether it began now.
    package func begin(_ obligation: SupportObligation) throws -> Bool {
        try session.run(
            """
            INSERT INTO support_obligation (id, customer_id, partner_id, since_at)
            VALUES (\(obligation.id), \(obligation.customer), \(obligation.partner), \(obligation.since))
            ON CONFLICT DO NOTHING
            """
        ) == 1
    }

    package func obligations(in customer: ID<Customer>) throws -> [SupportObligation] {
        try session.rows(
            """
            SELECT id, customer_id, partner_id, since_at, ended_at FROM support_obligation
            WHERE customer_id = \(customer) ORDER BY since_at, id
            """
        ).map { row in
            var cursor = row.cursor
            return SupportObligation(
                id: try cursor.next(),
                customer: try cursor.next(),
                partner: try cursor.next(),
                since: try cursor.next(),
                ended: try cursor.next()
            )
        }
    }
}

extension AccessGrant {
    static func open(_ kind: AccessKind, of partner: ID<Partner>, in customer: ID<Customer>) -> SQL {
        """
        SELECT \(columns) FROM access_grant g
        WHERE g.customer_id = \(customer) AND g.partner_id = \(partner) AND g.kind = \(kind) AND g.ended_at IS NULL
        """
    }
}
