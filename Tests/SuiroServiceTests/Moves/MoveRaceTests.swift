import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Two things happen to one move at the same moment, on PostgreSQL through two servers: they come one after the
/// other, and nothing is ever left between them.
@Suite struct MoveRaceTests {
    private static let times = 30

    /// A database with its servers, whose clocks all say the same.
    private struct Arena {
        let database: SharedDatabase

        init(on driver: TestDriver, at instant: String = "2017-06-09T00:00:00Z") async throws {
            database = try await SharedDatabase(on: driver)
            set(Instant(instant) ?? .earliest)
        }

        func set(_ instant: Instant) {
            for server in database.servers { server.clock.now = instant }
        }

        /// A fresh customer with its two partners.
        func stage() async throws -> MoveStage {
            let stage = try await MoveStage(in: database.servers[0], tag: UUID().uuidString.lowercased())
            set(stage.world.clock.now)
            return stage
        }

        /// One of two calls that race, each through a server of its own where there are two.
        func attempt<Value: Sendable>(
            _ number: Int,
            _ call: (PartnerService) async throws -> Value
        ) async throws -> Attempt {
            do {
                _ = try await call(database.servers[number % database.servers.count].service)
                return Attempt(refusal: nil)
            } catch let refusal as Refusal {
                return Attempt(refusal: refusal)
            }
        }
    }

    /// The refusal that a call met; any other failure is thrown.
    private struct Attempt {
        let refusal: Refusal?
        var reason: Reason? { refusal?.reason }
    }

    private func events(_ name: String, _ stage: MoveStage) async throws -> Int {
        let intent = Intent(.system, .serve, in: .customer(stage.buyer), at: stage.world.clock.now, correlation: UUID())
        return try await stage.service.store.read(intent) { tx in try tx.entries() }.count { $0.event == name }
    }

    private func successions(_ stage: MoveStage) async throws -> [Succession] {
        try await stage.service.readAsSystem { [buyer = stage.buyer] tx in try tx.successions(in: buyer) }
    }

    @Test(arguments: TestDriver.available)
    func `TR-06 a withdrawal against the last approval leaves one of them, and tells the other which`(
        driver: TestDriver
    ) async throws {
        let arena = try await Arena(on: driver)
        for round in 0..<Self.times {
            let stage = try await arena.stage()
            let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
            arena.set(stage.world.clock.now)
            let move = try await stage.request(stage.wish(usage), by: .customer)
            _ = try await stage.approve(move, by: .target)
            let (id, terms) = (move.move.id, move.termsHash)
            async let withdrawing = arena.attempt(round) {
                try await $0.withdrawMove(id, reason: nil, stage.context(.target))
            }
            async let approving = arena.attempt(round + 1) {
                try await $0.answerMove(id, .approve(terms: terms), stage.context(.source))
            }
            let (withdrawal, approval) = (try await withdrawing, try await approving)
            let state = try await stage.look(move).state
            if state == .withdrawn {
                #expect(withdrawal.refusal == nil && approval.refusal == .moveNotOpen(.withdrawn))
            } else {
                #expect(state == .inProgress)
                // Agreed, it is called off by the customer or by whoever began it.
                #expect(approval.refusal == nil && withdrawal.refusal == .notYourMove(row: nil))
            }
            #expect(try await events("moveAgreed", stage) == (state == .withdrawn ? 0 : 1))
        }
    }

    @Test(arguments: TestDriver.available)
    func `TR-06 where the last approval is the cut-over, either nothing has changed hands or it is too late`(
        driver: TestDriver
    ) async throws {
        let arena = try await Arena(on: driver, at: "2026-06-01T00:00:00Z")
        let first = try await arena.stage()
        try await first.publishToday()
        arena.set(first.world.clock.now)
        for round in 0..<Self.times {
            let stage = try await arena.stage()
            let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
            arena.set(stage.world.clock.now)
            let move = try await stage.request(stage.wish(usage))
            _ = try await stage.approve(move, by: .customer)
            let (id, terms) = (move.move.id, move.termsHash)
            async let approving = arena.attempt(round) {
                try await $0.answerMove(id, .approve(terms: terms), stage.context(.source))
            }
            async let withdrawing = arena.attempt(round + 1) {
                try await $0.withdrawMove(id, reason: nil, stage.context(.target))
            }
            let (approval, withdrawal) = (try await approving, try await withdrawing)
            let state = try await stage.look(move).state
            let owner = try await stage.subscription(usage).billOwner.id
            if state == .withdrawn {
                #expect(withdrawal.refusal == nil && approval.refusal == .moveNotOpen(.withdrawn))
                #expect(owner == stage.source.id)
                #expect(try await successions(stage).isEmpty)
            } else {
                #expect(state == .handover)
                #expect(approval.refusal == nil && withdrawal.refusal == .withdrawalTooLate)
                #expect(owner == stage.target.id)
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-46 a license that its partner cancels in the instant its term ends has ended once`(
        driver: TestDriver
    ) async throws {
        let arena = try await Arena(on: driver)
        for round in 0..<Self.times {
            let stage = try await arena.stage()
            let start = stage.world.clock.now
            let end = start.adding(days: 1)
            let term = Term(start: start.adding(days: -364), end: end, autoRenew: false)
            let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
            arena.set(stage.world.clock.now)
            let move = try await stage.play(
                stage.agree(stage.request(stage.wish(license, kind: .replaceLicense, plan: .wait))),
                until: .endOld
            )
            let (id, buyer) = (move.move.id, stage.buyer)
            arena.set(end.adding(milliseconds: -1))
            async let cancelling = arena.attempt(round) {
                try await $0.change(license, of: buyer, SubscriptionChange(status: .deleted), stage.context(.source))
            }
            // Time goes on while the cancellation is on its way.
            arena.set(end)
            async let ending = arena.attempt(round + 1) {
                try await $0.doStep(.endOld, of: id, StepInput(), stage.context(.source))
            }
            let (cancellation, ended) = (try await cancelling, try await ending)
            #expect(ended.refusal == nil)
            let kept = try await stage.service.readAsSystem { tx in try tx.subscription(license, of: buyer) }
            #expect(kept?.status == .deleted)
            #expect(kept?.revision == 2)
            if cancellation.refusal == nil {
                #expect(kept?.course.statusAt == end.adding(milliseconds: -1))
            } else {
                #expect(cancellation.reason == .notActive)
                #expect(kept?.course.statusAt == end)
            }
            let steps = try await stage.look(move).steps
            #expect(steps.first { $0.step == .endOld }?.state == .done)
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-01 the last leftover, resolved twice at once, is resolved once and ends the move once`(
        driver: TestDriver
    ) async throws {
        let arena = try await Arena(on: driver, at: "2026-06-01T00:00:00Z")
        let first = try await arena.stage()
        try await first.publishToday()
        arena.set(first.world.clock.now)
        for round in 0..<Self.times {
            let stage = try await arena.stage()
            let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
            arena.set(stage.world.clock.now)
            let move = try await stage.play(stage.agree(stage.request(stage.wish(usage))), until: .removeAccess)
            let buyer = stage.buyer
            let left = try await stage.service.leftovers(in: buyer, stage.context(.customer)).filter(\.isOpen)
                .map(\.leftover.id)
            for id in left.dropLast() {
                _ = try await stage.service.resolveLeftover(
                    id,
                    in: buyer,
                    .remove,
                    reason: nil,
                    isImmediate: false,
                    stage.context(.customer)
                )
            }
            let last = try #require(left.last)
            #expect(try await stage.look(move).state == .handover)
            async let one = arena.attempt(round) {
                try await $0.resolveLeftover(
                    last,
                    in: buyer,
                    .remove,
                    reason: nil,
                    isImmediate: false,
                    stage.context(.customer)
                )
            }
            async let other = arena.attempt(round + 1) {
                try await $0.resolveLeftover(
                    last,
                    in: buyer,
                    .signOff,
                    reason: nil,
                    isImmediate: false,
                    stage.context(.customer)
                )
            }
            let refusals = [try await one.refusal, try await other.refusal].compactMap(\.self)
            #expect(refusals == [.leftoverResolved])
            #expect(try await stage.look(move).state == .completed)
            #expect(try await events("leftoverResolved", stage) == left.count)
            #expect(try await events("moveCompleted", stage) == 1)
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-45 a partner that is suspended while the last party agrees takes over nothing`(
        driver: TestDriver
    ) async throws {
        let arena = try await Arena(on: driver, at: "2026-06-01T00:00:00Z")
        let first = try await arena.stage()
        try await first.publishToday()
        arena.set(first.world.clock.now)
        for round in 0..<Self.times {
            let stage = try await arena.stage()
            let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
            arena.set(stage.world.clock.now)
            let cutover = stage.world.clock.now.adding(days: 1)
            let move = try await stage.request(stage.wish(usage, cutover: cutover))
            _ = try await stage.approve(move, by: .customer)
            let (id, terms) = (move.move.id, move.termsHash)
            try await expectNothing(of: usage, changesHandsAt: cutover, move, arena, stage, round) {
                try await $0.answerMove(id, .approve(terms: terms), stage.context(.source))
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-45 a partner that is suspended while the verification is confirmed takes over nothing`(
        driver: TestDriver
    ) async throws {
        let arena = try await Arena(on: driver)
        for round in 0..<Self.times {
            let stage = try await arena.stage()
            let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
            arena.set(stage.world.clock.now)
            let cutover = stage.world.clock.now.adding(days: 1)
            let request = try await stage.request(stage.wish(usage, cutover: cutover))
            let move = try await stage.play(stage.agree(request), until: .confirmVerification)
            let id = move.move.id
            try await expectNothing(of: usage, changesHandsAt: cutover, move, arena, stage, round) {
                try await $0.doStep(.confirmVerification, of: id, StepInput(), stage.context(.source))
            }
        }
    }

    /// The target loses its standing at the same moment: what would have scheduled the cut-over is refused, or the
    /// cut-over is called off.
    private func expectNothing(
        of usage: ID<Subscription>,
        changesHandsAt cutover: Instant,
        _ move: MoveView,
        _ arena: Arena,
        _ stage: MoveStage,
        _ round: Int,
        _ schedule: @escaping @Sendable (PartnerService) async throws -> MoveView
    ) async throws {
        let target = stage.target.id.as(Partner.self)
        async let scheduling = arena.attempt(round, schedule)
        async let suspending = arena.attempt(round + 1) { try await $0.setStanding(of: target, to: .suspended) }
        let (scheduled, suspended) = (try await scheduling, try await suspending)
        #expect(suspended.refusal == nil)
        #expect(try await successions(stage).isEmpty)
        let state = try await stage.look(move).state
        if scheduled.refusal == nil {
            #expect(state == .finishedWithErrors)
        } else {
            #expect(scheduled.reason == .partnerSuspended)
            #expect([.awaitingConsent, .inProgress].contains(state))
        }
        let before = stage.world.clock.now
        arena.set(cutover.adding(days: 1))
        #expect(try await stage.subscription(usage).billOwner.id == stage.source.id)
        arena.set(before)
    }
}
