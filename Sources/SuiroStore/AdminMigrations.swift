package import SuiroDomain

// Moves of many customers to granular relationships: what was asked, what came of each, and when to look again.
extension Transaction {
    package func insert(_ job: MigrationJob, _ rows: [MigrationRow]) throws {
        try session.run(
            """
            INSERT INTO migration_job (id, partner_id, is_open, created_at, body)
            VALUES (\(job.id), \(job.partner), \(!rows.isEmpty), \(job.createdAt), \(JSONText(job)))
            """
        )
        for (position, row) in rows.enumerated() {
            try session.run(
                """
                INSERT INTO migration_row (job_id, position, outcome, body)
                VALUES (\(job.id), \(position), \(row.outcome.rawValue), \(JSONText(row)))
                """
            )
        }
    }

    package func migrationJob(_ id: ID<MigrationJob>, of partner: ID<Partner>? = nil) throws -> MigrationJob? {
        let whose: SQL = partner.map { "AND partner_id = \($0)" } ?? ""
        return try session.first("SELECT body FROM migration_job WHERE id = \(id) \(whose)") { cursor in
            let body: JSONText<MigrationJob> = try cursor.next()
            return body.value
        }
    }

    /// Those with rows that wait, oldest first, at most ten.
    package func openMigrationJobs() throws -> [MigrationJob] {
        try session.all("SELECT body FROM migration_job WHERE is_open = 1 ORDER BY created_at, id LIMIT 10") { cursor in
            let body: JSONText<MigrationJob> = try cursor.next()
            return body.value
        }
    }

    /// Rows in the order in which they were asked for, from a position on.
    package func migrationRows(
        of job: ID<MigrationJob>,
        from position: Int = 0,
        limit: Int,
        waiting: Bool = false
    ) throws -> [(position: Int, row: MigrationRow)] {
        let only: SQL = waiting ? "AND outcome = 'waiting'" : ""
        return try session.rows(
            """
            SELECT position, body FROM migration_row WHERE job_id = \(job) AND position >= \(position) \(only)
            ORDER BY position LIMIT \(limit)
            """
        ).map { row in
            var cursor = row.cursor
            let position: Int = try cursor.next()
            let body: JSONText<MigrationRow> = try cursor.next()
            return (position, body.value)
        }
    }

    package func migrationRow(_ job: ID<MigrationJob>, at position: Int) throws -> MigrationRow? {
        try migrationRows(of: job, from: position, limit: 1).first { $0.position == position }?.row
    }

    /// Rows that time has something to do for, the most overdue first, at most a hundred.
    package func dueMigrationRows() throws -> [(job: ID<MigrationJob>, position: Int)] {
        try session.rows(
            """
            SELECT job_id, position FROM migration_row WHERE due_at IS NOT NULL AND due_at <= \(permit.intent.at)
            ORDER BY due_at, job_id, position LIMIT 100
            """
        ).map { row in
            var cursor = row.cursor
            return (try cursor.next(), try cursor.next())
        }
    }

    /// How many rows came to which end.
    package func migrationCounts(of job: ID<MigrationJob>) throws -> [MigrationOutcome: Int] {
        var counts: [MigrationOutcome: Int] = [:]
        for row in try session.rows(
            "SELECT outcome, COUNT(*) FROM migration_row WHERE job_id = \(job) GROUP BY outcome"
        ) {
            var cursor = row.cursor
            let (name, count): (String, Int) = (try cursor.next(), try cursor.next())
            if let outcome = MigrationOutcome(rawValue: name) { counts[outcome] = count }
        }
        return counts
    }

    /// With the instant at which to look at it again; `nil` when it has come to its end.
    package func update(_ row: MigrationRow, at position: Int, of job: ID<MigrationJob>, due: Instant?) throws {
        try session.run(
            """
            UPDATE migration_row SET outcome = \(row.outcome.rawValue), due_at = \(due), body = \(JSONText(row))
            WHERE job_id = \(job) AND position = \(position)
            """
        )
    }

    package func close(_ job: ID<MigrationJob>) throws {
        try session.run("UPDATE migration_job SET is_open = 0 WHERE id = \(job)")
    }
}
