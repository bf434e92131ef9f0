extension Migrations {
    /// Programs that sign in by themselves, and the hashes of what they prove it with.
    static let identity = Step(
        name: "0015-identity",
        statements: [
            """
            CREATE TABLE client (
                id TEXT NOT NULL PRIMARY KEY,
                tenant_id TEXT NOT NULL REFERENCES organization (id),
                person_id TEXT NOT NULL UNIQUE REFERENCES person (id),
                name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24)
            )
            """,
            "CREATE INDEX client_tenant ON client (tenant_id, id)",
            """
            CREATE TABLE client_secret (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                client_id TEXT NOT NULL REFERENCES client (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                CHECK (created_at < expires_at)
            )
            """,
            "CREATE INDEX client_secret_client ON client_secret (client_id)",
        ]
    )
}
