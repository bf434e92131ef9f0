import CPostgres
import CSQLite

/// A value of a row where the database has put it. Its bytes are there for as long as the row is being read.
enum Field {
    case null
    case integer(Int64)
    case text(UnsafeBufferPointer<UInt8>)
}

/// The row that a statement stands at: values one after another, each `next()` knowing its type from where it goes.
/// Reading by position costs no look-ups by name, and straight from the database no copies.
struct Cursor {
    private enum Source {
        case values([SQLValue])
        case sqlite(OpaquePointer)
        case postgres(OpaquePointer, row: Int32)
    }

    private let source: Source
    private let count: Int
    private var index = 0

    init(values: [SQLValue]) {
        (source, count) = (.values(values), values.count)
    }

    init(sqlite statement: OpaquePointer) {
        (source, count) = (.sqlite(statement), Int(sqlite3_column_count(statement)))
    }

    init(postgres result: OpaquePointer, row: Int32, columns: Int32) {
        (source, count) = (.postgres(result, row: row), Int(columns))
    }

    /// Whether the next column has no value.
    var isNull: Bool {
        guard index < count else { return false }
        return switch source {
        case .values(let values): values[index] == .null
        case .sqlite(let statement): sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL
        case .postgres(let result, let row): PQgetisnull(result, row, Int32(index)) == 1
        }
    }

    /// Passes over columns that nothing was joined to.
    mutating func skip(_ count: Int) {
        index += count
    }

    /// The next column. A value the schema should have made impossible is `StoreError.corrupt`.
    mutating func next<Value: SQLReadable>() throws -> Value {
        guard index < count, let value: Value = read() else {
            throw StoreError.corrupt(column: "\(index) as \(Value.self)")
        }
        index += 1
        return value
    }

    /// Everything from here to the end of the row, copied.
    mutating func rest() -> [SQLValue] {
        defer { index = count }
        guard index < count else { return [] }
        if case .values(let values) = source { return Array(values[index...]) }
        var values: [SQLValue] = []
        values.reserveCapacity(count - index)
        while index < count {
            switch field {
            case .null: values.append(.null)
            case .integer(let number): values.append(.integer(number))
            case .text(let bytes): values.append(.text(String(decoding: bytes, as: UTF8.self)))
            }
            index += 1
        }
        return values
    }

    private func read<Value: SQLReadable>() -> Value? {
        guard case .values(let values) = source else { return Value(field) }
        switch values[index] {
        case .null: return Value(.null)
        case .integer(let number): return Value(.integer(number))
        case .text(var text): return text.withUTF8 { Value(.text($0)) }
        }
    }

    /// The next column as the database keeps it.
    private var field: Field {
        switch source {
        case .values: return .null
        case .sqlite(let statement):
            let column = Int32(index)
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
            case SQLITE_TEXT:
                let bytes = sqlite3_column_text(statement, column)
                return .text(UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
            default: return .null
            }
        case .postgres(let result, let row):
            let column = Int32(index)
            guard PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) else {
                return .null
            }
            let count = Int(PQgetlength(result, row, column))
            return .text(text.withMemoryRebound(to: UInt8.self, capacity: count) { .init(start: $0, count: count) })
        }
    }
}
