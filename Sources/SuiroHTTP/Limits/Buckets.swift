import Synchronization

/// A bucket for each key, of which there are never more than `capacity`: keys come from callers, and memory must not
/// follow them. Whoever comes when all places are taken shares one bucket with everybody else who does.
package final class Buckets: Sendable {
    private struct State {
        var buckets: [String: TokenBucket] = [:]
        var shared: TokenBucket
        var swept: ContinuousClock.Instant
        var refused = 0
    }

    private let rate: Rate
    private let capacity: Int
    private let state: Mutex<State>

    package init(_ rate: Rate, capacity: Int = 10_000) {
        (self.rate, self.capacity) = (rate, capacity)
        let now = ContinuousClock.now
        state = Mutex(State(shared: TokenBucket(rate, at: now), swept: now))
    }

    /// Takes one for the key; or says after how many seconds there will be one.
    package func take(_ key: String, at now: ContinuousClock.Instant) -> Int? {
        state.withLock { state in
            let wait = Self.take(key, rate, capacity, at: now, &state)
            if wait != nil { state.refused += 1 }
            return wait
        }
    }

    /// How many keys are told apart now, and how often one was refused.
    package var counts: (keys: Int, refused: Int) { state.withLock { ($0.buckets.count, $0.refused) } }

    private static func take(
        _ key: String,
        _ rate: Rate,
        _ capacity: Int,
        at now: ContinuousClock.Instant,
        _ state: inout State
    ) -> Int? {
        if state.buckets[key] != nil { return state.buckets[key]?.take(at: now) }
        if state.buckets.count >= capacity, now - state.swept >= .seconds(1) {
            // A full bucket remembers nothing; the sweep is rare, so that new keys cannot make it the work.
            state.buckets = state.buckets.filter { _, bucket in
                var bucket = bucket
                return !bucket.isFull(at: now)
            }
            state.swept = now
        }
        guard state.buckets.count < capacity else { return state.shared.take(at: now) }
        var fresh = TokenBucket(rate, at: now)
        let wait = fresh.take(at: now)
        state.buckets[key] = fresh
        return wait
    }
}
