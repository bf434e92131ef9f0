extension Migrations {
    /// Devices of customers, the batches they came in, and the policies they are set up by.
    static let devices: [Step] = [
        Step(
            name: "0037-devices",
            statements: [
                """
                CREATE TABLE configuration_policy (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                    body TEXT NOT NULL,
                    revision BIGINT NOT NULL CHECK (revision > 0)
                )
                """,
                "CREATE INDEX configuration_policy_of_customer ON configuration_policy (customer_id, created_at)",
                """
                CREATE TABLE device_batch (
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    id TEXT NOT NULL,
                    created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                    body TEXT NOT NULL,
                    PRIMARY KEY (customer_id, id)
                )
                """,
                """
                CREATE TABLE device (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
                    customer_id TEXT NOT NULL,
                    batch_id TEXT NOT NULL,
                    identity TEXT NOT NULL,
                    policy_id TEXT REFERENCES configuration_policy (id),
                    body TEXT NOT NULL,
                    UNIQUE (customer_id, identity),
                    FOREIGN KEY (customer_id, batch_id) REFERENCES device_batch (customer_id, id)
                )
                """,
                "CREATE INDEX device_of_batch ON device (customer_id, batch_id, id)",
                "CREATE INDEX device_of_policy ON device (policy_id)",
                """
                CREATE TABLE device_job (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    body TEXT NOT NULL
                )
                """,
            ]
        )
    ]
    /// Their tables (see `Schema.tables`).
    static let devicesTables = ["configuration_policy", "device_batch", "device", "device_job"]
}
