import SuiroDomain

/// What one write of a person has done so far: which tables it changed, how many events it recorded, and the grant that
/// it came by. A transaction belongs to one thread from its beginning to its end, and so does this.
final class Ledger {
    var path: String?
    var count = 0
    var changed: Set<String> = []
}

/// A person's session, which sees what is changed through it.
struct WatchedSession: Session {
    private let session: any Session
    private let ledger: Ledger
    var dialect: Dialect { session.dialect }

    init(_ session: any Session, _ ledger: Ledger) {
        (self.session, self.ledger) = (session, ledger)
    }

    func each(_ sql: SQL, _ body: (inout Cursor) throws -> Bool) throws { try session.each(sql, body) }

    @discardableResult
    func run(_ sql: SQL) throws -> Int {
        let count = try session.run(sql)
        if count > 0, let table = sql.changedTable { ledger.changed.insert(table) }
        return count
    }
}

extension Transaction {
    /// Tables that keep what a request asked, read, wrote or caused to be sent, and change nothing in the world.
    private static let bookkeeping: Set = [
        "event_log", "receipt", "decision", "mail", "webhook_delivery", "webhook_attempt",
        // Who asked for which extensions; what comes of each is recorded with it.
        "extension_job", "extension_row", "migration_job", "migration_row",
    ]

    /// No audit, no action: a person's write that changed something and recorded nothing does not commit.
    func settle() throws {
        guard ledger.count == 0 else { return }
        let tables = ledger.changed.subtracting(Self.bookkeeping)
        guard tables.isEmpty else { throw StoreError.unrecorded(tables: tables.sorted()) }
    }
}

extension SQL {
    /// The table that a statement inserts into, updates or deletes from.
    var changedTable: String? {
        let words = head.split(maxSplits: 5, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
        switch words.first {
        case "INSERT", "DELETE": return words.count > 2 ? String(words[2]) : nil
        case "UPDATE": return words.count > 1 ? String(words[1]) : nil
        default: return nil
        }
    }
}

extension Session {
    /// The tie that a partner reaches the customer of the scope by, as it is before the transaction changes anything.
    func path(of permit: Permit) throws -> String? {
        guard permit.reach == .customersOfPartner, let principal = permit.principal,
            case .customer(let customer) = permit.intent.scope
        else { return nil }
        let now = permit.intent.at
        return try first(
            """
            SELECT g.id FROM access_grant g
            WHERE g.customer_id = \(customer) AND g.partner_id = \(principal.tenant)
              AND g.kind = \(AccessKind.resellerTie) AND g.ended_at IS NULL
              AND g.from_at <= \(now) AND g.until_at > \(now) LIMIT 1
            """
        ) { cursor in try cursor.next() }
    }
}
