import Crypto
import Foundation
package import SuiroDomain
import SuiroHTTP
package import SuiroService
import SuiroStore

/// Who a verified token names. What that person may do is read from the database, never from the token.
package struct Bearer: Hashable, Sendable {
    package let person: ID<Person>
    package let tenant: ID<Tenant>
    package let token: ID<Token>
    /// `false` for a client that speaks for itself (client credentials).
    package let isUser: Bool
    package let amr: [String]
    package let expires: Instant

    package var caller: Caller { .person(person, of: tenant, token: token) }
}

/// Signs and verifies the built-in issuer's tokens: ES256, one key a database, every step strict (reliability 4.3).
package struct TokenGate: Sendable {
    private let key: P256.Signing.PrivateKey
    private let keyID: String
    private let issuer: String
    private let audiences: Set<String>
    private let cache = VerifiedTokens()

    /// The key is made at first use and kept in the database, so that tokens survive a restart and every node agrees.
    package init(service: PartnerService) async throws {
        let fresh = P256.Signing.PrivateKey().rawRepresentation
        let stored = try await service.writeAsSystem { tx in
            try tx.secret("tokenKey", or: Array(fresh).base64)
        }
        guard let bytes = stored.base64Decoded else { throw TokenFault.notSigned }
        key = try P256.Signing.PrivateKey(rawRepresentation: Data(bytes))
        keyID = String(Array(key.publicKey.rawRepresentation).sha256.prefix(16))
        issuer = "https://suiro.example/\(service.cloud.rawValue)/"
        audiences = ["https://graph.windows.net", "https://api.partnercenter.microsoft.com", "suiro"]
    }

    /// What goes into a token.
    package struct Claims: Sendable {
        package var person: ID<Person>
        package var tenant: ID<Tenant>
        package var token: ID<Token>
        package var isUser: Bool
        package var amr: [String]
        package var issued: Instant
        package var expires: Instant

        package init(
            person: ID<Person>,
            tenant: ID<Tenant>,
            token: ID<Token>,
            isUser: Bool,
            amr: [String],
            issued: Instant,
            expires: Instant
        ) {
            (self.person, self.tenant, self.token, self.isUser) = (person, tenant, token, isUser)
            (self.amr, self.issued, self.expires) = (amr, issued, expires)
        }
    }

    package func sign(_ claims: Claims) throws -> String {
        let header = JSONWriter.object { writer in
            writer.member("alg", "ES256")
            writer.member("kid", keyID)
            writer.member("typ", "JWT")
        }
        let payload = JSONWriter.object { writer in
            writer.member("iss", issuer)
            writer.member("aud", "https://api.partnercenter.microsoft.com")
            writer.member("tid", claims.tenant)
            writer.member("oid", claims.person)
            writer.member("sub", claims.person)
            writer.member("jti", claims.token)
            writer.member("iat", Int(claims.issued.milliseconds / 1000))
            writer.member("nbf", Int(claims.issued.milliseconds / 1000))
            writer.member("exp", Int(claims.expires.milliseconds / 1000))
            writer.member("idtyp", claims.isUser ? "user" : "app")
            if claims.isUser { writer.member("scp", "user_impersonation") }
            writer.array("amr", claims.amr)
        }
        let signed = "\(header.base64URL).\(payload.base64URL)"
        let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation
        return "\(signed).\(Array(signature).base64URL)"
    }

    /// The bearer of an `Authorization` header's text, or the one answer for everything that is wrong with it.
    package func verify(authorization: String, at now: Instant) throws(TokenFault) -> Bearer {
        let parts = authorization.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 8192 else {
            throw .notBearer
        }
        return try verify(token: String(parts[1]), at: now)
    }

    package func verify(token: String, at now: Instant) throws(TokenFault) -> Bearer {
        let digest = token.sha256
        let bearer: Bearer
        if let known = cache[digest] {
            bearer = known
        } else {
            bearer = try check(token)
            cache[digest] = bearer
        }
        guard now < bearer.expires.adding(seconds: 60) else { throw .expired }
        return bearer
    }

    private func check(_ token: String) throws(TokenFault) -> Bearer {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = parts[0].base64URLDecoded, let payload = parts[1].base64URLDecoded,
            let signature = parts[2].base64URLDecoded
        else { throw .malformed }
        try checkHeader(header)
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        guard let ecdsa = try? P256.Signing.ECDSASignature(rawRepresentation: Data(signature)),
            key.publicKey.isValidSignature(ecdsa, for: signed)
        else { throw .notSigned }
        do {
            return try claims(payload)
        } catch {
            throw .malformed
        }
    }

    private func checkHeader(_ bytes: [UInt8]) throws(TokenFault) {
        guard let value = try? JSONReader.read(bytes), let fields = try? Fields(value),
            fields.members.allSatisfy({ ["alg", "kid", "typ"].contains($0.name) }),
            fields.value("alg") == .string("ES256"), fields.value("kid") == .string(keyID)
        else { throw .malformed }
    }

    private func claims(_ bytes: [UInt8]) throws -> Bearer {
        let fields = try Fields(try JSONReader.read(bytes))
        guard try fields.requiredText("iss") == issuer, audiences.contains(try fields.requiredText("aud")) else {
            throw TokenFault.malformed
        }
        let seconds = try fields.required("exp", fields.whole("exp", in: 0...253_402_300_799))
        return Bearer(
            person: try fields.required("oid", fields.id("oid")),
            tenant: try fields.required("tid", fields.id("tid")),
            token: try fields.required("jti", fields.id("jti")),
            isUser: try fields.text("idtyp") != "app",
            amr: try fields.texts("amr") ?? [],
            expires: Instant(milliseconds: Int64(seconds) * 1000)
        )
    }
}

/// Why a token was turned away. For the log; callers always hear the same.
package enum TokenFault: Error, Equatable { case missing, notBearer, malformed, notSigned, expired }

/// Tokens whose signature has been checked, by their hash. Only the signature is remembered: whether the token was
/// revoked, and what its person may do, is read from the database in every transaction.
private final class VerifiedTokens: @unchecked Sendable {
    private let lock = NSLock()
    private var bearers: [String: Bearer] = [:]

    subscript(digest: String) -> Bearer? {
        get { lock.withLock { bearers[digest] } }
        set {
            lock.withLock {
                if bearers.count >= 10_000 { bearers.removeAll(keepingCapacity: true) }
                bearers[digest] = newValue
            }
        }
    }
}
