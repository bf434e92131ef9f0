import SuiroDomain
import Testing

/// Moves as they seldom go: what fails as a whole, who comes late, who is not known.
@Suite struct MoveCornerTests {
    private func usage(_ number: UInt8, like one: Subscription) -> Subscription {
        Subscription(
            id: Sample.id(number),
            customer: one.customer,
            name: one.name,
            family: one.family,
            channel: one.channel,
            source: one.source,
            seller: one.seller,
            billOwner: one.billOwner,
            createdAt: one.createdAt
        )
    }

    /// Everybody has agreed, and only the confirmation is missing from the cut-over.
    private func checked(_ scene: MoveScene) throws -> MoveScene {
        let line = MoveLine(name: .byForm, initiator: .target)
        var scene = scene
        try line.agree(on: &scene)
        for index in 1..<3 { try line.goOn(&scene, index) }
        return scene
    }

    @Test(arguments: [0, 2])
    func `OP-01 where nothing changes hands, nothing is left of the partner that keeps it`(daysAhead: Int) throws {
        var scene = try MoveLine(name: .byForm, initiator: .target).scene()
        scene.wish.cutover = scene.now.adding(days: daysAhead)
        scene = try checked(scene)
        var good = scene
        let next = daysAhead == 0 ? MoveState.handover : .scheduled
        #expect(try good.take(.step(.confirmVerification, .source)) == .done(next))
        #expect(good.successions.count == 3)
        #expect(Set(good.leftovers.map(\.kind)) == [.dap, .resellerTie, .standingGroup])

        scene.subscriptions[0].status = .suspended
        #expect(try scene.take(.step(.confirmVerification, .source)) == .done(.finishedWithErrors))
        #expect(scene.successions.isEmpty)
        #expect(scene.leftovers.isEmpty)
    }

    @Test func `OP-01 what was going to be left is not, when all that was to go is called off`() throws {
        var scene = try checked(MoveLine(name: .byForm, initiator: .target).scene())
        #expect(try scene.take(.step(.confirmVerification, .source)) == .done(.scheduled))
        #expect(try scene.take(.callOff) == .done(.finishedWithErrors))
        #expect(scene.successions.isEmpty)
        #expect(scene.leftovers.isEmpty)
    }

    @Test func `OP-01, OP-13 only what goes leaves a group behind, and what stays keeps the relationship`() throws {
        var scene = try MoveLine(name: .byForm, initiator: .target).scene()
        let (first, second) = (scene.subscriptions[0], usage(10, like: scene.subscriptions[0]))
        let third = usage(11, like: first)
        scene.subscriptions += [second, third]
        scene.wish.subscriptions.append(second.id)
        scene = try checked(scene)
        scene.subscriptions[1].status = .suspended
        #expect(try scene.take(.step(.confirmVerification, .source)) == .done(.scheduled))
        #expect(scene.leftovers.compactMap(\.subscription) == [first.id])
        #expect(Set(scene.leftovers.map(\.kind)) == [.dap, .standingGroup])
    }

    @Test func `SW-09 a relationship that is accepted after the request counts for whoever agrees then`() throws {
        let line = MoveLine(name: .byForm, initiator: .customer)
        let later = try line.scene().now.adding(days: 3)
        let tie = try #require(
            AccessGrant(
                id: Sample.id(64),
                customer: Sample.customer,
                partner: Sample.partner,
                kind: .resellerTie,
                roles: [],
                consent: Sample.id(60),
                from: later,
                until: later.adding(days: 365)
            )
        )
        var scene = try line.scene(hasTie: false)
        scene.grants.append(tie)
        try scene.request()
        #expect(try scene.take(.approve(.customer)) == .done(.planned))
        scene.now = later.adding(milliseconds: -1)
        #expect(try scene.take(.approve(.target)) == .refused(.noRelationship))
        scene.now = later
        // What the customer agreed to before holds: the terms are the same.
        #expect(try scene.take(.approve(.target)) == .done(.awaitingConsent))
        #expect(try scene.take(.approve(.source)) == .done(.inProgress))
    }

    @Test func `SW-09 a relationship that has ended since the request does not count`() throws {
        let line = MoveLine(name: .byForm, initiator: .customer)
        var scene = try line.scene()
        try scene.request()
        let tie = try #require(scene.grants.first { $0.partner == Sample.partner && $0.kind == .resellerTie })
        var late = scene
        scene.now = scene.now.adding(days: 3)
        #expect(try scene.take(.approve(.target)) == .done(.awaitingConsent))
        late.now = late.now.adding(days: 3)
        late.grants.removeAll { $0.id == tie.id }
        #expect(try late.take(.approve(.target)) == .refused(.noRelationship))
    }

    @Test func `SW-06 what a partner that nobody knows would do is done outside, and its customer says so`() throws {
        let line = MoveLine(name: .byForm, initiator: .target)
        var scene = try line.scene()
        let stranger = Party(kind: .partner, id: nil, name: "Kita Cloud")
        (scene.subscriptions[0].seller, scene.subscriptions[0].billOwner) = (stranger, stranger)
        scene.source = nil
        try scene.request()
        // Nobody can ask it.
        #expect(try scene.preview().consents == [.customer, .target])
        #expect(try scene.take(.approve(.source)) == .refused(.consentNotNeeded))
        #expect(try scene.take(.approve(.customer)) == .done(.awaitingConsent))
        #expect(try scene.take(.approve(.target)) == .done(.inProgress))
        for step in [MoveStep.openRequest, .checkSignatures] {
            #expect(try scene.take(.step(step, .source)) == .refused(.notYourStep))
            #expect(try scene.take(.step(step, .customer)) == .done(.inProgress))
        }
        #expect(try scene.take(.step(.confirmVerification, .customer)) == .done(.scheduled))
        #expect(scene.leftovers.isEmpty)
        scene.now = try #require(scene.move?.progress?.cutover)
        #expect(try scene.take(.step(.grantAccess, .customer)) == .done(.handover))
        #expect(try scene.take(.step(.verifyAccess, .target)) == .done(.completed))
    }
}
