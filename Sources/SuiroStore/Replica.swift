import Foundation

/// Whether a read may be answered by a replica: lists and reports. It makes no difference to what is answered.
package enum Replica {
    @TaskLocal package static var mayAnswer = false

    package static func with<T>(_ body: () async throws -> T) async rethrows -> T {
        try await $mayAnswer.withValue(true, operation: body)
    }
}

/// A standby that answers reads in the primary's place, when it has everything that the primary had at the moment of the
/// question: so everybody reads what they and all others wrote before, by whichever server.
final class PostgresReplica: Sendable {
    private let lanes: LanePool
    private let rest = Rest()
    private let meter: StoreMeter

    init(url: String, lanes count: Int, meter: StoreMeter) {
        self.meter = meter
        lanes = LanePool(nil)
        for _ in 0..<count { lanes.add(Lane(url: url)) }
    }

    /// What the replica answers; `nil` where the primary has to be asked: the replica is behind, away, or had to give up.
    func read<T: Sendable>(
        as of: @Sendable () async throws -> String,
        ahead: @escaping @Sendable () -> [SQL],
        _ body: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T? {
        guard !rest.isTaken else {
            meter.replicaAnswered(.away)
            return nil
        }
        let position = try await of()
        do {
            let value: T? = try await lanes.use { connection in
                try connection.again {
                    guard try connection.hasReplayed(position) else { return nil }
                    return try connection.reading(ahead: ahead(), body)
                }
            }
            meter.replicaAnswered(value == nil ? .behind : .answered)
            return value
        } catch StoreError.contention {
            // What is replayed removes what this read still looks at.
            meter.replicaAnswered(.behind)
            return nil
        } catch is ConnectionLost, StoreError.unavailable {
            meter.replicaAnswered(.away)
            rest.take()
            return nil
        }
    }
}

/// After a failure nobody asks for some seconds.
private final class Rest: @unchecked Sendable {
    private static let length = Duration.seconds(5)
    private let lock = NSLock()
    private var end: ContinuousClock.Instant?

    var isTaken: Bool { lock.withLock { end.map { ContinuousClock.now < $0 } ?? false } }

    func take() { lock.withLock { end = ContinuousClock.now + Self.length } }
}

extension PostgresConnection {
    /// How far everything that has been committed stands in PostgreSQL's log.
    func position() throws -> String {
        let found: String? = try first("SELECT pg_current_wal_flush_lsn()::text") { cursor in try cursor.next() }
        return found ?? "0/0"
    }

    /// Whether this is a standby that has replayed the log up to there. A primary is none: it might be one that has been
    /// replaced and does not know.
    fileprivate func hasReplayed(_ position: String) throws -> Bool {
        let found: Int? = try first(
            """
            SELECT CASE WHEN pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= CAST(\(position) AS pg_lsn)
                THEN 1 ELSE 0 END
            """
        ) { cursor in try cursor.next() }
        return found == 1
    }
}
