import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Consent that means something, on every database.
@Suite struct ConsentTests {
    private struct Scene {
        let world: TestWorld
        let partner: Organization
        let agent: Person
        let customer: Organization
        let admin: Person
        let user: Person
        let stranger: Person

        init(_ driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            let (partner, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
            let (customer, people) = try await world.add(
                .customer,
                "Mirai",
                domain: "m.example",
                roles: [[.globalAdmin], [.user]]
            )
            let (_, others) = try await world.add(.customer, "Other", domain: "o.example", roles: [[.globalAdmin]])
            (self.partner, agent, self.customer, admin, user) = (partner, agents[0], customer, people[0], people[1])
            stranger = others[0]
        }

        func ask() async throws -> String {
            try await world.service.requestRelationship(world.wish(customer), world.context(agent)).request.code
        }

        func hash(_ code: String, _ language: Language = .en) async throws -> String {
            try await world.service.invitation(code, world.context(admin, language: language)).terms.hash
        }

        func accept(_ code: String, _ hash: String, by person: Person) async throws -> InvitationOutcome {
            try await world.service.acceptInvitation(code, termsHash: hash, world.context(person))
        }

        func subscriptions() async throws -> Int {
            try await world.service.subscriptions(of: customer.id.as(Customer.self), world.context(agent)).count
        }
    }

    @Test(arguments: TestDriver.available)
    func `S-07 no partner action alone can create access`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        _ = try await scene.ask()
        await #expect(
            throws: Refusal.noRelationship(partner: scene.partner.id, customer: scene.customer.id.as(Customer.self))
        ) {
            _ = try await scene.subscriptions()
        }
    }

    @Test(arguments: TestDriver.available)
    func `REL-08 only a global administrator of the customer decides`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let code = try await scene.ask()
        let hash = try await scene.hash(code)
        await #expect(throws: Refusal.deciderRole(required: .globalAdmin)) {
            _ = try await scene.accept(code, hash, by: scene.user)
        }
        await #expect(throws: Refusal.wrongTenant) { _ = try await scene.accept(code, hash, by: scene.stranger) }
        await #expect(throws: Refusal.self) { _ = try await scene.accept(code, hash, by: scene.agent) }
        #expect(try await scene.accept(code, hash, by: scene.admin).state == "accepted")
    }

    @Test(arguments: TestDriver.available, Language.allCases)
    func `acceptance is bound to the text in the language that was shown`(
        driver: TestDriver,
        language: Language
    ) async throws {
        let scene = try await Scene(driver)
        let code = try await scene.ask()
        await #expect(throws: Refusal.termsChanged) {
            _ = try await scene.accept(code, String(repeating: "0", count: 64), by: scene.admin)
        }
        _ = try await scene.accept(code, scene.hash(code, language), by: scene.admin)
        let access = try await scene.world.service.access(
            in: scene.customer.id.as(Customer.self),
            scene.world.context(scene.admin)
        )
        #expect(access.grants.count == 2)
        #expect(access.grants.allSatisfy { $0.consent.language == language && $0.consent.person == scene.admin.id })
        #expect(
            access.grants.allSatisfy { $0.consent.terms.sha256.count == 64 && $0.grant.until > scene.world.clock.now }
        )
    }

    @Test(arguments: TestDriver.available)
    func `an invitation is used once`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let code = try await scene.ask()
        let hash = try await scene.hash(code)
        _ = try await scene.accept(code, hash, by: scene.admin)
        await #expect(throws: Refusal.invitationClosed(.accepted)) {
            _ = try await scene.accept(code, hash, by: scene.admin)
        }
    }

    @Test(arguments: TestDriver.available)
    func `withdrawing access takes effect on the next request`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let code = try await scene.ask()
        _ = try await scene.accept(code, scene.hash(code), by: scene.admin)
        #expect(try await scene.subscriptions() == 0)
        let customer = scene.customer.id.as(Customer.self)
        let access = try await scene.world.service.access(in: customer, scene.world.context(scene.admin))
        for row in access.grants {
            _ = try await scene.world.service.endAccess(row.grant.id, in: customer, scene.world.context(scene.admin))
        }
        await #expect(throws: Refusal.noRelationship(partner: scene.partner.id, customer: customer)) {
            _ = try await scene.subscriptions()
        }
    }

    @Test(arguments: TestDriver.available)
    func `delegated administration ends by itself, the relationship stays`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let code = try await scene.ask()
        _ = try await scene.accept(code, scene.hash(code), by: scene.admin)
        let customer = scene.customer.id.as(Customer.self)
        scene.world.clock.now = scene.world.clock.now.adding(days: 180).adding(milliseconds: -1)
        #expect(try await scene.world.service.customer(customer, scene.world.context(scene.agent)).hasDelegatedAdmin)
        scene.world.clock.now = scene.world.clock.now.adding(milliseconds: 1)
        #expect(try await !scene.world.service.customer(customer, scene.world.context(scene.agent)).hasDelegatedAdmin)
    }

    @Test(arguments: TestDriver.available)
    func `accepting and withdrawing at once has exactly one outcome`(driver: TestDriver) async throws {
        for _ in 0..<8 {
            let scene = try await Scene(driver)
            let view = try await scene.world.service.requestRelationship(
                scene.world.wish(scene.customer),
                scene.world.context(scene.agent)
            )
            let hash = try await scene.hash(view.request.code)
            async let accepted = { () async -> Bool in
                (try? await scene.accept(view.request.code, hash, by: scene.admin)) != nil
            }()
            async let withdrawn = { () async -> Bool in
                (try? await scene.world.service.withdraw(view.request.id, scene.world.context(scene.agent))) != nil
            }()
            let (won, lost) = (await accepted, await withdrawn)
            #expect(won != lost)
            let after = try await scene.world.service.relationshipRequest(
                view.request.id,
                scene.world.context(scene.agent)
            )
            #expect(after.state == (won ? "accepted" : "withdrawn"))
        }
    }

    @Test(arguments: TestDriver.available)
    func `a refusal can be explained and is audited`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let context = scene.world.context(scene.agent)
        let (buyer, _) = try await scene.world.add(.direct, "Rival", domain: "r.example", roles: [[.adminAgent]])
        await #expect(throws: Refusal.self) {
            try await scene.world.service.checkResale(to: buyer.id.as(Customer.self), context)
        }
        let decisions = try await scene.world.service.decisions(context.correlation, scene.world.context(scene.agent))
        #expect(decisions.contains { $0.read.key == "resale.cspToCsp" && $0.outcome == "RESALE_CSP_TO_CSP_FORBIDDEN" })
        let audit = try await scene.world.service.audit(AuditQuery(), scene.world.context(scene.agent))
        #expect(audit.contains { !$0.entry.hasSucceeded && $0.entry.details["rule"] == "S-26" })
    }
}

/// Why was I refused: every refusal that a caller could wonder about has an answer.
@Suite struct ExplanationTests {
    @Test(arguments: TestDriver.available)
    func `a refusal without a policy row is explained as well`(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (_, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
        let (customer, _) = try await world.add(.customer, "Mirai", domain: "m.example", roles: [[.globalAdmin]])
        let context = world.context(agents[0])
        await #expect(throws: Refusal.self) {
            _ = try await world.service.subscriptions(of: customer.id.as(Customer.self), context)
        }
        let decisions = try await world.service.decisions(context.correlation, world.context(agents[0]))
        #expect(decisions.map(\.read.verdict) == ["NO_RELATIONSHIP"])
        #expect(decisions.map(\.read.rule) == ["S-19"])
    }

    @Test(arguments: TestDriver.available)
    func `an explanation is shown to the tenant that asked and to no other`(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (_, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
        let (_, others) = try await world.add(.direct, "Harbor", domain: "h.example", roles: [[.adminAgent]])
        let (customer, _) = try await world.add(.customer, "Mirai", domain: "m.example", roles: [[.globalAdmin]])
        let context = world.context(agents[0])
        _ = try? await world.service.subscriptions(of: customer.id.as(Customer.self), context)
        await #expect(throws: Refusal.notFound(.decision, context.correlation.uuidString.lowercased())) {
            _ = try await world.service.decisions(context.correlation, world.context(others[0]))
        }
    }
}

/// The customer sees when its access was last used.
@Suite struct LastUseTests {
    @Test(arguments: TestDriver.available)
    func `looking at a customer's subscriptions is noted as a use of the access`(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (_, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
        let (customer, people) = try await world.add(.customer, "Mirai", domain: "m.example", roles: [[.globalAdmin]])
        try await world.relate(agents[0], customer, people[0])
        let id = customer.id.as(Customer.self)
        func lastUse() async throws -> Instant? {
            let access = try await world.service.access(in: id, world.context(people[0]))
            return access.grants.first { $0.grant.kind == .dap }?.lastUsedAt
        }
        #expect(try await lastUse() == nil)
        _ = try await world.service.subscriptions(of: id, world.context(people[0]))
        #expect(try await lastUse() == nil)
        _ = try await world.service.subscriptions(of: id, world.context(agents[0]))
        #expect(try await lastUse() == world.clock.now)
    }
}
