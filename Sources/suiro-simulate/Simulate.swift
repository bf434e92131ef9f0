import Foundation
import SuiroSimulation

/// Plays seeds of the simulator: `SUIRO_SEEDS` as many, from `SUIRO_FROM` on, or the one that `SUIRO_SEED` names; with
/// `SUIRO_BUG` a planted fault among them. A seed that breaks a promise is told as the shortest story that shows it, and
/// the program ends with 1.
@main
struct Simulate {
    static func main() async {
        let bugs = planted()
        if let seed = number("SUIRO_SEED") {
            exit(playOne(seed, bugs) ? 0 : 1)
        }
        let (first, count) = (number("SUIRO_FROM") ?? 1, number("SUIRO_SEEDS") ?? 100_000)
        let began = ContinuousClock.now
        let result = await Seeds(first..<first + count, bugs: bugs).play(
            until: { $0.failures.count >= 5 },
            telling: { if $0.seeds % 5000 == 0 { print("\($0.seeds) seeds …") } }
        )
        let seconds = (ContinuousClock.now - began).components.seconds
        for failure in result.failures.prefix(5) { print("\n\(failure.shortened())") }
        if result.failures.isEmpty {
            for (what, times) in result.tally.sorted(by: { $0.key < $1.key }) { print("  \(times)\t\(what)") }
        }
        print(
            """
            \(result.seeds) seeds, \(result.commands) commands, \(result.days / 365) years in \(seconds) s: \
            \(result.failures.isEmpty ? "every promise was kept" : "\(result.failures.count) seeds broke a promise")
            """
        )
        exit(result.failures.isEmpty ? 0 : 1)
    }

    /// Whether the seed keeps every promise; tells its story otherwise.
    private static func playOne(_ seed: UInt64, _ bugs: Set<PlantedBug>) -> Bool {
        let simulation = Simulation(seed: seed, bugs: bugs)
        guard let failure = simulation.failure else {
            print("Seed \(seed): \(simulation.acts.count) commands, every promise was kept")
            return true
        }
        print(failure.shortened())
        return false
    }

    private static func planted() -> Set<PlantedBug> {
        guard let name = ProcessInfo.processInfo.environment["SUIRO_BUG"] else { return [] }
        guard let bug = PlantedBug(rawValue: name) else {
            print("SUIRO_BUG is none of \(PlantedBug.allCases.map(\.rawValue).joined(separator: ", "))")
            exit(2)
        }
        return [bug]
    }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
