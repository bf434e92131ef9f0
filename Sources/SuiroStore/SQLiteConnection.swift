import CSQLite

/// One connection to a SQLite file, for one thread at a time, and the statements that it has prepared.
final class SQLiteConnection: Session {
    enum Use { case writing, reading }

    private final class Statement {
        let pointer: OpaquePointer
        /// Whether somebody is reading its rows; a second reader prepares it once more.
        var isInUse = false

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit { sqlite3_finalize(pointer) }
    }

    let handle: OpaquePointer
    /// What SQLite tells of its log as long as the connection is open.
    var logLength: LogLength?
    private var statements = StatementCache<Statement>()
    var dialect: Dialect { .sqlite }

    /// Opens the file, and makes it where it is written. `:memory:` is a database of its own.
    init(path: String, for use: Use) throws {
        let flags =
            switch use {
            case .writing: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .reading: SQLITE_OPEN_READONLY
            }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw StoreError.unavailable("SQLite error \(code & 0xff): \(String(cString: sqlite3_errstr(code)))")
        }
        handle = opened
        sqlite3_busy_timeout(handle, 5000)
        try execute("PRAGMA foreign_keys = ON")
        try execute("PRAGMA temp_store = MEMORY")
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func each(_ sql: SQL, _ body: (inout Cursor) throws -> Bool) throws {
        let statement = try prepared(sql)
        let pointer = statement.pointer
        statement.isInUse = true
        defer {
            sqlite3_reset(pointer)
            statement.isInUse = false
        }
        try bind(sql, to: pointer)
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW:
                var cursor = Cursor(sqlite: pointer)
                guard try body(&cursor) else { return }
            case SQLITE_DONE:
                return
            default:
                throw failure
            }
        }
    }

    @discardableResult
    func run(_ sql: SQL) throws -> Int {
        if sql.valueCount == 0 {
            try execute(sql.rendered().text)
        } else {
            try each(sql) { _ in true }
        }
        return Int(sqlite3_changes(handle))
    }

    /// Opens and ends transactions and savepoints, by statements that are prepared once.
    func control(_ sql: SQL) throws {
        try each(sql) { _ in true }
    }

    /// Every statement of a text, prepared for this once: the schema, and settings of the connection.
    private func execute(_ text: String) throws {
        guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    private func prepared(_ sql: SQL) throws -> Statement {
        if let known = statements[sql], !known.isInUse { return known }
        let isKnown = statements[sql] != nil
        var text = sql.rendered().text
        let pointer = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var pointer: OpaquePointer?
                let flags = UInt32(isKnown ? 0 : SQLITE_PREPARE_PERSISTENT)
                sqlite3_prepare_v3(handle, characters.baseAddress, Int32(characters.count), flags, &pointer, nil)
                return pointer
            }
        }
        guard let pointer else { throw failure }
        let statement = Statement(pointer)
        if !isKnown, !statements.keep(statement, for: sql) {
            statements.removeAll()
            _ = statements.keep(statement, for: sql)
        }
        return statement
    }

    private func bind(_ sql: SQL, to statement: OpaquePointer) throws {
        try sql.forEachValue { index, value in
            let place = Int32(index + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, place)
                case .integer(let number): sqlite3_bind_int64(statement, place, number)
                case .text(var text):
                    text.withUTF8 { bytes in
                        // SQLite copies what it is given before this returns; no bytes at all are a text as well.
                        bytes.withMemoryRebound(to: CChar.self) { characters in
                            sqlite3_bind_text(
                                statement,
                                place,
                                characters.baseAddress ?? Self.nothing,
                                Int32(characters.count),
                                Self.copied
                            )
                        }
                    }
                }
            guard code == SQLITE_OK else { throw failure }
        }
    }

    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    nonisolated(unsafe) private static let nothing: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()

    private var failure: StoreError {
        let code = sqlite3_extended_errcode(handle)
        let message = String(cString: sqlite3_errmsg(handle))
        let (unique, primaryKey) = (SQLITE_CONSTRAINT | (8 << 8), SQLITE_CONSTRAINT | (6 << 8))
        switch code {
        case unique, primaryKey: return .duplicate(message)
        default: return .unavailable("SQLite error \(code & 0xff): \(message)")
        }
    }
}

extension SQLiteConnection {
    /// Runs `body` on one snapshot, and changes nothing.
    func snapshot<T>(_ body: (any Session) throws -> T) throws -> T {
        try control("BEGIN")
        do {
            let value = try body(self)
            try control("COMMIT")
            return value
        } catch {
            if isInTransaction { try? control("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` inside an open transaction, so that it happens as a whole or not at all.
    func savepoint<T>(_ body: (any Session) throws -> T) throws -> T {
        try control("SAVEPOINT one")
        do {
            let value = try body(self)
            try control("RELEASE one")
            return value
        } catch {
            // A disk that is full may have ended the transaction around it already.
            if isInTransaction {
                try control("ROLLBACK TO one")
                try control("RELEASE one")
            }
            throw error
        }
    }
}
