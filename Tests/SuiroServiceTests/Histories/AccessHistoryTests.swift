import SuiroTesting
import Testing

/// Access to a customer under many hands at once (SM-2, INV-12).
@Suite struct AccessHistoryTests {
    @Test(arguments: TestDriver.available)
    func `once a revocation is answered no use succeeds, and what replaces a grant leaves neither a gap nor two`(
        driver: TestDriver
    ) async throws {
        let histories = try await AccessHistories.ofOneGrant(on: driver, count: 200)
        try await Rounds { try await histories.play($0, &$1) }.expectLinearizable(200)
    }

    @Test(arguments: TestDriver.available)
    func `INV-12 however many accept at once, no service has more holders than the policy allows`(
        driver: TestDriver
    ) async throws {
        let histories = try await AccessHistories.ofExclusivity(on: driver, count: 120)
        try await Rounds { try await histories.play($0, &$1) }.expectLinearizable(120)
    }
}
