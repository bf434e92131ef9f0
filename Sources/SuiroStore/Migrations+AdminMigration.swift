extension Migrations {
    /// Moves of many customers from delegated administration to granular relationships, row by row.
    static let adminMigration = Step(
        name: "0022-admin-migration",
        statements: [
            """
            CREATE TABLE migration_job (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL REFERENCES organization (id),
                is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                body TEXT NOT NULL
            )
            """,
            "CREATE INDEX migration_job_open ON migration_job (created_at, id) WHERE is_open = 1",
            """
            CREATE TABLE migration_row (
                job_id TEXT NOT NULL REFERENCES migration_job (id),
                position BIGINT NOT NULL CHECK (position >= 0),
                outcome TEXT NOT NULL CHECK
                    (outcome IN ('waiting', 'migrated', 'asked', 'skipped', 'refused', 'completed')),
                due_at TEXT CHECK (length(due_at) = 24),
                body TEXT NOT NULL,
                PRIMARY KEY (job_id, position)
            )
            """,
            "CREATE INDEX migration_row_waiting ON migration_row (job_id, position) WHERE outcome = 'waiting'",
            "CREATE INDEX migration_row_due ON migration_row (due_at) WHERE due_at IS NOT NULL",
        ]
    )
}
