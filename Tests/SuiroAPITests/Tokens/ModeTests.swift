import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

private typealias Operation = SuiroAPI.Operation

/// Which tokens an operation takes: programs, people with a second factor, people who have just signed in.
@Suite struct ModeTests {
    @Test("Every Partner Center and Graph operation takes the tokens that Microsoft's takes")
    func facts() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Goldens/endpoint-modes.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count >= 70)
        for line in lines {
            let parts = line.split(separator: " ").map(String.init)
            let operation = Operation.all.first { $0.method.rawValue == parts[0] && $0.path == parts[1] }
            #expect(operation?.access.rawValue == parts[2], "\(line)")
        }
    }

    private struct Cast {
        let world: TestWorld
        let gate: TokenGate
        let server: Server
        let home: Organization
        let agent: Person
        let app: Person

        init(isSandbox: Bool = true) async throws {
            var settings = TokenGate.Settings()
            settings.isSandbox = isSandbox
            world = try await TestWorld()
            gate = try await TokenGate(service: world.service, settings: settings)
            server = Server(world, gate)
            let (home, people) = try await world.add(
                .direct,
                "Partner",
                domain: "partner.example",
                roles: [[.adminAgent, .globalAdmin], [.app]]
            )
            (self.home, agent, app) = (home, people[0], people[1])
        }

        func token(_ person: Person, amr: [String] = [], signedIn: Instant? = nil) throws -> String {
            var claims = TokenGate.Claims(
                person: person.id,
                tenant: person.tenant,
                token: ID(UUID()),
                isUser: person.roles != [.app],
                amr: amr,
                issued: world.clock.now,
                expires: world.clock.now.adding(seconds: 3600)
            )
            claims.signedInAt = signedIn
            return try gate.sign(claims)
        }

        func call(_ operation: Operation, _ token: String) async throws -> Reply {
            let path = operation.path.replacing(#/\{[^}]*\}/#) { _ in UUID().uuidString.lowercased() }
            return try await server.call(operation.method, path: path, token: token, body: "{}")
        }
    }

    @Test("K-08: every route takes programs, people with a second factor, and people without one as the table says")
    func matrix() async throws {
        let cast = try await Cast()
        let (app, user) = (try cast.token(cast.app), try cast.token(cast.agent, amr: ["pwd", "mfa"]))
        let weak = try cast.token(cast.agent, amr: ["pwd"])
        for operation in Operation.all where operation.access != .anonymous {
            let answer = try await cast.call(operation, app)
            if operation.access == .userOnly {
                #expect(answer.status == .forbidden, "\(operation.id)")
            } else {
                #expect(answer.status != .unauthorized, "\(operation.id)")
            }
            #expect(try await cast.call(operation, user).status != .unauthorized, "\(operation.id)")
            let refused = try await cast.call(operation, weak)
            #expect(refused.status == .unauthorized, "\(operation.id)")
            #expect(refused.headers[.wwwAuthenticate] == "Bearer error=\"invalid_token\"", "\(operation.id)")
        }
    }

    @Test("A dangerous operation takes a sign-in of the last 5 minutes, and asks for one otherwise")
    func stepUp() async throws {
        let cast = try await Cast(isSandbox: false)
        let now = cast.world.clock.now
        #expect(Operation.dangerous.isSubset(of: Set(Operation.all.map(\.id))))
        for operation in Operation.all where Operation.dangerous.contains(operation.id) {
            let cases: [(Int?, Bool)] = [(-61, false), (0, true), (300, true), (301, false), (nil, false)]
            for (seconds, counts) in cases {
                let signedIn = seconds.map { now.adding(seconds: -$0) }
                let answer = try await cast.call(operation, cast.token(cast.agent, amr: ["mfa"], signedIn: signedIn))
                #expect((answer.status != .unauthorized) == counts, "\(operation.id) \(seconds ?? 0)")
                guard !counts else { continue }
                let wanted = "Bearer error=\"insufficient_user_authentication\", max_age=\"300\""
                #expect(answer.headers[.wwwAuthenticate] == wanted)
            }
        }
        // Only the sandbox takes a token that does not say when the sign-in was for fresh.
        let sandbox = try await Cast()
        for operation in Operation.all where Operation.dangerous.contains(operation.id) {
            let token = try sandbox.token(sandbox.agent, amr: ["mfa"])
            #expect(try await sandbox.call(operation, token).status != .unauthorized)
            let old = try sandbox.token(sandbox.agent, amr: ["mfa"], signedIn: now.adding(seconds: -301))
            #expect(try await sandbox.call(operation, old).status == .unauthorized)
        }
    }

    @Test("Approving what Graph calls a request takes a fresh sign-in; sending and ending it do not")
    func stepUpForApproval() async throws {
        let now = try await Cast().world.clock.now
        for (isSandbox, seconds, counts) in [
            (false, 300, true), (false, 301, false), (false, nil, false), (true, nil, true), (true, 301, false),
        ] as [(Bool, Int?, Bool)] {
            let cast = try await Cast(isSandbox: isSandbox)
            let signedIn = seconds.map { now.adding(seconds: -$0) }
            let token = try cast.token(cast.agent, amr: ["mfa"], signedIn: signedIn)
            for version in ["v1.0", "beta"] {
                let id = UUID().uuidString.lowercased()
                let path = "/\(version)/tenantRelationships/delegatedAdminRelationships/\(id)-\(id)/requests"
                for action in ["approve", "lockForApproval", "terminate"] {
                    let body = "{\"action\":\"\(action)\"}"
                    let answer = try await cast.server.call(.post, path: path, token: token, body: body)
                    let isIn = counts || action != "approve"
                    #expect((answer.status != .unauthorized) == isIn, "\(action) \(seconds ?? -1) \(isSandbox)")
                }
            }
        }
    }

    @Test(
        "Tokens that a person had before an instant are nobody's on the next request, on every server",
        arguments: TestDriver.available
    )
    func epoch(driver: TestDriver) async throws {
        let store = try await driver.open()
        let (one, two) = (try await TestWorld(keptIn: store), try await TestWorld(keptIn: store))
        let gates = [try await TokenGate(service: one.service), try await TokenGate(service: two.service)]
        let servers = [Server(one, gates[0]), Server(two, gates[1])]
        let (_, people) = try await one.add(
            .direct,
            "Partner",
            domain: "partner.example",
            roles: [[.adminAgent], [.adminAgent], [.app]]
        )
        func token(_ person: Person) throws -> String {
            try gates[0].sign(
                TokenGate.Claims(
                    person: person.id,
                    tenant: person.tenant,
                    token: ID(UUID()),
                    isUser: person.roles != [.app],
                    amr: ["mfa"],
                    issued: one.clock.now,
                    expires: one.clock.now.adding(seconds: 3600)
                )
            )
        }
        let before = try people.map(token)
        for token in before {
            for server in servers { #expect(try await server.call(path: "/v1/customers", token: token).status == .ok) }
        }
        one.clock.now = one.clock.now.adding(seconds: 1)
        two.clock.now = one.clock.now
        #expect(try await one.service.refuseTokens(of: people[0].id))
        #expect(try await one.service.refuseTokens(of: people[2].id))
        #expect(try await !one.service.refuseTokens(of: ID(UUID())))
        for server in servers {
            for (index, token) in before.enumerated() {
                let status = try await server.call(path: "/v1/customers", token: token).status
                #expect((status == .ok) == (index == 1))
            }
            #expect(try await server.call(path: "/v1/customers", token: token(people[0])).status == .ok)
        }
    }
}
