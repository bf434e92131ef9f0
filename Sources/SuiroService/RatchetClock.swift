package import SuiroDomain
import SuiroStore
import Synchronization

/// The server's time, which never goes back: what has ended stays ended when somebody sets the machine's clock back
/// (D-04). The newest instant is kept in the database, so that it outlives the process and other servers know of it.
package final class RatchetClock: Sendable {
    private let wall: @Sendable () -> Instant
    private let newest: Mutex<Instant>

    package init(_ wall: @escaping @Sendable () -> Instant) {
        self.wall = wall
        newest = Mutex(.earliest)
    }

    /// The time on the wall; while that is behind what was seen before, the newest instant that was seen.
    package var now: Instant {
        let now = wall()
        return newest.withLock { newest in
            newest = max(newest, now)
            return newest
        }
    }

    /// Takes over what another process, or this one before its restart, has seen.
    fileprivate func move(to instant: Instant) { newest.withLock { $0 = max($0, instant) } }

    fileprivate var behind: (wall: Instant, newest: Instant) {
        let now = wall()
        return (now, newest.withLock { $0 })
    }
}

/// The machine's clock is clearly behind what the database has seen.
package struct ClockBehind: Error, Hashable, CustomStringConvertible {
    package let wall: Instant
    package let newest: Instant

    package var description: String {
        """
        The clock of this machine says \(wall), but this database has seen \(newest): rights that have ended could come \
        back. Set the clock, or allow more by time.tolerance (seconds). / このコンピューターの時計は \(wall) ですが、\
        このデータベースは \(newest) まで進んでいます。終わった権限が復活しないよう停止しました。\
        時計を合わせるか、time.tolerance（秒）で許容範囲を広げてください。
        """
    }
}

extension PartnerService {
    static let newestInstant = "clock.newest"

    /// Brings clock and database to the newest instant that either has seen; before a start and with every sweep.
    /// Throws when the machine's clock is behind it by more than `tolerance` seconds.
    package func keepTime(_ clock: RatchetClock, tolerance: Int) async throws {
        let name = Self.newestInstant
        if let kept = try await readAsSystem({ tx in try tx.setting(name) }).flatMap({ Instant($0) }) {
            clock.move(to: kept)
        }
        let behind = clock.behind
        guard behind.wall.adding(seconds: tolerance) >= behind.newest else {
            throw ClockBehind(wall: behind.wall, newest: behind.newest)
        }
        let now = clock.now
        _ = try await writeAsSystem { tx in
            if let kept = try tx.setting(name).flatMap({ Instant($0) }), kept >= now { return true }
            try tx.set(name, to: "\(now)")
            return true
        }
    }
}
