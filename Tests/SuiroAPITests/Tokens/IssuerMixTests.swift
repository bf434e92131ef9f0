import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// One cloud, one world: keys, issuers, tenants, continuation tokens and ids of one mean nothing in another.
@Suite struct IssuerMixTests {
    private struct Place {
        let mint: Mint
        let world: TestWorld
        let gate: TokenGate
        let server: Server
        let home: Organization
        let agent: Person
    }

    private func places() async throws -> [Place] {
        var places: [Place] = []
        for cloud in [Cloud.public, .usgov, .germany] {
            let mint = Mint()
            let (world, gate) = try await mint.world(cloud)
            let (home, people) = try await world.add(
                .direct,
                "Partner \(cloud.rawValue)",
                domain: "\(cloud.rawValue).example",
                roles: [[.adminAgent]]
            )
            let server = Server(world, gate)
            places.append(
                Place(mint: mint, world: world, gate: gate, server: server, home: home, agent: people[0])
            )
        }
        return places
    }

    @Test("K-03: of every key, issuer, tenant and cloud, only the ones that belong together pass")
    func diagonal() async throws {
        let places = try await places()
        var (tried, passed) = (0, 0)
        for key in 0..<3 {
            for issuer in 0..<3 {
                for tenant in 0..<3 {
                    let of = places[tenant]
                    let token = try places[key].mint.token(
                        Mint.claims(
                            places[issuer].gate.issuer(of: "\(of.home.id)"),
                            person: of.agent.id,
                            tenant: of.home.id,
                            at: of.world.clock.now
                        )
                    )
                    for cloud in 0..<3 {
                        let status = try await places[cloud].server.call(path: "/v1/customers", token: token).status
                        let belongs = Set([key, issuer, tenant, cloud]).count == 1
                        #expect(status == (belongs ? .ok : .unauthorized), "\(key) \(issuer) \(tenant) \(cloud)")
                        (tried, passed) = (tried + 1, passed + (status == .ok ? 1 : 0))
                    }
                }
            }
        }
        #expect((tried, passed) == (81, 3))
    }

    @Test("K-03: the issuer's name holds the tenant, so that a tenant's token does not count for another of its cloud")
    func tenants() async throws {
        let place = try await places()[0]
        let (other, people) = try await place.world.add(
            .direct,
            "Other",
            domain: "other.example",
            roles: [[.adminAgent]]
        )
        for (issuer, tenant, person, counts) in [
            (other, other, people[0], true), (place.home, other, people[0], false),
            (other, place.home, place.agent, false), (other, other, place.agent, false),
        ] {
            let token = try place.mint.token(
                Mint.claims(
                    place.gate.issuer(of: "\(issuer.id)"),
                    person: person.id,
                    tenant: tenant.id,
                    at: place.world.clock.now
                )
            )
            let status = try await place.server.call(path: "/v1/customers", token: token).status
            #expect((status == .ok) == counts)
        }
    }

    @Test("N-06: tokens, portal sessions and ids of one cloud are nothing in another")
    func replay() async throws {
        let places = try await places()
        var sessions: [String] = []
        for place in places {
            sessions.append(try await place.world.service.beginSession(for: place.agent.id).cookie)
        }
        for (index, place) in places.enumerated() {
            for (other, elsewhere) in places.enumerated() where index != other {
                let token = try place.gate.sign(
                    TokenGate.Claims(
                        person: place.agent.id,
                        tenant: place.home.id,
                        token: ID(UUID()),
                        isUser: true,
                        amr: ["mfa"],
                        issued: place.world.clock.now,
                        expires: place.world.clock.now.adding(seconds: 600)
                    )
                )
                #expect(try await elsewhere.server.call(path: "/v1/customers", token: token).status == .unauthorized)
                let hash = sessions[index].sha256
                let session = try await elsewhere.world.service.readAsSystem { tx in
                    try tx.portalSession(idHash: hash)
                }
                #expect(session == nil)
                let own = try elsewhere.gate.sign(
                    TokenGate.Claims(
                        person: elsewhere.agent.id,
                        tenant: elsewhere.home.id,
                        token: ID(UUID()),
                        isUser: true,
                        amr: ["mfa"],
                        issued: place.world.clock.now,
                        expires: place.world.clock.now.adding(seconds: 600)
                    )
                )
                let path = "/v1/customers/\(place.home.id)"
                let status = try await elsewhere.server.call(path: path, token: own).status
                #expect(status == .notFound || status == .forbidden)
            }
        }
    }
}
