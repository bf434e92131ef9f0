import Foundation
import SuiroDomain
import SuiroService
import SuiroTesting
import Testing

@testable import SuiroStore

/// what cannot be recorded does not happen.
@Suite(.serialized) struct NoAuditNoActionTests {
    private func deafen(_ world: TestWorld, _ driver: TestDriver) async throws {
        let statement: SQL =
            switch driver {
            case .sqlite:
                """
                CREATE TRIGGER deaf BEFORE INSERT ON event_log BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                """
            case .postgres:
                """
                CREATE TRIGGER deaf BEFORE INSERT ON event_log FOR EACH ROW EXECUTE FUNCTION event_log_refuse()
                """
            }
        _ = try await world.service.writeAsSystem { tx in try tx.session.run(statement) }
    }

    private func everything(_ world: TestWorld) async throws -> [String] {
        try await world.service.readAsSystem { tx in
            var lines: [String] = []
            try tx.dump { lines.append($0) }
            return lines
        }
    }

    @Test("A-02: while the log cannot be written nothing changes", arguments: TestDriver.available)
    func nothingChangesUnrecorded(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let service = world.service
        let (_, agents) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent, .globalAdmin]])
        let (customer, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        let (tied, others) = try await world.add(.customer, "T", domain: "t.example", roles: [[.globalAdmin]])
        try await world.relate(agents[0], tied, others[0])
        let waiting = try await service.requestRelationship(world.wish(customer), world.context(agents[0]))
        let terms = try await service.invitation(waiting.request.code, world.context(admins[0])).terms
        try await deafen(world, driver)
        let before = try await everything(world)
        let (code, agent, admin) = (waiting.request.code, world.context(agents[0]), world.context(admins[0]))
        let attempts: [(String, @Sendable () async throws -> Void)] = [
            ("ask", { _ = try await service.requestRelationship(world.wish(tied), agent) }),
            ("accept", { _ = try await service.acceptInvitation(code, termsHash: terms.hash, admin) }),
            ("profile", { _ = try await service.updateProfile(.billing, to: "{}", seen: nil, agent) }),
        ]
        for (name, attempt) in attempts {
            let error = await #expect(throws: StoreError.self, "\(name)") { try await attempt() }
            guard case .unavailable? = error else {
                Issue.record("\(name) ended with \(String(describing: error))")
                continue
            }
            #expect(try await everything(world) == before, "\(name) left something behind")
        }
    }

    @Test("A-02: a person's write that records nothing does not commit", arguments: TestDriver.available)
    func aSilentWriteIsUndone(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (partner, agents) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let caller = Caller.person(agents[0].id, of: partner.id, token: ID(UUID()))
        let intent = Intent(caller, .readSelf, in: .tenant(partner.id), at: world.clock.now, correlation: UUID())
        await #expect(throws: StoreError.unrecorded(tables: ["setting"])) {
            try await world.service.store.write(intent) { tx in try tx.set("silent", to: "yes") }
        }
        #expect(try await world.service.readAsSystem { tx in try tx.setting("silent") } == nil)
        try await world.service.store.write(intent) { tx in
            try tx.set("silent", to: "no")
            try tx.record(.profileUpdated("billing"))
        }
        #expect(try await world.service.readAsSystem { tx in try tx.setting("silent") } == "no")
    }

    @Test("A-03: an entry names edition, way and grant that its caller came by", arguments: TestDriver.available)
    func anEntryNamesTheWay(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (partner, agents) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let (customer, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        try await world.relate(agents[0], customer, admins[0])
        let scope = Scope.customer(customer.id.as(Customer.self))
        let caller = Caller.person(agents[0].id, of: partner.id, token: ID(UUID()))
        let intent = Intent(caller, .placeOrder, in: scope, at: world.clock.now, correlation: UUID())
        try await world.service.store.write(intent) { tx in try tx.record(.orderPlaced("o")) }
        let (entry, tie) = try await world.service.store.read(intent) { tx in
            let tie = try tx.session.first(
                "SELECT id FROM access_grant WHERE customer_id = \(customer.id) AND kind = \(AccessKind.resellerTie)"
            ) { cursor -> String in try cursor.next() }
            return (try tx.entries().last, tie)
        }
        #expect(entry?.reach == "customersOfPartner" && entry?.path == tie && tie != nil)
        #expect(entry?.mode == "user" && entry?.edition == 1)
    }
}

/// Days, and servers that make their heads.
@Suite(.serialized) struct HeadTests {
    @Test(
        "A-01: two servers make one head a day, and no head for a day that is not over",
        arguments: TestDriver.available
    )
    func oneHeadADay(driver: TestDriver) async throws {
        let store = try await driver.open()
        let one = try await TestWorld(keptIn: store)
        let two = try await TestWorld(keptIn: store)
        _ = try await one.service.beginSomething()
        for day in 1...3 {
            for world in [one, two] { world.clock.now = TestWorld.seedDay.adding(days: day) }
            async let first: Void = one.service.makeHead()
            async let second: Void = two.service.makeHead()
            _ = try await (first, second)
        }
        let heads = try await one.service.readAsSystem { tx in try tx.heads() }
        #expect(heads.map(\.day) == ["2017-06-09", "2017-06-10", "2017-06-11"])
        #expect(heads.map(\.number) == [1, 2, 3])
        #expect(try await two.service.verifyAudit().findings == [])
    }

    @Test("A-01: a witness has every head once, and a log that was cut with its heads is seen by it")
    func aWitnessSeesACut() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let scene = try await TamperScene(on: .sqlite)
        let witness = HeadWitness(folder.path, cloud: "public")
        var environment = scene.world.service.environment
        environment.witness = witness
        let old = scene.world.service
        let service = PartnerService(
            store: old.store,
            cloud: old.cloud,
            words: old.words,
            environment: environment,
            isSandbox: true
        )
        try await service.makeHead()
        try await service.makeHead()
        let path = folder.appendingPathComponent("audit-heads-public.jsonl")
        let kept = HeadFile.read(try String(contentsOf: path, encoding: .utf8))
        #expect(kept == scene.heads)
        let last = kept.count
        _ = try await service.writeAsSystem { tx in
            for end in kept[last - 1].grown {
                try tx.session.run("DELETE FROM event_log WHERE scope = \(end.scope) AND sequence >= \(end.sequence)")
            }
            try tx.session.run("DELETE FROM audit_leaf WHERE number = \(last)")
            return try tx.session.run("DELETE FROM audit_head WHERE number = \(last)")
        }
        #expect(try await service.verifyAudit(witnessed: kept).findings.contains { $0.kind == .headMissing })
    }
}

extension PartnerService {
    fileprivate func beginSomething() async throws -> Bool {
        try await writeAsSystem { tx in
            try tx.record(.catalogImported("something"))
            return true
        }
    }
}
