extension Migrations {
    /// When granular delegation was last used, and extensions of many relationships at once, row by row.
    static let access = Step(
        name: "0016-access",
        statements: [
            "ALTER TABLE delegation ADD COLUMN last_used_at TEXT CHECK (length(last_used_at) = 24)",
            """
            CREATE TABLE extension_job (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL REFERENCES organization (id),
                is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                body TEXT NOT NULL
            )
            """,
            "CREATE INDEX extension_job_open ON extension_job (created_at, id) WHERE is_open = 1",
            """
            CREATE TABLE extension_row (
                job_id TEXT NOT NULL REFERENCES extension_job (id),
                position BIGINT NOT NULL CHECK (position >= 0),
                outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'extended', 'unchanged', 'drafted', 'refused')),
                body TEXT NOT NULL,
                PRIMARY KEY (job_id, position)
            )
            """,
            "CREATE INDEX extension_row_waiting ON extension_row (job_id, position) WHERE outcome = 'waiting'",
        ]
    )
}
