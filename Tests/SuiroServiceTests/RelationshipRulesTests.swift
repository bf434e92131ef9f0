import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// The rules of the relationship pages that show only where use cases and database meet, in the package of 2017.
@Suite struct RelationshipRulesTests {
    struct Scene {
        let world: TestWorld
        let partner: Organization
        let agent: Person
        let customer: Organization
        let admin: Person
        var customerID: ID<Customer> { customer.id.as(Customer.self) }

        init(_ driver: TestDriver, cloud: Cloud = .public) async throws {
            world = try await TestWorld(on: driver, cloud: cloud)
            let (partner, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
            let (customer, people) = try await world.add(
                .customer,
                "Mirai",
                domain: "m.example",
                roles: [[.globalAdmin]]
            )
            (self.partner, agent, self.customer, admin) = (partner, agents[0], customer, people[0])
        }

        func customers() async throws -> [String] {
            try await world.service.customers(.all, after: nil, limit: 10, world.context(agent)).rows
                .map(\.organization.name)
        }

        func order() async throws -> Order {
            let line = OrderLine(
                number: 0,
                offerID: "796B6B5F-613C-4E24-A17C-EBA730D49C02",
                friendlyName: nil,
                quantity: 1,
                partnerIDOnRecord: nil
            )
            return try await world.service.placeOrder(
                OrderWish(billingCycle: "monthly", currency: "JPY", lines: [line]),
                for: customerID,
                world.context(agent)
            )
        }

        func access() async throws -> AccessView {
            try await world.service.access(in: customerID, world.context(admin))
        }
    }

    @Test(arguments: TestDriver.available, Language.allCases)
    func `REL-02 the partner gets a draft of the mail, in the customer's language`(
        driver: TestDriver,
        language: Language
    ) async throws {
        let scene = try await Scene(driver)
        var wish = scene.world.wish(scene.customer, mail: "p0@m.example")
        wish.language = language
        let view = try await scene.world.service.requestRelationship(wish, scene.world.context(scene.agent))
        #expect(view.draft.subject.contains("Tozai"))
        #expect(view.draft.eml.hasPrefix("X-Unsent: 1\r\n"))
        #expect(view.draft.body.contains(language == .ja ? "御中" : "To m.example"))
        let mails = try await scene.world.service.readAsSystem { try $0.mails() }
        #expect(mails.map(\.body) == [view.draft.body])
    }

    @Test(arguments: TestDriver.available)
    func `REL-03 the personalised link stands in the draft`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let view = try await scene.world.service.requestRelationship(
            scene.world.wish(scene.customer),
            scene.world.context(scene.agent)
        )
        #expect(view.draft.body.contains(view.url))
        #expect(view.url == "https://suiro.example/r/\(view.request.code)")
    }

    @Test(arguments: TestDriver.available, Cloud.allCases)
    func `REL-06 the reusable link names the partner and grants nothing`(
        driver: TestDriver,
        cloud: Cloud
    ) async throws {
        let scene = try await Scene(driver, cloud: cloud)
        let link = try await scene.world.service.reusableLink(scene.world.context(scene.agent))
        #expect(link.contains("partnerId=\(scene.partner.id)") && !link.contains("m.example"))
        let request = try await scene.world.service.startInvitation(
            from: scene.partner.id.as(Partner.self),
            scene.world.context(scene.admin)
        )
        #expect(request.customer == scene.customerID && request.state == .draft)
        #expect(try await scene.access().grants.isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `REL-07 on acceptance the customer appears in the partner's list`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        #expect(try await scene.customers() == [])
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        #expect(try await scene.customers() == ["Mirai"])
    }

    @Test(arguments: TestDriver.available)
    func `REL-13 in 2017 an order needs no accepted customer agreement`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        #expect(try await scene.order().subscriptions.count == 1)
    }

    @Test(arguments: TestDriver.available)
    func `REL-17 the customer sees every partner and what it holds`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        let (_, others) = try await scene.world.add(.direct, "Harbor", domain: "h.example", roles: [[.adminAgent]])
        try await scene.world.relate(others[0], scene.customer, scene.admin)
        let grants = try await scene.access().grants
        #expect(Set(grants.map(\.partnerName)) == ["Tozai", "Harbor"])
        #expect(Set(grants.map(\.grant.kind)) == [.resellerTie, .dap])
        let own = try await scene.world.service.access(in: scene.customerID, scene.world.context(scene.agent))
        #expect(Set(own.grants.map(\.partnerName)) == ["Tozai"])
    }

    @Test(arguments: TestDriver.available)
    func `REL-19 removing rights ends neither the tie nor the duty to support`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        let dap = try #require(try await scene.access().grants.first { $0.grant.kind == .dap })
        _ = try await scene.world.service.endAccess(
            dap.grant.id,
            in: scene.customerID,
            scene.world.context(scene.admin)
        )
        #expect(try await scene.customers() == ["Mirai"])
        #expect(try await scene.access().obligations.map(\.ended) == [nil])
    }

    @Test(arguments: Cloud.allCases)
    func `REL-21 the customer accepts at this portal, in every cloud`(cloud: Cloud) async throws {
        let scene = try await Scene(.sqlite, cloud: cloud)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        #expect(try await scene.customers() == ["Mirai"])
    }

    @Test(arguments: TestDriver.available)
    func `REL-25 removal takes the customer off the list, the rights and the right to order`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        _ = try await scene.world.service.removeRelationship(with: scene.customerID, scene.world.context(scene.agent))
        let live = try await scene.access().grants.filter { $0.grant.isLive(at: scene.world.clock.now) }
        #expect(live.isEmpty)
        await #expect(throws: Refusal.noRelationship(partner: scene.partner.id, customer: scene.customerID)) {
            _ = try await scene.order()
        }
    }

    @Test(arguments: TestDriver.available)
    func `REL-26 the list can be cleaned once nothing sold is active`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        let order = try await scene.order()
        let context = scene.world.context(scene.agent)
        await #expect(throws: Refusal.self) {
            _ = try await scene.world.service.removeRelationship(with: scene.customerID, context)
        }
        _ = try await scene.world.service.change(
            order.subscriptions[0],
            of: scene.customerID,
            SubscriptionChange(status: .suspended),
            context
        )
        _ = try await scene.world.service.removeRelationship(with: scene.customerID, scene.world.context(scene.agent))
        #expect(try await scene.customers() == [])
    }

    @Test(arguments: TestDriver.available)
    func `REL-27 removal is told to the customer, although the sources send no notice`(driver: TestDriver) async throws
    {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        _ = try await scene.world.service.removeRelationship(with: scene.customerID, scene.world.context(scene.agent))
        let mails = try await scene.world.service.readAsSystem { try $0.mails() }
        #expect(mails.contains { $0.kind == "accessEnded" && $0.to == scene.admin.mail })
    }

    @Test(arguments: TestDriver.available, [AccessKind.guest, .resourceRole])
    func `REL-28 guests and resource roles survive the relationship and stay in sight`(
        driver: TestDriver,
        kind: AccessKind
    ) async throws {
        let scene = try await Scene(driver)
        let outcome = try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        let now = scene.world.clock.now
        let guest = try #require(
            AccessGrant(
                id: scene.world.fresh(),
                customer: scene.customerID,
                partner: scene.partner.id.as(Partner.self),
                kind: kind,
                roles: [],
                consent: outcome.grants[0].consent,
                from: now,
                until: now.adding(days: 30)
            )
        )
        _ = try await scene.world.service.writeAsSystem { tx in
            try tx.insert(guest)
            return true
        }
        _ = try await scene.world.service.removeRelationship(with: scene.customerID, scene.world.context(scene.agent))
        let live = try await scene.access().grants.filter { $0.grant.isLive(at: now) }
        #expect(live.map(\.grant.kind) == [kind])
    }

    @Test(arguments: TestDriver.available)
    func `REL-31 a reseller gets none of its provider's customers`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (provider, providers) = try await scene.world.add(
            .indirectProvider,
            "Hokusei",
            domain: "p.example",
            roles: [[.adminAgent]]
        )
        try await scene.world.relate(providers[0], scene.customer, scene.admin)
        let reseller = Organization(
            id: scene.world.fresh(),
            kind: .indirectReseller,
            name: "Aozora",
            domain: "a.example",
            country: "JP",
            language: .ja,
            provider: provider.id.as(Partner.self),
            createdAt: scene.world.clock.now
        )
        let person = Person(
            id: scene.world.fresh(),
            tenant: reseller.id,
            name: "Yui",
            mail: "y@a.example",
            language: .ja,
            roles: [.adminAgent]
        )
        _ = try await scene.world.service.writeAsSystem { tx in
            try tx.insert(reseller)
            try tx.insert(person)
            return true
        }
        let page = try await scene.world.service.customers(.all, after: nil, limit: 10, scene.world.context(person))
        #expect(page.rows.isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `REL-32 a relationship may stand idle while the customer buys elsewhere`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        scene.world.clock.now = scene.world.clock.now.adding(days: 400)
        let bought = ObservedSubscription(
            name: "Azure",
            productID: nil,
            skuID: nil,
            family: .usage,
            channel: .ea,
            sellerName: nil,
            quantity: nil,
            term: nil,
            monthlyCost: nil,
            aliases: []
        )
        _ = try await scene.world.service.record(bought, for: scene.customerID, scene.world.context(scene.admin))
        #expect(try await scene.customers() == ["Mirai"])
    }

    @Test(arguments: TestDriver.available)
    func `what time alone has ended is announced once, however often the sweep runs`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        try await scene.world.relate(scene.agent, scene.customer, scene.admin)
        let (later, _) = try await scene.world.add(.customer, "Later", domain: "l.example", roles: [[.globalAdmin]])
        let view = try await scene.world.service.requestRelationship(
            scene.world.wish(later),
            scene.world.context(scene.agent)
        )
        scene.world.clock.now = scene.world.clock.now.adding(days: 181)
        for _ in 0..<3 { try await scene.world.service.sweep() }
        let audit = try await scene.world.service.audit(
            AuditQuery(from: .earliest),
            scene.world.context(scene.agent)
        ).map(\.entry.event)
        #expect(audit.filter { $0 == "accessExpired" }.count == 1)
        #expect(audit.filter { $0 == "relationshipRequestExpired" }.count == 1)
        let after = try await scene.world.service.relationshipRequest(view.request.id, scene.world.context(scene.agent))
        #expect(after.state == "expired")
        let kinds = try await scene.world.service.readAsSystem { try $0.mails() }.map(\.kind)
        #expect(kinds.filter { $0 == "expired" }.count == 1)
    }
}
