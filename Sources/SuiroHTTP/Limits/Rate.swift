/// How often something may happen: so many times in so many seconds, and so many of them at once.
package struct Rate: Hashable, Sendable {
    package let count: Int
    package let seconds: Int
    package let burst: Int

    package init(_ count: Int, per seconds: Int = 1, burst: Int? = nil) {
        (self.count, self.seconds, self.burst) = (max(1, count), max(1, seconds), max(1, burst ?? count))
    }

    /// As settings write it: `100/s`, `100/s burst 200`, `10/min`, `20/h`.
    package init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard let parts = words.first?.split(separator: "/", omittingEmptySubsequences: false), parts.count == 2,
            let count = Int(parts[0]), (1...1_000_000).contains(count), let seconds = Self.units[String(parts[1])]
        else { return nil }
        switch words.count {
        case 1: self.init(count, per: seconds)
        case 3 where words[1] == "burst":
            guard let burst = Int(words[2]), (1...1_000_000).contains(burst) else { return nil }
            self.init(count, per: seconds, burst: burst)
        default: return nil
        }
    }

    private static let units = ["s": 1, "min": 60, "h": 3600]
}

/// What is left of a rate: filled as time passes, emptied one by one.
package struct TokenBucket: Sendable {
    private let rate: Rate
    private var level: Double
    private var seen: ContinuousClock.Instant
    /// What adding parts of a second loses.
    private static let dust = 1e-6

    package init(_ rate: Rate, at now: ContinuousClock.Instant) {
        (self.rate, level, seen) = (rate, Double(rate.burst), now)
    }

    /// Takes one; or says after how many whole seconds there will be one, at least 1.
    package mutating func take(at now: ContinuousClock.Instant) -> Int? {
        fill(at: now)
        guard level < 1 - Self.dust else {
            level -= 1
            return nil
        }
        return max(1, Int(((1 - level) * Double(rate.seconds) / Double(rate.count)).rounded(.up)))
    }

    /// Whether it is as if nothing had ever been taken.
    package mutating func isFull(at now: ContinuousClock.Instant) -> Bool {
        fill(at: now)
        return level >= Double(rate.burst) - Self.dust
    }

    private mutating func fill(at now: ContinuousClock.Instant) {
        guard now > seen else { return }
        let passed = (now - seen) / .seconds(1)
        level = min(Double(rate.burst), level + passed * Double(rate.count) / Double(rate.seconds))
        seen = now
    }
}
