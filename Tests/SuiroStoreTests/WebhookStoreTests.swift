import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Who is told of what, and that nobody is told twice at once; on every database.
@Suite(.serialized) struct WebhookStoreTests {
    /// Two partners that listen to everything, and a customer of the first.
    private struct Cast {
        let world: TestWorld
        let own: Organization
        let other: Organization
        let customer: ID<Customer>
        let agent: Person
        let admin: Person

        init(_ driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            let (own, agents) = try await world.add(.direct, "Own", domain: "own.example", roles: [[.adminAgent]])
            let (other, others) = try await world.add(.direct, "Other", domain: "o.example", roles: [[.adminAgent]])
            let (house, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
            try await world.relate(agents[0], house, admins[0])
            (self.own, self.other, customer) = (own, other, house.id.as(Customer.self))
            (agent, admin) = (agents[0], admins[0])
            for person in [agents[0], others[0]] {
                let wish = WebhookWish(
                    url: "http://127.0.0.1:9/",
                    events: Set(WebhookEventName.allCases),
                    signsInOwnHeader: false
                )
                _ = try await world.service.registerWebhook(wish, world.context(person))
            }
        }

        func record(_ event: Event, _ remark: Remark, in scope: Scope) async throws {
            _ = try await world.service.writeAsSystem(in: scope) { tx in
                try tx.record(event, remark)
                return true
            }
        }

        func told(_ partner: Organization) async throws -> [WebhookEventName] {
            try await world.service.readAsSystem { tx in
                try tx.webhookDeliveries(of: partner.id, state: nil, name: nil, before: nil, limit: 500).map(
                    \.delivery.name
                )
            }
        }

        func hold(_ holder: String, wall: Instant, limit: Int = 100) async throws -> [ID<WebhookDelivery>] {
            let tenant = own.id
            return try await world.service.writeAsSystem(in: .tenant(tenant)) { tx in
                try tx.holdWebhooks(
                    of: tenant,
                    by: holder,
                    wall: wall,
                    until: wall.adding(seconds: 60),
                    limit: limit
                ).map(\.delivery.id)
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `an event that names a partner is told to that partner alone`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        let partner = cast.own.id.as(Partner.self)
        try await cast.record(
            .relationshipRemoved(partner: partner, customer: cast.customer),
            Remark(partner: partner),
            in: .customer(cast.customer)
        )
        #expect(try await cast.told(cast.own) == [.resellerRemoved])
        #expect(try await cast.told(cast.other) == [])
    }

    @Test(arguments: TestDriver.available)
    func `what a customer does is told to partners with a live tie, and the vendor's news to all`(
        driver: TestDriver
    ) async throws {
        let cast = try await Cast(driver)
        let id = ID<Subscription>(UUID())
        try await cast.record(.subscriptionChanged(id), Remark(), in: .customer(cast.customer))
        try await cast.record(.policyPublished(edition: 2), Remark(), in: .system)
        try await cast.record(.profileUpdated("billing"), Remark(), in: .customer(cast.customer))
        try await cast.record(.subscriptionChanged(id), Remark(hasSucceeded: false), in: .customer(cast.customer))
        #expect(Set(try await cast.told(cast.own)) == [.subscriptionUpdated, .policyPublished])
        #expect(try await cast.told(cast.other) == [.policyPublished])
    }

    @Test(arguments: TestDriver.available)
    func `what one partner does for a customer is not told to another`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        let partner = cast.other.id.as(Partner.self)
        try await cast.record(.orderPlaced("1"), Remark(partner: partner), in: .customer(cast.customer))
        #expect(try await cast.told(cast.own) == [])
        #expect(try await cast.told(cast.other) == [.orderPlaced])
    }

    @Test(arguments: TestDriver.available)
    func `only what is listed is told`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        let wish = WebhookWish(url: "http://127.0.0.1:9/", events: [.invoiceReady], signsInOwnHeader: true)
        _ = try await cast.world.service.changeWebhook(to: wish, cast.world.context(cast.agent))
        try await cast.record(.policyPublished(edition: 2), Remark(), in: .system)
        #expect(try await cast.told(cast.own) == [])
        #expect(try await cast.told(cast.other) == [.policyPublished])
    }

    @Test(arguments: TestDriver.available)
    func `many workers at once never hold the same delivery`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        for edition in 1...40 { try await cast.record(.policyPublished(edition: edition), Remark(), in: .system) }
        let wall = Instant(milliseconds: 1)
        let held = try await withThrowingTaskGroup(of: [ID<WebhookDelivery>].self) { group in
            for worker in 0..<16 { group.addTask { try await cast.hold("worker \(worker)", wall: wall, limit: 3) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(held.count == 40)
        #expect(Set(held).count == 40)
    }

    @Test(arguments: TestDriver.available)
    func `a hold that has run out is anybody's, and its result is not taken any more`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        try await cast.record(.policyPublished(edition: 2), Remark(), in: .system)
        let wall = Instant(milliseconds: 1_000_000)
        let first = try await cast.hold("dies", wall: wall)
        #expect(first.count == 1)
        #expect(try await cast.hold("other", wall: wall.adding(seconds: 59)) == [])
        #expect(try await cast.hold("other", wall: wall.adding(seconds: 60)) == first)
        let tenant = cast.own.id
        func conclude(_ holder: String) async throws -> Bool {
            try await cast.world.service.writeAsSystem(in: .tenant(tenant)) { tx in
                guard var delivery = try tx.webhookDelivery(first[0], of: tenant) else { return false }
                delivery.conclude(nil, by: .usual, at: tx.permit.intent.at)
                let attempt = DeliveryAttempt(
                    number: 1,
                    at: tx.permit.intent.at,
                    status: 200,
                    cause: nil,
                    milliseconds: 3,
                    response: "ok"
                )
                return try tx.conclude(delivery, attempt, heldBy: holder)
            }
        }
        #expect(try await !conclude("dies"))
        #expect(try await conclude("other"))
        let row = try await cast.world.service.webhookDeliveries(DeliveryQuery(), cast.world.context(cast.agent))[0]
        #expect(row.delivery.state == .delivered)
        #expect(row.last?.status == 200)
    }

    @Test(arguments: TestDriver.available)
    func `W-03 who has lost the tie before it was sent is not told any more`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        try await cast.record(.subscriptionChanged(ID(UUID())), Remark(), in: .customer(cast.customer))
        let grants = try await cast.world.service.access(in: cast.customer, cast.world.context(cast.admin)).grants
        for row in grants {
            _ = try await cast.world.service.endAccess(row.grant.id, in: cast.customer, cast.world.context(cast.admin))
        }
        _ = try await cast.hold("worker", wall: Instant(milliseconds: 1))
        let rows = try await cast.world.service.webhookDeliveries(DeliveryQuery(), cast.world.context(cast.agent))
        let states = Dictionary(grouping: rows, by: \.delivery.name).mapValues { Set($0.map(\.delivery.state)) }
        #expect(states[.subscriptionUpdated] == [.withdrawn])
        // That its own access has ended is still its business.
        #expect(states[.resellerEnded] == [.waiting])
        #expect(states[.delegatedAdminTerminated] == [.waiting])
    }

    @Test(arguments: TestDriver.available)
    func `a copy keeps registrations and deliveries`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        try await cast.record(.policyPublished(edition: 2), Remark(), in: .system)
        let store = cast.world.service.store
        let intent = Intent(.system, .serve, in: .system, at: TestWorld.seedDay, correlation: UUID())
        let lines = try await store.read(intent) { tx in
            var lines: [String] = []
            try tx.dump { lines.append($0) }
            return lines
        }
        try await store.write(intent) { tx in try tx.restore(lines) }
        #expect(try await cast.told(cast.own) == [.policyPublished])
        let webhook = try await cast.world.service.webhook(cast.world.context(cast.agent))
        #expect(webhook?.events == Set(WebhookEventName.allCases))
    }
}
