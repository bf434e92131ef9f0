import Foundation
import SuiroDomain
import SuiroService
import SuiroTesting
import Testing

@testable import SuiroStore

/// whoever can write in the database, but does not have the key, changes nothing unseen.
@Suite(.serialized) struct TamperingTests {
    /// As many as `make test` has time for; `make tamper` asks for ten times that.
    private static let count = ProcessInfo.processInfo.environment["SUIRO_TAMPERINGS"].flatMap { Int($0) } ?? 1000

    @Test("A-01: every single tampering of the log or its heads is seen", arguments: TestDriver.available)
    func everyTamperingIsSeen(driver: TestDriver) async throws {
        let scene = try await TamperScene(on: driver)
        #expect(try await scene.verify().isEmpty)
        var seeds = SeededChance(seed: 20_261_123)
        var alone: [AuditFinding.Kind: Int] = [:]
        var byWay: [String: Int] = [:]
        var done = 0
        let wanted = driver == .sqlite ? Self.count : Self.count / 10
        while done < wanted {
            let tampering = Tampering(on: scene, &seeds)
            guard let findings = try await scene.suffer(tampering) else { continue }
            done += 1
            byWay["\(tampering.way)", default: 0] += 1
            #expect(!findings.isEmpty, "not seen: \(tampering)")
            if let kind = findings.first, Set(findings).count == 1 { alone[kind, default: 0] += 1 }
        }
        print("tamperings on \(driver.rawValue): \(done), all seen; \(byWay.sorted { $0.key < $1.key })")
        for way in Tampering.Way.allCases { #expect(byWay["\(way)", default: 0] > 0, "\(way) never came") }
        // A verifier that forgot one of its checks would have let these pass: the test is able to fail.
        for kind in [AuditFinding.Kind.badHash, .missing] {
            #expect(alone[kind, default: 0] > 0, "nothing depends on \(kind) alone")
        }
    }

    @Test("A-01: a verifier without heads does not see a chain that was hashed anew (negative control)")
    func withoutHeadsARechainIsNotSeen() async throws {
        let scene = try await TamperScene(on: .sqlite)
        var seeds = SeededChance(seed: 7)
        let tampering = Tampering(on: scene, &seeds, way: .rechain)
        #expect(try await scene.suffer(tampering)?.isEmpty == false)
        #expect(try await scene.suffer(tampering, withHeads: false) == [])
    }

    @Test("A-01: entries from before the migration verify by their own formula")
    func oldEntriesVerifyByTheirFormula() {
        var row = LoggedRow([
            .format: "1", .scope: "system", .sequence: "1", .id: "system#1", .event: "orderPlaced", .subject: "o",
            .caller: "system", .callerName: "Suiro", .tenantName: "Suiro", .status: "succeeded", .details: "{}",
            .correlation: "c", .at: "2017-06-09T00:00:00.000Z",
        ])
        let parts = ["", "system", "1", "orderPlaced", "o", "", "", "system", "succeeded", "{}", "c"]
        let old = (parts + ["2017-06-09T00:00:00.000Z"]).map { "\($0.utf8.count):\($0)" }.joined().sha256
        #expect(row.link(after: "") == old)
        row[.reach] = "home"
        #expect(row.link(after: "") == nil)
    }
}

/// A log with heads of several days, and entries after the last of them.
struct TamperScene {
    let world: TestWorld
    let rows: [LoggedRow]
    let heads: [KeptHead]
    let key: HeadPublicKey

    init(on driver: TestDriver) async throws {
        world = try await TestWorld(on: driver)
        let (_, agents) = try await world.add(.direct, "Kumo", domain: "kumo.example", roles: [[.adminAgent]])
        for index in 0..<4 {
            let (customer, admins) = try await world.add(
                .customer,
                "C\(index)",
                domain: "c\(index).example",
                roles: [[.globalAdmin]]
            )
            try await world.relate(agents[0], customer, admins[0])
            _ = try? await world.service.acceptInvitation("NO-SUCH", termsHash: "", world.context(admins[0]))
            world.clock.now = world.clock.now.adding(days: 1)
            try await world.service.makeHead()
        }
        let (late, admins) = try await world.add(.customer, "Late", domain: "late.example", roles: [[.globalAdmin]])
        try await world.relate(agents[0], late, admins[0])
        key = try await world.service.headKey().publicKey
        let service = world.service
        (rows, heads) = try await service.readAsSystem { tx in
            (try tx.loggedRows(limit: 100_000).map(\.row), try tx.heads())
        }
        let isSQLite = driver == .sqlite
        try await service.store.write(service.systemish) { tx in
            let dialect: Dialect = isSQLite ? .sqlite : .postgres
            for statement in Triggers.drop(dialect) + HeadTriggers.drop(dialect) { try tx.session.run(statement) }
        }
    }

    /// How far each scope is covered by a head.
    var covered: [String: Int] {
        heads.flatMap(\.grown).reduce(into: [:]) { $0[$1.scope] = max($0[$1.scope] ?? 0, $1.sequence) }
    }

    func verify() async throws -> [AuditFinding.Kind] {
        let (heads, key) = (heads, key)
        return try await world.service.readAsSystem { tx in try Self.findings(tx, heads, key, withHeads: true) }
    }

    private struct Undone: Error {
        let findings: [AuditFinding.Kind]
    }

    /// Does it, looks, and undoes it; `nil` where the database itself refused.
    func suffer(_ tampering: Tampering, withHeads: Bool = true) async throws -> [AuditFinding.Kind]? {
        let (heads, key) = (heads, key)
        do {
            try await world.service.store.write(world.service.systemish) { tx in
                for statement in tampering.statements { try tx.session.run(statement) }
                throw Undone(findings: try Self.findings(tx, heads, key, withHeads: withHeads))
            }
            return nil
        } catch let undone as Undone {
            return undone.findings
        } catch is StoreError {
            return nil
        }
    }

    private static func findings(
        _ tx: Transaction,
        _ witnessed: [KeptHead],
        _ key: HeadPublicKey,
        withHeads: Bool
    ) throws -> [AuditFinding.Kind] {
        let ground =
            withHeads
            ? AuditVerifier.Ground(heads: try tx.heads(), witnessed: witnessed, keys: [key], cloud: .public)
            : AuditVerifier.Ground(heads: [], keys: [key], cloud: .public)
        var verifier = AuditVerifier(ground)
        for row in try tx.loggedRows(limit: 100_000) { verifier.take(row) }
        verifier.finish()
        return verifier.findings.map(\.kind)
    }
}

extension PartnerService {
    fileprivate var systemish: Intent {
        Intent(.system, .serve, in: .system, at: environment.now(), correlation: environment.newUUID())
    }
}
