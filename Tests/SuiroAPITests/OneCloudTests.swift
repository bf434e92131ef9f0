import Foundation
import SuiroAPI
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// N-06: what one cloud has made means nothing in another.
@Suite struct OneCloudTests {
    private struct Made {
        let cloud: Cloud
        let token, cookie, code: String
        let head: KeptHead
        let copy: [String]
        let world: TestWorld
        let gate: TokenGate
    }

    private func make(_ cloud: Cloud) async throws -> Made {
        let world = try await TestWorld(cloud: cloud)
        let service = world.service
        let (_, agents) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let (customer, _) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        let view = try await service.requestRelationship(world.wish(customer), world.context(agents[0]))
        let gate = try await TokenGate(service: service)
        let now = world.clock.now
        let claims = TokenGate.Claims(
            person: agents[0].id,
            tenant: agents[0].tenant,
            token: ID(UUID()),
            isUser: true,
            amr: ["pwd", "mfa"],
            issued: now,
            expires: now.adding(days: 30)
        )
        let token = try gate.sign(claims)
        let session = try await service.beginSession(for: agents[0].id)
        world.clock.now = now.adding(days: 1)
        try await service.makeHead()
        let (head, copy) = try await service.readAsSystem { tx in
            var lines: [String] = []
            try tx.dump { lines.append($0) }
            return (try #require(try tx.heads().first), lines)
        }
        world.clock.now = now
        return Made(
            cloud: cloud,
            token: token,
            cookie: session.cookie,
            code: view.request.code,
            head: head,
            copy: copy,
            world: world,
            gate: gate
        )
    }

    @Test("N-06: token, session, invitation, head and copy of each cloud are nothing in the two others")
    func nothingCrosses() async throws {
        var all: [Made] = []
        for cloud in Cloud.allCases { all.append(try await make(cloud)) }
        for made in all {
            let now = made.world.clock.now
            await #expect(throws: Never.self) { try await made.gate.verify(token: made.token, at: now) }
            #expect(try await made.world.service.session(made.cookie) != nil)
            for other in all where other.cloud != made.cloud {
                let service = other.world.service
                await #expect(throws: TokenFault.self) { try await other.gate.verify(token: made.token, at: now) }
                #expect(try await service.session(made.cookie) == nil)
                let found = try await service.readAsSystem { tx in try tx.relationshipRequest(code: made.code) }
                #expect(found == nil)
                let key = try await service.headKey().publicKey
                let ground = AuditVerifier.Ground(heads: [made.head], keys: [key], cloud: other.cloud)
                let kinds = Set(AuditVerifier(ground).findings.map(\.kind))
                #expect(kinds.isSuperset(of: [.badSignature, .foreignCloud]))
                await #expect(throws: ForeignCloud.self) { try await service.restore(made.copy) }
                let stranger = PartnerService(
                    store: service.store,
                    cloud: made.cloud,
                    words: service.words,
                    environment: service.environment,
                    isSandbox: true
                )
                await #expect(throws: ForeignCloud.self) { try await stranger.install() }
            }
        }
    }

    @Test("N-06: even in the database of another cloud a session's cookie stays that of its own")
    func aCookieIsBoundToItsCloud() async throws {
        let made = try await make(.public)
        let service = made.world.service
        let stranger = PartnerService(
            store: service.store,
            cloud: .germany,
            words: service.words,
            environment: service.environment,
            isSandbox: true
        )
        #expect(try await stranger.session(made.cookie) == nil)
    }

    @Test("D-11: a restored copy signs nobody in to the portal again")
    func aRestoredCopyHasNoSessions() async throws {
        let made = try await make(.public)
        try await made.world.service.restore(made.copy)
        #expect(try await made.world.service.session(made.cookie) == nil)
        #expect(try await made.world.service.verifyAudit().findings == [])
    }
}
