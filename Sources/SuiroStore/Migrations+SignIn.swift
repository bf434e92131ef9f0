extension Migrations {
    /// How people prove who they are, and what they let programs do in their name.
    static let signIn = Step(
        name: "0018-people-sign-in",
        statements: [
            "ALTER TABLE session ADD COLUMN amr TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE session ADD COLUMN auth_time TEXT",
            "ALTER TABLE client ADD COLUMN revoked_at TEXT",
            """
            CREATE TABLE credential (
                person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
                mail_key TEXT NOT NULL UNIQUE,
                password TEXT NOT NULL,
                seed TEXT NOT NULL,
                last_step BIGINT NOT NULL,
                set_at TEXT NOT NULL CHECK (length(set_at) = 24)
            )
            """,
            """
            CREATE TABLE recovery_code (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                person_id TEXT NOT NULL REFERENCES person (id)
            )
            """,
            "CREATE INDEX recovery_code_person ON recovery_code (person_id)",
            """
            CREATE TABLE enrolment (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                person_id TEXT NOT NULL REFERENCES person (id),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
            )
            """,
            "CREATE INDEX enrolment_person ON enrolment (person_id)",
            """
            CREATE TABLE sign_in_attempt (
                account TEXT NOT NULL PRIMARY KEY CHECK (length(account) = 64),
                failures BIGINT NOT NULL CHECK (failures > 0),
                since TEXT NOT NULL CHECK (length(since) = 24),
                held_until TEXT
            )
            """,
            "CREATE INDEX sign_in_attempt_since ON sign_in_attempt (since)",
            """
            CREATE TABLE sign_in_step (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                person_id TEXT NOT NULL REFERENCES person (id),
                account TEXT NOT NULL CHECK (length(account) = 64),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
            )
            """,
            """
            CREATE TABLE client_redirect (
                client_id TEXT NOT NULL REFERENCES client (id),
                uri TEXT NOT NULL,
                PRIMARY KEY (client_id, uri)
            )
            """,
            """
            CREATE TABLE client_key (
                client_id TEXT NOT NULL REFERENCES client (id),
                id TEXT NOT NULL,
                body TEXT NOT NULL,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                PRIMARY KEY (client_id, id)
            )
            """,
            """
            CREATE TABLE used_assertion (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
            )
            """,
            "CREATE INDEX used_assertion_expires ON used_assertion (expires_at)",
            """
            CREATE TABLE token_family (
                id TEXT NOT NULL PRIMARY KEY,
                client_id TEXT NOT NULL REFERENCES client (id),
                person_id TEXT NOT NULL REFERENCES person (id),
                tenant_id TEXT NOT NULL REFERENCES organization (id),
                wish TEXT NOT NULL,
                proof TEXT NOT NULL,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                revoked_at TEXT
            )
            """,
            "CREATE INDEX token_family_client ON token_family (client_id)",
            "CREATE INDEX token_family_person ON token_family (person_id)",
            """
            CREATE TABLE authorization_code (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                family_id TEXT NOT NULL UNIQUE REFERENCES token_family (id),
                redirect TEXT NOT NULL,
                challenge TEXT NOT NULL CHECK (length(challenge) = 43),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                is_used BIGINT NOT NULL CHECK (is_used IN (0, 1))
            )
            """,
            """
            CREATE TABLE refresh_token (
                hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
                family_id TEXT NOT NULL REFERENCES token_family (id),
                is_used BIGINT NOT NULL CHECK (is_used IN (0, 1))
            )
            """,
            "CREATE INDEX refresh_token_family ON refresh_token (family_id)",
            """
            CREATE TABLE family_token (
                id TEXT NOT NULL PRIMARY KEY,
                family_id TEXT NOT NULL REFERENCES token_family (id),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
            )
            """,
            "CREATE INDEX family_token_family ON family_token (family_id)",
        ]
    )
}
