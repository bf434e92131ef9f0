import CSQLite
import FoundationEssentials

/// How many frames SQLite's log has, after each commit of a connection.
final class LogLength {
    fileprivate(set) var frames = 0
}

// What an archive needs of a connection that writes.
extension SQLiteConnection {
    /// From now on the log is taken into the database by `takeIn` alone: neither a commit does it, nor the last connection
    /// that is closed.
    func keepLog() throws {
        guard suiro_sqlite3_leave_log_on_close(handle) == SQLITE_OK else {
            throw StoreError.unavailable("SQLite does not leave its log where it is.")
        }
        let length = LogLength()
        logLength = length
        sqlite3_wal_hook(
            handle,
            { length, _, _, frames in
                guard let length else { return SQLITE_OK }
                Unmanaged<LogLength>.fromOpaque(length).takeUnretainedValue().frames = Int(frames)
                return SQLITE_OK
            },
            Unmanaged.passUnretained(length).toOpaque()
        )
    }

    /// Takes the log into the database, as far as nobody reads what it would replace. Answers whether that is all of it.
    func takeIn() throws -> Bool {
        var (length, taken) = (0, -1)
        try each("PRAGMA wal_checkpoint(PASSIVE)") { cursor in
            _ = try cursor.next() as Int
            length = try cursor.next()
            taken = try cursor.next()
            return false
        }
        return length == taken
    }

    /// Copies a database page by page, as it is at one moment; others may read and write it meanwhile.
    static func copy(_ path: String, to other: String) throws {
        let from = try SQLiteConnection(path: path, for: .reading)
        let to = try SQLiteConnection(path: other, for: .writing)
        guard let backup = sqlite3_backup_init(to.handle, "main", from.handle, "main") else {
            throw StoreError.unavailable("SQLite cannot copy: \(String(cString: sqlite3_errmsg(to.handle)))")
        }
        let code = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else {
            throw StoreError.unavailable("SQLite cannot copy: \(String(cString: sqlite3_errstr(code)))")
        }
    }
}
