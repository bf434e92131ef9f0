import Crypto
import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// What programs get that act for somebody, and how it ends.
@Suite struct TokenFamilyTests {
    private struct Scene {
        let world: TestWorld
        let service: PartnerService
        let person: Person
        let client: Client
        let secret: String
        let verifier = String(repeating: "v", count: 43)
        let redirect = "https://billing.example/back"

        init(on driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            service = world.service
            let (home, people) = try await world.add(
                .direct,
                "Tozai",
                domain: "tozai.example",
                roles: [[.adminAgent]]
            )
            person = people[0]
            (client, secret) = try await service.registerClient(named: "Billing", of: home.id, redirects: [redirect])
        }

        func code(refresh: Bool = true) async throws -> String {
            try await service.authorize(
                client,
                AuthorizationWish(audience: "suiro", wantsIdentity: true, wantsRefresh: refresh, nonce: "n"),
                redirect: redirect,
                challenge: Array(SHA256.hash(data: Data(verifier.utf8))).base64URL,
                proof: SignInProof(amr: ["pwd", "mfa"], at: world.clock.now),
                world.context(person)
            )
        }

        func redeem(_ code: String, verifier: String? = nil, redirect: String? = nil) async throws -> GrantedTokens? {
            try await service.redeem(
                code,
                by: client,
                redirect: redirect ?? self.redirect,
                verifier: verifier ?? self.verifier,
                lifetime: 3600
            )
        }

        func refresh(_ token: String?) async throws -> GrantedTokens? {
            try await service.refresh(token ?? "", by: client, lifetime: 3600)
        }

        /// Whether the access token still opens anything.
        func opens(_ tokens: GrantedTokens) async -> Bool {
            let caller: Caller = .person(person.id, of: person.tenant, token: tokens.token)
            return (try? await service.whoAmI(CallContext(caller: caller, correlation: UUID()))) != nil
        }
    }

    @Test(arguments: TestDriver.available)
    func `a code is redeemed once, within a minute, by who holds the verifier`(driver: TestDriver) async throws {
        let scene = try await Scene(on: driver)
        let code = try await scene.code()
        #expect(try await scene.redeem(code, verifier: String(repeating: "w", count: 43)) == nil)
        #expect(try await scene.redeem(code, redirect: scene.redirect + "/") == nil)
        let tokens = try #require(try await scene.redeem(code))
        #expect(tokens.family.proof.amr == ["pwd", "mfa"] && tokens.family.wish.nonce == "n")
        #expect(await scene.opens(tokens))
        #expect(try await scene.redeem(code) == nil)
        #expect(await !scene.opens(tokens), "what came of a code that comes again ends")
        #expect(try await scene.refresh(tokens.refreshToken) == nil)
        let late = try await scene.code()
        scene.world.clock.now = scene.world.clock.now.adding(seconds: 60)
        #expect(try await scene.redeem(late) == nil)
    }

    @Test(arguments: TestDriver.available)
    func `K-10: an old refresh token that comes again ends its family, and the person hears of it`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(on: driver)
        let first = try #require(try await scene.redeem(try await scene.code()))
        let second = try #require(try await scene.refresh(first.refreshToken))
        #expect(second.family.proof == first.family.proof && second.refreshToken != first.refreshToken)
        #expect(await scene.opens(first))
        #expect(await scene.opens(second))
        #expect(try await scene.refresh(first.refreshToken) == nil)
        #expect(try await scene.refresh(second.refreshToken) == nil, "both holders lose it")
        #expect(await !scene.opens(first))
        #expect(await !scene.opens(second))
        let mails = try await scene.service.readAsSystem { tx in try tx.mails() }
        #expect(mails.filter { $0.kind == "tokenReused" && $0.to == scene.person.mail }.count == 1)
        let events = try await scene.service.readAsSystem { tx in
            try tx.entries(
                concerning: scene.person.tenant,
                from: .earliest,
                to: .latest,
                customer: nil,
                before: nil,
                correlation: nil,
                limit: 100
            ).map(\.event)
        }
        #expect(events.filter { $0 == "tokenReused" }.count == 1 && events.contains("clientAuthorized"))
    }

    @Test(arguments: TestDriver.available)
    func `K-10: of two who refresh with one token at the same moment, nobody keeps anything`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(on: driver)
        let first = try #require(try await scene.redeem(try await scene.code()))
        let got = try await withThrowingTaskGroup(of: GrantedTokens?.self) { group in
            for _ in 0..<2 { group.addTask { try await scene.refresh(first.refreshToken) } }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(got.count == 1)
        #expect(try await scene.refresh(got.first?.refreshToken) == nil)
        #expect(await !scene.opens(first))
    }

    @Test func `K-10: a family ends fourteen days after the consent, however often it was used`() async throws {
        let scene = try await Scene(on: .sqlite)
        var tokens = try #require(try await scene.redeem(try await scene.code()))
        for _ in 0..<13 {
            scene.world.clock.now = scene.world.clock.now.adding(days: 1)
            tokens = try #require(try await scene.refresh(tokens.refreshToken))
        }
        scene.world.clock.now = scene.world.clock.now.adding(days: 1)
        #expect(try await scene.refresh(tokens.refreshToken) == nil)
    }

    @Test(arguments: TestDriver.available)
    func `a client that is revoked is nobody from the next request on, nor are its tokens`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(on: driver)
        let tenant = "\(scene.client.tenant)"
        let tokens = try #require(try await scene.redeem(try await scene.code()))
        let waiting = try await scene.code()
        try await scene.service.revokeClient(scene.client.id)
        #expect(await !scene.opens(tokens))
        #expect(try await scene.refresh(tokens.refreshToken) == nil)
        #expect(try await scene.redeem(waiting) == nil)
        let id = "\(scene.client.id)"
        #expect(try await scene.service.client(id, of: tenant, showing: scene.secret) == nil)
        #expect(try await scene.service.client(id, of: tenant, redirecting: scene.redirect) == nil)
    }

    @Test(arguments: TestDriver.available)
    func `of a client's secrets the two newest live`(driver: TestDriver) async throws {
        let scene = try await Scene(on: driver)
        var secrets = [scene.secret]
        for _ in 0..<2 {
            scene.world.clock.now = scene.world.clock.now.adding(seconds: 1)
            secrets.append(try await scene.service.renewClient(scene.client.id).secret)
        }
        var live: [Bool] = []
        for secret in secrets {
            let tenant = "\(scene.client.tenant)"
            live.append(try await scene.service.client("\(scene.client.id)", of: tenant, showing: secret) != nil)
        }
        #expect(live == [false, true, true])
    }

    @Test(arguments: TestDriver.available)
    func `an assertion counts once, with the registered key alone`(driver: TestDriver) async throws {
        let scene = try await Scene(on: driver)
        let key = P256.Signing.PrivateKey()
        let point = Array(key.publicKey.rawRepresentation)
        let jwk = """
            {"kty":"EC","crv":"P-256","x":"\(Array(point[..<32]).base64URL)","y":"\(Array(point[32...]).base64URL)"}
            """
        _ = try await scene.service.renewClient(scene.client.id, key: try ClientKey(jwk: jwk))
        func assertion(_ number: String, _ key: P256.Signing.PrivateKey) throws -> ClientAssertion {
            let text = "header.\(number)"
            return ClientAssertion(
                client: "\(scene.client.id)",
                keyID: nil,
                algorithm: "ES256",
                signed: text,
                signature: Array(try key.signature(for: Data(text.utf8)).rawRepresentation),
                number: number
            )
        }
        let tenant = "\(scene.client.tenant)"
        #expect(try await scene.service.client(of: tenant, showing: assertion("1", key)) == scene.client)
        #expect(try await scene.service.client(of: tenant, showing: assertion("1", key)) == nil)
        #expect(try await scene.service.client(of: tenant, showing: assertion("2", .init())) == nil)
        #expect(try await scene.service.client(of: "other.example", showing: assertion("3", key)) == nil)
        #expect(throws: ClientKey.Fault.privateKey) {
            try ClientKey(jwk: jwk.replacing("\"kty\"", with: "\"d\":\"AA\",\"kty\""))
        }
    }
}
