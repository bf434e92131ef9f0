extension Migrations {
    /// Registrations, activations, transitions and overage of subscriptions.
    static let provisioning: [Step] = [
        Step(
            name: "0034-provisioning",
            statements: [
                """
                CREATE TABLE subscription_registration (
                    subscription_id TEXT NOT NULL PRIMARY KEY REFERENCES subscription (id),
                    at TEXT NOT NULL CHECK (length(at) = 24)
                )
                """,
                """
                CREATE TABLE subscription_activation (
                    subscription_id TEXT NOT NULL PRIMARY KEY REFERENCES subscription (id),
                    at TEXT NOT NULL CHECK (length(at) = 24)
                )
                """,
                """
                CREATE TABLE overage (
                    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES organization (id),
                    partner_id TEXT NOT NULL REFERENCES organization (id),
                    body TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE subscription_transition (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    from_id TEXT NOT NULL REFERENCES subscription (id),
                    to_id TEXT NOT NULL REFERENCES subscription (id),
                    body TEXT NOT NULL,
                    at TEXT NOT NULL CHECK (length(at) = 24)
                )
                """,
                "CREATE INDEX transition_from ON subscription_transition (from_id, at)",
                "CREATE INDEX transition_to ON subscription_transition (to_id, at)",
            ]
        )
    ]
    /// Their tables (see `Migrations.tables`).
    static let provisioningTables = [
        "subscription_registration", "subscription_activation", "overage", "subscription_transition",
    ]
}
