import SuiroTesting
import Testing

/// A managed subscription under many hands at once (SM-5).
@Suite struct SubscriptionHistoryTests {
    @Test(arguments: TestDriver.available)
    func `whoever changes seats, suspends, reactivates, cancels and reads at once finds one subscription`(
        driver: TestDriver
    ) async throws {
        let histories = try await SubscriptionHistories(on: driver, count: 200)
        try await Rounds { try await histories.play($0, &$1) }.expectLinearizable(200)
    }
}
