extension Migrations {
    /// Agreements with the vendor and their confirmation by the customer; incidents of its services.
    static let agreements: [Step] = [
        Step(
            name: "0035-agreements",
            statements: [
                """
                CREATE TABLE agreement (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
                    customer_id TEXT NOT NULL REFERENCES organization (id),
                    partner_id TEXT REFERENCES organization (id),
                    template_id TEXT NOT NULL CHECK (length(template_id) = 36),
                    kind TEXT NOT NULL CHECK (kind IN ('MicrosoftCloudAgreement', 'MicrosoftCustomerAgreement')),
                    mail TEXT NOT NULL,
                    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
                    body TEXT NOT NULL
                )
                """,
                "CREATE UNIQUE INDEX agreement_once ON agreement (customer_id, partner_id, template_id, mail)",
                """
                CREATE TABLE service_incident (
                    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) <= 40),
                    workload TEXT NOT NULL,
                    is_resolved TEXT NOT NULL CHECK (is_resolved IN ('no', 'yes')),
                    started_at TEXT NOT NULL CHECK (length(started_at) = 24),
                    body TEXT NOT NULL
                )
                """,
            ]
        )
    ]
    /// Their tables (see `Schema.tables`).
    static let agreementsTables = ["agreement", "service_incident"]
}
