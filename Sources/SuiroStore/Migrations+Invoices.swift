extension Migrations {
    static let money = [invoices, azure, usageDetails]

    /// What partners were charged, month by month. A month is closed once, and what it came to stays.
    static let invoices = Step(
        name: "0029-invoices",
        statements: [
            """
            CREATE TABLE invoice_month (
                partner_id TEXT NOT NULL REFERENCES organization (id),
                month TEXT NOT NULL CHECK (length(month) = 24),
                closed_at TEXT NOT NULL CHECK (length(closed_at) = 24),
                PRIMARY KEY (partner_id, month)
            )
            """,
            """
            CREATE TABLE invoice (
                partner_id TEXT NOT NULL,
                id TEXT NOT NULL,
                month TEXT NOT NULL CHECK (length(month) = 24),
                body TEXT NOT NULL,
                PRIMARY KEY (partner_id, id),
                FOREIGN KEY (partner_id, month) REFERENCES invoice_month (partner_id, month)
            )
            """,
            "CREATE INDEX invoice_of_month ON invoice (partner_id, month, id)",
            """
            CREATE TABLE invoice_line (
                partner_id TEXT NOT NULL,
                invoice_id TEXT NOT NULL,
                number BIGINT NOT NULL CHECK (number >= 0),
                detail TEXT NOT NULL CHECK (detail IN ('billing', 'usage')),
                family TEXT NOT NULL CHECK (family IN ('license', 'usage')),
                customer_id TEXT NOT NULL,
                charge_month TEXT NOT NULL CHECK (length(charge_month) = 24),
                body TEXT NOT NULL,
                PRIMARY KEY (partner_id, invoice_id, number),
                FOREIGN KEY (partner_id, invoice_id) REFERENCES invoice (partner_id, id)
            )
            """,
            // Whose bills are whose: asked for every partner when a month is over.
            """
            CREATE INDEX subscription_bill_owner
            ON subscription (bill_owner_kind, bill_owner_id, customer_id, created_at)
            """,
            "CREATE INDEX succession_party ON succession (party_id, fact, customer_id, from_at)",
            "CREATE INDEX invoice_line_month ON invoice_line (partner_id, charge_month, customer_id)",
        ]
    )

    /// Azure under a plan: what customers may spend, what is cancelled, and what was brought to a plan.
    static let azure = Step(
        name: "0030-azure",
        statements: [
            """
            CREATE TABLE spending_budget (
                partner_id TEXT NOT NULL REFERENCES organization (id),
                customer_id TEXT NOT NULL REFERENCES organization (id),
                amount TEXT,
                exceeded_month TEXT CHECK (length(exceeded_month) = 24),
                PRIMARY KEY (partner_id, customer_id)
            )
            """,
            """
            CREATE TABLE canceled_entitlement (
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                entitlement_id TEXT NOT NULL,
                reason TEXT,
                at TEXT NOT NULL CHECK (length(at) = 24),
                PRIMARY KEY (subscription_id, entitlement_id)
            )
            """,
            """
            CREATE TABLE product_upgrade (
                id TEXT NOT NULL PRIMARY KEY,
                partner_id TEXT NOT NULL REFERENCES organization (id),
                customer_id TEXT NOT NULL REFERENCES organization (id),
                body TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24)
            )
            """,
            "CREATE INDEX product_upgrade_customer ON product_upgrade (customer_id, partner_id, at)",
        ]
    )

    /// What was counted, by meter and resource, where statements tell it.
    static let usageDetails = Step(
        name: "0031-usage-details",
        statements: [
            """
            CREATE TABLE usage_detail (
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                account TEXT NOT NULL CHECK (length(account) = 64),
                period_start TEXT NOT NULL CHECK (length(period_start) = 24),
                period_end TEXT NOT NULL CHECK (length(period_end) = 24),
                number BIGINT NOT NULL CHECK (number >= 0),
                service TEXT NOT NULL,
                meter TEXT NOT NULL,
                resource TEXT,
                charge_start TEXT NOT NULL CHECK (length(charge_start) = 24),
                charge_end TEXT NOT NULL CHECK (length(charge_end) = 24),
                currency TEXT NOT NULL CHECK (length(currency) = 3),
                quantity TEXT NOT NULL,
                billed TEXT NOT NULL,
                reported_at TEXT NOT NULL CHECK (length(reported_at) = 24),
                import_id TEXT NOT NULL REFERENCES usage_import (id),
                PRIMARY KEY (subscription_id, period_start, period_end, account, number),
                CHECK (charge_start < charge_end)
            )
            """,
            "CREATE INDEX usage_detail_reported ON usage_detail (subscription_id, reported_at)",
        ]
    )
}
