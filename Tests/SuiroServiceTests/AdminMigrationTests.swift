import Foundation
import SuiroAssets
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// From delegated administration to granular relationships, many customers at once.
@Suite struct AdminMigrationTests {
    private struct Scene {
        let world: TestWorld
        let service: PartnerService
        let partner: Organization
        let agent: Person
        let helper: Person
        let group = ID<PartnerGroup>(UUID())

        init(_ driver: TestDriver, hasMembers: Bool = true) async throws {
            world = try await TestWorld(on: driver, at: try #require(Instant("2024-01-10T00:00:00Z")))
            service = world.service
            let (partner, people) = try await world.add(
                .direct,
                "Tozai",
                domain: "t.example",
                roles: [[.adminAgent, .globalAdmin], [.adminAgent]]
            )
            (self.partner, agent, helper) = (partner, people[0], people[1])
            _ = try await service.putGroup(group, named: "Helpers", world.context(agent))
            if hasMembers { _ = try await service.addMember(helper.id, to: group, world.context(agent)) }
        }

        /// A customer that has granted delegated administration, and its administrator.
        func customer(_ name: String) async throws -> (id: ID<Customer>, admin: Person) {
            let (house, people) = try await world.add(
                .customer,
                name,
                domain: "\(name.lowercased()).example",
                roles: [[.globalAdmin]]
            )
            var wish = world.wish(house, days: 730)
            wish.days = 730
            let view = try await service.requestRelationship(wish, world.context(agent))
            let admin = world.context(people[0])
            let terms = try await service.invitation(view.request.code, admin).terms
            _ = try await service.acceptInvitation(view.request.code, termsHash: terms.hash, admin)
            return (house.id.as(Customer.self), people[0])
        }

        /// Today's rules hold from now on.
        func publishToday() async throws {
            let now = world.clock.now
            _ = try await service.writeAsSystem { tx in
                let book = try #require(try tx.book(1))
                let package = try PolicyFiles.shipped("2026")
                try tx.insert(book.publishing(package, effective: now), from: package.name, effective: now)
                return true
            }
        }

        func wish(_ customers: [ID<Customer>]? = nil, force: Bool = false) -> MigrationWish {
            MigrationWish(customers: customers, groups: [(group: group, roles: nil)], isForced: force)
        }

        func migrate(_ wish: MigrationWish) async throws -> MigrationView {
            try await service.migrate(wish, world.context(agent))
        }

        func row(_ job: MigrationJob) async throws -> MigrationRow? {
            try await service.migration(job.id, from: 0, limit: 10, world.context(agent)).rows.first?.row
        }

        func isDelegated(_ customer: ID<Customer>) async throws -> Bool {
            let now = world.clock.now
            return try await service.readAsSystem { [partner] tx in
                try tx.openGrant(.dap, of: partner.id.as(Partner.self), in: customer)?.isLive(at: now) == true
            }
        }

        func pass(_ days: Int, milliseconds: Int64 = 0) async throws {
            world.clock.now = world.clock.now.adding(days: days).adding(milliseconds: milliseconds)
            try await service.sweep()
        }
    }

    @Test(
        "GD-24: today delegated administration is enough for a relationship; before, the customer is asked",
        arguments: TestDriver.available
    )
    func consent(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (first, admin) = try await scene.customer("Mirai")
        let (second, other) = try await scene.customer("Aoba")
        let asked = try await scene.migrate(scene.wish([first]))
        let row = try #require(asked.rows.first?.row)
        #expect((row.outcome, row.why) == (.asked, .sent))
        let id = try #require(row.relationship)
        let waiting = try await scene.service.delegation(id, scene.world.context(scene.agent))
        #expect(waiting.status == .approvalPending)
        try await scene.publishToday()
        let carried = try await scene.migrate(scene.wish([first, second]))
        #expect(carried.rows.map(\.row.outcome) == [.skipped, .migrated])
        #expect(carried.rows.map(\.row.why) == [.pending, .carriedOver])
        #expect(carried.waiting == 0)
        let made = try #require(carried.rows.last?.row.relationship)
        let view = try await scene.service.delegation(made, scene.world.context(scene.agent))
        #expect(view.status == .active)
        #expect(view.relationship.roles.count == 9)
        // The partner stands as the one who attests it, never the customer.
        let ways = try await scene.service.access(in: second, scene.world.context(other)).grants
        let consent = try #require(ways.first { $0.grant.kind == .gdap }?.consent)
        #expect(consent.basis == .attestedByPartner)
        #expect(consent.person == scene.agent.id)
        // The one that was asked is assigned when the customer has approved.
        _ = try await scene.service.approveDelegation(id, termsHash: nil, scene.world.context(admin))
        try await scene.pass(0, milliseconds: 3_600_001)
        let assigned = try await scene.service.assignments(of: id, scene.world.context(scene.agent)).assignments
        #expect(assigned.map(\.group) == ["\(scene.group)"])
        #expect(try await scene.row(asked.job)?.outcome == .migrated)
    }

    @Test(
        "GD-23: delegated administration goes when both have stood beside each other for 30 days, not a moment before",
        arguments: TestDriver.available
    )
    func grace(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.publishToday()
        let (customer, _) = try await scene.customer("Mirai")
        let view = try await scene.migrate(scene.wish())
        #expect(view.rows.map(\.row.customer) == [customer])
        let ends = try #require(view.rows.first?.row.ends)
        try await scene.pass(0, milliseconds: ends.milliseconds - scene.world.clock.now.milliseconds - 1)
        #expect(try await scene.isDelegated(customer))
        #expect(try await scene.row(view.job)?.outcome == .migrated)
        try await scene.pass(0, milliseconds: 1)
        #expect(try await !scene.isDelegated(customer))
        #expect(try await scene.row(view.job)?.outcome == .completed)
        #expect(ends == view.job.createdAt.adding(days: 30))
    }

    @Test("GD-23: a customer whose relationship ended within 365 days is not moved", arguments: TestDriver.available)
    func quiet(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.publishToday()
        let (customer, _) = try await scene.customer("Mirai")
        let id = try #require(try await scene.migrate(scene.wish()).rows.first?.row.relationship)
        #expect(try await scene.migrate(scene.wish()).rows.map(\.row.why) == [.exists])
        try await scene.pass(1)
        _ = try await scene.service.terminateDelegation(id, force: true, scene.world.context(scene.agent))
        scene.world.clock.now = scene.world.clock.now.adding(days: 365).adding(milliseconds: -1)
        #expect(try await scene.migrate(scene.wish([customer])).rows.map(\.row.why) == [.endedLately])
        scene.world.clock.now = scene.world.clock.now.adding(milliseconds: 1)
        #expect(try await scene.migrate(scene.wish([customer])).rows.map(\.row.outcome) == [.migrated])
    }

    @Test(
        "GD-23: where the relationship ended meanwhile, delegated administration stays",
        arguments: TestDriver.available
    )
    func ended(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.publishToday()
        let (customer, _) = try await scene.customer("Mirai")
        let view = try await scene.migrate(scene.wish())
        let id = try #require(view.rows.first?.row.relationship)
        try await scene.pass(1)
        _ = try await scene.service.terminateDelegation(id, force: true, scene.world.context(scene.agent))
        try await scene.pass(31)
        #expect(try await scene.isDelegated(customer))
        let row = try await scene.row(view.job)
        #expect((row?.outcome, row?.why) == (.refused, .notInForce))
    }

    @Test("The preview says who loses what and when, and writes nothing", arguments: TestDriver.available)
    func preview(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.publishToday()
        let (customer, _) = try await scene.customer("Mirai")
        let context = scene.world.context(scene.agent)
        let preview = try await scene.service.migrationPreview(scene.wish(), from: 0, limit: 10, context)
        let row = try #require(preview.rows.first)
        #expect(row.outcome == .migrated)
        let losses = Dictionary(uniqueKeysWithValues: row.losses.map { ($0.person, $0) })
        // GD-16: whoever is in a group has the group's roles at once; whoever is in none loses all of it at the end.
        #expect(losses[scene.helper.id]?.isAtOnce == true)
        #expect(losses[scene.helper.id]?.keeps.count == 9)
        #expect(losses[scene.agent.id]?.isAtOnce == false)
        #expect(losses[scene.agent.id]?.keeps == [])
        #expect(losses[scene.agent.id]?.loses == ["helpdeskAdministrator"])
        let all = try await scene.service.delegations(context)
        #expect(all.isEmpty)
        let again = try await scene.service.migrationPreview(scene.wish([customer]), from: 0, limit: 10, context)
        #expect(again.rows.map(\.ends) == preview.rows.map(\.ends))
    }

    @Test(
        "A customer of nobody's is refused by name of nothing, and a stranger's job is not found",
        arguments: TestDriver.available
    )
    func strangers(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (house, _) = try await scene.world.add(.customer, "Kita", domain: "kita.example", roles: [[.globalAdmin]])
        let view = try await scene.migrate(scene.wish([house.id.as(Customer.self), ID(UUID())]))
        #expect(view.rows.map(\.row.outcome) == [.refused, .refused])
        #expect(view.rows.map(\.row.why) == [.notDelegated, .notDelegated])
        #expect(view.rows.map(\.row.customerName) == [nil, nil])
        let (_, others) = try await scene.world.add(.direct, "Q", domain: "q.example", roles: [[.adminAgent]])
        await #expect(throws: Refusal.self) {
            try await scene.service.migration(view.job.id, from: 0, limit: 1, scene.world.context(others[0]))
        }
    }
}
