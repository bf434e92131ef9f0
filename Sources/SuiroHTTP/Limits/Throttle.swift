import Synchronization

/// What is counted, each with keys of its own.
package enum Toll: String, CaseIterable, Hashable, Sendable {
    /// Calls of one tenant.
    case partner
    /// Changes by one tenant.
    case writes
    /// Calls of one tenant about one customer.
    case customer
    /// Calls of one person or program.
    case principal
    /// Tokens asked for by one client from one network.
    case clients
    /// Tokens asked for from one network.
    case addresses
    /// Sign-ins tried from one network.
    case signins
    /// Numbers of invitations looked up from one network (I-03).
    case codes
    /// Calls of everybody who says not who they are, together.
    case anonymous
}

/// A caller has to wait.
package struct Throttled: Error, Equatable {
    package let seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }
}

/// Somebody has turned to too many customers in an hour. `isNews` the first time, so that it is told once.
package struct RoundEnded: Error, Equatable {
    package let seconds: Int
    package let isNews: Bool
}

/// The server has more to do than it can; what was asked was not begun.
package struct Overloaded: Error, Equatable {
    package init() {}
}

/// The rate limits of this process (reliability 4.9). They stand in memory and run by the monotonic clock: neither a
/// test clock nor somebody who sets the time moves them.
package struct Throttle: Sendable {
    /// No limits at all.
    package static let open = Throttle([:])

    private let tolls: [Toll: Buckets]
    private let seats: Seats?
    private let rounds: Rounds?
    private let now: @Sendable () -> ContinuousClock.Instant

    /// `exports` is how many of them one principal may run side by side; `round` how many customers a person may
    /// turn to in an hour.
    package init(
        _ rates: [Toll: Rate],
        exports: Int? = nil,
        round: Int? = nil,
        capacity: Int = 10_000,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        tolls = rates.mapValues { Buckets($0, capacity: capacity) }
        seats = exports.map { Seats(of: $0) }
        rounds = round.map { Rounds(limit: $0, capacity: capacity) }
        self.now = now
    }

    /// Whether anything is limited at all.
    package var isCounting: Bool { !tolls.isEmpty || seats != nil || rounds != nil }

    /// Counts one, or says how long to wait.
    package func take(_ toll: Toll, _ key: String) throws(Throttled) {
        guard let wait = tolls[toll]?.take(key, at: now()) else { return }
        throw Throttled(seconds: wait)
    }

    /// A place for one export; given back with `leave`.
    package func sit(_ key: String) throws(Throttled) -> Seat {
        guard let seats else { return Seat(seats: nil, key: key) }
        guard seats.enter(key) else { throw Throttled(seconds: 5) }
        return Seat(seats: seats, key: key)
    }

    /// Notes that somebody turns to a customer; throws when these have become too many in an hour (D-06).
    package func visit(_ customer: String, by person: String) throws(RoundEnded) {
        guard let end = rounds?.visit(customer, by: person, at: now()) else { return }
        throw end
    }

    /// What Prometheus reads.
    package var lines: [String] {
        guard !tolls.isEmpty else { return [] }
        var lines = [
            "# HELP suiro_throttled_total Calls that were answered 429.", "# TYPE suiro_throttled_total counter",
        ]
        let sorted = tolls.sorted { $0.key.rawValue < $1.key.rawValue }
        lines += sorted.map { "suiro_throttled_total{limit=\"\($0.key.rawValue)\"} \($0.value.counts.refused)" }
        lines += [
            "# HELP suiro_throttle_keys Callers whose rate is remembered.", "# TYPE suiro_throttle_keys gauge",
        ]
        return lines
            + sorted.map { "suiro_throttle_keys{limit=\"\($0.key.rawValue)\"} \($0.value.counts.keys)" }
    }
}

/// One running export.
package struct Seat: Sendable {
    fileprivate let seats: Seats?
    fileprivate let key: String

    package func leave() { seats?.leave(key) }
}

/// Who runs how many exports now: as many keys as there are running ones.
private final class Seats: Sendable {
    private let limit: Int
    private let taken = Mutex<[String: Int]>([:])

    init(of limit: Int) {
        self.limit = limit
    }

    func enter(_ key: String) -> Bool {
        taken.withLock { taken in
            guard taken[key, default: 0] < limit else { return false }
            taken[key, default: 0] += 1
            return true
        }
    }

    func leave(_ key: String) {
        taken.withLock { taken in
            let left = taken[key, default: 1] - 1
            taken[key] = left > 0 ? left : nil
        }
    }
}
