import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// What every driver promises, held against each of them.
@Suite(.serialized) struct StoreContractTests {
    private let now = TestWorld.seedDay

    private func system(_ scope: Scope, request: RequestKey? = nil) -> Intent {
        Intent(.system, .serve, in: scope, at: now, request: request, correlation: UUID())
    }

    private func organization(_ domain: String, kind: OrganizationKind = .customer) -> Organization {
        Organization(
            id: ID(UUID()),
            kind: kind,
            name: domain,
            domain: domain,
            country: "JP",
            language: .ja,
            createdAt: now
        )
    }

    @Test(arguments: TestDriver.available)
    func `two hundred concurrent writers leave no gap in a chain`(driver: TestDriver) async throws {
        let store = try await driver.open()
        let scopes = (0..<4).map { _ in Scope.customer(ID(UUID())) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                let intent = system(scopes[index % 4])
                group.addTask { try await store.write(intent) { tx in try tx.record(.orderPlaced("\(index)")) } }
            }
            try await group.waitForAll()
        }
        for scope in scopes {
            let entries = try await store.read(system(scope)) { try $0.entries() }
            #expect(entries.map(\.sequence) == Array(1...50))
        }
        #expect(try await store.read(system(.system)) { try $0.brokenLinks() } == [])
    }

    @Test(arguments: TestDriver.available)
    func `sixty-four concurrent copies of one request have one effect and one answer`(driver: TestDriver) async throws {
        let store = try await driver.open()
        let customer = ID<Customer>(UUID())
        let key = RequestKey(id: UUID(), digest: "same content")
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<64 {
                let intent = system(.customer(customer), request: key)
                group.addTask {
                    try await store.write(intent) { tx in
                        try tx.record(.orderPlaced("one"))
                        return UUID().uuidString
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
        #expect(try await store.read(system(.customer(customer))) { try $0.entries() }.count == 1)
    }

    @Test(arguments: TestDriver.available)
    func `the same request id with other content is refused`(driver: TestDriver) async throws {
        let store = try await driver.open()
        let id = UUID()
        _ = try await store.write(system(.system, request: RequestKey(id: id, digest: "a"))) { _ in 1 }
        await #expect(throws: Refusal.requestReused(id)) {
            _ = try await store.write(system(.system, request: RequestKey(id: id, digest: "b"))) { _ in 2 }
        }
    }

    @Test(arguments: TestDriver.available)
    func `what a failed transaction wrote is gone`(driver: TestDriver) async throws {
        struct Failure: Error {}
        let store = try await driver.open()
        let organization = organization("gone.example")
        await #expect(throws: Failure.self) {
            try await store.write(system(.system)) { tx in
                try tx.insert(organization)
                throw Failure()
            }
        }
        #expect(try await store.read(system(.system)) { try $0.organization(organization.id) } == nil)
    }

    @Test(arguments: TestDriver.available)
    func `a stale revision is never saved over a newer one`(driver: TestDriver) async throws {
        let store = try await driver.open()
        var first = organization("stale.example")
        try await store.write(system(.system)) { [first] tx in try tx.insert(first) }
        first.name = "renamed"
        first.revision += 1
        try await store.write(system(.system)) { [first] tx in try tx.update(first) }
        await #expect(throws: StoreError.stale) {
            try await store.write(system(.system)) { [first] tx in try tx.update(first) }
        }
        let kept = try await store.read(system(.system)) { [first] tx in try tx.organization(first.id) }
        #expect(kept == first)
    }

    @Test(arguments: TestDriver.available)
    func `a domain belongs to one organization`(driver: TestDriver) async throws {
        let store = try await driver.open()
        try await store.write(system(.system)) { [one = organization("one.example")] tx in try tx.insert(one) }
        await #expect(throws: Refusal.domainTaken("one.example")) {
            try await store.write(system(.system)) { [two = organization("one.example")] tx in
                try tx.insert(two)
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `a stranger's transaction never opens`(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (partner, people) = try await world.add(.direct, "Stranger", domain: "s.example", roles: [[.adminAgent]])
        let customer = ID<Customer>(UUID())
        let caller = Caller.person(people[0].id, of: partner.id, token: ID(UUID()))
        let intent = Intent(caller, .readSubscriptions, in: .customer(customer), at: now, correlation: UUID())
        await #expect(throws: Refusal.noRelationship(partner: partner.id, customer: customer)) {
            try await world.service.store.read(intent) { _ in Issue.record("the body ran") }
        }
    }

    @Test(arguments: TestDriver.available)
    func `a revoked token is nobody's in the next transaction`(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (partner, people) = try await world.add(.direct, "P", domain: "p.example", roles: [[.adminAgent]])
        let token = ID<Token>(UUID())
        let caller = Caller.person(people[0].id, of: partner.id, token: token)
        let intent = Intent(caller, .listCustomers, in: .tenant(partner.id), at: now, correlation: UUID())
        try await world.service.store.read(intent) { _ in }
        try await world.service.store.write(system(.system)) { tx in try tx.revoke(token) }
        await #expect(throws: Refusal.accessDenied(missing: "live principal")) {
            try await world.service.store.read(intent) { _ in Issue.record("the body ran") }
        }
    }

    @Test(arguments: TestDriver.available)
    func `a copy of everything restores everything`(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        _ = try await world.add(.direct, "東西クラウド株式会社", domain: "t.example", roles: [[.adminAgent]])
        let store = world.service.store
        let before = try await store.read(system(.system)) { tx in try lines(of: tx) }
        _ = try await world.add(.customer, "Later", domain: "later.example", roles: [[.globalAdmin]])
        try await store.write(system(.system)) { tx in try tx.restore(before) }
        let after = try await store.read(system(.system)) { tx in try lines(of: tx) }
        #expect(after == before)
        #expect(try await store.read(system(.system)) { try $0.organization(domain: "later.example") } == nil)
    }

    @Test(arguments: TestDriver.available)
    func `a copy restores whatever order ids happen to have`(driver: TestDriver) async throws {
        let store = try await driver.open()
        let low = try #require(ID<Tenant>("00000000-0000-4000-8000-000000000001"))
        let high = try #require(ID<Tenant>("ffffffff-0000-4000-8000-000000000001"))
        let provider = Organization(
            id: high,
            kind: .indirectProvider,
            name: "Provider",
            domain: "p.example",
            country: "JP",
            language: .en,
            createdAt: now
        )
        let reseller = Organization(
            id: low,
            kind: .indirectReseller,
            name: "Reseller",
            domain: "r.example",
            country: "JP",
            language: .en,
            provider: high.as(Partner.self),
            createdAt: now
        )
        try await store.write(system(.system)) { tx in
            try tx.insert(provider)
            try tx.insert(reseller)
        }
        let copy = try await store.read(system(.system)) { tx in try lines(of: tx) }
        try await store.write(system(.system)) { tx in try tx.restore(copy) }
        #expect(try await store.read(system(.system)) { try $0.organization(low) } == reseller)
    }

    @Test func `a copy made by one database restores in the other`() async throws {
        guard TestDriver.available.contains(.postgres) else { return }
        let sqlite = try await TestWorld(on: .sqlite)
        _ = try await sqlite.add(.customer, "株式会社みらい商事", domain: "m.example", roles: [[.globalAdmin]])
        let copy = try await sqlite.service.store.read(system(.system)) { tx in try lines(of: tx) }
        let postgres = try await TestDriver.postgres.open()
        try await postgres.write(system(.system)) { tx in try tx.restore(copy) }
        let name = try await postgres.read(system(.system)) { try $0.organization(domain: "m.example")?.name }
        #expect(name == "株式会社みらい商事")
    }
}

private func lines(of tx: Transaction) throws -> [String] {
    var lines: [String] = []
    try tx.dump { lines.append($0) }
    return lines
}
