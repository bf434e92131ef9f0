/// How often a delivery is tried and how long it waits in between: longer each time, up to a limit.
package struct RetrySchedule: Hashable, Sendable {
    /// Attempts in all. After the last one the delivery waits for a person (conventions, section 15).
    package let attempts: Int
    /// Milliseconds after the first attempt, how many times longer each wait is than the one before, and the longest.
    package let first: Int64
    package let factor: Int64
    package let longest: Int64

    package init(attempts: Int, first: Int64, factor: Int64, longest: Int64) {
        (self.attempts, self.first, self.factor, self.longest) = (attempts, first, factor, longest)
    }

    /// Ten attempts over about a day: 5 s, 30 s, 3 min, 18 min, 1 h 48 min, then every 6 h.
    package static let usual = RetrySchedule(attempts: 10, first: 5000, factor: 6, longest: 21_600_000)

    /// Milliseconds to wait after the attempt of that number failed; `nil` after the last one.
    ///
    /// `chance`, from 0 to 1, spreads the wait by a fifth to either side, so that a receiver that comes back is not met
    /// by everything at once.
    package func wait(after attempt: Int, chance: Double) -> Int64? {
        guard attempt < attempts else { return nil }
        var wait = first
        for _ in 1..<max(attempt, 1) where wait < longest {
            let (longer, overflow) = wait.multipliedReportingOverflow(by: factor)
            wait = overflow ? longest : longer
        }
        return Int64(Double(min(wait, longest)) * (0.8 + 0.4 * min(max(chance, 0), 1)))
    }
}
