import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Usage goes from one partner to another (SM-8), on every database.
@Suite struct SwitchTests {
    @Test(arguments: TestDriver.available)
    func `SM-8a the manual switch goes through its steps and ends with nothing left behind`(driver: TestDriver)
        async throws
    {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        #expect(move.state == .awaitingConsent)
        #expect(move.preview.procedure == .switchPartner(.manual))
        #expect(move.preview.steps.map(\.step).first == .writtenNotice)
        let agreed = try await stage.agree(move)
        #expect(agreed.state == .inProgress)
        #expect(agreed.steps.first { $0.state == .ready }?.step == .openRequest)
        let moved = try await stage.play(agreed, until: .grantAccess)
        #expect(moved.state == .handover)
        let kinds = try await stage.service.leftovers(in: stage.buyer, stage.context(.customer)).map(\.leftover.kind)
        #expect(Set(kinds) == [.resellerTie, .dap, .standingGroup])
        let done = try await stage.play(moved)
        #expect(done.state == .completed)
        let after = try await stage.subscription(usage)
        #expect(after.billOwner.id == stage.target.id)
        #expect(after.seller.id == stage.target.id)
        #expect(after.supportContact?.id == stage.target.id)
    }

    @Test(arguments: TestDriver.available)
    func `INV-03 the bill has one owner before and another from the cut-over on, whether or not anything ran`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let cutover = try #require(Instant("2017-06-16T00:00:00Z"))
        let move = try await stage.request(stage.wish(usage, cutover: cutover))
        let scheduled = try await stage.play(stage.agree(move), until: .cutOver)
        #expect(scheduled.state == .scheduled)
        #expect(scheduled.move.progress?.cutover == cutover)
        stage.world.clock.now = cutover.adding(milliseconds: -1)
        #expect(try await stage.subscription(usage).billOwner.id == stage.source.id)
        stage.world.clock.now = cutover
        #expect(try await stage.subscription(usage).billOwner.id == stage.target.id)
        #expect(try await stage.look(move).state == .handover)
    }

    @Test(arguments: TestDriver.available)
    func `SW-14 after the switch two ids are known, and either is accepted`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let moved = try await stage.play(stage.agree(stage.request(stage.wish(usage))), until: .grantAccess)
        let alias = try #require(moved.move.progress?.items.first?.alias.flatMap { ID<Subscription>($0) })
        #expect(alias != usage)
        #expect(try await stage.subscription(alias).id == usage)
        #expect(try await stage.subscription(alias, by: .target).id == usage)
    }

    @Test(arguments: TestDriver.available)
    func `SM-8c the old access is not removed before the new one stands, unless the customer orders it`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let moved = try await stage.play(stage.agree(stage.request(stage.wish(usage))), until: .grantAccess)
        let leftovers = try await stage.service.leftovers(in: stage.buyer, stage.context(.customer))
        let dap = try #require(leftovers.first { $0.leftover.kind == .dap })
        func remove(_ isImmediate: Bool) async throws {
            _ = try await stage.service.resolveLeftover(
                dap.leftover.id,
                in: stage.buyer,
                .remove,
                reason: nil,
                isImmediate: isImmediate,
                stage.context(.customer)
            )
        }
        await #expect(throws: Refusal.handoverOrder) { try await remove(false) }
        try await remove(true)
        #expect(try await stage.look(moved).leftovers.first { $0.leftover.kind == .dap }?.isOpen == false)
        await #expect(throws: Refusal.leftoverResolved) { try await remove(true) }
    }

    @Test(arguments: TestDriver.available)
    func `OP-01 a move does not complete while one leftover stands`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.play(stage.agree(stage.request(stage.wish(usage))), until: .removeAccess)
        await #expect(throws: Refusal.leftoversStand(count: 3)) {
            _ = try await stage.step(.removeAccess, of: move, by: .customer)
        }
        let leftovers = try await stage.service.leftovers(in: stage.buyer, stage.context(.customer))
        for (index, leftover) in leftovers.enumerated() {
            #expect(try await stage.look(move).state == .handover)
            _ = try await stage.service.resolveLeftover(
                leftover.leftover.id,
                in: stage.buyer,
                index == 0 ? .signOff : .remove,
                reason: index == 0 ? "still needed" : nil,
                isImmediate: false,
                stage.context(.customer)
            )
        }
        #expect(try await stage.look(move).state == .completed)
    }

    @Test(arguments: TestDriver.available)
    func `TR-05 nobody can agree after thirty days, and the subscription is free again`(driver: TestDriver) async throws
    {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        stage.world.clock.now = move.move.expires.adding(milliseconds: -1)
        _ = try await stage.approve(move, by: .customer)
        stage.world.clock.now = move.move.expires
        await #expect(throws: Refusal.moveNotOpen(.expired)) { _ = try await stage.approve(move, by: .source) }
        let copy = try await stage.service.renewMove(move.move.id, stage.context(.target))
        #expect(copy.move.renews == move.move.id)
        #expect(copy.state == .awaitingConsent)
        #expect(try await stage.look(move).state == .expired)
    }

    @Test(arguments: TestDriver.available)
    func `SM-8 a consent holds only for the terms that the party saw`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        let half = try await stage.approve(move, by: .customer)
        _ = try await stage.service.writeAsSystem(in: .customer(stage.buyer)) { tx in
            guard var subscription = try tx.subscription(usage, of: stage.buyer) else { return false }
            subscription.monthlyCost = subscription.monthlyCost.map { Money($0.amount * 2, $0.currency) }
            subscription.revision += 1
            try tx.update(subscription)
            return true
        }
        await #expect(throws: Refusal.termsChanged) { _ = try await stage.approve(half, by: .source) }
        let read = try await stage.look(move)
        #expect(read.termsHash != move.termsHash)
        let answered = try await stage.approve(read, by: .source)
        #expect(answered.state == .awaitingConsent)
        let agreed = try await stage.approve(try await stage.approve(read, by: .customer), by: .target)
        #expect(agreed.state == .inProgress)
    }

    @Test(arguments: TestDriver.available)
    func `SW-06 a step belongs to its party and has its turn`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        await #expect(throws: Refusal.stepLocked(.openRequest, waitsFor: nil)) {
            _ = try await stage.step(.openRequest, of: move, by: .source)
        }
        let agreed = try await stage.agree(move)
        await #expect(throws: Refusal.notYourStep(.source)) {
            _ = try await stage.step(.openRequest, of: agreed, by: .target)
        }
        await #expect(throws: Refusal.stepLocked(.checkSignatures, waitsFor: .openRequest)) {
            _ = try await stage.step(.checkSignatures, of: agreed, by: .source)
        }
        let opened = try await stage.step(.openRequest, of: agreed, by: .source)
        #expect(try await stage.step(.openRequest, of: opened, by: .source).move.revision == opened.move.revision)
    }

    @Test(arguments: TestDriver.available)
    func `SM-8 a refusal ends the move and all parties see the reason`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        let declined = try await stage.service.answerMove(
            move.move.id,
            .decline(reason: "open invoices"),
            stage.context(.source)
        )
        #expect(declined.state == .declined)
        for party in MoveParty.allCases {
            guard case .closed(.declined(let by, let reason), _, _) = try await stage.look(move, by: party).move.phase
            else {
                Issue.record("not declined for \(party)")
                continue
            }
            #expect(by == .source && reason == "open invoices")
        }
        let mails = try await stage.service.readAsSystem { tx in try tx.mails() }.filter { $0.kind == "moveDeclined" }
        #expect(Set(mails.map(\.language)) == [.en, .ja])
        #expect(mails.count == 3 && mails.allSatisfy { $0.body.contains("open invoices") })
    }

    @Test(arguments: TestDriver.available)
    func `TR-07 what stopped being active before the cut-over stays, and the others go`(driver: TestDriver) async throws
    {
        let stage = try await MoveStage(driver)
        let first = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let second = try await stage.hold("Storage", .usage, .csp, cost: "310")
        let cutover = try #require(Instant("2017-06-16T00:00:00Z"))
        let move = try await stage.request(stage.wish(first, second, cutover: cutover))
        let scheduled = try await stage.play(stage.agree(move), until: .cutOver)
        _ = try await stage.service.change(
            second,
            of: stage.buyer,
            SubscriptionChange(status: .suspended),
            stage.context(.source)
        )
        stage.world.clock.now = cutover
        #expect(try await stage.subscription(first).billOwner.id == stage.target.id)
        #expect(try await stage.subscription(second).billOwner.id == stage.source.id)
        let done = try await stage.play(scheduled)
        #expect(done.state == .finishedWithErrors)
        let outcomes = done.move.progress?.items.map(\.outcome) ?? []
        #expect(outcomes.contains(.moved(at: cutover)))
        #expect(outcomes.contains { if case .failed(.notActive, _) = $0 { true } else { false } })
    }

    @Test(arguments: TestDriver.available)
    func `OP-45 a partner that loses its standing takes over nothing`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let cutover = try #require(Instant("2017-06-16T00:00:00Z"))
        let move = try await stage.request(stage.wish(usage, cutover: cutover))
        _ = try await stage.play(stage.agree(move), until: .cutOver)
        try await stage.service.setStanding(of: stage.target.id.as(Partner.self), to: .suspended)
        stage.world.clock.now = cutover.adding(days: 1)
        #expect(try await stage.subscription(usage).billOwner.id == stage.source.id)
        #expect(try await stage.look(move).state == .finishedWithErrors)
    }

    @Test(arguments: TestDriver.available)
    func `TR-06 a move that waits may be withdrawn, and not after the cut-over`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let first = try await stage.request(stage.wish(usage))
        await #expect(throws: (any Error).self) {
            _ = try await stage.service.withdrawMove(first.move.id, reason: nil, stage.context(.source))
        }
        let gone = try await stage.service.withdrawMove(first.move.id, reason: "later", stage.context(.target))
        #expect(gone.state == .withdrawn)
        let second = try await stage.play(stage.agree(stage.request(stage.wish(usage))), until: .grantAccess)
        await #expect(throws: Refusal.withdrawalTooLate) {
            _ = try await stage.service.withdrawMove(second.move.id, reason: nil, stage.context(.customer))
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-11 a customer begins, and the partner it names needs its relationship only to agree`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let (third, agents) = try await stage.world.add(.direct, "Nanboku", domain: "n.example", roles: [[.adminAgent]])
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        var wish = stage.wish(usage)
        wish.target = third.id.as(Partner.self)
        let move = try await stage.request(wish, by: .customer)
        #expect(move.state == .planned)
        let context = stage.world.context(agents[0])
        let seen = try await stage.service.move(move.move.id, context)
        await #expect(throws: (any Error).self) {
            _ = try await stage.service.answerMove(seen.move.id, .approve(terms: seen.termsHash), context)
        }
        try await stage.world.relate(agents[0], stage.customer, stage.admin)
        let answered = try await stage.service.answerMove(seen.move.id, .approve(terms: seen.termsHash), context)
        #expect(answered.state == .awaitingConsent)
    }

    @Test(arguments: TestDriver.available)
    func `SM-14 a move keeps the edition it began with and says when a newer rule exists`(driver: TestDriver)
        async throws
    {
        let stage = try await MoveStage(driver, at: "2026-06-01T00:00:00Z")
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        #expect(move.newerEdition == nil)
        try await stage.publishToday()
        let later = try await stage.look(move)
        #expect(later.preview.procedure == .switchPartner(.manual))
        #expect(later.termsHash == move.termsHash)
        #expect(later.newerEdition == "2026")
        #expect(later.wouldChange)
        let other = try await stage.hold("Storage", .usage, .csp, cost: "310")
        let fresh = try await stage.request(stage.wish(other))
        #expect(fresh.preview.procedure == .switchPartner(.selfService))
        let agreed = try await stage.agree(fresh)
        #expect(agreed.state == .handover)
    }

    @Test(arguments: TestDriver.available)
    func `SW-11 the provider has eight business hours to answer, not seven days`(driver: TestDriver) async throws {
        // Friday; the steps before take some seconds.
        let stage = try await MoveStage(driver, at: "2017-06-09T15:00:00Z")
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let agreed = try await stage.agree(stage.request(stage.wish(usage)))
        #expect(agreed.steps.first { $0.state == .ready }?.due == agreed.move.progress?.agreedAt.adding(days: 7))
        let asked = try await stage.play(agreed, until: .confirmVerification)
        let due = try #require(asked.steps.first { $0.step == .confirmVerification }?.due)
        #expect(due.day == "2017-06-12")
    }

    @Test(arguments: TestDriver.available)
    func `SW-15 what is scheduled is said to have moved only from the cut-over on`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let cutover = try #require(Instant("2017-06-16T00:00:00Z"))
        let move = try await stage.request(stage.wish(usage, cutover: cutover))
        let scheduled = try await stage.play(stage.agree(move), until: .cutOver)
        for (instant, standing) in [
            (cutover.adding(milliseconds: -1), ItemStanding.scheduled(at: cutover)), (cutover, .moved(at: cutover)),
        ] {
            stage.world.clock.now = instant
            let view = try await stage.look(scheduled)
            #expect(view.move.standing(of: try #require(view.move.progress?.items.first), at: view.at) == standing)
        }
    }

    @Test(arguments: TestDriver.available)
    func `TR-05 a move that nobody answered stands in nobody's way, swept or not`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let first = try await stage.request(stage.wish(usage))
        #expect(try await stage.preview(stage.wish(usage)).startBlockers.map(\.reason) == [.alreadyMoving])
        stage.world.clock.now = first.move.expires
        #expect(try await stage.preview(stage.wish(usage)).startBlockers.isEmpty)
        #expect(try await stage.request(stage.wish(usage)).state == .awaitingConsent)
    }
}
