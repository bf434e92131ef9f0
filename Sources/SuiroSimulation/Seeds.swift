import Foundation
import SuiroDomain

/// Many seeds, on all processors.
package struct Seeds: Sendable {
    package let range: Range<UInt64>
    package let bugs: Set<PlantedBug>
    private static let handful: UInt64 = 20

    package init(_ range: Range<UInt64>, bugs: Set<PlantedBug> = []) {
        (self.range, self.bugs) = (range, bugs)
    }

    /// What came of them all.
    package struct Result: Sendable {
        package var seeds = 0
        package var commands = 0
        /// Time that passed in the worlds, in days.
        package var days = 0
        package var tally: [String: Int] = [:]
        package var failures: [Failure] = []
    }

    /// Plays every seed; stops early once `enough` says so. The same seeds come out the same, in whichever order.
    package func play(
        until enough: @Sendable (Result) -> Bool = { _ in false },
        telling tell: @Sendable (Result) -> Void = { _ in }
    ) async -> Result {
        await withTaskGroup(of: Result.self) { group in
            var (next, result) = (range.lowerBound, Result())
            func begin() {
                guard next < range.upperBound else { return }
                let seeds = next..<min(next + Self.handful, range.upperBound)
                next = seeds.upperBound
                group.addTask { [bugs] in
                    seeds.reduce(into: Result()) { $0.add(Simulation(seed: $1, bugs: bugs)) }
                }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { begin() }
            while let part = await group.next() {
                result.add(part)
                tell(result)
                if enough(result) { break }
                begin()
            }
            group.cancelAll()
            return result
        }
    }
}

extension Seeds.Result {
    fileprivate mutating func add(_ simulation: Simulation) {
        seeds += 1
        commands += simulation.acts.count
        days += simulation.world.now.days(since: simulation.world.began)
        tally.merge(simulation.tally, uniquingKeysWith: +)
        failures += [simulation.failure].compactMap(\.self)
    }

    fileprivate mutating func add(_ other: Self) {
        seeds += other.seeds
        commands += other.commands
        days += other.days
        tally.merge(other.tally, uniquingKeysWith: +)
        failures = (failures + other.failures).sorted { $0.seed < $1.seed }
    }
}
