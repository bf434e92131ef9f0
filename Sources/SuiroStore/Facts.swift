import SuiroDomain

extension Session {
    /// Read before admission, so it takes an intent and not a permit: the caller as the database knows it now, and the
    /// relationship of its tenant with the customer of the scope. A revoked token is nobody's.
    func facts(for intent: Intent) throws -> Facts {
        guard case .person(let person, let tenant, let token) = intent.caller else {
            return Facts(principal: nil, tie: nil)
        }
        let customer: ID<Customer>? = if case .customer(let id) = intent.scope { id } else { nil }
        let found = try rows(
            """
            SELECT p.name, p.roles, o.id, o.name, o.kind, o.standing, g.from_at, g.until_at
            FROM person p JOIN organization o ON o.id = p.tenant_id
            LEFT JOIN access_grant g ON g.customer_id = \(customer?.description ?? "") AND g.partner_id = o.id
                AND g.kind = \(AccessKind.resellerTie) AND g.ended_at IS NULL
            WHERE p.id = \(person) AND p.tenant_id = \(tenant) AND p.is_active = 1
              AND NOT EXISTS (SELECT 1 FROM revoked_token r WHERE r.id = \(token))
              AND NOT EXISTS (SELECT 1 FROM token_epoch e
                              WHERE e.person_id = p.id AND e.counts_from > \(intent.issued ?? .latest))
            """
        ).first
        guard var cursor = found?.cursor else { return Facts(principal: nil, tie: nil) }
        let (name, roles): (String, String) = (try cursor.next(), try cursor.next())
        let principal = Principal(
            person: person,
            personName: name,
            tenant: try cursor.next(),
            tenantName: try cursor.next(),
            kind: try cursor.next(),
            standing: try cursor.next(),
            roles: Set<Role>(words: roles)
        )
        let (from, until): (Instant?, Instant?) = (try cursor.next(), try cursor.next())
        let tie = from.flatMap { from in until.map { Facts.Tie(from: from, until: $0) } }
        let facts = Facts(
            principal: principal,
            tie: principal.kind.isPartner ? tie : nil,
            isPartyOfMove: try customer.map { try isPartyOfMove(principal, intent, in: $0) } ?? false
        )
        // More facts never turn a yes into a no, so delegation is read only for those whom nothing else lets in.
        guard let customer, intent.action.asksForDelegation, principal.kind.isPartner,
            (try? Gate.admit(intent, knowing: facts)) == nil
        else { return facts }
        return Facts(
            principal: principal,
            tie: facts.tie,
            isPartyOfMove: facts.isPartyOfMove,
            delegated: try delegated(principal, in: customer)
        )
    }

    /// What the customer has delegated to the caller's tenant, and the caller's groups.
    private func delegated(_ principal: Principal, in customer: ID<Customer>) throws -> DelegatedFacts {
        let relationships: [DelegatedAdminRelationship] = try all(
            """
            SELECT body FROM delegation
            WHERE customer_id = \(customer) AND partner_id = \(principal.tenant) ORDER BY created_at DESC, id
            """
        ) { cursor in (try cursor.next() as JSONText).value }
        let assignments: [AccessAssignment] = try all(
            """
            SELECT a.body FROM access_assignment a JOIN delegation d ON d.id = a.delegation_id
            WHERE d.customer_id = \(customer) AND d.partner_id = \(principal.tenant) AND a.is_open = 1
            ORDER BY a.created_at, a.id
            """
        ) { cursor in (try cursor.next() as JSONText).value }
        let grant = try first(
            """
            SELECT \(AccessGrant.columns) FROM access_grant g
            WHERE g.customer_id = \(customer) AND g.partner_id = \(principal.tenant) AND g.kind = \(AccessKind.dap)
              AND g.ended_at IS NULL
            """
        ) { cursor in try AccessGrant(&cursor) }
        let groups: [String] = try all(
            """
            SELECT group_id FROM partner_group_member
            WHERE tenant_id = \(principal.tenant) AND person_id = \(principal.person)
            """
        ) { cursor in try cursor.next() }
        return DelegatedFacts(
            access: EffectiveAccess(
                granted: relationships.map { one in
                    EffectiveAccess.Granted(one, assignments.filter { $0.relationship == one.id })
                },
                delegated: grant,
                standing: principal.standing
            ),
            groups: Set(groups)
        )
    }

    private func isPartyOfMove(_ principal: Principal, _ intent: Intent, in customer: ID<Customer>) throws -> Bool {
        guard intent.action.asksForMoves, principal.kind.isPartner else { return false }
        return try first(
            """
            SELECT 1 FROM move WHERE customer_id = \(customer)
              AND (source_id = \(principal.tenant) OR target_id = \(principal.tenant)) LIMIT 1
            """
        ) { cursor -> Int in try cursor.next() } != nil
    }
}

extension Set<Role> {
    /// Roles as they are kept: their names, sorted, separated by blanks.
    init(words: String) {
        self = Set(words.split(separator: " ").compactMap { Role(rawValue: String($0)) })
    }

    var words: String { map(\.rawValue).sorted().joined(separator: " ") }
}
