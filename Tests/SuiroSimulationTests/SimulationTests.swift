import Foundation
import SuiroSimulation
import Testing

/// Random worlds in which every promise holds after every command.
@Suite struct SimulationTests {
    private static let count: UInt64 = 1000

    /// `SUIRO_SEED` plays one seed alone, with its story.
    @Test func `no promise is broken in a thousand worlds`() async {
        let one = ProcessInfo.processInfo.environment["SUIRO_SEED"].flatMap { UInt64($0) }
        let seeds = one.map { $0..<$0 + 1 } ?? 1..<Self.count + 1
        let result = await Seeds(seeds).play(until: { !$0.failures.isEmpty })
        for failure in result.failures.prefix(1) { Issue.record("\(failure.shortened())") }
        guard one == nil else { return }
        #expect(result.failures.isEmpty)
        expectEverythingHappened(in: result)
    }

    /// A simulator in which nothing happens breaks no promise either.
    private func expectEverythingHappened(in result: Seeds.Result) {
        let often: [String: Int] = [
            "switchPartner completed": 40, "recreate completed": 10, "replaceLicense completed": 20,
            "transferLicense completed": 10, "switchPartner finishedWithErrors": 1, "switchPartner withdrawn": 10,
            "switchPartner declined": 5, "switchPartner expired": 10, "approve TERMS_CHANGED": 20,
            "approve MOVES_NOT_AVAILABLE": 3, "resolve HANDOVER_ORDER": 10, "resolve done": 100,
            "step endOld TOO_EARLY": 10, "step watchUsage done": 10, "step review done": 3, "answer done": 100,
            "answer ADMIN_EXCLUSIVITY": 10, "leave done": 5, "change cancel done": 20, "change suspend done": 20,
            "renew done": 3, "rivals done": 100, "lost": 500, "use done": 300,
        ]
        for (what, times) in often.sorted(by: { $0.key < $1.key }) {
            #expect(result.tally[what, default: 0] >= times, "\(what)")
        }
        #expect(result.days > 365 * 500)
    }

    @Test func `the same seed makes the same story`() {
        for seed in UInt64(1)...20 {
            let (first, second) = (Simulation(seed: seed), Simulation(seed: seed))
            #expect(first.acts == second.acts)
            #expect(first.tally == second.tally)
        }
    }

    @Test func `what is played again by its commands comes out the same`() {
        for seed in UInt64(1)...20 {
            let first = Simulation(seed: seed)
            #expect(Simulation(seed: seed, bugs: [], acts: first.acts).tally == first.tally)
        }
    }
}
