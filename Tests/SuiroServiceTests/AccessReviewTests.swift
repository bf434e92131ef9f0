import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Who has access, since when nobody uses it, when it ends and how it goes on, on every database.
@Suite struct AccessReviewTests {
    private struct Scene {
        let world: TestWorld
        let partner: Organization
        let agent: Person
        let customer: Organization
        let admin: Person
        let service: PartnerService

        var tenant: ID<Customer> { customer.id.as(Customer.self) }

        init(_ driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            service = world.service
            let (partner, people) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
            let (customer, admins) = try await world.add(
                .customer,
                "Mirai",
                domain: "m.example",
                roles: [[.globalAdmin]]
            )
            (self.partner, agent, self.customer, admin) = (partner, people[0], customer, admins[0])
            try await world.relate(agent, customer, admin)
        }

        func pass(days: Int = 0, milliseconds: Int64 = 0) {
            world.clock.now = world.clock.now.adding(days: days).adding(milliseconds: milliseconds)
        }

        func active(
            _ name: String,
            _ roles: [DirectoryRole] = [.helpdeskAdministrator],
            duration: String = "P30D"
        ) async throws -> ID<DelegatedAdminRelationship> {
            let draft = DelegationDraft(
                customer: tenant,
                displayName: name,
                duration: try #require(GrantDuration(duration)),
                roles: roles,
                autoExtendDays: nil
            )
            let id = try await service.createDelegation(draft, world.context(agent)).relationship.id
            _ = try await service.sendDelegation(id, world.context(agent))
            _ = try await service.approveDelegation(id, termsHash: nil, world.context(admin))
            return id
        }

        func assign(_ id: ID<DelegatedAdminRelationship>, _ roles: [DirectoryRole]) async throws {
            _ = try await service.assignAccess(of: id, to: "helpers", roles, world.context(agent))
        }

        func path(_ kind: AccessKind) async throws -> GrantRow? {
            try await service.access(in: tenant, world.context(admin)).grants.first { $0.grant.kind == kind }
        }

        func work() async throws {
            _ = try await service.subscriptions(of: tenant, world.context(agent))
        }

        func paths(_ question: AccessQuestion = AccessQuestion()) async throws -> [AccessPath] {
            try await service.accessPaths(question, limit: 100, world.context(agent)).paths
        }

        func extend(_ wish: ExtensionWish) async throws -> ExtensionView {
            try await service.extend(wish, world.context(agent))
        }
    }

    @Test(arguments: TestDriver.available)
    func `use is noted for each way, and no more than once an hour`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let first = scene.world.clock.now
        try await scene.work()
        #expect(try await scene.path(.resellerTie)?.lastUsedAt == first)
        #expect(try await scene.path(.dap)?.lastUsedAt == first)
        scene.pass(milliseconds: 3_600_000)
        try await scene.work()
        #expect(try await scene.path(.dap)?.lastUsedAt == first)
        scene.pass(milliseconds: 1)
        try await scene.work()
        #expect(try await scene.path(.dap)?.lastUsedAt == scene.world.clock.now)
    }

    @Test(arguments: TestDriver.available)
    func `looking at who has access is no use of it`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        _ = try await scene.service.access(in: scene.tenant, scene.world.context(scene.agent))
        _ = try await scene.paths()
        #expect(try await scene.path(.dap)?.lastUsedAt == nil)
        #expect(try await scene.path(.resellerTie)?.lastUsedAt == nil)
    }

    @Test(arguments: TestDriver.available)
    func `GD-16 beside delegated administration the granular relationship is the one that is used`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active("Helpdesk")
        try await scene.work()
        #expect(try await scene.path(.gdap)?.lastUsedAt == nil, "GD-08: approval alone gives nothing")
        let before = try await scene.path(.dap)?.lastUsedAt
        #expect(before == scene.world.clock.now)
        try await scene.assign(id, [.helpdeskAdministrator])
        scene.pass(days: 1)
        try await scene.work()
        #expect(try await scene.path(.gdap)?.lastUsedAt == scene.world.clock.now)
        #expect(try await scene.path(.dap)?.lastUsedAt == before)
        _ = try await scene.service.terminateDelegation(id, force: true, scene.world.context(scene.agent))
        scene.pass(days: 1)
        try await scene.work()
        #expect(try await scene.path(.dap)?.lastUsedAt == scene.world.clock.now)
    }

    @Test(arguments: TestDriver.available)
    func `D-03 at its end a way is over, a millisecond before it is not, and nothing has swept`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active("Helpdesk")
        let end = try #require(try await scene.path(.gdap)).grant.until
        scene.world.clock.now = end.adding(milliseconds: -1)
        #expect(try await scene.paths(AccessQuestion(kind: .gdap)).map(\.row.grant.until) == [end])
        try await scene.assign(id, [.helpdeskAdministrator])
        scene.world.clock.now = end
        #expect(try await scene.paths(AccessQuestion(kind: .gdap)).isEmpty)
        await #expect(throws: Refusal.accessEnded) {
            _ = try await scene.service.endAccess(
                id.as(AccessGrant.self),
                in: scene.tenant,
                scene.world.context(scene.admin)
            )
        }
    }

    @Test(arguments: TestDriver.available)
    func `D-10 the customer ends every way alone and at once`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active("Helpdesk")
        try await scene.assign(id, [.helpdeskAdministrator])
        let open = try await scene.service.accessPaths(
            AccessQuestion(),
            limit: 100,
            scene.world.context(scene.admin)
        ).paths
        #expect(Set(open.map(\.row.grant.kind)) == [.resellerTie, .dap, .gdap])
        for path in open where path.row.grant.kind != .resellerTie {
            _ = try await scene.service.endAccess(
                path.row.grant.id,
                in: scene.tenant,
                scene.world.context(scene.admin)
            )
        }
        #expect(try await scene.paths().map(\.row.grant.kind) == [.resellerTie])
    }

    @Test(arguments: TestDriver.available)
    func `a list is narrowed by kind, by end and by use, and goes on from page to page`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        for number in 0..<5 { _ = try await scene.active("Helpdesk \(number)") }
        #expect(try await scene.paths().count == 7)
        #expect(try await scene.paths(AccessQuestion(kind: .gdap)).count == 5)
        #expect(try await scene.paths(AccessQuestion(endingWithin: 29)).isEmpty)
        #expect(try await scene.paths(AccessQuestion(endingWithin: 30)).count == 5)
        #expect(try await scene.paths(AccessQuestion(unusedFor: 1)).isEmpty)
        scene.pass(days: 1)
        #expect(try await scene.paths(AccessQuestion(unusedFor: 1)).count == 7)
        try await scene.work()
        #expect(try await scene.paths(AccessQuestion(unusedFor: 1)).count == 5)
        var (seen, next): ([ID<AccessGrant>], AccessPosition?) = ([], nil)
        repeat {
            let page = try await scene.service.accessPaths(
                AccessQuestion(),
                after: next,
                limit: 2,
                scene.world.context(scene.agent)
            )
            seen += page.paths.map(\.row.grant.id)
            next = page.next
        } while next != nil
        #expect(seen.count == 7 && Set(seen).count == 7)
    }

    @Test(arguments: TestDriver.available)
    func `SM-3 and DA-11 a right counts as unused after ninety days, not after eighty-nine`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active("Helpdesk", [.helpdeskAdministrator, .globalReader], duration: "P1Y")
        func report() async throws -> UnusedRights {
            try await scene.service.unusedRights(for: nil, limit: 100, scene.world.context(scene.agent))
        }
        scene.pass(days: 89)
        #expect(try await report().rights.isEmpty)
        scene.pass(days: 1)
        let found = try await report()
        #expect(found.days == 90 && found.rights.map(\.finding) == [.neverUsed, .neverUsed])
        try await scene.assign(id, [.helpdeskAdministrator])
        try await scene.work()
        let left = try await report()
        #expect(Set(left.rights.map(\.finding)) == [.neverUsed, .notAssigned], "GD-16: now the old way is not used")
        #expect(left.rights.first { $0.finding == .notAssigned }?.unassigned == [.globalReader])
        scene.pass(milliseconds: 3_600_000 * 12)
        #expect(try await report().rights.map(\.unusedSince) == left.rights.map(\.unusedSince), "one report a day")
    }

    @Test(arguments: TestDriver.available)
    func `GD-11 many are extended at once, each with its own end and reason`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        var plain: [ID<DelegatedAdminRelationship>] = []
        for number in 0..<30 { plain.append(try await scene.active("Helpdesk \(number)")) }
        let ruler = try await scene.active("Ruler", [.globalAdministrator])
        let ended = try await scene.active("Ended")
        _ = try await scene.service.terminateDelegation(ended, force: true, scene.world.context(scene.admin))
        let stranger: ID<DelegatedAdminRelationship> = scene.world.fresh()
        let wish = ExtensionWish.these(plain + [ruler, ended, stranger, plain[0]])
        let view = try await scene.extend(wish)
        #expect(view.job.total == 33 && view.waiting == 0)
        #expect(view.counts == [.extended: 30, .drafted: 1, .refused: 2])
        let rows = Dictionary(uniqueKeysWithValues: view.rows.map { ($0.row.relationship, $0.row) })
        #expect(rows[ruler]?.why == .role && rows[ruler]?.rule == "GD-11" && rows[ruler]?.policyRow != nil)
        #expect(rows[ended]?.why == .state && rows[stranger]?.why == .unknown)
        let draft = try #require(rows[ruler]?.draft)
        let drafted = try await scene.service.delegation(draft, scene.world.context(scene.agent))
        #expect(drafted.status == .created && drafted.relationship.displayName == "Ruler (2)")
        let again = try await scene.extend(wish)
        #expect(again.counts == [.unchanged: 31, .refused: 2], "asking twice changes nothing more")
        #expect(again.rows.first { $0.row.relationship == ruler }?.row.draft == draft)
    }

    @Test(arguments: TestDriver.available)
    func `all that end soon are extended, those that have ended are asked for anew`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let soon = try await scene.active("Soon")
        let late = try await scene.active("Late", duration: "P90D")
        let view = try await scene.extend(.ending(within: 60))
        #expect(view.rows.map(\.row.relationship) == [soon] && view.counts == [.extended: 1])
        scene.pass(days: 90)
        let after = try await scene.extend(.these([soon, late]))
        #expect(after.counts == [.unchanged: 1, .drafted: 1])
        #expect(after.rows[1].row.why == .ended && after.rows[1].row.rule == "GD-13")
    }

    @Test(arguments: TestDriver.available)
    func `what a request left waiting is done by the sweep, or refused when its author is gone`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let (first, second) = (try await scene.active("One"), try await scene.active("Two"))
        func leave(_ id: ID<DelegatedAdminRelationship>, by person: ID<Person>) async throws -> ID<ExtensionJob> {
            let job = ExtensionJob(
                id: scene.world.fresh(),
                partner: scene.partner.id.as(Partner.self),
                person: person,
                token: scene.world.fresh(),
                createdAt: scene.world.clock.now,
                total: 1
            )
            _ = try await scene.service.writeAsSystem { tx in
                try tx.insert(job, [ExtensionRow(id)])
                return true
            }
            return job.id
        }
        let mine = try await leave(first, by: scene.agent.id)
        let lost = try await leave(second, by: scene.world.fresh())
        try await scene.service.sweep()
        let context = scene.world.context(scene.agent)
        #expect(try await scene.service.extensions(mine, from: 0, limit: 10, context).counts == [.extended: 1])
        #expect(try await scene.service.extensions(lost, from: 0, limit: 10, context).counts == [.refused: 1])
    }

    @Test("N-02: what waits is judged by the rights its author has when it is done", arguments: TestDriver.available)
    func backgroundWorkIsJudgedAgain(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (service, tenant) = (scene.service, scene.partner.id)
        let roles: [DirectoryRole] = [.helpdeskAdministrator, .userAdministrator, .billingAdministrator]
        // Its token is revoked, its role is gone, it is not active any more.
        for number in 0..<3 {
            let id = try await scene.active("One \(number)", [roles[number]])
            let before = try await service.readAsSystem { tx in try tx.delegation(id) }
            let author = Person(
                id: scene.world.fresh(),
                tenant: tenant,
                name: "Author",
                mail: "author\(number)@t.example",
                language: .en,
                roles: number == 1 ? [.user] : [.adminAgent],
                isActive: number != 2
            )
            let job = ExtensionJob(
                id: scene.world.fresh(),
                partner: tenant.as(Partner.self),
                person: author.id,
                token: scene.world.fresh(),
                createdAt: scene.world.clock.now,
                total: 1
            )
            _ = try await service.writeAsSystem { tx in
                try tx.insert(author)
                try tx.insert(job, [ExtensionRow(id)])
                if number == 0 { try tx.revoke(job.token) }
                return true
            }
            try await service.sweep()
            let context = scene.world.context(scene.agent)
            #expect(try await service.extensions(job.id, from: 0, limit: 10, context).counts == [.refused: 1])
            #expect(try await service.readAsSystem { tx in try tx.delegation(id) } == before)
            let told = try await service.writeAsSystem(in: .tenant(tenant)) { tx in
                try tx.entries().filter { $0.details["job"] == "\(job.id)" && !$0.hasSucceeded }
                    .map { $0.details["person"] ?? "" }
            }
            #expect(told == ["\(author.id)"])
        }
    }

    @Test(arguments: TestDriver.available)
    func `the calendar has every end from the first day on and before the last`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.active("Helpdesk")
        let end = try #require(try await scene.path(.gdap)).grant.until
        let context = scene.world.context(scene.agent)
        func ends(_ from: Instant, _ to: Instant) async throws -> [Bool] {
            try await scene.service.accessCalendar(from: from, to: to, context).entries.map(\.isExtended)
        }
        #expect(try await ends(end, end.adding(milliseconds: 1)) == [false])
        #expect(try await ends(end.adding(milliseconds: -1), end).isEmpty)
        #expect(try await ends(end.adding(milliseconds: 1), end.adding(days: 1)).isEmpty)
        _ = try await scene.extend(.these([id]))
        #expect(try await ends(end, end.adding(milliseconds: 1)) == [true])
        let file = try await scene.service.accessCalendarFile(from: nil, to: nil, context).text
        #expect(file.contains("SUMMARY:Access is extended by itself") && file.hasPrefix("BEGIN:VCALENDAR\r\n"))
    }
}
