package import SuiroDomain

/// From which side ways into tenants are looked at: all of a partner's, or all into a customer's.
package enum AccessSide: Sendable {
    case partner(ID<Partner>), customer(ID<Customer>)
}

/// What a list of ways into tenants is narrowed by.
package struct AccessFilter: Hashable, Codable, Sendable {
    package var kind: AccessKind?
    package var customer: ID<Customer>?
    /// Only what ends by then.
    package var endingBefore: Instant?
    /// Only what nobody has used since then; what is used elsewhere is not among it.
    package var unusedSince: Instant?

    package init(
        kind: AccessKind? = nil,
        customer: ID<Customer>? = nil,
        endingBefore: Instant? = nil,
        unusedSince: Instant? = nil
    ) {
        (self.kind, self.customer) = (kind, customer)
        (self.endingBefore, self.unusedSince) = (endingBefore, unusedSince)
    }
}

/// Where a page goes on: after this customer's name and this path.
package struct AccessPosition: Hashable, Codable, Sendable, Comparable {
    package let nameKey: String
    package let customer: ID<Customer>
    package let id: ID<AccessGrant>

    package static func < (left: AccessPosition, right: AccessPosition) -> Bool {
        // In byte order, as both databases compare.
        let (first, second) = (left.nameKey, right.nameKey)
        if first != second { return first.utf8.lexicographicallyPrecedes(second.utf8) }
        return ("\(left.customer)", "\(left.id)") < ("\(right.customer)", "\(right.id)")
    }
}

/// One way into a tenant that is open now.
package struct AccessPath: Codable, Sendable {
    package let row: GrantRow
    package let customerName: String
    package let position: AccessPosition
}

extension Transaction {
    /// Ways that are open at the transaction's instant, by customer's name, at most `limit` of them. Whoever gets fewer
    /// has seen the last.
    package func openPaths(
        _ side: AccessSide,
        _ filter: AccessFilter,
        after position: AccessPosition? = nil,
        limit: Int
    ) throws -> [AccessPath] {
        var found: [AccessPath] = []
        if filter.kind != .gdap { found += try keptPaths(side, filter, after: position, limit: limit) }
        if filter.kind == nil || filter.kind == .gdap {
            var (own, next): ([AccessPath], AccessPosition?) = ([], position)
            while own.count < limit {
                let (rows, last) = try granularPaths(side, filter, after: next, limit: limit)
                own += rows
                guard let last else { break }
                next = last
            }
            found += own
        }
        return Array(found.sorted { $0.position < $1.position }.prefix(limit))
    }

    private func keptPaths(
        _ side: AccessSide,
        _ filter: AccessFilter,
        after position: AccessPosition?,
        limit: Int
    ) throws -> [AccessPath] {
        let now = permit.intent.at
        let one: SQL =
            switch side {
            case .partner(let id): "g.partner_id = \(id)"
            case .customer(let id): "g.customer_id = \(id)"
            }
        let kind: SQL = filter.kind.map { "AND g.kind = \($0)" } ?? ""
        let customer: SQL = filter.customer.map { "AND g.customer_id = \($0)" } ?? ""
        let ending: SQL = filter.endingBefore.map { "AND g.until_at <= \($0)" } ?? ""
        let unused: SQL =
            filter.unusedSince.map {
                "AND COALESCE(g.last_used_at, g.from_at) <= \($0) AND g.kind IN ('resellerTie', 'dap')"
            } ?? ""
        let after: SQL =
            position.map { "AND (k.name_key, g.customer_id, g.id) > (\($0.nameKey), \($0.customer), \($0.id))" } ?? ""
        return try session.rows(
            """
            SELECT \(AccessGrant.columns), o.name, o.kind, \(Consent.columns), g.last_used_at, g.services, k.name,
                   k.name_key
            FROM access_grant g JOIN organization o ON o.id = g.partner_id JOIN organization k ON k.id = g.customer_id
            JOIN consent c ON c.id = g.consent_id
            WHERE \(one) AND g.ended_at IS NULL AND g.from_at <= \(now) AND g.until_at > \(now)
              \(kind) \(customer) \(ending) \(unused) \(after)
            ORDER BY k.name_key, g.customer_id, g.id LIMIT \(limit)
            """
        ).map { row in
            var cursor = row.cursor
            let grant = try AccessGrant(&cursor)
            let (name, kind): (String, OrganizationKind) = (try cursor.next(), try cursor.next())
            let consent = try Consent(&cursor)
            let (used, services): (Instant?, JSONText<[String]>) = (try cursor.next(), try cursor.next())
            let kept = GrantRow(
                grant: grant,
                partnerName: name,
                partnerKind: kind,
                consent: consent,
                lastUsedAt: used,
                services: services.value
            )
            return AccessPath(kept, customerName: try cursor.next(), key: try cursor.next())
        }
    }

    /// Those of one stretch that are open, and where the stretch ended; `nil` where it was the last.
    private func granularPaths(
        _ side: AccessSide,
        _ filter: AccessFilter,
        after position: AccessPosition?,
        limit: Int
    ) throws -> (rows: [AccessPath], last: AccessPosition?) {
        let now = permit.intent.at
        let one: SQL =
            switch side {
            case .partner(let id): "d.partner_id = \(id)"
            case .customer(let id): "d.customer_id = \(id)"
            }
        let customer: SQL = filter.customer.map { "AND d.customer_id = \($0)" } ?? ""
        // What is extended by itself ends later than is written, never earlier.
        let ending: SQL = filter.endingBefore.map { "AND d.end_at <= \($0)" } ?? ""
        let after: SQL =
            position.map { "AND (k.name_key, d.customer_id, d.id) > (\($0.nameKey), \($0.customer), \($0.id))" } ?? ""
        let rows = try session.rows(
            """
            SELECT d.body, o.name, o.kind, \(Consent.columns), d.last_used_at, k.name, k.name_key
            FROM delegation d JOIN organization o ON o.id = d.partner_id JOIN organization k ON k.id = d.customer_id
            JOIN consent c ON c.id = d.consent_id
            WHERE \(one) AND d.phase = 'approved' \(customer) \(ending) \(after)
            ORDER BY k.name_key, d.customer_id, d.id LIMIT \(limit)
            """
        )
        var last: AccessPosition?
        let paths = try rows.compactMap { row -> AccessPath? in
            var cursor = row.cursor
            let body: JSONText<DelegatedAdminRelationship> = try cursor.next()
            let (name, kind): (String, OrganizationKind) = (try cursor.next(), try cursor.next())
            let consent = try Consent(&cursor)
            let used: Instant? = try cursor.next()
            guard let grant = body.value.grant(at: now) else { return nil }
            let kept = GrantRow(
                grant: grant,
                partnerName: name,
                partnerKind: kind,
                consent: consent,
                lastUsedAt: used,
                services: []
            )
            let path = AccessPath(kept, customerName: try cursor.next(), key: try cursor.next())
            last = path.position
            guard grant.isLive(at: now), filter.endingBefore.map({ grant.until <= $0 }) ?? true,
                filter.unusedSince.map({ used ?? grant.from <= $0 }) ?? true
            else { return nil }
            return path
        }
        return (paths, rows.count == limit ? last : nil)
    }
}

extension AccessPath {
    fileprivate init(_ row: GrantRow, customerName: String, key: String) {
        (self.row, self.customerName) = (row, customerName)
        position = AccessPosition(nameKey: key, customer: row.grant.customer, id: row.grant.id)
    }
}

// When paths were last used: once an hour is exact enough for people.
extension Transaction {
    private var anHourAgo: Instant { permit.intent.at.adding(seconds: -3600) }

    /// When the log last says of the hour before now that the caller looked at what is the customer's.
    package func lastRead(of customer: ID<Customer>, by caller: Caller) throws -> Instant? {
        try session.first(
            """
            SELECT at FROM event_log
            WHERE customer_id = \(customer) AND at > \(anHourAgo) AND at <= \(permit.intent.at)
              AND event = 'customerRead' AND caller = \(caller.name) ORDER BY at DESC LIMIT 1
            """
        ) { cursor in try cursor.next() }
    }

    /// The partner's live grants of the kind, and when each was last used.
    package func grantsInUse(
        _ kind: AccessKind,
        of partner: ID<Partner>,
        in customer: ID<Customer>
    ) throws -> [(id: ID<AccessGrant>, lastUsedAt: Instant?)] {
        let now = permit.intent.at
        return try session.all(
            """
            SELECT g.id, g.last_used_at FROM access_grant g
            WHERE g.customer_id = \(customer) AND g.partner_id = \(partner) AND g.kind = \(kind)
              AND g.ended_at IS NULL AND g.from_at <= \(now) AND g.until_at > \(now)
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
    }

    /// When a relationship was last used.
    package func lastUse(of id: ID<DelegatedAdminRelationship>) throws -> Instant? {
        let found: Instant?? = try session.first("SELECT last_used_at FROM delegation WHERE id = \(id)") { cursor in
            try cursor.next()
        }
        return found ?? nil
    }

    /// Notes that a path was used, at most once an hour.
    package func noteUse(of grant: ID<AccessGrant>) throws {
        try session.run(
            """
            UPDATE access_grant SET last_used_at = \(permit.intent.at)
            WHERE id = \(grant) AND (last_used_at IS NULL OR last_used_at < \(anHourAgo))
            """
        )
    }

    package func noteUse(of relationship: ID<DelegatedAdminRelationship>) throws {
        try session.run(
            """
            UPDATE delegation SET last_used_at = \(permit.intent.at)
            WHERE id = \(relationship) AND (last_used_at IS NULL OR last_used_at < \(anHourAgo))
            """
        )
    }
}
