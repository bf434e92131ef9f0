import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// An issuer that the operator trusts, with keys of its own on P-256 and RSA.
private final class FakeIssuer: @unchecked Sendable {
    let elliptic = Mint()
    let rsa: _RSA.Signing.PrivateKey
    private let lock = NSLock()
    private var count = 0
    private var answer: [UInt8]?
    /// Entra ID publishes its keys without `alg`.
    let keys: String

    init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let numbers = try rsa.publicKey.getKeyPrimitives()
        let (n, e) = (numbers.modulus, numbers.publicExponent)
        keys = """
            {"keys":[{"kty":"RSA","use":"sig","kid":"r","n":"\(Array(n).base64URL)","e":"\(Array(e).base64URL)"},
             {"kty":"EC","crv":"P-256","kid":"e","x":"\(elliptic.x)","y":"\(elliptic.y)"},
             {"kty":"RSA","use":"enc","kid":"other","n":"\(Array(n).base64URL)","e":"\(Array(e).base64URL)"}]}
            """
        answer = Array(keys.utf8)
    }

    var fetches: Int { lock.withLock { count } }

    func answer(with bytes: [UInt8]?) { lock.withLock { answer = bytes } }

    func fetch() throws -> [UInt8] {
        try lock.withLock {
            count += 1
            guard let answer else { throw TokenFault.missing }
            return answer
        }
    }

    func token(_ claims: String, alg: String = "RS256", kid: String = "r", header: String? = nil) throws -> String {
        let header = header ?? "{\"typ\":\"JWT\",\"alg\":\"\(alg)\",\"kid\":\"\(kid)\",\"x5t\":\"\(kid)\"}"
        if alg == "ES256" { return try elliptic.token(claims, header: header) }
        let signed = "\(Array(header.utf8).base64URL).\(Array(claims.utf8).base64URL)"
        let padding: _RSA.Signing.Padding = alg == "PS256" ? .PSS : .insecurePKCS1v1_5
        let signature = try rsa.signature(for: SHA256.hash(data: Data(signed.utf8)), padding: padding)
        return "\(signed).\(Array(signature.rawRepresentation).base64URL)"
    }
}

@Suite struct ExternalIssuerTests {
    private static let theirs = "11111111-2222-4333-8444-555555555555"
    private static let entra = "https://sts.windows.net/\(theirs)/"

    private struct Scene {
        let issuer: FakeIssuer
        let world: TestWorld
        let gate: TokenGate
        let agent: Person

        init(_ changes: [String: String] = [:]) async throws {
            let issuer = try FakeIssuer()
            let world = try await TestWorld()
            let (home, people) = try await world.add(
                .direct,
                "Partner",
                domain: "partner.example",
                roles: [[.adminAgent]]
            )
            var members = [
                "issuer": "\"https://sts.windows.net/{tid}/\"", "jwks": "\"https://login.example/keys\"",
                "algorithms": "[\"RS256\",\"ES256\"]", "audiences": "[\"https://api.partnercenter.microsoft.com\"]",
                "tenants": "{\"\(ExternalIssuerTests.theirs)\":\"\(home.id)\"}",
                "people": "{\"subject-1\":\"\(people[0].id)\"}", "mfa": "{\"amr\":[\"mfa\"],\"acr\":[\"gold\"]}",
            ]
            for (name, value) in changes { members[name] = value == "" ? nil : value }
            let text = members.map { "\"\($0)\":\($1)" }.joined(separator: ",")
            var settings = TokenGate.Settings()
            settings.issuers = try ExternalIssuer.read(Array("{\"issuers\":[{\(text)}]}".utf8))
            settings.fetch = { _ in try issuer.fetch() }
            gate = try await TokenGate(service: world.service, settings: settings)
            (self.issuer, self.world, agent) = (issuer, world, people[0])
        }

        /// Claims as Entra ID writes them, with what `changes` says otherwise.
        func claims(_ changes: [String: String?] = [:]) -> String {
            var all: [String: String?] = [
                "aud": "\"https://api.partnercenter.microsoft.com\"", "tid": "\"\(ExternalIssuerTests.theirs)\"",
                "oid": "\"subject-1\"", "idtyp": nil, "ver": "\"1.0\"", "jti": nil, "uti": "\"\(UUID())\"",
            ]
            for (name, value) in changes { all[name] = value }
            return Mint.claims(
                ExternalIssuerTests.entra,
                person: agent.id,
                tenant: agent.tenant,
                at: world.clock.now,
                all
            )
        }

        func bearer(_ token: String, at now: Instant? = nil) async -> Bearer? {
            try? await gate.verify(token: token, at: now ?? world.clock.now)
        }
    }

    @Test("A token of a trusted issuer names the person it is bound to, by keys of RSA and of P-256")
    func accepted() async throws {
        let scene = try await Scene()
        for (alg, kid) in [("RS256", "r"), ("ES256", "e")] {
            let found = await scene.bearer(try scene.issuer.token(scene.claims(), alg: alg, kid: kid))
            #expect(found?.person == scene.agent.id, "\(alg)")
            #expect(found?.tenant == scene.agent.tenant)
            #expect(found?.usedSecondFactor == true)
        }
        // An algorithm that the operator did not name is none, though the key could do it.
        #expect(await scene.bearer(try scene.issuer.token(scene.claims(), alg: "PS256")) == nil)
    }

    @Test("What differs in one respect from a good token of a trusted issuer is refused")
    func refused() async throws {
        let scene = try await Scene()
        #expect(await scene.bearer(try scene.issuer.token(scene.claims())) != nil)
        let now = Int(scene.world.clock.now.milliseconds / 1000)
        let wrong: [[String: String?]] = [
            ["iss": "\"https://sts.windows.net/\(UUID().uuidString.lowercased())/\""],
            ["iss": "\"https://sts.windows.net/\(Self.theirs)\""], ["iss": "\"https://sts.windows.net/common/\""],
            ["iss": "\"https://sts.windows.net/{tid}/\""], ["aud": "\"suiro\""], ["aud": "[\"suiro\"]"],
            ["tid": "\"\(UUID().uuidString.lowercased())\""], ["tid": nil], ["oid": "\"subject-2\""], ["oid": nil],
            ["exp": nil], ["iat": nil], ["exp": "\(now + 86_401)"], ["scp": nil], ["scp": "\"profile\""],
            ["act": "{\"sub\":\"x\"}"], ["nbf": "\(now + 61)"], ["exp": "\(now - 60)", "iat": "\(now - 3600)"],
        ]
        for changes in wrong {
            #expect(await scene.bearer(try scene.issuer.token(scene.claims(changes))) == nil, "\(changes)")
        }
        let good = scene.claims()
        for header in [
            "{\"alg\":\"RS256\",\"kid\":\"other\",\"typ\":\"JWT\"}", "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
            "{\"alg\":\"RS256\",\"kid\":\"r\",\"typ\":\"JWT\",\"jku\":\"https://evil.example\"}",
            "{\"alg\":\"RS256\",\"kid\":\"r\",\"typ\":\"JWT\",\"crit\":[\"x\"]}",
            "{\"alg\":\"none\",\"kid\":\"r\",\"typ\":\"JWT\"}", "{\"alg\":\"HS256\",\"kid\":\"r\",\"typ\":\"JWT\"}",
            "{\"alg\":\"ES256\",\"kid\":\"r\",\"typ\":\"JWT\"}", "{\"alg\":\"RS256\",\"kid\":\"e\",\"typ\":\"JWT\"}",
        ] {
            #expect(await scene.bearer(try scene.issuer.token(good, header: header)) == nil, "\(header)")
        }
    }

    @Test("A second factor counts only where the operator says which claim proves it")
    func secondFactor() async throws {
        let silent = try await Scene(["mfa": ""])
        #expect(await silent.bearer(try silent.issuer.token(silent.claims()))?.usedSecondFactor == false)
        let mapped = try await Scene()
        for (changes, counts): ([String: String?], Bool) in [
            (["amr": "[\"pwd\"]"], false), (["amr": nil], false), (["amr": nil, "acr": "\"gold\""], true),
            (["amr": nil, "acr": "\"Gold\""], false), (["amr": "[\"pwd\",\"mfa\"]"], true),
        ] {
            let found = await mapped.bearer(try mapped.issuer.token(mapped.claims(changes)))
            #expect(found?.usedSecondFactor == counts, "\(changes)")
        }
    }

    @Test("K-02: after tokens that would teach a library the wrong algorithm, 1,000 good ones pass")
    func poison() async throws {
        let scene = try await Scene()
        for alg in ["RS512", "RS384", "PS256", "ES256", "none", "HS256"] {
            let header = "{\"alg\":\"\(alg)\",\"kid\":\"r\",\"typ\":\"JWT\"}"
            #expect(await scene.bearer(try scene.issuer.token(scene.claims(), header: header)) == nil)
        }
        var passed = 0
        for index in 0..<1000 {
            let token = try scene.issuer.token(scene.claims(["n": "\(index)"]))
            if await scene.bearer(token) != nil { passed += 1 }
        }
        #expect(passed == 1000)
    }

    @Test("K-06: a header cannot make the server fetch anything")
    func headers() async throws {
        let scene = try await Scene()
        for name in ["jku", "x5u", "jwk", "x5c", "x5t#S256", "crit", "cty", "zip", "b64"] {
            let header = "{\"alg\":\"RS256\",\"kid\":\"r\",\"typ\":\"JWT\",\"\(name)\":\"http://127.0.0.1:1/\"}"
            #expect(await scene.bearer(try scene.issuer.token(scene.claims(), header: header)) == nil, "\(name)")
        }
        #expect(scene.issuer.fetches == 0)
    }

    @Test("K-12: 10,000 unknown key names in ten seconds cost one fetch, and good tokens pass meanwhile")
    func flood() async throws {
        let scene = try await Scene()
        #expect(await scene.bearer(try scene.issuer.token(scene.claims())) != nil)
        let now = scene.world.clock.now
        let fetches = scene.issuer.fetches
        let parts = try scene.issuer.token(scene.claims()).split(separator: ".")
        for index in 0..<10_000 {
            let header = Array("{\"alg\":\"RS256\",\"kid\":\"k\(index)\",\"typ\":\"JWT\"}".utf8).base64URL
            _ = await scene.bearer("\(header).\(parts[1]).\(parts[2])", at: now.adding(milliseconds: Int64(index)))
        }
        #expect(scene.issuer.fetches - fetches <= 1)
        #expect(await scene.bearer(try scene.issuer.token(scene.claims())) != nil)
    }

    @Test("K-12: an issuer that is away for a day does not lock its people out; after that nothing of it counts")
    func away() async throws {
        let scene = try await Scene()
        let start = scene.world.clock.now
        #expect(await scene.bearer(try scene.issuer.token(scene.claims())) != nil)
        scene.issuer.answer(with: nil)
        for (hours, counts) in [(1, true), (11, true), (13, true), (35, true), (36, false), (100, false)] {
            scene.world.clock.now = start.adding(seconds: hours * 3600)
            #expect((await scene.bearer(try scene.issuer.token(scene.claims())) != nil) == counts, "\(hours)")
        }
        // A minute later it is asked again, and is back.
        scene.issuer.answer(with: Array(scene.issuer.keys.utf8))
        scene.world.clock.now = start.adding(seconds: 101 * 3600)
        #expect(await scene.bearer(try scene.issuer.token(scene.claims())) != nil)
    }

    @Test("K-12: a key set that is too large, has too many keys or names one twice is no key set")
    func sets() async throws {
        let many = (0...100).map { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"\($0)\",\"x\":\"\",\"y\":\"\"}" }
        for bad in [
            "", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[\(many.joined(separator: ","))]}",
            "{\"keys\":[],\"pad\":\"\(String(repeating: "x", count: 1_048_576))\"}",
        ] {
            let scene = try await Scene()
            scene.issuer.answer(with: Array(bad.utf8))
            #expect(await scene.bearer(try scene.issuer.token(scene.claims())) == nil)
            scene.world.clock.now = scene.world.clock.now.adding(seconds: 60)
            scene.issuer.answer(with: Array(scene.issuer.keys.utf8))
            #expect(await scene.bearer(try scene.issuer.token(scene.claims())) != nil)
        }
    }

    @Test("A binding in the database wins over the file, counts on the next request and ends on the next")
    func bound() async throws {
        let scene = try await Scene()
        let token = try scene.issuer.token(scene.claims(["oid": "\"subject-9\""]))
        #expect(await scene.bearer(token) == nil)
        let agent = scene.agent.id
        _ = try await scene.world.service.writeAsSystem { tx in
            try tx.bind(Self.entra, subject: "subject-9", to: agent)
            return true
        }
        #expect(await scene.bearer(token)?.person == agent)
        _ = try await scene.world.service.writeAsSystem { tx in
            try tx.unbind(Self.entra, subject: "subject-9")
            return true
        }
        #expect(await scene.bearer(token) == nil)
    }

    @Test("A file of issuers with a mistake in it is refused, not read in part")
    func file() throws {
        let good = """
            {"issuers":[{"issuer":"https://a.example","jwks":"http://127.0.0.1:9/k","algorithms":["RS256"],
            "audiences":["x"],"tenants":{"*":"\(UUID().uuidString.lowercased())"}}]}
            """
        #expect(try ExternalIssuer.read(Array(good.utf8)).count == 1)
        for (from, to) in [
            ("http://127.0.0.1:9/k", "http://a.example/k"), ("RS256", "HS256"), ("RS256", "none"), ("[\"x\"]", "[]"),
            ("audiences", "audience"), ("\"*\":", "\"*\":1,\"y\":"), ("https://a.example", "a.example"),
            ("[\"RS256\"]", "[]"),
        ] {
            #expect(throws: (any Error).self, "\(to)") {
                try ExternalIssuer.read(Array(good.replacing(from, with: to).utf8))
            }
        }
    }
}
