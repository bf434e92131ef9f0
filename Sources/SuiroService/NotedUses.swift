import Foundation
import SuiroDomain

/// Looks at customers that this process has found noted a moment ago, so that a program that reads a thousand times does
/// not ask a thousand times whether that is on record. It saves looking and decides nothing: what it forgets is looked up.
final class NotedUses: @unchecked Sendable {
    struct Use: Hashable {
        let caller: Caller
        let action: Action
    }

    /// Another server may have taken a way away and given another: minutes are little beside the hour of a note.
    private static let seconds = 300
    private static let capacity = 10_000
    private let lock = NSLock()
    private var noted: [ID<Customer>: [Use: Range<Instant>]] = [:]
    private var count = 0

    /// Whether nobody has to look again at `now`.
    func has(_ use: Use, of customer: ID<Customer>, at now: Instant) -> Bool {
        lock.withLock {
            noted[customer]?[use]?.contains(now) ?? false
        }
    }

    /// `until` is when the first note that the use needs is due again.
    func keep(_ use: Use, of customer: ID<Customer>, from now: Instant, until: Instant) {
        let end = min(until, now.adding(seconds: Self.seconds))
        guard now < end else { return }
        lock.withLock {
            if count >= Self.capacity { (noted, count) = ([:], 0) }
            if noted[customer, default: [:]].updateValue(now..<end, forKey: use) == nil { count += 1 }
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
