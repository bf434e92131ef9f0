extension Migrations {
    /// How a session of the portal is used, beside how it began.
    static let sessions = Step(
        name: "0021-sessions",
        statements: [
            """
            CREATE TABLE session_use (
                id_hash TEXT NOT NULL PRIMARY KEY REFERENCES session (id_hash) ON DELETE CASCADE,
                is_unlimited BIGINT NOT NULL CHECK (is_unlimited IN (0, 1)),
                device TEXT NOT NULL CHECK (length(device) <= 80),
                seen_at TEXT NOT NULL CHECK (length(seen_at) = 24)
            )
            """,
            "CREATE INDEX session_person ON session (person_id, created_at)",
        ]
    )
}
