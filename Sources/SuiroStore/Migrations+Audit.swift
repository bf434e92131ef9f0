extension Migrations {
    /// Entries name how their caller reached the scope; and heads, which fix all chains as they stand at the end of a
    /// day. Entries from before keep format 1 and verify by its formula.
    static let audit = Step(
        name: "0020-audit",
        statements: [
            "ALTER TABLE event_log ADD COLUMN format BIGINT NOT NULL DEFAULT 1",
            "ALTER TABLE event_log ADD COLUMN reach TEXT",
            "ALTER TABLE event_log ADD COLUMN path TEXT",
            "ALTER TABLE event_log ADD COLUMN client TEXT",
            "ALTER TABLE event_log ADD COLUMN mode TEXT",
            """
            CREATE TABLE audit_head (
                number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
                day TEXT NOT NULL UNIQUE CHECK (length(day) = 10),
                body TEXT NOT NULL,
                hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
                key_id TEXT NOT NULL CHECK (length(key_id) = 16),
                signature TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE audit_leaf (
                number BIGINT NOT NULL REFERENCES audit_head (number),
                scope TEXT NOT NULL,
                sequence BIGINT NOT NULL CHECK (sequence > 0),
                hash TEXT NOT NULL CHECK (length(hash) = 64),
                PRIMARY KEY (number, scope)
            )
            """,
            "CREATE INDEX audit_leaf_scope ON audit_leaf (scope, sequence)",
        ],
        only: [.sqlite: HeadTriggers.create(.sqlite), .postgres: HeadTriggers.create(.postgres)]
    )
}

/// Heads are as append-only as what they stand for.
enum HeadTriggers {
    static func create(_ dialect: Dialect) -> [SQL] {
        names.map { table, verb in
            switch dialect {
            case .sqlite:
                SQL(
                    verbatim: """
                        CREATE TRIGGER \(table)_no_\(verb) BEFORE \(verb) ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END
                        """
                )
            case .postgres:
                SQL(
                    verbatim: """
                        CREATE TRIGGER \(table)_no_\(verb) BEFORE \(verb) ON \(table)
                        FOR EACH ROW EXECUTE FUNCTION event_log_refuse()
                        """
                )
            }
        }
    }

    static func drop(_ dialect: Dialect) -> [SQL] {
        names.map { table, verb in
            let trigger = "DROP TRIGGER \(table)_no_\(verb)"
            return SQL(verbatim: dialect == .sqlite ? trigger : "\(trigger) ON \(table)")
        }
    }

    private static let names = [
        ("audit_head", "update"), ("audit_head", "delete"), ("audit_leaf", "update"), ("audit_leaf", "delete"),
    ]
}
