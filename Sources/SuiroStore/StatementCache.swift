/// What a connection has prepared, found by where the statement was written.
struct StatementCache<Prepared> {
    private struct Entry {
        let sql: SQL
        let prepared: Prepared
    }

    /// Lists of values have as many texts as they have lengths; when that is too much, everything is prepared anew.
    private let limit: Int
    private var entries: [UInt: [Entry]] = [:]
    private(set) var count = 0

    init(limit: Int = 1000) {
        self.limit = limit
    }

    subscript(sql: SQL) -> Prepared? {
        entries[sql.shape]?.first { $0.sql.isAlike(sql) }?.prepared
    }

    /// There is no room for more: `removeAll` comes first.
    var isFull: Bool { count >= limit }

    /// Keeps what was prepared. `false` when there is no room.
    @discardableResult
    mutating func keep(_ prepared: Prepared, for sql: SQL) -> Bool {
        guard !isFull else { return false }
        entries[sql.shape, default: []].append(Entry(sql: sql.withoutValues, prepared: prepared))
        count += 1
        return true
    }

    mutating func removeAll() {
        entries = [:]
        count = 0
    }
}
