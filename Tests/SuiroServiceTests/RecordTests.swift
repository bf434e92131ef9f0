import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// what a person did with their ways in, and who looked at whose data, is on record.
@Suite struct RecordTests {
    private func entries(_ service: PartnerService, _ event: String) async throws -> [Entry] {
        try await service.readAsSystem { tx in
            try tx.entries(
                concerning: nil,
                from: .earliest,
                to: .latest,
                customer: nil,
                before: nil,
                correlation: nil,
                limit: 1000
            ).filter { $0.event == event }
        }
    }

    @Test("A-03: signing out and the end of each session are on record", arguments: TestDriver.available)
    func sessions(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (home, people) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let service = world.service
        let first = try await service.beginSession(for: people[0].id)
        for _ in 0..<2 { _ = try await service.beginSession(for: people[0].id) }
        try await service.endSession(first.cookie, as: .signedOut)
        try await service.endSession(first.cookie, as: .signedOut)
        try await service.endSession("0", as: .signedOut)
        let out = try await entries(service, "signedOut")
        #expect(out.map(\.subject) == ["\(people[0].id)"] && out.first?.partner == home.id)
        try await service.endSessions(of: people[0].id) { _ in true }
        #expect(try await entries(service, "sessionEnded").count == 2)
        let (used, said) = (first.cookie, try await service.readAsSystem { tx in try tx.entries() })
        #expect(!said.contains { "\($0)".contains(used) })
    }

    @Test("A-03: a client's wrong secret is on record, the first time and when it does not stop")
    func clients() async throws {
        let world = try await TestWorld(on: .sqlite)
        let (home, _) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let service = world.service
        let (client, secret) = try await service.registerClient(named: "Billing", of: home.id, redirects: [])
        for _ in 0..<20 {
            #expect(try await service.client("\(client.id)", of: "\(home.id)", showing: "guess") == nil)
        }
        let failed = try await entries(service, "clientRefused")
        #expect(failed.count == 2 && failed.allSatisfy { !$0.hasSucceeded && $0.subject == "\(client.id)" })
        #expect(try await service.client("\(client.id)", of: "\(home.id)", showing: secret) == client)
        #expect(try await service.client("\(client.id)", of: "other.example", showing: secret) == nil)
        #expect(try await entries(service, "clientRefused").count == 2, "nobody is named to another organization")
    }

    @Test("A-03: that tokens were ended, a key rotated and a subject bound is on record")
    func keys() async throws {
        let world = try await TestWorld(on: .sqlite)
        let (_, people) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let service = world.service
        _ = try await service.turnSigningKeys(under: nil, keepsOld: false)
        #expect(try await entries(service, "signingKeyRotated").isEmpty, "the first one replaces nothing")
        let keys = try await service.turnSigningKeys(under: nil, keepsOld: false, isForced: true)
        #expect(try await entries(service, "signingKeyRotated").map(\.subject) == [keys.last?.key.id])
        #expect(try await service.refuseTokens(of: people[0].id))
        #expect(try await entries(service, "tokensRefused").count == 1)
        let issuer = "https://login.example/"
        #expect(try await service.bind(issuer, subject: "s", to: people[0].id))
        #expect(try await service.bind(issuer, subject: "s", to: nil))
        #expect(try await !service.bind(issuer, subject: "s", to: ID(UUID())))
        #expect(try await entries(service, "identityBound").count == 1)
        #expect(try await entries(service, "identityUnbound").count == 1)
    }

    @Test(
        "A-03: a partner's look at a customer's data is on record once an hour for each person and customer",
        arguments: TestDriver.available
    )
    func looks(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let roles: [Set<Role>] = [[.adminAgent], [.adminAgent]]
        let (partner, agents) = try await world.add(.direct, "K", domain: "k.example", roles: roles)
        let (customer, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        let (other, others) = try await world.add(.customer, "D", domain: "d.example", roles: [[.globalAdmin]])
        try await world.relate(agents[0], customer, admins[0])
        try await world.relate(agents[0], other, others[0])
        let service = world.service
        let (tenant, begin) = (customer.id.as(Customer.self), world.clock.now)
        let look: @Sendable (Person, Organization) async throws -> Void = { person, whose in
            _ = try await service.subscriptions(of: whose.id.as(Customer.self), world.context(person))
        }
        let told: @Sendable (Int) async throws -> Void = { count in
            for _ in 0..<200 where try await entries(service, "customerRead").count < count {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try await entries(service, "customerRead").count == count)
        }
        try await withThrowingTaskGroup { group in
            for _ in 0..<16 { group.addTask { try await look(agents[0], customer) } }
            try await group.waitForAll()
        }
        try await told(1)
        let found = try await entries(service, "customerRead")
        #expect(found.count == 1 && found.first?.caller == "person:\(agents[0].id)")
        #expect(found.first?.partner == partner.id && found.first?.customer == customer.id)
        #expect(found.first?.path != nil && found.first?.reach == "customersOfPartner")
        // What takes longer than a second is written behind the answer.
        try await look(admins[0], customer)
        try await told(1)
        try await look(agents[1], customer)
        try await look(agents[0], other)
        try await told(3)
        world.clock.now = begin.adding(milliseconds: 3_599_999)
        try await look(agents[0], customer)
        try await told(3)
        world.clock.now = begin.adding(seconds: 3600)
        for _ in 0..<3 { try await look(agents[0], customer) }
        try await told(4)
        await #expect(throws: Refusal.self) {
            let stranger = try await world.add(.direct, "X", domain: "x.example", roles: [[.adminAgent]]).1[0]
            _ = try await service.subscriptions(of: tenant, world.context(stranger))
        }
        try await told(4)
    }
}
