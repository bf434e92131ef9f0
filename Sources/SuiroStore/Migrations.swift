/// The schema's history. A migration that has shipped is never edited: add another.
enum Migrations {
    struct Step {
        let name: String
        let statements: [SQL]
        /// Statements only one database understands: triggers.
        var only: [Dialect: [SQL]] = [:]
    }

    static let all: [Step] =
        [
            parties, relationships, subscriptions, policies, journal, portal, moves, usage, withdrawals, webhooks,
            lifecycle, termAlerts, delegation, identity, access, groups, signIn, signingKeys, audit, sessions,
            adminMigration, support, directory,
        ] + money + catalogue + carts + provisioning + agreements + vetting + devices
        + [proposals]

    private static let parties = Step(
        name: "0001-parties",
        statements: [
            """
            CREATE TABLE organization (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN
                    ('direct', 'indirectProvider', 'indirectReseller', 'advisor', 'customer', 'vendor')),
                name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
                name_key TEXT NOT NULL,
                domain TEXT NOT NULL UNIQUE,
                country TEXT NOT NULL CHECK (length(country) = 2),
                language TEXT NOT NULL CHECK (language IN ('en', 'ja')),
                standing TEXT NOT NULL CHECK (standing IN ('good', 'overdue', 'suspended')),
                tenant_type TEXT NOT NULL CHECK (tenant_type IN ('customer', 'cspTransacting', 'internal')),
                mpn_id TEXT,
                provider_id TEXT REFERENCES organization (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0)
            )
            """,
            """
            CREATE TABLE person (
                id TEXT NOT NULL PRIMARY KEY,
                tenant_id TEXT NOT NULL REFERENCES organization (id),
                name TEXT NOT NULL,
                mail TEXT NOT NULL,
                language TEXT NOT NULL CHECK (language IN ('en', 'ja')),
                roles TEXT NOT NULL,
                is_active BIGINT NOT NULL CHECK (is_active IN (0, 1))
            )
            """,
            "CREATE INDEX person_tenant ON person (tenant_id, id)",
            "CREATE TABLE revoked_token (id TEXT NOT NULL PRIMARY KEY, at TEXT NOT NULL CHECK (length(at) = 24))",
            """
            CREATE TABLE secret (
                name TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE profile (
                tenant_id TEXT NOT NULL REFERENCES organization (id),
                kind TEXT NOT NULL CHECK (kind IN ('billing', 'legalBusiness', 'organization', 'support', 'company')),
                body TEXT NOT NULL,
                revision BIGINT NOT NULL CHECK (revision > 0),
                PRIMARY KEY (tenant_id, kind)
            )
            """,
        ]
    )

    private static let relationships = Step(
        name: "0002-relationships",
        statements: [
            """
            CREATE TABLE relationship_request (
                id TEXT NOT NULL PRIMARY KEY,
                code TEXT NOT NULL UNIQUE,
                partner_id TEXT NOT NULL REFERENCES organization (id),
                provider_id TEXT REFERENCES organization (id),
                customer_id TEXT REFERENCES organization (id),
                customer_domain TEXT,
                recipient_name TEXT,
                recipient_mail TEXT,
                language TEXT NOT NULL CHECK (language IN ('en', 'ja')),
                scope TEXT NOT NULL,
                created_by TEXT REFERENCES person (id),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                state TEXT NOT NULL CHECK (state IN
                    ('draft', 'sent', 'opened', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded')),
                state_at TEXT CHECK (length(state_at) = 24),
                reminders BIGINT NOT NULL CHECK (reminders >= 0),
                decline_reason TEXT,
                revision BIGINT NOT NULL CHECK (revision > 0),
                CHECK (created_at < expires_at),
                CHECK (state <> 'accepted' OR customer_id IS NOT NULL)
            )
            """,
            "CREATE INDEX relationship_request_partner ON relationship_request (partner_id, created_at)",
            "CREATE INDEX relationship_request_expiry ON relationship_request (state, expires_at)",
            """
            CREATE TABLE consent (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL REFERENCES organization (id),
                partner_id TEXT NOT NULL REFERENCES organization (id),
                basis TEXT NOT NULL CHECK (basis IN ('accepted', 'attestedByPartner', 'observed')),
                person_id TEXT REFERENCES person (id),
                person_name TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24),
                language TEXT NOT NULL CHECK (language IN ('en', 'ja')),
                terms TEXT NOT NULL,
                terms_hash TEXT NOT NULL CHECK (length(terms_hash) = 64),
                CHECK (basis <> 'accepted' OR person_id IS NOT NULL),
                UNIQUE (id, customer_id, partner_id)
            )
            """,
            """
            CREATE TABLE access_grant (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL,
                partner_id TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN
                    ('resellerTie', 'dap', 'gdap', 'resourceRole', 'guest', 'supportContact')),
                roles TEXT NOT NULL,
                services TEXT NOT NULL,
                consent_id TEXT NOT NULL,
                from_at TEXT NOT NULL CHECK (length(from_at) = 24),
                until_at TEXT NOT NULL CHECK (length(until_at) = 24),
                end_kind TEXT CHECK (end_kind IN ('revoked', 'replaced', 'expired')),
                ended_at TEXT CHECK (length(ended_at) = 24),
                ended_by TEXT REFERENCES person (id),
                last_used_at TEXT CHECK (length(last_used_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0),
                CHECK (from_at < until_at),
                CHECK ((end_kind IS NULL) = (ended_at IS NULL)),
                FOREIGN KEY (consent_id, customer_id, partner_id) REFERENCES consent (id, customer_id, partner_id)
            )
            """,
            "CREATE INDEX access_grant_customer ON access_grant (customer_id, partner_id, kind)",
            "CREATE INDEX access_grant_partner ON access_grant (partner_id, kind, customer_id)",
            "CREATE INDEX access_grant_until ON access_grant (until_at) WHERE ended_at IS NULL",
            // One open tie and one open delegated administration a pair, however many accept at once (INV-12).
            """
            CREATE UNIQUE INDEX access_grant_open ON access_grant (customer_id, partner_id, kind)
            WHERE ended_at IS NULL AND kind IN ('resellerTie', 'dap')
            """,
            """
            CREATE TABLE support_obligation (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL REFERENCES organization (id),
                partner_id TEXT NOT NULL REFERENCES organization (id),
                since_at TEXT NOT NULL CHECK (length(since_at) = 24),
                ended_at TEXT CHECK (length(ended_at) = 24)
            )
            """,
            """
            CREATE UNIQUE INDEX support_obligation_open ON support_obligation (customer_id, partner_id)
            WHERE ended_at IS NULL
            """,
        ]
    )

    private static let subscriptions = Step(
        name: "0003-subscriptions",
        statements: [
            """
            CREATE TABLE subscription (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL REFERENCES organization (id),
                name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
                product_id TEXT,
                sku_id TEXT,
                family TEXT CHECK (family IN ('license', 'usage')),
                channel TEXT CHECK (channel IN
                    ('direct', 'advisor', 'open', 'ea', 'csp', 'thirdParty', 'syndication')),
                source TEXT NOT NULL CHECK (source IN ('managed', 'observed')),
                seller_kind TEXT NOT NULL CHECK (seller_kind IN ('vendor', 'partner', 'customer', 'other')),
                seller_id TEXT,
                seller_name TEXT NOT NULL,
                bill_owner_kind TEXT NOT NULL CHECK (bill_owner_kind IN ('vendor', 'partner', 'customer', 'other')),
                bill_owner_id TEXT,
                bill_owner_name TEXT NOT NULL,
                partner_of_record TEXT,
                support_contact TEXT,
                quantity BIGINT CHECK (quantity >= 0),
                status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'expired', 'disabled', 'deleted')),
                term_start TEXT CHECK (length(term_start) = 24),
                term_end TEXT CHECK (length(term_end) = 24),
                auto_renew BIGINT NOT NULL CHECK (auto_renew IN (0, 1)),
                currency TEXT CHECK (length(currency) = 3),
                monthly_cost TEXT,
                aliases TEXT NOT NULL,
                order_id TEXT,
                external_key TEXT,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                revision BIGINT NOT NULL CHECK (revision > 0),
                CHECK ((term_start IS NULL) = (term_end IS NULL)),
                CHECK (term_start IS NULL OR term_start < term_end),
                CHECK ((currency IS NULL) = (monthly_cost IS NULL)),
                UNIQUE (customer_id, external_key)
            )
            """,
            "CREATE INDEX subscription_customer ON subscription (customer_id, created_at, id)",
            """
            CREATE TABLE offer (
                id TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                sku_id TEXT NOT NULL,
                family TEXT CHECK (family IN ('license', 'usage')),
                services TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE placed_order (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL REFERENCES organization (id),
                partner_id TEXT NOT NULL REFERENCES organization (id),
                body TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24)
            )
            """,
            "CREATE INDEX placed_order_customer ON placed_order (customer_id, at, id)",
            """
            CREATE TABLE usage_import (
                id TEXT NOT NULL PRIMARY KEY,
                tenant_id TEXT NOT NULL,
                customer_id TEXT,
                format TEXT NOT NULL,
                digest TEXT NOT NULL CHECK (length(digest) = 64),
                state TEXT NOT NULL CHECK (state IN ('completed', 'rejected')),
                report TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24)
            )
            """,
            """
            CREATE UNIQUE INDEX usage_import_once ON usage_import (customer_id, format, digest)
            WHERE state = 'completed'
            """,
            """
            CREATE TABLE cost (
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                service TEXT NOT NULL,
                period_start TEXT NOT NULL CHECK (length(period_start) = 24),
                period_end TEXT NOT NULL CHECK (length(period_end) = 24),
                currency TEXT NOT NULL CHECK (length(currency) = 3),
                billed TEXT NOT NULL,
                effective TEXT NOT NULL,
                import_id TEXT NOT NULL REFERENCES usage_import (id),
                PRIMARY KEY (subscription_id, period_start, period_end, currency, service)
            )
            """,
        ]
    )

    private static let policies = Step(
        name: "0004-policies",
        statements: [
            """
            CREATE TABLE policy_edition (
                edition BIGINT NOT NULL PRIMARY KEY CHECK (edition > 0),
                package TEXT NOT NULL,
                published_at TEXT NOT NULL CHECK (length(published_at) = 24),
                effective_at TEXT NOT NULL CHECK (length(effective_at) = 24),
                rows TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE policy_package (
                id TEXT NOT NULL PRIMARY KEY,
                body TEXT NOT NULL,
                drafted_by TEXT,
                drafted_at TEXT NOT NULL CHECK (length(drafted_at) = 24),
                published_edition BIGINT REFERENCES policy_edition (edition),
                revision BIGINT NOT NULL CHECK (revision > 0)
            )
            """,
            """
            CREATE TABLE announcement (
                id TEXT NOT NULL PRIMARY KEY,
                body TEXT NOT NULL,
                announced_at TEXT NOT NULL CHECK (length(announced_at) = 24),
                effective_at TEXT NOT NULL CHECK (length(effective_at) = 24),
                CHECK (announced_at <= effective_at)
            )
            """,
            """
            CREATE TABLE decision (
                correlation TEXT NOT NULL,
                sequence BIGINT NOT NULL,
                tenant_id TEXT,
                operation TEXT NOT NULL,
                outcome TEXT NOT NULL,
                read_rules TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24),
                PRIMARY KEY (correlation, sequence)
            )
            """,
            "CREATE INDEX decision_at ON decision (outcome, at)",
        ]
    )

    private static let journal = Step(
        name: "0005-journal",
        statements: [
            """
            CREATE TABLE receipt (
                caller TEXT NOT NULL,
                request_id TEXT NOT NULL,
                digest TEXT NOT NULL,
                value TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24),
                PRIMARY KEY (caller, request_id)
            )
            """,
            "CREATE INDEX receipt_at ON receipt (at)",
            """
            CREATE TABLE event_log (
                scope TEXT NOT NULL,
                sequence BIGINT NOT NULL CHECK (sequence > 0),
                id TEXT NOT NULL UNIQUE,
                event TEXT NOT NULL,
                subject TEXT NOT NULL,
                rule TEXT,
                edition BIGINT,
                caller TEXT NOT NULL,
                caller_name TEXT NOT NULL,
                tenant_id TEXT,
                tenant_name TEXT NOT NULL,
                partner_id TEXT,
                customer_id TEXT,
                status TEXT NOT NULL CHECK (status IN ('succeeded', 'failed')),
                details TEXT NOT NULL,
                correlation TEXT NOT NULL,
                at TEXT NOT NULL CHECK (length(at) = 24),
                hash TEXT NOT NULL CHECK (length(hash) = 64),
                PRIMARY KEY (scope, sequence)
            )
            """,
            "CREATE INDEX event_log_partner ON event_log (partner_id, at, id)",
            "CREATE INDEX event_log_correlation ON event_log (correlation)",
            "CREATE INDEX event_log_customer ON event_log (customer_id, at, id)",
            """
            CREATE TABLE mail (
                id TEXT NOT NULL PRIMARY KEY,
                at TEXT NOT NULL CHECK (length(at) = 24),
                sequence BIGINT NOT NULL,
                body TEXT NOT NULL
            )
            """,
            "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE snapshot (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, at TEXT NOT NULL)",
        ],
        only: [.sqlite: Triggers.sqlite, .postgres: Triggers.postgres]
    )

    private static let portal = Step(
        name: "0006-portal",
        statements: [
            """
            CREATE TABLE session (
                id_hash TEXT NOT NULL PRIMARY KEY CHECK (length(id_hash) = 64),
                person_id TEXT NOT NULL REFERENCES person (id),
                csrf TEXT NOT NULL,
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
            )
            """
        ]
    )
}

/// What keeps the journal from being rewritten. Only restoring a whole copy may take them away for a moment.
enum Triggers {
    static let sqlite: [SQL] = [
        """
        CREATE TRIGGER event_log_no_update BEFORE UPDATE ON event_log
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END
        """,
        """
        CREATE TRIGGER event_log_no_delete BEFORE DELETE ON event_log
        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END
        """,
    ]

    static let postgres: [SQL] = [
        """
        CREATE OR REPLACE FUNCTION event_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''the event log is append-only''; END'
        """,
        """
        CREATE TRIGGER event_log_no_update BEFORE UPDATE ON event_log
        FOR EACH ROW EXECUTE FUNCTION event_log_refuse()
        """,
        """
        CREATE TRIGGER event_log_no_delete BEFORE DELETE ON event_log
        FOR EACH ROW EXECUTE FUNCTION event_log_refuse()
        """,
    ]

    static func drop(_ dialect: Dialect) -> [SQL] {
        switch dialect {
        case .sqlite: ["DROP TRIGGER event_log_no_update", "DROP TRIGGER event_log_no_delete"]
        case .postgres:
            ["DROP TRIGGER event_log_no_update ON event_log", "DROP TRIGGER event_log_no_delete ON event_log"]
        }
    }

    static func create(_ dialect: Dialect) -> [SQL] {
        dialect == .sqlite ? sqlite : postgres
    }
}
