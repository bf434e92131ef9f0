extension Migrations {
    /// What is found out about customers: qualifications, domains, and the applications their tenants consent to.
    static let vetting: [Step] = [
        Step(
            name: "0036-vetting",
            statements: [
                """
                CREATE TABLE qualification (
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    kind TEXT NOT NULL,
                    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                    body TEXT NOT NULL,
                    PRIMARY KEY (customer_id, kind)
                )
                """,
                """
                CREATE TABLE validation_code (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) <= 20),
                    partner_id TEXT NOT NULL REFERENCES organization (id),
                    body TEXT NOT NULL,
                    revision BIGINT NOT NULL CHECK (revision > 0)
                )
                """,
                "CREATE INDEX validation_code_of_partner ON validation_code (partner_id)",
                """
                CREATE TABLE verified_domain (
                    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) <= 253),
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    body TEXT NOT NULL
                )
                """,
                "CREATE INDEX verified_domain_of_customer ON verified_domain (customer_id)",
                """
                CREATE TABLE application_consent (
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    partner_id TEXT NOT NULL REFERENCES organization (id),
                    application_id TEXT NOT NULL CHECK (length(application_id) = 36),
                    body TEXT NOT NULL,
                    PRIMARY KEY (customer_id, partner_id, application_id)
                )
                """,
            ]
        )
    ]
    /// Their tables (see `Schema.tables`).
    static let vettingTables = ["qualification", "validation_code", "verified_domain", "application_consent"]
}
