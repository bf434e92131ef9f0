import Foundation
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// The steps of the gate, one by one, with a key that it trusts (reliability 4.3).
@Suite struct GateStepTests {
    private struct Scene {
        let mint = Mint()
        let world: TestWorld
        let gate: TokenGate
        let person = ID<Person>(UUID())
        let tenant = ID<Tenant>(UUID())

        init() async throws {
            (world, gate) = try await mint.world()
        }

        func claims(_ changes: [String: String?] = [:], lifetime: Int = 3600) -> String {
            Mint.claims(
                gate.issuer(of: "\(tenant)"),
                person: person,
                tenant: tenant,
                at: world.clock.now,
                lifetime: lifetime,
                changes
            )
        }

        func fault(_ token: String, at now: Instant? = nil) async -> TokenFault? {
            do {
                _ = try await gate.verify(token: token, at: now ?? world.clock.now)
                return nil
            } catch {
                return error as? TokenFault
            }
        }
    }

    @Test("Each step turns away what it is for")
    func steps() async throws {
        let scene = try await Scene()
        let good = try scene.mint.token(scene.claims())
        let now = scene.world.clock.now
        _ = try await scene.gate.verify(authorization: "Bearer \(good)", at: now)
        for header in ["\(good)", "Basic \(good)", "Bearer  \(good)", "Bearer \(good) x", "Bearer"] {
            await #expect(throws: TokenFault.self) { try await scene.gate.verify(authorization: header, at: now) }
        }
        #expect(await scene.fault(good + String(repeating: "A", count: 8193)) == .notBearer)
        #expect(await scene.fault(good.replacing(".", with: "=.")) == .malformed)
        let parts = good.split(separator: ".").map(String.init)
        // The last letter of a signature of 64 bytes carries four bits that mean nothing.
        let last = try #require(parts[2].last)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let place = try #require(letters.firstIndex(of: last))
        let stray = parts[2].dropLast() + String(letters[place ^ 1])
        #expect(await scene.fault("\(parts[0]).\(parts[1]).\(stray)") == .malformed)
        let unknown = "{\"alg\":\"ES256\",\"kid\":\"\(UUID())\",\"typ\":\"JWT\"}"
        #expect(await scene.fault(try scene.mint.token(scene.claims(), header: unknown)) == .unknownKey)
        var stranger = Mint()
        let signed = try stranger.token(
            scene.claims(),
            header: "{\"alg\":\"ES256\",\"kid\":\"\(scene.mint.thumbprint)\",\"typ\":\"JWT\"}"
        )
        #expect(await scene.fault(signed) == .notSigned)
        stranger = scene.mint
        #expect(await scene.fault(try stranger.token(scene.claims(["exp": nil]))) == .malformed)
        #expect(await scene.fault(try stranger.token(scene.claims(lifetime: 3601))) == .lifetime)
    }

    @Test("K-04: whoever acts for another, and tokens inside tokens, are refused")
    func actors() async throws {
        let scene = try await Scene()
        for changes in [["act": "{\"sub\":\"x\"}"], ["act": "\"x\""], ["may_act": "{}"]] {
            #expect(await scene.fault(try scene.mint.token(scene.claims(changes))) == .malformed)
        }
        let header = "{\"alg\":\"ES256\",\"kid\":\"\(scene.mint.thumbprint)\",\"typ\":\"JWT\",\"cty\":\"JWT\"}"
        #expect(await scene.fault(try scene.mint.token(scene.claims(), header: header)) == .malformed)
        let inner = try scene.mint.token(scene.claims())
        #expect(await scene.fault(try scene.mint.token("\"\(inner)\"")) == .malformed)
    }

    @Test("K-05: an identity token, and a token for another audience or without its scope, is no access token")
    func kinds() async throws {
        let scene = try await Scene()
        let wrong: [[String: String?]] = [
            ["idtyp": nil, "scp": nil, "aud": "\"client\"", "nonce": "\"n\""], ["scp": nil], ["scp": "\"openid\""],
            ["idtyp": nil], ["idtyp": "\"refresh\""], ["aud": "\"https://graph.microsoft.com\""], ["aud": nil],
            ["aud": "[\"suiro\",\"other\"]"], ["aud": "\"suiro/\""], ["aud": "\"Suiro\""],
        ]
        for changes in wrong {
            #expect(await scene.fault(try scene.mint.token(scene.claims(changes))) == .malformed, "\(changes)")
        }
        #expect(await scene.fault(try scene.mint.token(scene.claims(["idtyp": "\"app\"", "scp": nil]))) == nil)
    }

    @Test("K-07: of offsets from -400 to +400 days, those of the token's hour and a minute around it are accepted")
    func window() async throws {
        let scene = try await Scene()
        let token = try scene.mint.token(scene.claims())
        let start = scene.world.clock.now
        var offsets = [-3600, -61, -60, -59, -1, 0, 1, 59, 60, 61, 1800, 3599, 3600, 3601, 3659, 3660, 3661, 7200]
        offsets += (-400...400).map { $0 * 86_400 }
        for offset in offsets {
            let counts = (-60..<3660).contains(offset)
            #expect((await scene.fault(token, at: start.adding(seconds: offset)) == nil) == counts, "\(offset)")
        }
    }

    @Test("K-14: 5,000 tokens changed in one place are decided as a second reader decides them")
    func mutated() async throws {
        let scene = try await Scene()
        let good = scene.claims()
        var generator = Numbers(state: 20_170_609)
        var accepted = 0
        let alphabet = Array("{}[]\",:\\ abeimnopstux0123456789.-_/\u{0}\u{e9}".utf8)
        for _ in 0..<5000 {
            var bytes = Array(good.utf8)
            let place = Int(generator.next() % UInt64(bytes.count))
            let letter = alphabet[Int(generator.next() % UInt64(alphabet.count))]
            switch generator.next() % 4 {
            case 0: bytes[place] = letter
            case 1: bytes.insert(letter, at: place)
            case 2: bytes.remove(at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let verdict = await scene.fault(try scene.mint.token(text)) == nil
            #expect(verdict == reference(text, scene), "\(text)")
            accepted += verdict ? 1 : 0
        }
        #expect((1..<2500).contains(accepted))
    }

    /// Reads with Foundation and then asks for what has to be there; written without a look at the gate.
    private func reference(_ text: String, _ scene: Scene) -> Bool {
        guard text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}"),
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        else { return false }
        // Foundation keeps one of two members of a name; the text has both.
        let names = text.matches(of: #/"((?:[^"\\]|\\.)*)"\s*:/#).map { String($0.1).lowercased() }
        guard Set(names).count == names.count, names.count == object.count else { return false }
        let now = Int(scene.world.clock.now.milliseconds / 1000)
        // Foundation takes a blank or an `0x` in the place of a digit as well.
        func guid(_ text: String) -> UUID? {
            let digits = #/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/#
            return text.wholeMatch(of: digits) == nil ? nil : UUID(uuidString: text)
        }
        func number(_ name: String) -> Int? {
            guard let pattern = try? Regex("\"\(name)\"\\s*:\\s*([0-9]+)\\s*[,}]", as: (Substring, Substring).self),
                let digits = text.firstMatch(of: pattern)?.output.1, let value = Int(digits)
            else { return nil }
            return (946_684_800...253_402_300_799).contains(value) ? value : nil
        }
        guard let iat = number("iat"), let nbf = number("nbf"), let exp = number("exp"), exp <= iat + 3600,
            max(iat, nbf) <= now + 60, now < exp + 60,
            let tenant = object["tid"] as? String, let home = guid(tenant),
            object["iss"] as? String == scene.gate.issuer(of: home.uuidString.lowercased()),
            let audience = object["aud"] as? String,
            ["suiro", "https://graph.windows.net", "https://api.partnercenter.microsoft.com"].contains(audience),
            guid(object["oid"] as? String ?? "") != nil,
            guid(object["jti"] as? String ?? "") != nil, object["act"] == nil, object["may_act"] == nil
        else { return false }
        let amr = object["amr"]
        guard amr == nil || amr is [String], object["auth_time"] == nil || number("auth_time") != nil else {
            return false
        }
        let mode = object["idtyp"] as? String
        return mode == "app" || (mode == "user" && object["scp"] as? String == "user_impersonation")
    }
}

/// The same numbers in every run.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
