import FoundationEssentials
package import SuiroDomain

/// A customer as its partner's list shows it.
package struct CustomerRow: Codable, Sendable {
    package let organization: Organization
    /// Whether the partner has live delegated administration there.
    package let hasDelegatedAdmin: Bool
}

/// What a list of customers is narrowed by; prefixes, without case.
package enum CustomerFilter: Hashable, Sendable {
    case all
    case name(startsWith: String)
    case domain(startsWith: String)
    case reseller(ID<Partner>)
}

/// Where a page goes on: after this name and id. Seek paging, so a page costs the same wherever it lies.
package struct CustomerPosition: Hashable, Codable, Sendable {
    package let nameKey: String
    package let id: ID<Customer>
}

extension Transaction {
    /// How many customers a partner is tied to now.
    package func customerCount(of partner: ID<Partner>) throws -> Int {
        let now = permit.intent.at
        let count: Int? = try session.first(
            """
            SELECT COUNT(DISTINCT customer_id) FROM access_grant
            WHERE partner_id = \(partner) AND kind = \(AccessKind.resellerTie) AND ended_at IS NULL
                AND from_at <= \(now) AND until_at > \(now)
            """
        ) { cursor in try cursor.next() }
        return count ?? 0
    }

    /// At most `limit` customers with which `partner` has a live reseller relationship, by name; and where to go on.
    package func customers(
        of partner: ID<Partner>,
        _ filter: CustomerFilter,
        after position: CustomerPosition?,
        limit: Int
    ) throws -> (rows: [CustomerRow], next: CustomerPosition?) {
        let now = permit.intent.at
        let rows = try session.rows(
            """
            SELECT o.id, o.kind, o.name, o.domain, o.country, o.language, o.standing, o.tenant_type, o.mpn_id,
                   o.provider_id, o.created_at, o.revision, o.name_key,
                   (SELECT COUNT(*) FROM access_grant d WHERE d.customer_id = o.id AND d.partner_id = \(partner)
                      AND d.kind = 'dap' AND d.ended_at IS NULL AND d.from_at <= \(now) AND d.until_at > \(now))
            FROM access_grant g JOIN organization o ON o.id = g.customer_id
            WHERE g.partner_id = \(partner) AND g.kind = 'resellerTie' AND g.ended_at IS NULL
              AND g.from_at <= \(now) AND g.until_at > \(now) \(condition(filter)) \(condition(position))
            ORDER BY o.name_key, o.id LIMIT \(limit + 1)
            """
        )
        var page: [CustomerRow] = []
        var last: CustomerPosition?
        for row in rows.prefix(limit) {
            var cursor = row.cursor
            let organization = try Organization(&cursor)
            let key: String = try cursor.next()
            page.append(CustomerRow(organization: organization, hasDelegatedAdmin: try cursor.next()))
            last = CustomerPosition(nameKey: key, id: organization.id.as(Customer.self))
        }
        return (page, rows.count > limit ? last : nil)
    }

    private func condition(_ filter: CustomerFilter) -> SQL {
        switch filter {
        case .all: ""
        case .name(let prefix):
            "AND o.name_key >= \(prefix.lowercased()) AND o.name_key < \(prefix.lowercased().afterPrefix)"
        case .domain(let prefix):
            "AND o.domain >= \(prefix.lowercased()) AND o.domain < \(prefix.lowercased().afterPrefix)"
        case .reseller(let reseller):
            """
            AND EXISTS (SELECT 1 FROM access_grant r WHERE r.customer_id = o.id AND r.partner_id = \(reseller)
              AND r.kind = 'resellerTie' AND r.ended_at IS NULL)
            """
        }
    }

    private func condition(_ position: CustomerPosition?) -> SQL {
        guard let position else { return "" }
        return "AND (o.name_key, o.id) > (\(position.nameKey), \(position.id))"
    }
}

extension String {
    /// An upper bound of everything that begins with this text, in byte order.
    fileprivate var afterPrefix: String { self + "\u{10FFFF}" }
}
