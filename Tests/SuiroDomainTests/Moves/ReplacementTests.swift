import SuiroDomain
import Testing

/// Licences that are replaced: who ends the old ones, what takes their place, and from when on (SM-6).
@Suite struct ReplacementTests {
    private func license(
        _ number: UInt8,
        _ channel: Channel,
        source: SubscriptionSource? = nil,
        soldByTarget: Bool = false,
        quantity: Int? = 120,
        term: Term? = nil
    ) throws -> Subscription {
        let one = try Sample.subscription(.license, channel, soldByAsker: soldByTarget)
        return Subscription(
            id: Sample.id(number),
            customer: one.customer,
            name: one.name,
            family: .license,
            channel: channel,
            source: source ?? one.source,
            seller: one.seller,
            billOwner: one.billOwner,
            quantity: quantity,
            term: try term ?? Sample.term("2017-03-01", "2018-03-01"),
            createdAt: one.createdAt
        )
    }

    private func scene(_ held: [Subscription], _ plan: LicensePlan, on day: String = "2017-06-09") throws -> MoveScene {
        let wish = MoveWish(
            subscriptions: held.map(\.id),
            target: Sample.partner,
            kind: .replaceLicense,
            plan: plan,
            cutover: nil
        )
        return try MoveScene(at: Sample.instant(day), under: Sample.book(), holding: held, wish: wish)
    }

    private func agreed(_ held: [Subscription], _ plan: LicensePlan) throws -> MoveScene {
        var scene = try scene(held, plan)
        try agree(on: &scene)
        return scene
    }

    private func agree(on scene: inout MoveScene) throws {
        try scene.request()
        #expect(try scene.take(.approve(.customer)) == .done(.awaitingConsent))
        #expect(try scene.take(.approve(.target)) == .done(.inProgress))
    }

    private func ender(_ held: Subscription) throws -> StepActor? {
        try scene([held], .cancelFirst).preview().steps.first { $0.step == .endOld }?.who
    }

    @Test func `INV-04 what is only observed and what its seller manages do not end in one move`() throws {
        let (managed, observed) = (try license(9, .csp), try license(10, .csp, source: .observed))
        #expect(managed.seller == observed.seller)
        #expect(try ender(managed) == .source)
        #expect(try ender(observed) == .customer)
        let mixed = try scene([managed, observed], .cancelFirst).preview()
        #expect(mixed.startBlockers.map(\.reason) == [.differentSellers])
        #expect(mixed.startBlockers.map(\.subscription) == [observed.id])
        let alike = try scene([managed, license(10, .csp)], .cancelFirst).preview()
        #expect(alike.startBlockers.isEmpty)
    }

    @Test(arguments: [true, false])
    func `OP-13 calling off ends what the move has bought, and nothing that was there before`(isBought: Bool) throws {
        let there = try license(10, .csp, soldByTarget: true)
        var scene = try agreed([license(9, .direct)], .wait)
        scene.subscriptions.append(there)
        var input = StepInput()
        if !isBought { input.replacement = there.id }
        #expect(try scene.take(.step(.provision, .target), input) == .done(.inProgress))
        #expect(scene.subscriptions.count == (isBought ? 3 : 2))
        #expect(try scene.take(.withdraw(.customer)) == .done(.withdrawn))
        #expect(scene.subscriptions.map(\.status) == [.active, .active] + (isBought ? [.deleted] : []))
    }

    @Test(arguments: [true, false])
    func `LIC-11 what a move turned off is turned on again when it is called off, and nothing else`(
        renews: Bool
    ) throws {
        let term = try Sample.term("2017-03-01", "2018-03-01", autoRenew: renews)
        var scene = try agreed([license(9, .csp, term: term)], .wait)
        if renews { #expect(try scene.take(.step(.turnOffRenewal, .source)) == .done(.inProgress)) }
        #expect(scene.subscriptions[0].term?.autoRenew == false)
        #expect(try scene.take(.withdraw(.customer)) == .done(.withdrawn))
        #expect(scene.subscriptions[0].term?.autoRenew == renews)
    }

    @Test(
        arguments: [
            (120, 119, Reason.seatsUnassigned), (120, 120, nil), (120, 121, nil), (120, nil, .seatsUnassigned),
            (nil, 1, nil), (nil, nil, nil),
        ] as [(Int?, Int?, Reason?)]
    )
    func `LIC-05 a replacement has as many seats as the old one had, or nobody calls the seats compared`(
        old: Int?,
        new: Int?,
        reason: Reason?
    ) throws {
        let replacement = try license(10, .csp, soldByTarget: true, quantity: new)
        var scene = try agreed([license(9, .direct, quantity: old)], .cancelFirst)
        scene.subscriptions.append(replacement)
        #expect(try scene.take(.step(.endOld, .customer)) == .done(.inProgress))
        var input = StepInput()
        input.replacement = replacement.id
        #expect(try scene.take(.step(.provision, .target), input) == .done(.inProgress))
        let result = try scene.take(.step(.compareSeats, .target))
        #expect(result == reason.map { .refused($0) } ?? .done(.completed))
    }

    @Test func `LIC-05 when the replacement has gone, the comparison can name another`() throws {
        var scene = try agreed([license(9, .direct)], .cancelFirst)
        #expect(try scene.take(.step(.endOld, .customer)) == .done(.inProgress))
        #expect(try scene.take(.step(.provision, .target)) == .done(.inProgress))
        scene.subscriptions[1].status = .deleted
        #expect(try scene.take(.step(.compareSeats, .target)) == .refused(.notFound))
        let (small, other) = (
            try license(10, .csp, soldByTarget: true, quantity: 12), try license(11, .csp, soldByTarget: true)
        )
        scene.subscriptions += [small, other]
        var input = StepInput()
        input.replacement = small.id
        #expect(try scene.take(.step(.compareSeats, .target), input) == .refused(.seatsUnassigned))
        input.replacement = other.id
        #expect(try scene.take(.step(.compareSeats, .target), input) == .done(.completed))
    }

    @Test func `SM-6 a licence whose term is over already is replaced at once`() throws {
        let over = try license(9, .direct, term: Sample.term("2016-06-01", "2017-06-01"))
        var scene = try agreed([over], .wait)
        #expect(scene.move?.preview.cutover == scene.now)
        #expect(try scene.take(.step(.provision, .target)) == .done(.inProgress))
        #expect(scene.subscriptions.last?.term?.start == scene.now)
        #expect(try scene.take(.step(.endOld, .customer)) == .done(.inProgress))
    }

    @Test func `BIL-07 a replacement starts when the old term ends, and never before it is bought`() throws {
        let end = try Sample.instant("2017-06-19")
        let license = try license(9, .direct, term: Sample.term("2016-06-19", "2017-06-19"))
        var late = try agreed([license], .wait)
        #expect(late.move?.preview.cutover == end)
        var early = late
        #expect(try early.take(.step(.provision, .target)) == .done(.inProgress))
        #expect(early.subscriptions.last?.term?.start == end)
        late.now = end.adding(days: 2)
        #expect(try late.take(.step(.provision, .target)) == .done(.inProgress))
        #expect(late.subscriptions.last?.term?.start == late.now)
    }

    @Test func `LIC-11 a proposal that outlives the term it waits for is agreed to as it stands, and ends at once`()
        throws
    {
        var scene = try scene([license(9, .direct, term: Sample.term("2016-06-19", "2017-06-19"))], .wait)
        try scene.request()
        #expect(try scene.take(.approve(.customer)) == .done(.awaitingConsent))
        scene.now = try Sample.instant("2017-06-20")
        #expect(try scene.take(.approve(.target)) == .done(.inProgress))
        #expect(try scene.take(.step(.provision, .target)) == .done(.inProgress))
        #expect(scene.subscriptions.last?.term?.start == scene.now)
        #expect(try scene.take(.step(.endOld, .customer)) == .done(.inProgress))
    }
}
