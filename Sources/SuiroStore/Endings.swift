import SuiroDomain

/// Rights that have ended in one state of a database, to be ended in an older one as well (D-11).
package struct Endings: Sendable {
    fileprivate var rows: [(table: Ended, values: [SQLValue])] = []

    /// How many there are.
    package var count: Int { rows.count }
}

private enum Ended: CaseIterable {
    case token, grant, delegation, assignment, family, person, epoch

    /// What is ended, as the statement that ends it again needs it.
    var query: SQL {
        switch self {
        case .token: "SELECT id, at FROM revoked_token"
        case .grant: "SELECT end_kind, ended_at, id FROM access_grant WHERE ended_at IS NOT NULL"
        case .delegation:
            """
            SELECT phase, end_at, attention_at, body, revision, id FROM delegation WHERE phase = 'terminated'
            """
        case .assignment: "SELECT body, revision, id FROM access_assignment WHERE is_open = 0"
        case .family: "SELECT revoked_at, id FROM token_family WHERE revoked_at IS NOT NULL"
        case .person: "SELECT id FROM person WHERE is_active = 0"
        case .epoch: "SELECT person_id, counts_from FROM token_epoch"
        }
    }

    func end(_ row: [SQLValue], _ session: any Session) throws {
        let statement: SQL =
            switch self {
            case .token: "INSERT INTO revoked_token (id, at) VALUES (\(row[0]), \(row[1])) ON CONFLICT (id) DO NOTHING"
            case .grant:
                """
                UPDATE access_grant SET end_kind = \(row[0]), ended_at = \(row[1]), revision = revision + 1
                WHERE ended_at IS NULL AND id = \(row[2])
                """
            case .delegation:
                """
                UPDATE delegation SET phase = \(row[0]), end_at = \(row[1]), attention_at = \(row[2]), body = \(row[3]),
                    revision = \(row[4])
                WHERE phase = 'approved' AND id = \(row[5])
                """
            case .assignment:
                """
                UPDATE access_assignment SET is_open = 0, body = \(row[0]), revision = \(row[1])
                WHERE is_open = 1 AND id = \(row[2])
                """
            case .family:
                "UPDATE token_family SET revoked_at = \(row[0]) WHERE revoked_at IS NULL AND id = \(row[1])"
            case .person: "UPDATE person SET is_active = 0 WHERE id = \(row[0])"
            case .epoch:
                // Somebody whom the copy does not know has no token in it.
                """
                INSERT INTO token_epoch (person_id, counts_from)
                SELECT id, \(row[1]) FROM person WHERE id = \(row[0])
                ON CONFLICT (person_id) DO UPDATE SET counts_from = excluded.counts_from
                WHERE token_epoch.counts_from < excluded.counts_from
                """
            }
        try session.run(statement)
    }
}

extension SQLValue: SQLBindable {
    var sqlValue: SQLValue { self }
}

extension Transaction {
    /// Everything that has ended here.
    package func endings() throws -> Endings {
        var endings = Endings()
        for table in Ended.allCases {
            endings.rows += try session.rows(table.query).map { (table, $0.values) }
        }
        return endings
    }

    /// Ends here what is still open and has ended there.
    package func end(_ endings: Endings) throws {
        for row in endings.rows { try row.table.end(row.values, session) }
    }

    /// When the newest entry of the event log was written.
    package func lastRecorded() throws -> String? {
        try session.first("SELECT MAX(at) FROM event_log") { cursor in try cursor.next() as String? } ?? nil
    }

    /// Partners' ways into customers' tenants that are open now: who, whose, which, and until when.
    package func openWays() throws -> [(partner: String, customer: String, kind: String, until: String)] {
        let now = permit.intent.at
        return try session.all(
            """
            SELECT p.name, c.name, g.kind, g.until_at FROM access_grant g
            JOIN organization p ON p.id = g.partner_id JOIN organization c ON c.id = g.customer_id
            WHERE g.ended_at IS NULL AND g.until_at > \(now)
            UNION ALL
            SELECT p.name, c.name, 'gdap', d.end_at FROM delegation d
            JOIN organization p ON p.id = d.partner_id JOIN organization c ON c.id = d.customer_id
            WHERE d.phase = 'approved' AND d.end_at > \(now)
            ORDER BY 2, 1, 3, 4
            """
        ) { cursor in (try cursor.next(), try cursor.next(), try cursor.next(), try cursor.next()) }
    }
}
