extension Migrations {
    /// Moves, what they move, and everything they leave behind them.
    static let moves = Step(
        name: "0007-moves",
        statements: [
            """
            CREATE TABLE move (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL REFERENCES organization (id),
                kind TEXT NOT NULL CHECK (kind IN ('replaceLicense', 'recreate', 'switchPartner', 'transferLicense')),
                source_id TEXT REFERENCES organization (id),
                target_id TEXT NOT NULL REFERENCES organization (id),
                phase TEXT NOT NULL CHECK (phase IN
                    ('awaitingConsent', 'running', 'completed', 'withdrawn', 'declined', 'expired', 'abandoned',
                     'finishedWithErrors')),
                cutover_at TEXT CHECK (length(cutover_at) = 24),
                created_at TEXT NOT NULL CHECK (length(created_at) = 24),
                expires_at TEXT NOT NULL CHECK (length(expires_at) = 24),
                attention_at TEXT CHECK (length(attention_at) = 24),
                body TEXT NOT NULL,
                revision BIGINT NOT NULL CHECK (revision > 0),
                CHECK (created_at < expires_at),
                CHECK (source_id IS NULL OR source_id <> target_id),
                UNIQUE (id, customer_id)
            )
            """,
            "CREATE INDEX move_customer ON move (customer_id, created_at, id)",
            "CREATE INDEX move_source ON move (source_id, created_at, id)",
            "CREATE INDEX move_target ON move (target_id, created_at, id)",
            "CREATE INDEX move_attention ON move (attention_at) WHERE attention_at IS NOT NULL",
            // However many ask at once, a subscription is in one open move at most.
            """
            CREATE TABLE move_item (
                move_id TEXT NOT NULL REFERENCES move (id),
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
                PRIMARY KEY (move_id, subscription_id)
            )
            """,
            "CREATE UNIQUE INDEX move_item_open ON move_item (subscription_id) WHERE is_open = 1",
            // Only beginnings: an interval ends where the next begins, so none can overlap or leave a gap (INV-03).
            """
            CREATE TABLE succession (
                customer_id TEXT NOT NULL,
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                fact TEXT NOT NULL CHECK (fact IN ('seller', 'billOwner', 'partnerOfRecord', 'supportContact')),
                from_at TEXT NOT NULL CHECK (length(from_at) = 24),
                party_kind TEXT NOT NULL CHECK (party_kind IN ('vendor', 'partner', 'customer', 'other')),
                party_id TEXT,
                party_name TEXT NOT NULL,
                move_id TEXT NOT NULL,
                PRIMARY KEY (subscription_id, fact, from_at),
                FOREIGN KEY (move_id, customer_id) REFERENCES move (id, customer_id)
            )
            """,
            "CREATE INDEX succession_customer ON succession (customer_id, subscription_id, fact, from_at)",
            """
            CREATE TABLE subscription_alias (
                alias TEXT NOT NULL PRIMARY KEY,
                subscription_id TEXT NOT NULL REFERENCES subscription (id),
                customer_id TEXT NOT NULL,
                from_at TEXT NOT NULL CHECK (length(from_at) = 24)
            )
            """,
            """
            CREATE TABLE leftover (
                id TEXT NOT NULL PRIMARY KEY,
                customer_id TEXT NOT NULL REFERENCES organization (id),
                partner_id TEXT NOT NULL REFERENCES organization (id),
                kind TEXT NOT NULL CHECK (kind IN
                    ('resellerTie', 'dap', 'gdap', 'resourceRole', 'guest', 'supportContact', 'standingGroup')),
                cause TEXT NOT NULL CHECK (cause IN ('move', 'relationshipRemoved')),
                move_id TEXT REFERENCES move (id),
                state TEXT NOT NULL CHECK (state IN ('open', 'removed', 'signedOff')),
                found_at TEXT NOT NULL CHECK (length(found_at) = 24),
                body TEXT NOT NULL,
                revision BIGINT NOT NULL CHECK (revision > 0),
                CHECK (cause <> 'move' OR move_id IS NOT NULL)
            )
            """,
            "CREATE INDEX leftover_customer ON leftover (customer_id, found_at, id)",
            "CREATE INDEX leftover_move ON leftover (move_id)",
            // An add-on names its base (OP-49); nothing else about a subscription changes here.
            "ALTER TABLE subscription ADD COLUMN depends_on TEXT",
        ]
    )
}
