package import SuiroDomain

// Extensions of many relationships at once: what was asked, and what came of each row.
extension Transaction {
    package func insert(_ job: ExtensionJob, _ rows: [ExtensionRow]) throws {
        try session.run(
            """
            INSERT INTO extension_job (id, partner_id, is_open, created_at, body)
            VALUES (\(job.id), \(job.partner), \(!rows.isEmpty), \(job.createdAt), \(JSONText(job)))
            """
        )
        for (position, row) in rows.enumerated() {
            try session.run(
                """
                INSERT INTO extension_row (job_id, position, outcome, body)
                VALUES (\(job.id), \(position), \(row.outcome.rawValue), \(JSONText(row)))
                """
            )
        }
    }

    package func extensionJob(_ id: ID<ExtensionJob>, of partner: ID<Partner>) throws -> ExtensionJob? {
        try session.first("SELECT body FROM extension_job WHERE id = \(id) AND partner_id = \(partner)") { cursor in
            let body: JSONText<ExtensionJob> = try cursor.next()
            return body.value
        }
    }

    /// Those with rows that wait, oldest first, at most ten.
    package func openExtensionJobs() throws -> [ExtensionJob] {
        try session.all("SELECT body FROM extension_job WHERE is_open = 1 ORDER BY created_at, id LIMIT 10") { cursor in
            let body: JSONText<ExtensionJob> = try cursor.next()
            return body.value
        }
    }

    /// Rows in the order in which they were asked for, from a position on.
    package func extensionRows(
        of job: ID<ExtensionJob>,
        from position: Int = 0,
        limit: Int,
        waiting: Bool = false
    ) throws -> [(position: Int, row: ExtensionRow)] {
        let only: SQL = waiting ? "AND outcome = 'waiting'" : ""
        return try session.rows(
            """
            SELECT position, body FROM extension_row WHERE job_id = \(job) AND position >= \(position) \(only)
            ORDER BY position LIMIT \(limit)
            """
        ).map { row in
            var cursor = row.cursor
            let position: Int = try cursor.next()
            let body: JSONText<ExtensionRow> = try cursor.next()
            return (position, body.value)
        }
    }

    /// How many rows came to which end.
    package func extensionCounts(of job: ID<ExtensionJob>) throws -> [ExtensionOutcome: Int] {
        var counts: [ExtensionOutcome: Int] = [:]
        for row in try session.rows(
            "SELECT outcome, COUNT(*) FROM extension_row WHERE job_id = \(job) GROUP BY outcome"
        ) {
            var cursor = row.cursor
            let (name, count): (String, Int) = (try cursor.next(), try cursor.next())
            if let outcome = ExtensionOutcome(rawValue: name) { counts[outcome] = count }
        }
        return counts
    }

    package func update(_ row: ExtensionRow, at position: Int, of job: ID<ExtensionJob>) throws {
        try session.run(
            """
            UPDATE extension_row SET outcome = \(row.outcome.rawValue), body = \(JSONText(row))
            WHERE job_id = \(job) AND position = \(position)
            """
        )
    }

    package func close(_ job: ID<ExtensionJob>) throws {
        try session.run("UPDATE extension_job SET is_open = 0 WHERE id = \(job)")
    }
}
