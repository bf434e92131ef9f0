package import FoundationEssentials
package import SuiroDomain

extension Transaction {
    /// The number of the newest edition; books are cached by it, because an edition never changes.
    package func newestEdition() throws -> Int? {
        try session.first(PolicyBook.newest) { cursor in try cursor.next() as Int? } ?? nil
    }

    /// The newest edition that had been published by an instant.
    package func edition(publishedBy instant: Instant) throws -> Int? {
        try session.rows("SELECT MAX(edition) FROM policy_edition WHERE published_at <= \(instant)").first.flatMap {
            var cursor = $0.cursor
            return try cursor.next() as Int?
        }
    }

    package func book(_ edition: Int) throws -> PolicyBook? {
        try session.rows(
            """
            SELECT e.rows, e.package,
                   (SELECT COUNT(*) FROM policy_edition o WHERE o.package = e.package AND o.edition < e.edition)
            FROM policy_edition e WHERE e.edition = \(edition)
            """
        ).first.map {
            var cursor = $0.cursor
            let rows: JSONText<[PolicyRow]> = try cursor.next()
            let (package, earlier): (String, Int) = (try cursor.next(), try cursor.next())
            let name = earlier == 0 ? package : "\(package).\(earlier + 1)"
            return PolicyBook(edition: edition, name: name, rows: rows.value)
        }
    }

    package func insert(_ book: PolicyBook, from package: String, effective: Instant) throws {
        try session.run(
            """
            INSERT INTO policy_edition (edition, package, published_at, effective_at, rows)
            VALUES (\(book.edition), \(package), \(permit.intent.at), \(effective), \(JSONText(book.rows)))
            """
        )
    }
}

/// What one request read of the policy, and what came of it.
package struct DecisionRow: Codable, Sendable {
    package let operation: String
    package let outcome: String
    package let read: ReadRule
    package let at: Instant
}

extension Transaction {
    /// Keeps every rule that was read (INV-09), one row a request; a second step under the same correlation id adds one.
    package func save(
        _ read: [ReadRule],
        outcome: String,
        operation: Action,
        for tenant: ID<Tenant>?
    ) throws {
        guard !read.isEmpty else { return }
        let correlation = permit.intent.correlation
        try session.run(
            """
            INSERT INTO decision (correlation, sequence, tenant_id, operation, outcome, read_rules, at)
            VALUES (\(correlation),
                    (SELECT COALESCE(MAX(sequence), 0) + 1 FROM decision WHERE correlation = \(correlation)),
                    \(tenant), \(operation.rawValue), \(outcome), \(JSONText(read)), \(permit.intent.at))
            ON CONFLICT (correlation, sequence) DO NOTHING
            """
        )
    }

    /// What was read under a correlation id, for the tenant that asked.
    package func decisions(_ correlation: UUID, of tenant: ID<Tenant>?) throws -> [DecisionRow] {
        let whose: SQL = tenant.map { "AND tenant_id = \($0)" } ?? ""
        return try session.rows(
            """
            SELECT operation, outcome, read_rules, at FROM decision WHERE correlation = \(correlation) \(whose)
            ORDER BY sequence
            """
        ).flatMap { row in
            var cursor = row.cursor
            let (operation, outcome): (String, String) = (try cursor.next(), try cursor.next())
            let (read, at): (JSONText<[ReadRule]>, Instant) = (try cursor.next(), try cursor.next())
            return read.value.map { DecisionRow(operation: operation, outcome: outcome, read: $0, at: at) }
        }
    }
}

extension PolicyBook {
    static let newest: SQL = "SELECT MAX(edition) FROM policy_edition"
}
