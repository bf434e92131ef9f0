import SuiroTesting
import Testing

/// An invitation under many hands at once (SM-1).
@Suite struct InvitationHistoryTests {
    @Test(arguments: TestDriver.available, [true, false])
    func `whoever opens, accepts, declines, withdraws, reminds and reads at once finds one invitation with one ending`(
        driver: TestDriver,
        hasAddress: Bool
    ) async throws {
        let histories = try await InvitationHistories(on: driver, count: 100, hasAddress: hasAddress)
        try await Rounds { histories.play($0, &$1) }.expectLinearizable(100)
    }
}
