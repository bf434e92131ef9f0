import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// What somebody meets who wants to move something, whom a move waits for, and what stands behind a subscription.
@Suite struct CandidateTests {
    private func term(_ stage: MoveStage) -> Term? {
        let now = stage.world.clock.now
        return Term(start: now.adding(months: -2), end: now.adding(months: 10), autoRenew: false)
    }

    private func candidate(
        _ id: ID<Subscription>,
        _ stage: MoveStage,
        by party: MoveParty = .target
    ) async throws -> MoveCandidate {
        let found = try await stage.service.moveCandidates(of: stage.buyer, stage.context(party))
        return try #require(found.items.first { $0.subscription.id == id })
    }

    @Test(arguments: TestDriver.available)
    func `SM-0 everything goes its way, whoever asks`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let elsewhere = try await stage.hold("Old compute", .usage, .ea, cost: "31000")
        let open = try await stage.hold("Office", .license, .open, cost: "100", term: term(stage))
        for party in MoveParty.allCases {
            #expect(try await candidate(usage, stage, by: party).way == .switchPartner, "\(party)")
            #expect(try await candidate(elsewhere, stage, by: party).way == .recreate, "\(party)")
            #expect(try await candidate(open, stage, by: party).way == .replaceLicense, "\(party)")
        }
    }

    @Test(arguments: TestDriver.available)
    func `S-16, S-17 a licence of the program is refused, with two exits and what they cost`(driver: TestDriver)
        async throws
    {
        let stage = try await MoveStage(driver)
        let term = term(stage)
        let license = try await stage.hold("Dynamics", .license, .csp, cost: "1000", term: term)
        let found = try await stage.service.moveCandidates(
            of: stage.buyer,
            choosing: [license],
            stage.context(.customer)
        )
        let item = try #require(found.items.first)
        #expect(item.blockers.map(\.reason) == [.licenseSwitchForbidden])
        #expect(item.way == .replaceLicense)
        #expect(found.exits.map(\.plan) == [.wait, .cancelFirst])
        #expect(found.exits.allSatisfy { $0.blockers.isEmpty && $0.cost != nil })
        #expect(found.exits[0].ends == term?.end)
        #expect(found.exits[1].ends == found.at)
    }

    @Test(arguments: TestDriver.available)
    func `LT-02 what cannot go without it is named`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let base = try await stage.hold("Compute", .usage, .csp)
        let addOn = try await stage.hold("Backup", .usage, .csp, dependsOn: base)
        #expect(try await candidate(base, stage).addOns.map(\.id) == [addOn])
        #expect(try await candidate(addOn, stage).addOns.isEmpty)
        let background = try await stage.service.background(of: base, of: stage.buyer, stage.context(.target))
        #expect(background.addOns.map(\.id) == [addOn])
    }

    @Test(arguments: TestDriver.available)
    func `INV-03 what is moving already is said so, and which move it is only to those who take part`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let move = try await stage.request(stage.wish(usage))
        let (_, others) = try await stage.world.add(.direct, "Minato", domain: "o.example", roles: [[.adminAgent]])
        try await stage.world.relate(others[0], stage.customer, stage.admin)
        let stranger = stage.world.context(others[0])
        for (context, known) in [(stage.context(.source), move.move.id as ID<Move>?), (stranger, nil)] {
            let found = try await stage.service.moveCandidates(of: stage.buyer, context)
            let item = try #require(found.items.first)
            #expect(item.blockers.contains { $0.reason == .alreadyMoving })
            #expect(item.move == known)
            let background = try await stage.service.background(of: usage, of: stage.buyer, context)
            #expect(background.move?.id == known)
        }
    }

    @Test(arguments: TestDriver.available)
    func `REL-17 a customer sees all its partners, a partner only those that sell`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        _ = try await stage.hold("Compute", .usage, .csp)
        func names(_ party: MoveParty) async throws -> [String] {
            try await stage.service.moveCandidates(of: stage.buyer, stage.context(party)).partners.map(\.name)
        }
        #expect(try await names(.customer) == ["Hokusei", "Tozai"])
        #expect(try await names(.target) == ["Hokusei"])
        #expect(try await names(.source).isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `a move waits for those whose answer or step is missing`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        func waiting() async throws -> [MoveParty] {
            var parties: [MoveParty] = []
            for party in MoveParty.allCases
            where try await !stage.service.movesWaiting(stage.context(party)).isEmpty { parties.append(party) }
            return parties
        }
        #expect(try await waiting().isEmpty)
        let move = try await stage.request(stage.wish(usage))
        #expect(try await waiting() == [.customer, .source], "who asks has agreed")
        let agreed = try await stage.agree(move)
        #expect(try await waiting() == [.source])
        let moved = try await stage.play(agreed, until: .grantAccess)
        #expect(moved.deadline == moved.next?.due)
        #expect(try await waiting() == [.customer])
        _ = try await stage.play(moved)
        #expect(try await waiting().isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `INV-03 the turns of the bill touch; one that is still to come is shown to those who take part`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp, cost: "31000")
        let cutover = try #require(Instant("2017-06-16T00:00:00Z"))
        let (_, others) = try await stage.world.add(.direct, "Minato", domain: "o.example", roles: [[.adminAgent]])
        try await stage.world.relate(others[0], stage.customer, stage.admin)
        _ = try await stage.play(stage.agree(stage.request(stage.wish(usage, cutover: cutover))), until: .cutOver)
        func bills(_ context: CallContext) async throws -> SubscriptionBackground {
            try await stage.service.background(of: usage, of: stage.buyer, context)
        }
        let before = try await bills(stage.context(.customer))
        #expect(before.bills.map(\.party.id) == [stage.source.id, stage.target.id])
        #expect(before.bills[0].to == cutover && before.bills[1].from == cutover)
        #expect(before.bills[0].from == nil && before.bills[1].to == nil)
        #expect(before.aliases.isEmpty)
        #expect(try await bills(stage.world.context(others[0])).bills.map(\.party.id) == [stage.source.id])
        stage.world.clock.now = cutover
        let after = try await bills(stage.world.context(others[0]))
        #expect(after.bills.map(\.party.id) == [stage.source.id, stage.target.id])
        #expect(after.aliases.count == 1)
    }
}
