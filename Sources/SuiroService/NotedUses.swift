import Foundation
import SuiroDomain

/// Looks at customers that this process has found noted a moment ago, so that a program that reads a thousand times does
/// not ask a thousand times whether that is on record. It saves looking and decides nothing: what it forgets is looked up.
final class NotedUses: @unchecked Sendable {
    struct Use: Hashable {
        let caller: Caller
        let action: Action
    }

    /// Minutes are little beside the hour that a note stands for.
    private static let seconds = 300
    private static let capacity = 10_000
    private let lock = NSLock()
    private var noted: [ID<Customer>: [Use: Instant]] = [:]
    private var count = 0

    /// Whether the use was noted so shortly before `now` that nobody has to look again.
    func has(_ use: Use, of customer: ID<Customer>, at now: Instant) -> Bool {
        lock.withLock {
            guard let at = noted[customer]?[use] else { return false }
            return at <= now && now < at.adding(seconds: Self.seconds)
        }
    }

    func keep(_ use: Use, of customer: ID<Customer>, at now: Instant) {
        lock.withLock {
            if count >= Self.capacity { (noted, count) = ([:], 0) }
            if noted[customer, default: [:]].updateValue(now, forKey: use) == nil { count += 1 }
        }
    }

    /// Something of the customer has changed here: a new way in is noted at its first use.
    func forget(_ customer: ID<Customer>) {
        lock.withLock { count -= noted.removeValue(forKey: customer)?.count ?? 0 }
    }

    func clear() {
        lock.withLock { (noted, count) = ([:], 0) }
    }
}
