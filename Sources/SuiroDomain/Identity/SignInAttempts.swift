/// Failed sign-ins under one account name, and how long the next one has to wait (K-15).
package struct SignInAttempts: Equatable, Sendable {
    /// Failures within `window` that are taken before an account name is held off.
    package static let allowed = 5
    /// Seconds in which they are counted, and the shortest time of being held off.
    package static let window = 900
    /// The longest time of being held off, in seconds.
    package static let longest = 14_400
    /// Seconds after which everything is forgotten.
    package static let memory = 86_400

    package let failures: Int
    /// When the first of them was.
    package let since: Instant
    package let heldUntil: Instant?

    package init(failures: Int, since: Instant, heldUntil: Instant?) {
        (self.failures, self.since, self.heldUntil) = (failures, since, heldUntil)
    }

    package func isHeld(at now: Instant) -> Bool { heldUntil.map { now < $0 } ?? false }

    /// With one failure more. Every failure after the fifth doubles the wait.
    package static func adding(to kept: SignInAttempts?, at now: Instant) -> SignInAttempts {
        guard let kept, now < kept.since.adding(seconds: kept.failures < allowed ? window : memory) else {
            return SignInAttempts(failures: 1, since: now, heldUntil: nil)
        }
        let failures = kept.failures + 1
        guard failures >= allowed else {
            return SignInAttempts(failures: failures, since: kept.since, heldUntil: nil)
        }
        let doubled = window << min(failures - allowed, 8)
        // Counted from now on, so that somebody who goes on is not forgotten in between.
        return SignInAttempts(failures: failures, since: now, heldUntil: now.adding(seconds: min(doubled, longest)))
    }
}
