import Foundation

/// What a store has been doing since it was opened, for whoever watches over it. It is this process's own, decides nothing,
/// and is lost with it.
package final class StoreMeter: @unchecked Sendable {
    /// How often something was at most so large; the last count is of all.
    package struct Histogram: Sendable {
        package let bounds: [Double]
        package private(set) var counts: [Int]
        package private(set) var sum = 0.0
        package private(set) var count = 0

        init(_ bounds: [Double]) {
            (self.bounds, counts) = (bounds, Array(repeating: 0, count: bounds.count))
        }

        mutating func note(_ value: Double) {
            count += 1
            sum += value
            for (index, bound) in bounds.enumerated() where value <= bound { counts[index] += 1 }
        }
    }

    package struct Reading: Sendable {
        /// Writes that have been asked for and not answered yet.
        package fileprivate(set) var waiting = 0
        /// How many writes shared a commit; on PostgreSQL each has its own.
        package fileprivate(set) var batch = Histogram([1, 2, 4, 8, 16, 32, 64])
        /// Seconds from the first statement of a commit to its being on disk.
        package fileprivate(set) var commit = Histogram([0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10])
        /// Seconds that somebody waited for an idle connection; PostgreSQL alone has a pool.
        package fileprivate(set) var lane = Histogram([0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10])
        /// Transactions that the database asked to be run again.
        package fileprivate(set) var retries = 0
        /// What came of the reads that a replica might have answered.
        package fileprivate(set) var replica: [ReplicaOutcome: Int] = [:]
    }

    /// What came of asking a replica.
    package enum ReplicaOutcome: String, CaseIterable, Sendable {
        case answered
        /// It had not everything yet that the primary had.
        case behind
        case away
    }

    private let lock = NSLock()
    private var kept = Reading()

    package init() {}

    package var reading: Reading { lock.withLock { kept } }

    func began() { lock.withLock { kept.waiting += 1 } }
    func ended() { lock.withLock { kept.waiting -= 1 } }
    func tried() { lock.withLock { kept.retries += 1 } }
    func replicaAnswered(_ outcome: ReplicaOutcome) { lock.withLock { kept.replica[outcome, default: 0] += 1 } }
    func waitedForLane(_ took: Duration) { lock.withLock { kept.lane.note(took.seconds) } }

    func committed(_ writes: Int, in took: Duration) {
        lock.withLock {
            kept.batch.note(Double(writes))
            kept.commit.note(took.seconds)
        }
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
