/// One row of the event log as text, exactly as it is kept: what its hash is taken over, and what is exported and
/// verified. Nothing is read into types before it is checked, so that two texts that mean the same are still two.
package struct LoggedRow: Hashable, Sendable {
    /// The columns in the order in which they are hashed; `hash` itself comes last.
    package enum Column: Int, CaseIterable, Sendable {
        case format, scope, sequence, id, event, subject, rule, edition, caller, callerName, tenant, tenantName
        case partner, customer, status, details, correlation, at, reach, path, client, mode, hash

        /// As the database and the export name it.
        package var name: String {
            switch self {
            case .callerName: "caller_name"
            case .tenant: "tenant_id"
            case .tenantName: "tenant_name"
            case .partner: "partner_id"
            case .customer: "customer_id"
            case .format, .scope, .sequence, .id, .event, .subject, .rule, .edition, .caller, .status, .details,
                .correlation, .at, .reach, .path, .client, .mode, .hash:
                "\(self)"
            }
        }
    }

    /// The format of entries that are written today. Format 1 is that of entries before migration 0020.
    package static let newest = 2

    package var values: [String?]

    package init(_ values: [Column: String]) {
        self.values = Column.allCases.map { values[$0] }
    }

    package subscript(_ column: Column) -> String? {
        get { values[column.rawValue] }
        set { values[column.rawValue] = newValue }
    }

    package var scope: String { self[.scope] ?? "" }
    package var sequence: Int { self[.sequence].flatMap { Int($0) } ?? 0 }
    /// What a person finds the entry by.
    package var place: String { "\(scope)#\(self[.sequence] ?? "")" }

    /// The hash that the entry must have after `previous`, the hash of the entry before it; `nil` where no formula
    /// is known for its format.
    package func link(after previous: String) -> String? {
        switch self[.format] {
        case "1":
            let columns: [Column] = [
                .scope, .sequence, .event, .subject, .rule, .edition, .caller, .status, .details, .correlation, .at,
            ]
            let hasOthers = Column.reach.rawValue...Column.mode.rawValue
            guard values[hasOthers].allSatisfy({ $0 == nil }), self[.id] == place else { return nil }
            // Lengths before values, so that no two different entries read alike.
            return ([previous] + columns.map { self[$0] ?? "" }).map { "\($0.utf8.count):\($0)" }.joined().sha256
        case "2":
            var text = "\(previous.utf8.count):\(previous)"
            for value in values.dropLast() { text += value.map { "\($0.utf8.count):\($0)" } ?? "-" }
            return text.sha256
        default:
            return nil
        }
    }
}

/// A row and the hash of the one before it in its scope.
package struct LinkedRow: Sendable {
    package let row: LoggedRow
    /// Empty for the first of a scope; `nil` where the one before is missing.
    package let previous: String?

    package init(row: LoggedRow, previous: String?) {
        (self.row, self.previous) = (row, previous)
    }
}

extension Transaction {
    /// A page of the log as it is kept, by scope and sequence; of one tenant, what concerns it and what it may know.
    /// `after` is the last row of the page before.
    package func loggedRows(
        concerning tenant: String? = nil,
        after last: LoggedRow? = nil,
        limit: Int
    ) throws -> [LinkedRow] {
        let columns = SQL(verbatim: LoggedRow.Column.allCases.map { "event_log.\($0.name)" }.joined(separator: ", "))
        let whose: SQL =
            tenant.map { "AND \(Self.entriesConcerning($0))" } ?? ""
        let rest: SQL = last.map { "AND (scope, sequence) > (\($0.scope), \($0.sequence))" } ?? ""
        return try session.rows(
            """
            SELECT \(columns),
                   (SELECT p.hash FROM event_log p WHERE p.scope = event_log.scope AND p.sequence = event_log.sequence - 1)
            FROM event_log WHERE 1 = 1 \(whose) \(rest) ORDER BY scope, sequence LIMIT \(limit)
            """
        ).map { row in
            var logged = LoggedRow([:])
            logged.values = row.values.dropLast().map(\.asText)
            let previous = row.values.last?.asText
            return LinkedRow(row: logged, previous: logged.sequence == 1 ? previous ?? "" : previous)
        }
    }

    /// Recomputes every chain. Answers the broken links, as `scope#sequence`.
    package func brokenLinks() throws -> [String] {
        var broken: [String] = []
        var last = LoggedRow([:])
        while true {
            let page = try loggedRows(after: last.scope.isEmpty ? nil : last, limit: 1000)
            for linked in page {
                let row = linked.row
                let before = row.scope == last.scope ? (last.sequence, last[.hash] ?? "") : (0, "")
                if row.sequence != before.0 + 1 || row.link(after: before.1) != row[.hash] { broken.append(row.place) }
                last = row
            }
            guard page.count == 1000 else { return broken }
        }
    }
}

extension SQLValue {
    /// As a person would read it in the database's own shell.
    var asText: String? {
        switch self {
        case .null: nil
        case .integer(let number): "\(number)"
        case .text(let text): text
        }
    }
}
