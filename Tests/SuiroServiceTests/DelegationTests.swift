import Foundation
import SuiroAssets
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Granular delegated administration between a partner and a customer, on every database.
@Suite struct DelegationTests {
    private struct Scene {
        let world: TestWorld
        let partner: Organization
        let agent: Person
        let customer: Organization
        let admin: Person
        let colleague: Person

        init(_ driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            (partner, agent) = try await {
                let (partner, people) = try await $0.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
                return (partner, people[0])
            }(world)
            let (customer, people) = try await world.add(
                .customer,
                "Mirai",
                domain: "m.example",
                roles: [[.globalAdmin], [.globalAdmin]]
            )
            (self.customer, admin, colleague) = (customer, people[0], people[1])
        }

        func sent(_ name: String = "Helpdesk") async throws -> ID<DelegatedAdminRelationship> {
            let draft = DelegationDraft(
                customer: customer.id.as(Customer.self),
                displayName: name,
                duration: try #require(GrantDuration("P30D")),
                roles: [.helpdeskAdministrator],
                autoExtendDays: nil
            )
            let made = try await world.service.createDelegation(draft, world.context(agent))
            _ = try await world.service.sendDelegation(made.relationship.id, world.context(agent))
            return made.relationship.id
        }

        func active() async throws -> ID<DelegatedAdminRelationship> {
            let id = try await sent()
            _ = try await world.service.approveDelegation(id, termsHash: nil, world.context(admin))
            return id
        }

        func status(_ id: ID<DelegatedAdminRelationship>) async throws -> DelegationStatus {
            try await world.service.delegation(id, world.context(agent)).status
        }
    }

    @Test(arguments: TestDriver.available)
    func `INV-02 approval is kept with the text that was approved`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active()
        let access = try await scene.world.service.access(
            in: scene.customer.id.as(Customer.self),
            scene.world.context(scene.admin)
        )
        let row = try #require(access.grants.first)
        #expect(row.grant.kind == .gdap && row.grant.id == id.as(AccessGrant.self))
        #expect(row.consent.person == scene.admin.id && row.consent.terms.contains("Helpdesk"))
    }

    @Test(arguments: TestDriver.available)
    func `two administrators who answer at once are one answer`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.sent()
        let answers = await withTaskGroup(of: Bool.self) { group in
            for person in [scene.admin, scene.colleague] {
                group.addTask {
                    let context = scene.world.context(person)
                    return (try? await scene.world.service.approveDelegation(id, termsHash: nil, context)) != nil
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter(\.self).count == 1)
        let (requests, _) = try await scene.world.service.requests(of: id, scene.world.context(scene.agent))
        #expect(requests.map(\.action) == [.lockForApproval, .approve])
    }

    @Test(arguments: TestDriver.available)
    func `GD-03 two drafts of one name at once are one draft`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let made = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 { group.addTask { (try? await scene.sent("Same")) != nil } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(made.filter(\.self).count == 1)
    }

    @Test(arguments: TestDriver.available)
    func `GD-29 under the rules of 2017 relationships rest while the account is suspended`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active()
        try await scene.world.service.setStanding(of: scene.partner.id.as(Partner.self), to: .suspended)
        #expect(try await scene.status(id) == .active)
        await #expect(throws: Refusal.partnerSuspended) { _ = try await scene.sent("Another") }
    }

    @Test(arguments: TestDriver.available)
    func `time is told of once, by mail and in the log`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active()
        scene.world.clock.now = scene.world.clock.now.adding(days: 31)
        try await scene.world.service.sweep()
        try await scene.world.service.sweep()
        #expect(try await scene.status(id) == .expired)
        let mails = try await scene.world.service.readAsSystem { tx in try tx.mails() }
        #expect(mails.filter { $0.kind == "delegationExpired" }.count == 3)
        #expect(!mails.contains { $0.kind == "delegationReminder" }, "what was missed is not told afterwards")
    }
}
