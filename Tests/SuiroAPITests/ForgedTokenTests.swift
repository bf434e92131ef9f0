import Crypto
import Foundation
import SuiroAPI
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Tokens signed with the issuer's own key that are wrong in one respect each, and tokens signed with another: none is
/// let in (K-01 to K-07, K-14).
@Suite struct ForgedTokenTests {
    private static let now = Instant("2026-03-01T00:00:00Z") ?? .earliest
    private static let day = Int(now.milliseconds / 1000)

    /// What a good token says; every forgery changes one thing of it.
    private struct Maker {
        let gate: TokenGate
        let key: P256.Signing.PrivateKey
        let header: String
        let payload: String

        init() async throws {
            let driver = try #require(TestDriver.available.first)
            let service = try await TestWorld(on: driver).service
            // A key that is kept as it was before there was a ring is taken over.
            let kept = P256.Signing.PrivateKey()
            let text = Array(kept.rawRepresentation).base64
            _ = try await service.writeAsSystem { tx in try tx.secret("tokenKey", or: text) }
            gate = try await TokenGate(service: service)
            key = kept
            let good = try gate.sign(
                TokenGate.Claims(
                    person: ID(UUID()),
                    tenant: ID(UUID()),
                    token: ID(UUID()),
                    isUser: true,
                    amr: ["mfa"],
                    issued: ForgedTokenTests.now,
                    expires: ForgedTokenTests.now.adding(seconds: 3600)
                )
            )
            let parts = good.split(separator: ".").map {
                String(decoding: String($0).base64URLDecoded ?? [], as: UTF8.self)
            }
            (header, payload) = (parts[0], parts[1])
        }

        func token(_ header: String, _ payload: String, by other: P256.Signing.PrivateKey? = nil) throws -> String {
            let signed = "\(Array(header.utf8).base64URL).\(Array(payload.utf8).base64URL)"
            let signature = try (other ?? key).signature(for: Data(signed.utf8)).rawRepresentation
            return "\(signed).\(Array(signature).base64URL)"
        }

        func accepts(_ token: String, at now: Instant = ForgedTokenTests.now) async -> Bool {
            await (try? gate.verify(token: token, at: now)) != nil
        }

        /// The text with `name` set to a JSON text, or without it.
        func with(_ name: String, _ json: String?, in text: String) -> String {
            let member = "\"\(name)\":(\"[^\"]*\"|\\[[^\\]]*\\]|[0-9]+),?"
            let range = text.range(of: member, options: .regularExpression)
            let rest = range.map { text.replacingCharacters(in: $0, with: "") } ?? text
            let bare = rest.dropFirst().dropLast().trimmingCharacters(in: [","])
            return "{" + ([bare] + (json.map { ["\"\(name)\":\($0)"] } ?? [])).joined(separator: ",") + "}"
        }
    }

    @Test("A token that is changed in nothing, or only in the order of its claims, is let in")
    func good() async throws {
        let maker = try await Maker()
        #expect(await maker.accepts(try maker.token(maker.header, maker.payload)))
        let again = maker.with("aud", "\"suiro\"", in: maker.payload)
        #expect(await maker.accepts(try maker.token(maker.header, again)))
    }

    @Test("At least 120 forged tokens, and none is let in")
    func forged() async throws {
        let maker = try await Maker()
        var tokens: [(String, String)] = []
        func header(_ name: String, _ json: String?) throws {
            let text = maker.with(name, json, in: maker.header)
            tokens.append(("header \(name) \(json ?? "missing")", try maker.token(text, maker.payload)))
        }
        func claim(_ name: String, _ json: String?) throws {
            let text = maker.with(name, json, in: maker.payload)
            tokens.append(("claim \(name) \(json ?? "missing")", try maker.token(maker.header, text)))
        }
        for word in [
            "none", "None", "HS256", "HS512", "RS256", "RS512", "PS256", "ES384", "ES512", "EdDSA", "es256", "",
        ] {
            try header("alg", "\"\(word)\"")
        }
        for word in ["at+JWT", "jwt", "JWE", "dpop+jwt", "", "logout+jwt"] { try header("typ", "\"\(word)\"") }
        for word in ["", "0", "../../dev/null", "' OR 1=1"] { try header("kid", "\"\(word)\"") }
        for name in ["alg", "kid", "typ"] {
            for json in [nil, "null", "1", "[]", "{}", "true"] { try header(name, json) }
        }
        for name in ["jku", "x5u", "jwk", "x5c", "crit", "cty", "zip", "b64", "enc", "epk", "x5t#S256", "ALG", "Kid"] {
            try header(name, "\"x\"")
        }
        for name in ["iss", "aud", "oid", "tid", "jti", "exp", "nbf", "iat", "idtyp"] {
            for json in [nil, "null", "1.5", "true", "{}", "\"x\"", "[\"suiro\"]"] { try claim(name, json) }
        }
        for name in ["exp", "nbf", "iat"] {
            for json in ["1e300", "-1", "0", "\"\(Self.day)\"", "\(Self.day).0", "1e9", "99999999999999999999"] {
                try claim(name, json)
            }
        }
        for json in ["\"mfa\"", "[1]", "[[\"mfa\"]]", "{\"mfa\":true}"] { try claim("amr", json) }
        for name in ["act", "may_act", "OID", "Iss"] { try claim(name, "\"x\"") }
        for name in ["iss", "aud", "oid", "tid", "exp", "amr"] {
            let twice = "{" + maker.payload.dropFirst().dropLast() + ",\"\(name)\":1}"
            tokens.append(("\(name) twice", try maker.token(maker.header, twice)))
        }
        try claim("deep", String(repeating: "[", count: 9) + String(repeating: "]", count: 9))
        try claim("long", "\"" + String(repeating: "x", count: 8192) + "\"")
        try claim("nbf", "\(Self.day + 61)")
        try claim("iat", "\(Self.day + 61)")
        try claim("exp", "\(Self.day - 60)")
        let good = try maker.token(maker.header, maker.payload)
        let parts = good.split(separator: ".").map(String.init)
        let stranger = P256.Signing.PrivateKey()
        tokens += [
            ("another key", try maker.token(maker.header, maker.payload, by: stranger)),
            ("no signature", "\(parts[0]).\(parts[1])."), ("two parts", "\(parts[0]).\(parts[1])"),
            ("four parts", good + ".x"), ("padding", good + "="), ("nothing", ""), ("dots", ".."),
            ("blank before", try maker.token(" " + maker.header, maker.payload)),
            ("blank after", try maker.token(maker.header, maker.payload + "\n")),
            ("byte order mark", try maker.token("\u{FEFF}" + maker.header, maker.payload)),
            ("zero signature", "\(parts[0]).\(parts[1])." + [UInt8](repeating: 0, count: 64).base64URL),
            ("swapped", "\(parts[1]).\(parts[0]).\(parts[2])"),
            ("nested", try maker.token(maker.header, "\"\(good)\"")),
        ]
        #expect(tokens.count >= 120)
        for (name, token) in tokens { #expect(!(await maker.accepts(token)), "\(name)") }
        // F4: whatever was tried before, good tokens stay good.
        #expect(await maker.accepts(good))
    }

    @Test("K-07: a token counts from 60 seconds before it begins to 60 seconds after it ends")
    func leeway() async throws {
        let maker = try await Maker()
        let token = try maker.token(maker.header, maker.payload)
        for (seconds, counts) in [(-61, false), (-60, true), (0, true), (3659, true), (3660, false)] {
            #expect(await maker.accepts(token, at: Self.now.adding(seconds: seconds)) == counts, "\(seconds)")
        }
        for days in [-400, -1, 1, 400] { #expect(!(await maker.accepts(token, at: Self.now.adding(days: days)))) }
    }
}
