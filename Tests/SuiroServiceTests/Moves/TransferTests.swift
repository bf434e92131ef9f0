import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// A licence goes from one partner to another, where policy allows (SM-9), on every database.
@Suite struct TransferTests {
    private let term = Term(
        start: Instant("2026-03-01T00:00:00Z") ?? .earliest,
        end: Instant("2027-03-01T00:00:00Z") ?? .latest,
        autoRenew: true
    )

    @Test(arguments: TestDriver.available)
    func `SM-9 is refused by the default package and allowed by today's`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        let before = try await stage.preview(stage.wish(license))
        #expect(before.startBlockers.map(\.reason) == [.licenseSwitchForbidden])
        try await stage.publishToday()
        let after = try await stage.preview(stage.wish(license))
        #expect(after.startBlockers.isEmpty)
        #expect(after.procedure == .transferLicense)
        let handover = try await stage.agree(stage.request(stage.wish(license)))
        #expect(handover.state == .scheduled)
    }

    @Test(arguments: TestDriver.available)
    func `LT-07 the source pays through the day of the transfer and the target from the next day on`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        let move = try await stage.request(stage.wish(license))
        let lines = move.preview.billing
        let midnight = try #require(Instant("2026-06-11T00:00:00Z"))
        #expect(lines.map(\.payee.id) == [stage.source.id, stage.target.id])
        #expect(lines.first?.to == midnight && lines.last?.from == midnight)
        #expect(lines.last?.to == term?.end)
        let scheduled = try await stage.agree(move)
        #expect(scheduled.move.progress?.cutover == midnight)
        stage.world.clock.now = midnight.adding(milliseconds: -1)
        #expect(try await stage.subscription(license).billOwner.id == stage.source.id)
        stage.world.clock.now = midnight
        let after = try await stage.subscription(license)
        #expect(after.billOwner.id == stage.target.id)
        #expect(after.quantity == 10 && after.term == term)
        #expect(try await stage.play(scheduled).state == .completed)
    }

    @Test(arguments: TestDriver.available)
    func `LT-02 an add-on goes with its base`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let base = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        let addOn = try await stage.hold(
            "Calling",
            .license,
            .csp,
            cost: "10",
            term: term,
            quantity: 3,
            dependsOn: base
        )
        let preview = try await stage.preview(stage.wish(base))
        #expect(preview.moves.map(\.subscription) == [base, addOn])
        #expect(preview.moves.map(\.cause) == [.asked, .addOn])
    }

    @Test(arguments: TestDriver.available)
    func `INV-03 of ten rivals for one subscription one wins and nine are told`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        var rivals: [(Organization, Person)] = []
        for number in 1...10 {
            let (rival, people) = try await stage.world.add(
                .direct,
                "Rival \(number)",
                domain: "r\(number).example",
                roles: [[.adminAgent]]
            )
            try await stage.world.relate(people[0], stage.customer, stage.admin)
            rivals.append((rival, people[0]))
        }
        let outcomes = await withTaskGroup(of: Result<MoveState, any Error>.self) { group in
            for (rival, person) in rivals {
                group.addTask {
                    let wish = MoveWish(subscriptions: [license], target: rival.id.as(Partner.self))
                    do {
                        let context = stage.world.context(person)
                        return .success(try await stage.service.requestMove(wish, of: stage.buyer, context).state)
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let refused = outcomes.compactMap { outcome -> Reason? in
            guard case .failure(let error) = outcome else { return nil }
            return (error as? Refusal)?.reason
        }
        #expect(outcomes.count - refused.count == 1)
        #expect(refused == Array(repeating: .alreadyMoving, count: 9))
    }

    @Test(arguments: TestDriver.available)
    func `TR-07 what will have ended by the cut-over does not change hands`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let end = try #require(Instant("2026-07-01T00:00:00Z"))
        let term = Term(start: try #require(Instant("2025-07-01T00:00:00Z")), end: end, autoRenew: true)
        for (cutover, runs) in [(end.adding(days: -1), true), (end.adding(days: 1), false)] {
            let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
            let scheduled = try await stage.agree(stage.request(stage.wish(license, cutover: cutover)))
            #expect(scheduled.state == .scheduled)
            _ = try await stage.service.change(
                license,
                of: stage.buyer,
                SubscriptionChange(autoRenew: false),
                stage.context(.source)
            )
            #expect(try await stage.look(scheduled).state == (runs ? .scheduled : .finishedWithErrors))
            #expect(
                try await stage.service.background(of: license, of: stage.buyer, stage.context(.source)).bills.count
                    == (runs ? 2 : 1)
            )
        }
    }

    @Test(arguments: TestDriver.available)
    func `LT-02 an add-on that was bought later is held by the move of its base from the first answer on`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let base = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        func addOn(_ name: String) async throws -> ID<Subscription> {
            try await stage.hold(name, .license, .csp, cost: "500", term: term, quantity: 10, dependsOn: base)
        }
        let move = try await stage.request(stage.wish(base))
        let calling = try await addOn("Calling")
        // Nobody has answered since: whoever is first to ask for it has it, and the other move cannot go on.
        let rival = try await stage.request(stage.wish(calling))
        let blocked = try await stage.look(move, by: .source)
        #expect(blocked.preview.startBlockers.map(\.reason) == [.alreadyMoving])
        await #expect(throws: Refusal.self) { _ = try await stage.approve(blocked, by: .source) }
        _ = try await stage.service.withdrawMove(rival.move.id, reason: nil, stage.context(.target))
        let answered = try await stage.approve(stage.look(move, by: .source), by: .source)
        #expect(answered.preview.moves.map(\.subscription) == [base, calling])
        #expect(try await stage.preview(stage.wish(calling)).startBlockers.map(\.reason) == [.alreadyMoving])
        await #expect(throws: Refusal.self) { _ = try await stage.request(stage.wish(calling)) }
    }
}
