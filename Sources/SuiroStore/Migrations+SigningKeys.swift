extension Migrations {
    /// What the built-in issuer signs with, who people of other issuers are here, and from when on tokens count.
    static let signingKeys = Step(
        name: "0019-signing-keys",
        statements: [
            """
            CREATE TABLE signing_key (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 43),
                generation INTEGER NOT NULL UNIQUE CHECK (generation > 0),
                point TEXT NOT NULL,
                wrapped TEXT NOT NULL,
                former_id TEXT UNIQUE,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                published_from TEXT NOT NULL CHECK (length(published_from) = 24),
                signs_from TEXT NOT NULL CHECK (length(signs_from) = 24),
                retired_at TEXT CHECK (length(retired_at) = 24),
                CHECK (published_from <= signs_from)
            )
            """,
            """
            CREATE TABLE external_identity (
                issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
                subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
                person_id TEXT NOT NULL REFERENCES person (id),
                bound_at TEXT NOT NULL CHECK (length(bound_at) = 24),
                PRIMARY KEY (issuer, subject)
            )
            """,
            "CREATE INDEX external_identity_person ON external_identity (person_id)",
            """
            CREATE TABLE token_epoch (
                person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
                counts_from TEXT NOT NULL CHECK (length(counts_from) = 24)
            )
            """,
        ]
    )
}
