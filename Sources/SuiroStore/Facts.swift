import SuiroDomain

extension Session {
    /// Read before admission, so it takes an intent and not a permit: the caller as the database knows it now, and
    /// whether its tenant has a live tie with the customer of the scope. One statement; a revoked token is nobody's.
    func facts(for intent: Intent) throws -> Facts {
        guard case .person(let person, let tenant, let token) = intent.caller else {
            return Facts(principal: nil, hasTie: false)
        }
        let customer: ID<Customer>? = if case .customer(let id) = intent.scope { id } else { nil }
        let found = try rows(
            """
            SELECT p.name, p.roles, o.id, o.name, o.kind, o.standing,
                   (SELECT COUNT(*) FROM access_grant g
                    WHERE g.customer_id = \(customer?.description ?? "") AND g.partner_id = o.id
                      AND g.kind = \(AccessKind.resellerTie) AND g.ended_at IS NULL
                      AND g.from_at <= \(intent.at) AND g.until_at > \(intent.at))
            FROM person p JOIN organization o ON o.id = p.tenant_id
            WHERE p.id = \(person) AND p.tenant_id = \(tenant) AND p.is_active = 1
              AND NOT EXISTS (SELECT 1 FROM revoked_token r WHERE r.id = \(token))
            """
        ).first
        guard var cursor = found?.cursor else { return Facts(principal: nil, hasTie: false) }
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
        let ties: Int = try cursor.next()
        return Facts(
            principal: principal,
            hasTie: principal.kind.isPartner && ties > 0,
            isPartyOfMove: try customer.map { try isPartyOfMove(principal, intent, in: $0) } ?? false
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
