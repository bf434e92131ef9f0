extension Migrations {
    /// Granular delegated administration: relationships, what is assigned to whom, what was asked and what is under way.
    static let delegation = Step(
        name: "0014-delegation",
        statements: [
            """
            CREATE TABLE delegation (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL REFERENCES organization (id),
                customer_id TEXT REFERENCES organization (id),
                name_key TEXT,
                phase TEXT NOT NULL CHECK (phase IN
                    ('created', 'awaitingApproval', 'unanswered', 'rejected', 'approved', 'terminated')),
                consent_id TEXT,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                end_at TEXT CHECK (length(end_at) = 24),
                attention_at TEXT CHECK (length(attention_at) = 24),
                body TEXT NOT NULL,
                revision BIGINT NOT NULL CHECK (revision > 0),
                CHECK (phase NOT IN ('approved', 'terminated')
                    OR (customer_id IS NOT NULL AND consent_id IS NOT NULL AND end_at IS NOT NULL)),
                FOREIGN KEY (consent_id, customer_id, partner_id) REFERENCES consent (id, customer_id, partner_id)
            )
            """,
            // A name stands for one relationship of the partner (GD-03); what is not shown any more gives its name up.
            "CREATE UNIQUE INDEX delegation_name ON delegation (partner_id, name_key) WHERE name_key IS NOT NULL",
            "CREATE INDEX delegation_partner ON delegation (partner_id, created_at, id)",
            "CREATE INDEX delegation_customer ON delegation (customer_id, created_at, id)",
            "CREATE INDEX delegation_attention ON delegation (attention_at) WHERE attention_at IS NOT NULL",
            """
            CREATE TABLE access_assignment (
                id TEXT NOT NULL PRIMARY KEY,
                delegation_id TEXT NOT NULL REFERENCES delegation (id),
                group_id TEXT NOT NULL,
                is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                body TEXT NOT NULL,
                revision BIGINT NOT NULL CHECK (revision > 0)
            )
            """,
            "CREATE INDEX access_assignment_delegation ON access_assignment (delegation_id, created_at, id)",
            // A group has one set of roles in a relationship, however many assign at once.
            """
            CREATE UNIQUE INDEX access_assignment_open ON access_assignment (delegation_id, group_id) WHERE is_open = 1
            """,
            """
            CREATE TABLE delegation_request (
                id TEXT NOT NULL PRIMARY KEY,
                delegation_id TEXT NOT NULL REFERENCES delegation (id),
                at TEXT NOT NULL CHECK (length(at) = 24),
                body TEXT NOT NULL
            )
            """,
            "CREATE INDEX delegation_request_delegation ON delegation_request (delegation_id, at, id)",
            """
            CREATE TABLE delegation_operation (
                id TEXT NOT NULL PRIMARY KEY,
                delegation_id TEXT NOT NULL REFERENCES delegation (id),
                at TEXT NOT NULL CHECK (length(at) = 24),
                body TEXT NOT NULL
            )
            """,
            "CREATE INDEX delegation_operation_delegation ON delegation_operation (delegation_id, at, id)",
        ]
    )
}

extension Migrations {
    /// Relationships that an indirect provider wrote for its reseller (GD-28).
    static let proposals = Step(
        name: "0038-proposals",
        statements: [
            "ALTER TABLE delegation ADD COLUMN provider_id TEXT REFERENCES organization (id)",
            """
            CREATE INDEX delegation_provider ON delegation (provider_id, created_at, id)
            WHERE provider_id IS NOT NULL
            """,
        ]
    )
}
