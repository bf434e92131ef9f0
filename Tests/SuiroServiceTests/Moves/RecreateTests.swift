import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Usage bought elsewhere is created anew (SM-7), on every database.
@Suite struct RecreateTests {
    private func input(_ edit: (inout StepInput) -> Void) -> StepInput {
        var input = StepInput()
        edit(&input)
        return input
    }

    private func details(_ stage: MoveStage, _ move: MoveView) async throws -> MoveView {
        try await stage.step(
            .enterDetails,
            of: move,
            by: .target,
            input { $0.details = ["regions": "japaneast", "contacts": "ops@m.example"] }
        )
    }

    @Test(arguments: TestDriver.available)
    func `SM-7 every service gets a verdict, details are entered once, and the old one is watched until it is quiet`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("EA", .usage, .ea, cost: "31000")
        let move = try await stage.agree(stage.request(stage.wish(usage)))
        #expect(move.preview.procedure == .recreate)
        let assessed = try await stage.step(
            .assess,
            of: move,
            by: .target,
            input { $0.services = ["Virtual Machines": .move, "VPN Gateway": .rebuild] }
        )
        let created = try await stage.step(.createTarget, of: assessed, by: .target)
        await #expect(throws: (any Error).self) {
            _ = try await stage.step(.enterDetails, of: created, by: .target)
        }
        let entered = try await details(stage, created)
        #expect(entered.move.progress?.details["oldSubscriptionId"] == "\(usage)")
        let half = try await stage.step(
            .moveServices,
            of: entered,
            by: .target,
            input { $0.services = ["Virtual Machines": .move] }
        )
        await #expect(throws: Refusal.stepLocked(.chooseCancelScope, waitsFor: .moveServices)) {
            _ = try await stage.step(.chooseCancelScope, of: half, by: .customer, input { $0.scope = .whole })
        }
        let moved = try await stage.step(.moveServices, of: half, by: .target)
        await #expect(throws: (any Error).self) {
            _ = try await stage.step(.chooseCancelScope, of: moved, by: .customer)
        }
        let chosen = try await stage.step(
            .chooseCancelScope,
            of: moved,
            by: .customer,
            input { $0.scope = .whole }
        )
        let cancelled = try await stage.step(.cancelOld, of: chosen, by: .customer)
        let end = stage.world.clock.now.adding(days: 7)
        await #expect(throws: Refusal.tooEarly(from: end)) {
            _ = try await stage.step(.watchUsage, of: cancelled, by: .target)
        }
        stage.world.clock.now = end
        let done = try await stage.step(.watchUsage, of: cancelled, by: .target)
        #expect(done.state == .completed)
        #expect(try await stage.subscription(usage).status == .expired)
        #expect(try await stage.subscription(usage).source == .observed)
    }

    @Test(arguments: TestDriver.available)
    func `S-21 single services are cancelled and what is left is looked at again`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Open", .usage, .open, cost: "31000")
        let move = try await stage.agree(stage.request(stage.wish(usage)))
        let created = try await stage.play(move, until: .enterDetails)
        let entered = try await details(stage, created)
        let moved = try await stage.step(.moveServices, of: entered, by: .target)
        let chosen = try await stage.step(
            .chooseCancelScope,
            of: moved,
            by: .customer,
            input { $0.scope = .services }
        )
        let cancelled = try await stage.step(.cancelOld, of: chosen, by: .customer)
        stage.world.clock.now = stage.world.clock.now.adding(days: 7)
        let watched = try await stage.step(.watchUsage, of: cancelled, by: .target)
        #expect(watched.state == .inProgress)
        let done = try await stage.step(.review, of: watched, by: .customer)
        #expect(done.state == .completed)
        #expect(try await stage.subscription(usage).status == .active)
    }

    @Test(arguments: TestDriver.available)
    func `OP-13 calling off a re-creation takes back what was bought for it`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("EA", .usage, .ea, cost: "31000")
        let move = try await stage.agree(stage.request(stage.wish(usage)))
        let created = try await stage.play(move, until: .enterDetails)
        let new = try #require(created.move.progress?.replacements[usage])
        #expect(try await stage.subscription(new).status == .active)
        let gone = try await stage.service.withdrawMove(move.move.id, reason: nil, stage.context(.customer))
        #expect(gone.state == .withdrawn)
        #expect(try await stage.service.subscriptions(of: stage.buyer, stage.context(.customer)).count == 1)
    }
}
