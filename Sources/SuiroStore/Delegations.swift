package import SuiroDomain

extension DelegatedAdminRelationship {
    fileprivate var phaseName: String {
        switch phase {
        case .created: "created"
        case .awaitingApproval: "awaitingApproval"
        case .unanswered: "unanswered"
        case .rejected: "rejected"
        case .approved: "approved"
        case .terminated: "terminated"
        }
    }

    fileprivate var nameKey: String { displayName.lowercased() }
}

extension Transaction {
    /// Whatever has the id; what may be seen or done of it is decided by whose it is.
    package func delegation(_ id: ID<DelegatedAdminRelationship>) throws -> DelegatedAdminRelationship? {
        try session.first("SELECT body FROM delegation WHERE id = \(id)") { cursor in
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            return body.value
        }
    }

    /// All of a partner's, newest first.
    package func delegations(of partner: ID<Partner>) throws -> [DelegatedAdminRelationship] {
        try session.all("SELECT body FROM delegation WHERE partner_id = \(partner) ORDER BY created_at DESC, id") {
            cursor in
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            return body.value
        }
    }

    /// All that a provider wrote for its resellers, newest first (GD-28).
    package func delegations(writtenBy provider: ID<Partner>) throws -> [DelegatedAdminRelationship] {
        try session.all("SELECT body FROM delegation WHERE provider_id = \(provider) ORDER BY created_at DESC, id") {
            cursor in
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            return body.value
        }
    }

    /// All that name a customer, newest first; of one partner where it is given.
    package func delegations(
        in customer: ID<Customer>,
        of partner: ID<Partner>? = nil
    ) throws -> [DelegatedAdminRelationship] {
        let one: SQL = partner.map { "AND partner_id = \($0)" } ?? ""
        return try session.all(
            "SELECT body FROM delegation WHERE customer_id = \(customer) \(one) ORDER BY created_at DESC, id"
        ) { cursor in
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            return body.value
        }
    }

    /// The partner's relationship that has the name, in any case of letters.
    package func delegation(
        named name: String,
        of partner: ID<Partner>
    ) throws -> DelegatedAdminRelationship? {
        try session.first(
            "SELECT body FROM delegation WHERE partner_id = \(partner) AND name_key = \(name.lowercased())"
        ) { cursor in
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            return body.value
        }
    }

    /// Those about which time has something to say, at most a hundred.
    package func delegationsNeedingAttention() throws -> [DelegatedAdminRelationship] {
        try session.all(
            """
            SELECT body FROM delegation WHERE attention_at IS NOT NULL AND attention_at <= \(permit.intent.at)
            ORDER BY attention_at, id LIMIT 100
            """
        ) { cursor in
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            return body.value
        }
    }

    /// A tenant that a draft names need not be here: then the draft can be sent, and nobody can ever answer it (N-05).
    package func insert(_ delegation: DelegatedAdminRelationship) throws {
        do {
            try session.run(
                """
                INSERT INTO delegation (id, partner_id, provider_id, customer_id, name_key, phase, consent_id, created_at,
                    end_at, attention_at, body, revision)
                VALUES (\(delegation.id), \(delegation.partner), \(delegation.proposal?.provider),
                    (SELECT id FROM organization WHERE id = \(delegation.customer)), \(delegation.nameKey),
                    \(delegation.phaseName), \(delegation.tenure?.consent), \(delegation.createdAt),
                    \(delegation.tenure?.end), \(Instant?.none), \(JSONText(delegation)), \(delegation.revision))
                """
            )
        } catch StoreError.duplicate {
            throw Refusal.delegation(.nameTaken(delegation.displayName))
        }
    }

    /// Saves a later revision of what was read as `seen`, or throws `StoreError.stale`.
    package func update(_ delegation: DelegatedAdminRelationship, seen: Int, attention: Instant?) throws {
        let changed: Int
        do {
            changed = try session.run(
                """
                UPDATE delegation SET customer_id = (SELECT id FROM organization WHERE id = \(delegation.customer)),
                    name_key = CASE WHEN name_key IS NULL THEN NULL ELSE \(delegation.nameKey) END,
                    phase = \(delegation.phaseName), consent_id = \(delegation.tenure?.consent),
                    end_at = \(delegation.tenure?.end), attention_at = \(attention), body = \(JSONText(delegation)),
                    revision = \(delegation.revision)
                WHERE id = \(delegation.id) AND revision = \(seen)
                """
            )
        } catch StoreError.duplicate {
            throw Refusal.delegation(.nameTaken(delegation.displayName))
        }
        guard changed == 1 else { throw StoreError.stale }
    }

    /// What nobody is shown any more no longer keeps its name from others.
    package func giveUpName(of delegation: ID<DelegatedAdminRelationship>) throws {
        try session.run("UPDATE delegation SET name_key = NULL WHERE id = \(delegation)")
    }

    /// A draft or a request nobody has answered is taken back; or throws `StoreError.stale`.
    package func delete(_ delegation: DelegatedAdminRelationship) throws {
        try session.run("DELETE FROM delegation_request WHERE delegation_id = \(delegation.id)")
        let deleted = try session.run(
            """
            DELETE FROM delegation
            WHERE id = \(delegation.id) AND revision = \(delegation.revision)
              AND phase IN ('created', 'awaitingApproval')
            """
        )
        guard deleted == 1 else { throw StoreError.stale }
    }
}

// The groups that have roles.
extension Transaction {
    /// In the order in which they were made, deleted ones too.
    package func assignments(of delegation: ID<DelegatedAdminRelationship>) throws -> [AccessAssignment] {
        try session.all(
            "SELECT body FROM access_assignment WHERE delegation_id = \(delegation) ORDER BY created_at, id"
        ) { cursor in
            let body: JSONText<AccessAssignment> = try cursor.next()
            return body.value
        }
    }

    package func assignment(
        _ id: ID<AccessAssignment>,
        of delegation: ID<DelegatedAdminRelationship>
    ) throws -> AccessAssignment? {
        try session.first(
            "SELECT body FROM access_assignment WHERE id = \(id) AND delegation_id = \(delegation)"
        ) { cursor in
            let body: JSONText<AccessAssignment> = try cursor.next()
            return body.value
        }
    }

    package func insert(_ assignment: AccessAssignment) throws {
        do {
            try session.run(
                """
                INSERT INTO access_assignment (id, delegation_id, group_id, is_open, created_at, body, revision)
                VALUES (\(assignment.id), \(assignment.relationship), \(assignment.group),
                    \(assignment.deletedAt == nil), \(assignment.createdAt), \(JSONText(assignment)),
                    \(assignment.revision))
                """
            )
        } catch StoreError.duplicate {
            throw Refusal.delegation(.groupAssigned(assignment.group))
        }
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ assignment: AccessAssignment) throws {
        let changed = try session.run(
            """
            UPDATE access_assignment SET is_open = \(assignment.deletedAt == nil), body = \(JSONText(assignment)),
                revision = \(assignment.revision)
            WHERE id = \(assignment.id) AND revision = \(assignment.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}

// What was asked, and what is under way.
extension Transaction {
    /// Oldest first; of one millisecond in the only order in which they can follow each other.
    package func requests(of delegation: ID<DelegatedAdminRelationship>) throws -> [DelegationRequest] {
        let order = DelegationRequest.Action.allCases
        return try session.all(
            "SELECT body FROM delegation_request WHERE delegation_id = \(delegation) ORDER BY at, id"
        ) { cursor -> DelegationRequest in
            let body: JSONText<DelegationRequest> = try cursor.next()
            return body.value
        }.sorted { left, right in
            (left.at, order.firstIndex(of: left.action) ?? 0) < (right.at, order.firstIndex(of: right.action) ?? 0)
        }
    }

    package func insert(_ request: DelegationRequest) throws {
        try session.run(
            """
            INSERT INTO delegation_request (id, delegation_id, at, body)
            VALUES (\(request.id), \(request.relationship), \(request.at), \(JSONText(request)))
            """
        )
    }

    package func operations(of delegation: ID<DelegatedAdminRelationship>) throws -> [DelegationOperation] {
        try session.all(
            "SELECT body FROM delegation_operation WHERE delegation_id = \(delegation) ORDER BY at, id"
        ) { cursor in
            let body: JSONText<DelegationOperation> = try cursor.next()
            return body.value
        }
    }

    package func insert(_ operation: DelegationOperation) throws {
        try session.run(
            """
            INSERT INTO delegation_operation (id, delegation_id, at, body)
            VALUES (\(operation.id), \(operation.relationship), \(operation.at), \(JSONText(operation)))
            """
        )
    }
}
