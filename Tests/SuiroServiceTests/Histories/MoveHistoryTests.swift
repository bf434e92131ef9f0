import SuiroTesting
import Testing

/// A move under many hands at once (SM-8, INV-03).
@Suite struct MoveHistoryTests {
    @Test(arguments: TestDriver.available)
    func `whoever approves, declines, retracts, withdraws, does steps and reads at once finds one move with one ending`(
        driver: TestDriver
    ) async throws {
        let histories = try await MoveHistories(on: driver, count: 120)
        try await Rounds { try await histories.play($0, &$1) }.expectLinearizable(120)
    }

    @Test(arguments: TestDriver.available)
    func `INV-03 of ten who ask for one subscription at once one has it, until that move has ended`(
        driver: TestDriver
    ) async throws {
        let histories = try await MoveRequestHistories(on: driver, count: 60)
        try await Rounds { try await histories.play($0, &$1) }.expectLinearizable(60)
    }
}
