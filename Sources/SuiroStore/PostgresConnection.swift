import CPostgres

/// The connection broke. Nothing of the transaction happened, unless it was lost while it was being committed.
struct ConnectionLost: Error {
    let message: String
    var whileCommitting = false
}

/// One connection to PostgreSQL, for one thread at a time, always in pipeline mode: what opens a transaction is sent with
/// its first statement, and what nobody has to wait for is read before the next.
final class PostgresConnection: Session {
    /// What has been sent and is still to be read, in order.
    private enum Awaited {
        /// Its outcome matters to nobody who comes later.
        case passing
        /// Opens the transaction: when it fails, what follows has failed for its reason.
        case opening
        /// The preparation of a statement, which counts as prepared once this is well.
        case preparation(SQL, name: String, isPassing: Bool)
        /// What the caller waits for.
        case wanted
        /// What the caller will ask for next.
        case ahead(SQL)
        case sync
    }

    private var handle: OpaquePointer?
    private var awaited: [Awaited] = []
    private var prepared = StatementCache<String>()
    private var names = 0
    /// What the open transaction will ask for, not sent yet; and what has come of it, not asked for yet.
    private var ahead: [SQL] = []
    private var early: [(sql: SQL, result: OpaquePointer)] = []
    var dialect: Dialect { .postgres }

    private var message: String {
        let text = String(cString: PQerrorMessage(handle))
        return text.isEmpty ? "The connection to PostgreSQL broke." : text
    }

    deinit { PQfinish(handle) }

    /// Whether `open` has succeeded once; from then on a connection that breaks is made anew by itself.
    var wasOpened: Bool { handle != nil }

    func open(_ url: String) throws {
        handle = PQconnectdb(url)
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = message
            PQfinish(handle)
            handle = nil
            throw StoreError.unavailable(reason)
        }
        try settle()
        do {
            let found = try rows("SELECT datcollate FROM pg_database WHERE datname = current_database()")
            guard let values = found.first?.values, values == [.text("C")] || values == [.text("POSIX")] else {
                throw StoreError.unavailable(
                    "The database must be created with LOCALE 'C', so that both databases sort alike."
                )
            }
        } catch let lost as ConnectionLost {
            throw StoreError.unavailable(lost.message)
        }
    }

    /// What every new connection begins with.
    private func settle() throws {
        PQclear(PQexec(handle, "SET client_min_messages = warning"))
        guard PQenterPipelineMode(handle) == 1 else { throw StoreError.unavailable(message) }
    }

    /// The server went away, or another has taken its place: nothing of ours is open, so a new connection is as good.
    private func reconnect() throws {
        PQreset(handle)
        forgetEarly()
        prepared.removeAll()
        awaited = []
        guard PQstatus(handle) == CONNECTION_OK else { throw StoreError.unavailable(message) }
        try settle()
    }

    /// Runs a transaction, and once more when the connection breaks on the way: before its commit was sent nothing has
    /// happened, and afterwards only those may ask again who would find a receipt.
    func again<T>(evenAfterCommit: Bool = true, _ transaction: () throws -> T) throws -> T {
        if PQstatus(handle) != CONNECTION_OK { try reconnect() }
        do {
            if prepared.isFull { try forgetStatements() }
            return try transaction()
        } catch let lost as ConnectionLost where !lost.whileCommitting || evenAfterCommit {
            try reconnect()
            return try transaction()
        }
    }

    /// Statements by the hundred that differ in the length of a list alone: the server forgets them as well. Between two
    /// transactions, because in one that has failed the server would not.
    private func forgetStatements() throws {
        prepared.removeAll()
        // Preparations that are still to be read are forgotten with the others.
        awaited = awaited.map { next in if case .sync = next { .sync } else { .passing } }
        guard PQsendQueryParams(handle, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 0) == 1 else {
            throw ConnectionLost(message: message)
        }
        awaited.append(.passing)
        try sync()
    }

    // MARK: Transactions

    /// Runs `body` on one snapshot, and changes nothing. The statements of `ahead` travel with its first.
    func reading<T>(ahead: [SQL], _ body: (any Session) throws -> T) throws -> T {
        self.ahead = ahead
        defer { forgetEarly() }
        try send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", as: .opening)
        do {
            let value = try body(self)
            // Nothing was changed, so nobody has to wait for the end.
            leaveToPass()
            try send("COMMIT", as: .passing)
            try sync()
            return value
        } catch {
            rollback()
            throw error
        }
    }

    /// Runs `body` on one snapshot that is taken when the lock is held, and at once again when PostgreSQL asks for it:
    /// mostly whoever was in the way has gone. The lock is no part of the transaction: a snapshot taken while waiting for
    /// it would already be stale.
    ///
    /// The scope's lock already keeps two writers of one scope apart, so REPEATABLE READ is enough; SERIALIZABLE
    /// would add false conflicts between scopes that merely share an index page.
    func writing<T>(holding lock: String, _ body: (any Session) throws -> T) throws -> T {
        do {
            return try attempt(holding: lock, body)
        } catch StoreError.contention {
            return try attempt(holding: lock, body)
        }
    }

    private func attempt<T>(holding lock: String, _ body: (any Session) throws -> T) throws -> T {
        try send("SELECT pg_advisory_lock(hashtextextended(\(lock), 0))", as: .opening)
        try sync()
        let unlock: SQL = "SELECT pg_advisory_unlock(hashtextextended(\(lock), 0))"
        do {
            try send("BEGIN ISOLATION LEVEL REPEATABLE READ", as: .opening)
            let value = try body(self)
            try commit(unlock)
            return value
        } catch let lost as ConnectionLost {
            throw lost
        } catch {
            rollback()
            try? send(unlock, as: .passing)
            try? sync()
            throw error
        }
    }

    private func commit(_ unlock: SQL) throws {
        do {
            try send("COMMIT", as: .wanted)
            try send(unlock, as: .passing)
            try sync()
            let result = try wanted()
            defer { PQclear(result) }
            // PostgreSQL takes back what a transaction did whose error nobody heeded, and calls that a success.
            guard let tag = PQcmdStatus(result), String(cString: tag) == "COMMIT" else {
                throw StoreError.unavailable("The transaction had failed before it was committed.")
            }
        } catch let lost as ConnectionLost {
            throw ConnectionLost(message: lost.message, whileCommitting: true)
        }
    }

    private func rollback() {
        guard PQstatus(handle) == CONNECTION_OK else { return }
        leaveToPass()
        try? send("ROLLBACK", as: .passing)
        try? sync()
    }

    /// What is still on its way concerns nobody who comes later.
    private func leaveToPass() {
        awaited = awaited.map { next in
            switch next {
            case .preparation(let sql, let name, _): .preparation(sql, name: name, isPassing: true)
            case .sync: .sync
            case .passing, .opening, .wanted, .ahead: .passing
            }
        }
    }

    // MARK: Statements

    func each(_ sql: SQL, _ body: (inout Cursor) throws -> Bool) throws {
        let result = try execute(sql)
        defer { PQclear(result) }
        guard let result else { return }
        let (rows, columns) = (PQntuples(result), PQnfields(result))
        for row in 0..<rows {
            var cursor = Cursor(postgres: result, row: row, columns: columns)
            guard try body(&cursor) else { return }
        }
    }

    @discardableResult
    func run(_ sql: SQL) throws -> Int {
        let result = try execute(sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    private func execute(_ sql: SQL) throws -> OpaquePointer? {
        if let index = early.firstIndex(where: { $0.sql.isSame(as: sql) }) { return early.remove(at: index).result }
        try send(sql, as: .wanted)
        for statement in ahead { try send(statement, as: .ahead(statement)) }
        ahead = []
        try sync()
        return try wanted()
    }

    private func forgetEarly() {
        for (_, result) in early { PQclear(result) }
        (ahead, early) = ([], [])
    }

    /// Puts a statement on its way, to be prepared first where this connection does not know it.
    private func send(_ sql: SQL, as role: Awaited) throws {
        let name: String
        if let known = prepared[sql] {
            name = known
        } else {
            names += 1
            name = "s\(names)"
            let text = sql.rendered().text
            guard PQsendPrepare(handle, name, text, 0, nil) == 1 else { throw ConnectionLost(message: message) }
            let isPassing = if case .passing = role { true } else { false }
            awaited.append(.preparation(sql.withoutValues, name: name, isPassing: isPassing))
        }
        guard bound(sql, { PQsendQueryPrepared(handle, name, Int32($0.count), $0.baseAddress, nil, nil, 0) }) == 1
        else {
            throw ConnectionLost(message: message)
        }
        awaited.append(role)
    }

    private func sync() throws {
        guard PQpipelineSync(handle) == 1 else { throw ConnectionLost(message: message) }
        awaited.append(.sync)
    }

    /// Calls `body` with the values as libpq takes them: texts that end with a zero, or nothing.
    private func bound<T>(_ sql: SQL, _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> T) -> T {
        var bytes: [CChar] = []
        var starts: [Int?] = []
        sql.forEachValue { _, value in
            switch value {
            case .null:
                starts.append(nil)
                return
            case .integer(let number):
                starts.append(bytes.count)
                for byte in String(number).utf8 { bytes.append(CChar(bitPattern: byte)) }
            case .text(let text):
                starts.append(bytes.count)
                for byte in text.utf8 { bytes.append(CChar(bitPattern: byte)) }
            }
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in start.flatMap { at in bytes.baseAddress.map { $0 + at } } }
            return pointers.withUnsafeBufferPointer(body)
        }
    }

    // MARK: Answers

    /// Reads everything that is on its way, and answers the result of the statement that is waited for. The first error
    /// of what opened the transaction, or of the statement, is thrown.
    private func wanted() throws -> OpaquePointer? {
        var answer: OpaquePointer?
        var failure: (any Error)?
        var isRead = false
        while !awaited.isEmpty {
            let next = awaited[0]
            guard let result = try read(next) else {
                // The end of a stretch; what was sent after that of the wanted one is read by whoever comes next.
                if isRead { break }
                continue
            }
            let error = error(of: result)
            switch next {
            case .wanted:
                isRead = true
                failure = failure ?? error
                answer = result
                continue
            case .ahead(let sql):
                // What was not well is asked for again, and told then.
                if error == nil {
                    early.append((sql, result))
                    continue
                }
            case .opening:
                failure = failure ?? error
            case .preparation(let sql, let name, let isPassing):
                if let error {
                    if !isPassing { failure = failure ?? error }
                } else {
                    prepared.keep(name, for: sql)
                }
            case .passing, .sync:
                break
            }
            PQclear(result)
        }
        guard let failure else { return answer }
        PQclear(answer)
        throw failure
    }

    /// Reads what libpq has for the next that is awaited; `nil` at the end of a stretch.
    private func read(_ next: Awaited) throws -> OpaquePointer? {
        let result = PQgetResult(handle)
        awaited.removeFirst()
        if case .sync = next {
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw ConnectionLost(message: message) }
            return nil
        }
        guard result != nil, PQstatus(handle) == CONNECTION_OK else {
            PQclear(result)
            throw ConnectionLost(message: message)
        }
        // Each result is followed by nothing, to say that it was the only one.
        if let more = PQgetResult(handle) { PQclear(more) }
        return result
    }

    private func error(of result: OpaquePointer?) -> (any Error)? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return nil
        default: break
        }
        let state = PQresultErrorField(result, 67).map { String(cString: $0) }  // 'C' is PG_DIAG_SQLSTATE
        let text = String(cString: PQresultErrorMessage(result))
        return switch state {
        case "40001", "40P01": StoreError.contention
        case "23505": StoreError.duplicate(text)
        // The server says goodbye before it closes the connection: it is being shut down, or is a standby now.
        case "57P01", "57P02", "57P03", "25006": ConnectionLost(message: text)
        default: StoreError.unavailable(text)
        }
    }
}
