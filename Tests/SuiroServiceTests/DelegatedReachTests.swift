import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// What a partner without a reseller relationship may do by granular delegation, read in each request's transaction.
@Suite struct DelegatedReachTests {
    /// A partner and a customer on a database that one or two servers serve.
    private struct Scene {
        let database: SharedDatabase
        let agent: Person
        let seller: Person
        let chief: Person
        let admin: Person
        let customer: ID<Customer>
        let group = ID<PartnerGroup>(UUID())

        var here: TestWorld { database.servers[0] }
        /// Another node where there is one.
        var there: TestWorld { database.servers[database.servers.count - 1] }

        init(_ driver: TestDriver) async throws {
            database = try await SharedDatabase(on: driver)
            let roles: [Set<Role>] = [[.adminAgent], [.salesAgent], [.globalAdmin]]
            let (_, people) = try await database.servers[0].add(.direct, "Tozai", domain: "t.example", roles: roles)
            (agent, seller, chief) = (people[0], people[1], people[2])
            let (house, admins) = try await database.servers[0].add(
                .customer,
                "Mirai",
                domain: "m.example",
                roles: [[.globalAdmin]]
            )
            (admin, customer) = (admins[0], house.id.as(Customer.self))
        }

        func approved(_ roles: [DirectoryRole]) async throws -> ID<DelegatedAdminRelationship> {
            let draft = DelegationDraft(
                customer: customer,
                displayName: "Reach",
                duration: try #require(GrantDuration("P30D")),
                roles: roles,
                autoExtendDays: nil
            )
            let made = try await here.service.createDelegation(draft, here.context(agent)).relationship
            _ = try await here.service.sendDelegation(made.id, here.context(agent))
            _ = try await here.service.approveDelegation(made.id, termsHash: nil, here.context(admin))
            return made.id
        }

        /// Approved, assigned, and the agent in the group.
        func inForce(_ roles: [DirectoryRole]) async throws -> ID<DelegatedAdminRelationship> {
            let id = try await approved(roles)
            _ = try await here.service.assignAccess(of: id, to: "\(group)", roles, here.context(agent))
            _ = try await here.service.putGroup(group, named: "Reach", here.context(chief))
            _ = try await here.service.addMember(agent.id, to: group, here.context(chief))
            // Carrying out takes its time (GD-09).
            for world in database.servers { world.clock.now = world.clock.now.adding(seconds: 600) }
            return id
        }

        func refusal(of person: Person, _ world: TestWorld) async throws -> Refusal? {
            do {
                _ = try await world.service.subscriptions(of: customer, world.context(person))
                return nil
            } catch let refusal as Refusal {
                return refusal
            }
        }

        var stranger: Refusal { .noRelationship(partner: agent.tenant, customer: customer) }
    }

    @Test(arguments: TestDriver.available)
    func `D-02: approved, assigned, in the group, an agent, in time: with one missing, the answer names it`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let (world, service) = (scene.here, scene.here.service)
        #expect(try await scene.refusal(of: scene.agent, world) == scene.stranger)
        let id = try await scene.approved([.globalReader, .helpdeskAdministrator])
        for world in scene.database.servers { world.clock.now = world.clock.now.adding(seconds: 600) }
        #expect(try await scene.refusal(of: scene.agent, world) == .notDelegated(.unassigned))
        let made = try await service.assignAccess(
            of: id,
            to: "\(scene.group)",
            [.helpdeskAdministrator],
            world.context(scene.agent)
        )
        for world in scene.database.servers { world.clock.now = world.clock.now.adding(seconds: 600) }
        #expect(try await scene.refusal(of: scene.agent, world) == .notDelegated(.group))
        _ = try await service.putGroup(scene.group, named: "Reach", world.context(scene.chief))
        for person in [scene.agent, scene.seller] {
            _ = try await service.addMember(person.id, to: scene.group, world.context(scene.chief))
        }
        #expect(try await scene.refusal(of: scene.agent, world) == .notDelegated(.directoryRole))
        _ = try await service.reassignAccess(
            made.id,
            of: id,
            seen: nil,
            [.globalReader],
            world.context(scene.agent)
        )
        for world in scene.database.servers { world.clock.now = world.clock.now.adding(seconds: 600) }
        #expect(try await scene.refusal(of: scene.agent, world) == nil)
        #expect(try await scene.refusal(of: scene.seller, world) == .notDelegated(.agentRole))
        #expect(try await scene.refusal(of: scene.chief, world) == .notDelegated(.agentRole))
        // The end, and the millisecond before it; no job has run (D-03).
        let end = try #require(try await service.delegation(id, world.context(scene.agent)).end)
        world.clock.now = end.adding(milliseconds: -1)
        #expect(try await scene.refusal(of: scene.agent, world) == nil)
        world.clock.now = end
        #expect(try await scene.refusal(of: scene.agent, world) == .notDelegated(.ended))
    }

    @Test(arguments: TestDriver.available)
    func `GD-20: delegation reads and writes down; it neither orders nor shows what a reseller bills by`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        _ = try await scene.inForce([.globalAdministrator])
        let (service, context) = (scene.here.service, scene.here.context(scene.agent))
        #expect(try await service.customer(scene.customer, context).billing == nil)
        _ = try await service.access(in: scene.customer, context)
        await #expect(throws: scene.stranger) { _ = try await service.orders(for: scene.customer, context) }
        await #expect(throws: scene.stranger) {
            _ = try await service.updateBillingProfile(of: scene.customer, to: "{}", seen: nil, context)
        }
        await #expect(throws: scene.stranger) {
            _ = try await service.removeRelationship(with: scene.customer, context)
        }
    }

    @Test(arguments: TestDriver.available)
    func `D-07, D-08: what is taken away on one node is gone on every node with the next request`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let (here, there) = (scene.here, scene.there)
        let id = try await scene.inForce([.globalReader])
        for _ in 0..<50 {
            #expect(try await scene.refusal(of: scene.agent, there) == nil)
            try await here.service.removeMember(scene.agent.id, from: scene.group, here.context(scene.chief))
            #expect(try await scene.refusal(of: scene.agent, there) == .notDelegated(.group))
            _ = try await here.service.addMember(scene.agent.id, to: scene.group, here.context(scene.chief))
        }
        #expect(try await scene.refusal(of: scene.agent, there) == nil)
        _ = try await here.service.endAccess(id.as(AccessGrant.self), in: scene.customer, here.context(scene.admin))
        #expect(try await scene.refusal(of: scene.agent, there) == .notDelegated(.ended))
        let house = try #require(
            try await here.service.readAsSystem { tx in try tx.organization(scene.customer.as(Tenant.self)) }
        )
        for _ in 0..<5 {
            try await here.relate(scene.agent, house, scene.admin)
            #expect(try await scene.refusal(of: scene.agent, there) == nil)
            let open = try await here.service.access(in: scene.customer, here.context(scene.admin)).grants
            for row in open where row.grant.kind != .gdap && row.grant.isLive(at: here.clock.now) {
                _ = try await here.service.endAccess(row.grant.id, in: scene.customer, here.context(scene.admin))
            }
            #expect(try await scene.refusal(of: scene.agent, there) == .notDelegated(.ended))
        }
    }

    @Test(arguments: TestDriver.available)
    func `groups are the business of who manages users, and of no other partner`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (world, service) = (scene.here, scene.here.service)
        let (_, others) = try await world.add(.direct, "Rival", domain: "r.example", roles: [[.globalAdmin]])
        let required = Refusal.roleRequired([.globalAdmin], action: .changeGroups)
        await #expect(throws: required) {
            _ = try await service.putGroup(scene.group, named: "Mine", world.context(scene.agent))
        }
        _ = try await service.putGroup(scene.group, named: "Reach", world.context(scene.chief))
        let rival = world.context(others[0])
        await #expect(throws: Refusal.notFound(.group, "\(scene.group)")) {
            _ = try await service.group(scene.group, rival)
        }
        await #expect(throws: Refusal.notFound(.person, "\(others[0].id)")) {
            _ = try await service.addMember(others[0].id, to: scene.group, world.context(scene.chief))
        }
        #expect(try await service.groups(rival).isEmpty)
        let made = try await service.addMember(scene.agent.id, to: scene.group, world.context(scene.chief))
        #expect(made.members.map(\.id) == [scene.agent.id])
        try await service.deleteGroup(scene.group, world.context(scene.chief))
        #expect(try await service.groups(world.context(scene.agent)).isEmpty)
    }
}
