extension Migrations {
    /// Carts up to checkout, and how what was bought is billed.
    static let carts: [Step] = [
        Step(
            name: "0033-carts",
            statements: [
                """
                CREATE TABLE cart (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    partner_id TEXT NOT NULL REFERENCES organization (id),
                    state TEXT NOT NULL CHECK (state IN ('active', 'ordered')),
                    expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                    body TEXT NOT NULL,
                    revision BIGINT NOT NULL CHECK (revision > 0)
                )
                """,
                "CREATE INDEX cart_of_customer ON cart (customer_id, partner_id)",
                "ALTER TABLE subscription ADD COLUMN billing_cycle TEXT",
            ]
        )
    ]
    /// Their tables (see `Schema.tables`).
    static let cartsTables = ["cart"]
}
