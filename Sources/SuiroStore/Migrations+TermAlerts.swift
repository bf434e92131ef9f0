extension Migrations {
    /// What was told of terms that are about to end without a choice (OP-32), and which terms those are.
    static let termAlerts = Step(
        name: "0013-term-alerts",
        statements: [
            """
            CREATE TABLE term_alert (
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                term_end TEXT NOT NULL CHECK (length(term_end) = 24),
                day BIGINT NOT NULL CHECK (day > 0),
                at TEXT NOT NULL CHECK (length(at) = 24),
                PRIMARY KEY (subscription_id, term_end, day)
            )
            """,
            """
            CREATE INDEX subscription_undecided ON subscription (term_end, id)
            WHERE status = 'active' AND auto_renew = 0 AND end_of_term IS NULL AND source = 'managed'
              AND family = 'license'
            """,
        ]
    )
}
