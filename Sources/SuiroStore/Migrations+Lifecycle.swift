extension Migrations {
    /// What people have done with a subscription, and what kinds of offers there are.
    static let lifecycle = Step(
        name: "0009-lifecycle",
        statements: [
            """
            ALTER TABLE subscription ADD COLUMN offering TEXT NOT NULL DEFAULT 'onlineService' CHECK (offering IN
                ('onlineService', 'trial', 'perpetualSoftware', 'softwareSubscription', 'marketplaceMonthly',
                 'marketplaceYearly'))
            """,
            "ALTER TABLE subscription ADD COLUMN converts_to TEXT",
            "ALTER TABLE subscription ADD COLUMN status_at TEXT CHECK (length(status_at) = 24)",
            """
            ALTER TABLE subscription ADD COLUMN suspended_for TEXT CHECK (suspended_for IN
                ('customerRequest', 'nonPayment', 'fraud', 'base'))
            """,
            "ALTER TABLE subscription ADD COLUMN end_of_term TEXT CHECK (end_of_term IN ('extend', 'cancel'))",
            "ALTER TABLE subscription ADD COLUMN seat_additions TEXT NOT NULL DEFAULT '[]'",
            "CREATE INDEX subscription_base ON subscription (depends_on) WHERE depends_on IS NOT NULL",
            """
            ALTER TABLE offer ADD COLUMN offering TEXT NOT NULL DEFAULT 'onlineService' CHECK (offering IN
                ('onlineService', 'trial', 'perpetualSoftware', 'softwareSubscription', 'marketplaceMonthly',
                 'marketplaceYearly'))
            """,
            "ALTER TABLE offer ADD COLUMN converts_to TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE offer ADD COLUMN upgrades_to TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE offer ADD COLUMN stands_on TEXT NOT NULL DEFAULT '[]'",
        ]
    )
}
