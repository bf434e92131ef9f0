package import SuiroDomain

extension RelationshipRequest {
    fileprivate static let columns: SQL = """
        id, code, partner_id, provider_id, customer_id, customer_domain, recipient_name, recipient_mail, language,
        scope, created_by, created_at, expires_at, state, state_at, reminders, decline_reason, revision
        """

    fileprivate init(_ row: Row) throws {
        var cursor = row.cursor
        let (id, code): (ID<RelationshipRequest>, String) = (try cursor.next(), try cursor.next())
        let (partner, provider): (ID<Partner>, ID<Partner>?) = (try cursor.next(), try cursor.next())
        let (customer, domain): (ID<Customer>?, String?) = (try cursor.next(), try cursor.next())
        let (name, mail, language): (String?, String?, Language) = (
            try cursor.next(), try cursor.next(), try cursor.next()
        )
        let scope: JSONText<RequestedScope> = try cursor.next()
        let (by, created, expires): (ID<Person>?, Instant, Instant) = (
            try cursor.next(), try cursor.next(), try cursor.next()
        )
        let (state, at): (String, Instant?) = (try cursor.next(), try cursor.next())
        self.init(
            id: id,
            code: code,
            partner: partner,
            provider: provider,
            customer: customer,
            customerDomain: domain,
            recipientName: name,
            recipientMail: mail,
            language: language,
            scope: scope.value,
            createdBy: by,
            createdAt: created,
            expires: expires,
            state: try State(name: state, at: at),
            reminders: try cursor.next(),
            declineReason: try cursor.next(),
            revision: try cursor.next()
        )
    }
}

extension RelationshipRequest.State {
    fileprivate init(name: String, at: Instant?) throws {
        switch (name, at) {
        case ("draft", _): self = .draft
        case ("sent", let at?): self = .sent(at: at)
        case ("opened", let at?): self = .opened(at: at)
        case (let word, let at?):
            guard let ending = RelationshipRequest.Ending(rawValue: word) else {
                throw StoreError.corrupt(column: "state")
            }
            self = .closed(ending, at: at)
        default: throw StoreError.corrupt(column: "state")
        }
    }

    fileprivate var at: Instant? {
        switch self {
        case .draft: nil
        case .sent(let at), .opened(let at), .closed(_, let at): at
        }
    }
}

extension Transaction {
    /// A partner's own request.
    package func relationshipRequest(
        _ id: ID<RelationshipRequest>,
        of partner: ID<Partner>
    ) throws -> RelationshipRequest? {
        try session.rows(
            "SELECT \(RelationshipRequest.columns) FROM relationship_request WHERE id = \(id) AND partner_id = \(partner)"
        ).first.map(RelationshipRequest.init)
    }

    /// The request behind a code; codes are unguessable, and what may be done with it is decided by its tenant.
    package func relationshipRequest(code: String) throws -> RelationshipRequest? {
        try session.rows(
            "SELECT \(RelationshipRequest.columns) FROM relationship_request WHERE code = \(code)"
        ).first.map(RelationshipRequest.init)
    }

    /// Newest first.
    package func relationshipRequests(of partner: ID<Partner>) throws -> [RelationshipRequest] {
        try session.rows(
            """
            SELECT \(RelationshipRequest.columns) FROM relationship_request WHERE partner_id = \(partner)
            ORDER BY created_at DESC, id LIMIT 1000
            """
        ).map(RelationshipRequest.init)
    }

    /// Requests that wait for an answer of this customer.
    package func openRelationshipRequests(for customer: ID<Customer>) throws -> [RelationshipRequest] {
        try session.rows(
            """
            SELECT \(RelationshipRequest.columns) FROM relationship_request
            WHERE customer_id = \(customer) AND state IN ('draft', 'sent', 'opened') AND expires_at > \(permit.intent.at)
            ORDER BY created_at DESC, id
            """
        ).map(RelationshipRequest.init)
    }

    /// Open requests of one partner to one customer, by its domain.
    package func openRelationshipRequests(
        of partner: ID<Partner>,
        domain: String
    ) throws -> [RelationshipRequest] {
        try session.rows(
            """
            SELECT \(RelationshipRequest.columns) FROM relationship_request
            WHERE partner_id = \(partner) AND customer_domain = \(domain) AND state IN ('draft', 'sent', 'opened')
            """
        ).map(RelationshipRequest.init)
    }

    /// Open requests that nobody answered in time and nobody has announced, at most a hundred.
    package func lapsedRelationshipRequests() throws -> [RelationshipRequest] {
        try session.rows(
            """
            SELECT \(RelationshipRequest.columns) FROM relationship_request
            WHERE state IN ('draft', 'sent', 'opened') AND expires_at <= \(permit.intent.at)
            ORDER BY expires_at, id LIMIT 100
            """
        ).map(RelationshipRequest.init)
    }

    package func insert(_ request: RelationshipRequest) throws {
        try session.run(
            """
            INSERT INTO relationship_request (id, code, partner_id, provider_id, customer_id, customer_domain,
                recipient_name, recipient_mail, language, scope, created_by, created_at, expires_at, state, state_at,
                reminders, decline_reason, revision)
            VALUES (\(request.id), \(request.code), \(request.partner), \(request.provider), \(request.customer),
                \(request.customerDomain), \(request.recipientName), \(request.recipientMail), \(request.language),
                \(JSONText(request.scope)), \(request.createdBy), \(request.createdAt), \(request.expires),
                \(request.state.name), \(request.state.at), \(request.reminders), \(request.declineReason),
                \(request.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ request: RelationshipRequest) throws {
        let changed = try session.run(
            """
            UPDATE relationship_request SET customer_id = \(request.customer), state = \(request.state.name),
                state_at = \(request.state.at), reminders = \(request.reminders),
                decline_reason = \(request.declineReason), revision = \(request.revision)
            WHERE id = \(request.id) AND revision = \(request.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}

extension Transaction {
    /// When a partner asked for relationships since then, and in which domain; the oldest first.
    package func invitations(of partner: ID<Partner>, since: Instant) throws -> [(at: Instant, domain: String?)] {
        try session.all(
            """
            SELECT created_at, customer_domain FROM relationship_request
            WHERE partner_id = \(partner) AND created_at > \(since) ORDER BY created_at
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
    }
}
