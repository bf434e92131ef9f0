extension Migrations {
    /// What partners ask the provider's engineers for.
    static let support = Step(
        name: "0023-support",
        statements: [
            """
            CREATE TABLE service_request (
                number TEXT NOT NULL PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 15),
                partner_id TEXT NOT NULL REFERENCES organization (id),
                customer_id TEXT REFERENCES organization (id),
                status TEXT NOT NULL CHECK (status IN ('open', 'closed', 'attention_needed')),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0),
                body TEXT NOT NULL
            )
            """,
            "CREATE INDEX service_request_partner ON service_request (partner_id, created_at DESC, number)",
            """
            CREATE INDEX service_request_customer ON service_request (partner_id, customer_id, created_at DESC, number)
            """,
        ]
    )
}
