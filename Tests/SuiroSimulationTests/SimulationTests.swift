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
            "switchPartner completed": 60, "recreate completed": 20, "replaceLicense completed": 80,
            "transferLicense completed": 5, "switchPartner finishedWithErrors": 3, "switchPartner withdrawn": 30,
            "switchPartner declined": 25, "switchPartner expired": 60, "approve TERMS_CHANGED": 35,
            "approve MOVES_NOT_AVAILABLE": 25, "resolve HANDOVER_ORDER": 15, "resolve done": 120,
            "step endOld TOO_EARLY": 15, "step watchUsage done": 20, "step review done": 5, "step cutOver done": 2,
            "answer done": 100, "answer ADMIN_EXCLUSIVITY": 15, "leave done": 50, "change cancel done": 30,
            "change suspend done": 30, "narrow done": 10, "renew done": 40, "rivals done": 400, "publish done": 100,
            "allowMoves done": 250, "sweep done": 450, "lost": 500, "use done": 800,
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
