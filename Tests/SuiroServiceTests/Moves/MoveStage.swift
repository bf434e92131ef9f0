import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// Two partners, a customer, and what the customer holds: where moves are played.
struct MoveStage {
    let world: TestWorld
    let source: Organization
    let sourceAgent: Person
    let target: Organization
    let targetAgent: Person
    let customer: Organization
    let admin: Person
    let buyer: ID<Customer>

    init(_ driver: TestDriver, at instant: String = "2017-06-09T00:00:00Z") async throws {
        try await self.init(in: TestWorld(on: driver, at: Instant(instant) ?? .earliest))
    }

    /// One of several on a database: `tag` tells its organizations from those of the others.
    init(in world: TestWorld, tag: String = "") async throws {
        self.world = world
        let (source, sourceAgents) = try await world.add(
            .direct,
            "Hokusei",
            domain: "h\(tag).example",
            roles: [[.adminAgent]]
        )
        let (target, targetAgents) = try await world.add(
            .direct,
            "Tozai",
            domain: "t\(tag).example",
            roles: [[.adminAgent]]
        )
        let (customer, people) = try await world.add(
            .customer,
            "Mirai",
            domain: "m\(tag).example",
            language: .ja,
            roles: [[.globalAdmin]]
        )
        (self.source, sourceAgent, self.target, targetAgent) = (source, sourceAgents[0], target, targetAgents[0])
        (self.customer, admin, buyer) = (customer, people[0], customer.id.as(Customer.self))
        try await world.relate(sourceAgent, customer, admin)
        world.clock.now = world.clock.now.adding(seconds: 60)
        try await world.relate(targetAgent, customer, admin)
        world.clock.now = world.clock.now.adding(seconds: 60)
    }

    var service: PartnerService { world.service }

    func person(_ party: MoveParty) -> Person {
        switch party {
        case .customer: admin
        case .source: sourceAgent
        case .target: targetAgent
        }
    }

    func context(_ party: MoveParty) -> CallContext { world.context(person(party)) }

    /// Something the customer holds; sold by the source where the channel is the program.
    func hold(
        _ name: String,
        _ family: Family,
        _ channel: Channel,
        cost: String? = nil,
        currency: String = "JPY",
        term: Term? = nil,
        product: String? = nil,
        quantity: Int? = nil,
        dependsOn: ID<Subscription>? = nil
    ) async throws -> ID<Subscription> {
        let id: ID<Subscription> = world.fresh()
        let seller =
            channel == .csp
            ? Party(kind: .partner, id: source.id, name: source.name) : Party(kind: .vendor, id: nil, name: "Vendor")
        let money = cost.flatMap { Decimal(exactly: $0) }.flatMap { amount in
            Currency(currency).map { Money(amount, $0) }
        }
        let subscription = Subscription(
            id: id,
            customer: buyer,
            name: name,
            productID: product,
            family: family,
            channel: channel,
            source: channel == .csp ? .managed : .observed,
            seller: seller,
            billOwner: seller,
            supportContact: channel == .csp ? seller : nil,
            quantity: quantity,
            term: term,
            monthlyCost: money,
            dependsOn: dependsOn,
            createdAt: world.clock.now
        )
        _ = try await service.writeAsSystem(in: .customer(buyer)) { tx in
            try tx.insert(subscription)
            return true
        }
        world.clock.now = world.clock.now.adding(seconds: 1)
        return id
    }

    func wish(
        _ subscriptions: ID<Subscription>...,
        kind: MoveKind? = nil,
        plan: LicensePlan? = nil,
        cutover: Instant? = nil
    ) -> MoveWish {
        MoveWish(
            subscriptions: subscriptions,
            target: target.id.as(Partner.self),
            kind: kind,
            plan: plan,
            cutover: cutover
        )
    }

    func preview(_ wish: MoveWish, by party: MoveParty = .target) async throws -> MovePreview {
        try await service.previewMove(wish, of: buyer, context(party)).preview
    }

    func request(_ wish: MoveWish, by party: MoveParty = .target) async throws -> MoveView {
        try await service.requestMove(wish, of: buyer, context(party))
    }

    func approve(_ move: MoveView, by party: MoveParty) async throws -> MoveView {
        try await service.answerMove(move.move.id, .approve(terms: move.termsHash), context(party))
    }

    /// Everybody agrees.
    func agree(_ move: MoveView) async throws -> MoveView {
        var view = move
        for consent in move.move.consents { view = try await approve(view, by: consent.party) }
        return view
    }

    func look(_ move: MoveView, by party: MoveParty = .customer) async throws -> MoveView {
        try await service.move(move.move.id, context(party))
    }

    func step(_ step: MoveStep, of move: MoveView, by party: MoveParty, _ input: StepInput = StepInput()) async throws
        -> MoveView
    {
        try await service.doStep(step, of: move.move.id, input, context(party))
    }

    /// Does each step whose turn it is by whoever has to, until something else is needed.
    func play(_ move: MoveView, until stop: MoveStep? = nil) async throws -> MoveView {
        var view = try await look(move)
        while let next = view.steps.first(where: { $0.state == .ready }), next.step != stop,
            let party = next.who.party
        {
            if next.step == .removeAccess {
                view = try await clear(view)
            } else {
                view = try await step(next.step, of: view, by: party)
            }
        }
        return view
    }

    /// The customer removes every leftover.
    func clear(_ move: MoveView) async throws -> MoveView {
        for leftover in try await service.leftovers(in: buyer, context(.customer)) where leftover.isOpen {
            _ = try await service.resolveLeftover(
                leftover.leftover.id,
                in: buyer,
                .remove,
                reason: nil,
                isImmediate: false,
                context(.customer)
            )
        }
        return try await look(move)
    }

    func subscription(_ id: ID<Subscription>, by party: MoveParty = .customer) async throws -> Subscription {
        try await service.subscription(id, of: buyer, context(party)).subscription
    }

    /// Today's rules take effect.
    func publishToday() async throws {
        let (_, people) = try await world.add(.vendor, "Vendor", domain: "v.example", roles: [[.policyOwner]])
        let context = world.context(people[0])
        let draft = try await service.draftPackage(service.shippedPackage("2026"), context)
        _ = try await service.publishPackage(draft.id, effective: nil, context)
        world.clock.now = world.clock.now.adding(seconds: 1)
    }
}
