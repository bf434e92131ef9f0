extension Migrations {
    /// Who wants to be told of what, what each was told, and every attempt to tell it.
    static let webhooks = Step(
        name: "0010-webhooks",
        statements: [
            """
            CREATE TABLE webhook_registration (
                tenant_id TEXT NOT NULL PRIMARY KEY REFERENCES organization (id),
                id TEXT NOT NULL UNIQUE,
                url TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
                signs_in_own_header BIGINT NOT NULL CHECK (signs_in_own_header IN (0, 1)),
                secret TEXT NOT NULL,
                secret_at TEXT NOT NULL CHECK (length(secret_at) = 24),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                changed_at TEXT NOT NULL CHECK (length(changed_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0)
            )
            """,
            // The event comes first: where nobody listens, recording costs one look into this index.
            """
            CREATE TABLE webhook_interest (
                event TEXT NOT NULL,
                tenant_id TEXT NOT NULL REFERENCES webhook_registration (tenant_id),
                PRIMARY KEY (event, tenant_id)
            )
            """,
            "CREATE INDEX webhook_interest_tenant ON webhook_interest (tenant_id)",
            // One entry of the event log is one delivery to a partner, whoever inserts it how often.
            """
            CREATE TABLE webhook_delivery (
                tenant_id TEXT NOT NULL REFERENCES webhook_registration (tenant_id),
                id TEXT NOT NULL,
                entry_id TEXT NOT NULL REFERENCES event_log (id),
                event TEXT NOT NULL,
                basis TEXT NOT NULL CHECK (basis IN ('named', 'tie', 'party', 'everyone')),
                recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
                state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'withdrawn')),
                attempts BIGINT NOT NULL CHECK (attempts >= 0),
                next_at TEXT CHECK (length(next_at) = 24),
                holder TEXT,
                held_until TEXT CHECK (length(held_until) = 24),
                PRIMARY KEY (tenant_id, id),
                UNIQUE (tenant_id, entry_id),
                CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
                CHECK ((holder IS NULL) = (held_until IS NULL))
            )
            """,
            "CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at, tenant_id) WHERE next_at IS NOT NULL",
            "CREATE INDEX webhook_delivery_recorded ON webhook_delivery (tenant_id, recorded_at, id)",
            "CREATE INDEX webhook_delivery_state ON webhook_delivery (state, recorded_at)",
            """
            CREATE TABLE webhook_attempt (
                tenant_id TEXT NOT NULL,
                delivery_id TEXT NOT NULL,
                number BIGINT NOT NULL CHECK (number > 0),
                at TEXT NOT NULL CHECK (length(at) = 24),
                status BIGINT,
                cause TEXT,
                milliseconds BIGINT NOT NULL CHECK (milliseconds >= 0),
                response TEXT NOT NULL,
                PRIMARY KEY (tenant_id, delivery_id, number),
                FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_delivery (tenant_id, id) ON DELETE CASCADE
            )
            """,
        ]
    )
}
