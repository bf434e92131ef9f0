import FoundationEssentials
import SuiroDomain

/// A whole database as text: one line a table header, one line a row. The same form serves snapshots, backups, and
/// moves between the two databases.
extension Transaction {
    /// Calls `write` with one line at a time.
    package func dump(_ write: (String) throws -> Void) throws {
        for table in Schema.tables {
            let columns = try columnNames(table)
            try write(try line([table] + columns))
            // Providers stand before the resellers that point to them.
            let order: SQL = table == "organization" ? "provider_id IS NOT NULL, id" : "1, 2"
            let names = SQL(verbatim: columns.joined(separator: ", "))
            for row in try session.rows("SELECT \(names) FROM \(SQL(verbatim: table)) ORDER BY \(order)") {
                try write(try line(row.values))
            }
            try write("")
        }
    }

    /// Replaces everything by what `lines` hold. All or nothing: it is one transaction.
    package func restore(_ lines: some Sequence<String>) throws {
        for statement in Triggers.drop(session.dialect) + HeadTriggers.drop(session.dialect) {
            try session.run(statement)
        }
        for table in Schema.tables.reversed() { try session.run("DELETE FROM \(SQL(verbatim: table))") }
        var insert: SQL?
        for line in lines {
            if line.isEmpty {
                insert = nil
            } else if insert == nil {
                let names = try JSONDecoder().decode([String].self, from: Data(line.utf8))
                guard let table = names.first, Schema.tables.contains(table),
                    try Set(names.dropFirst()) == Set(columnNames(table))
                else { throw StoreError.unavailable("The copy was made by another version of this program.") }
                insert = SQL(verbatim: "INSERT INTO \(table) (\(names.dropFirst().joined(separator: ", "))) VALUES (")
            } else if let insert {
                let values = try JSONDecoder().decode([Cell].self, from: Data(line.utf8))
                var statement = insert
                for (index, cell) in values.enumerated() { statement.append(cell.value, first: index == 0) }
                statement.append(text: ")")
                try session.run(statement)
            }
        }
        for statement in Triggers.create(session.dialect) + HeadTriggers.create(session.dialect) {
            try session.run(statement)
        }
    }

    private func columnNames(_ table: String) throws -> [String] {
        let rows: [Row] =
            switch session.dialect {
            case .sqlite: try session.rows("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid")
            case .postgres:
                try session.rows(
                    """
                    SELECT column_name FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = \(table) ORDER BY ordinal_position
                    """
                )
            }
        return try rows.map {
            var cursor = $0.cursor
            return try cursor.next()
        }
    }

    private func line(_ names: [String]) throws -> String {
        String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
    }

    private func line(_ values: [SQLValue]) throws -> String {
        String(decoding: try JSONEncoder().encode(values.map(Cell.init)), as: UTF8.self)
    }
}

/// One value of a row in a copy: null, a number or a text.
private struct Cell: Codable {
    let value: SQLValue

    init(_ value: SQLValue) {
        self.value = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let number = try? container.decode(Int64.self) {
            value = .integer(number)
        } else {
            value = .text(try container.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .integer(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}

// Snapshots live in the database itself, outside what they copy.
extension Transaction {
    package func insertSnapshot(_ id: String) throws {
        var text = ""
        try dump { text += $0 + "\n" }
        try session.run("INSERT INTO snapshot (id, body, at) VALUES (\(id), \(text), \(permit.intent.at))")
    }

    package func hasSnapshot(_ id: String) throws -> Bool {
        try !session.rows("SELECT 1 FROM snapshot WHERE id = \(id)").isEmpty
    }

    /// Goes back to a snapshot; `false` when there is none of that name.
    package func restoreSnapshot(_ id: String) throws -> Bool {
        let found = try session.rows("SELECT body FROM snapshot WHERE id = \(id)").first
        guard let found else { return false }
        var cursor = found.cursor
        let text: String = try cursor.next()
        try restore(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        return true
    }
}
