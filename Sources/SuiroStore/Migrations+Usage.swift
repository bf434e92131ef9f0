extension Migrations {
    /// What was used day by day, so that a bill that changes hands within a month can be divided.
    static let usage = Step(
        name: "0008-usage",
        statements: [
            // `account` is a digest of the account that a statement spoke of; it is empty for what was imported before
            // days were kept. A statement replaces the lines of its own account.
            """
            CREATE TABLE usage_line (
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                account TEXT NOT NULL CHECK (length(account) IN (0, 64)),
                period_start TEXT NOT NULL CHECK (length(period_start) = 24),
                period_end TEXT NOT NULL CHECK (length(period_end) = 24),
                service TEXT NOT NULL,
                charge_start TEXT NOT NULL CHECK (length(charge_start) = 24),
                charge_end TEXT NOT NULL CHECK (length(charge_end) = 24),
                currency TEXT NOT NULL CHECK (length(currency) = 3),
                billed TEXT NOT NULL,
                effective TEXT NOT NULL,
                first_reported_at TEXT NOT NULL CHECK (length(first_reported_at) = 24),
                reported_at TEXT NOT NULL CHECK (length(reported_at) = 24),
                import_id TEXT NOT NULL REFERENCES usage_import (id),
                PRIMARY KEY (subscription_id, period_start, period_end, account, currency, service, charge_start,
                             charge_end),
                CHECK (period_start < period_end),
                CHECK (charge_start < charge_end),
                CHECK (first_reported_at <= reported_at)
            )
            """,
            // Until now a month was kept as one sum a service.
            """
            INSERT INTO usage_line (subscription_id, account, period_start, period_end, service, charge_start,
                                    charge_end, currency, billed, effective, first_reported_at, reported_at, import_id)
            SELECT c.subscription_id, '', c.period_start, c.period_end, c.service, c.period_start,
                   c.period_end, c.currency, c.billed, c.effective, i.at, i.at, c.import_id
            FROM cost c JOIN usage_import i ON i.id = c.import_id
            """,
        ]
    )
}
