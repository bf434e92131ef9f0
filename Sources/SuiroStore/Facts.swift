import SuiroDomain

extension Session {
    /// Read before admission, so it takes an intent and not a permit: the caller as the database knows it now, and
    /// whether its tenant has a live tie with the customer. A revoked token is nobody's.
    func facts(for intent: Intent) throws -> Facts {
        guard case .person(let person, let tenant, let token) = intent.caller else {
            return Facts(principal: nil, hasTie: false)
        }
        let principal = try rows(
            """
            SELECT p.name, p.roles, o.id, o.name, o.kind, o.standing
            FROM person p JOIN organization o ON o.id = p.tenant_id
            WHERE p.id = \(person) AND p.tenant_id = \(tenant) AND p.is_active = 1
              AND NOT EXISTS (SELECT 1 FROM revoked_token r WHERE r.id = \(token))
            """
        ).first.map { row in
            var cursor = row.cursor
            let name: String = try cursor.next()
            let roles: String = try cursor.next()
            return Principal(
                person: person,
                personName: name,
                tenant: try cursor.next(),
                tenantName: try cursor.next(),
                kind: try cursor.next(),
                standing: try cursor.next(),
                roles: Set<Role>(words: roles)
            )
        }
        guard let principal, principal.kind.isPartner, case .customer(let customer) = intent.scope else {
            return Facts(principal: principal, hasTie: false)
        }
        let ties = try rows(
            """
            SELECT 1 FROM access_grant
            WHERE customer_id = \(customer) AND partner_id = \(tenant) AND kind = \(AccessKind.resellerTie)
              AND ended_at IS NULL AND from_at <= \(intent.at) AND until_at > \(intent.at) LIMIT 1
            """
        )
        return Facts(principal: principal, hasTie: !ties.isEmpty)
    }
}

extension Set<Role> {
    /// Roles as they are kept: their names, sorted, separated by blanks.
    init(words: String) {
        self = Set(words.split(separator: " ").compactMap { Role(rawValue: String($0)) })
    }

    var words: String { map(\.rawValue).sorted().joined(separator: " ") }
}
