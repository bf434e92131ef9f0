import JWTKit
import SuiroDomain

/// One public key of one issuer, for one algorithm. It holds a collection with that key alone, made from a JWK on which
/// we have stamped the algorithm: a library that is given a key without one learns it from the first token (F4).
struct TrustedKey: Sendable {
    private let keys: JWTKeyCollection

    /// A key on P-256; the coordinates in base64url.
    init(id: String, x: String, y: String) async throws {
        try await self.init(
            .ecdsa(.es256, identifier: JWKIdentifier(string: id), x: x, y: y, curve: .p256)
        )
    }

    /// A published key; `nil` for a key that is none of the kinds that `algorithm` needs.
    init?(_ key: PublishedKey, id: String, algorithm: SignatureAlgorithm) async throws {
        let identifier = JWKIdentifier(string: id)
        switch (key, algorithm) {
        case (.rsa(let modulus, let exponent), .rs256):
            try await self.init(.rsa(.rs256, identifier: identifier, modulus: modulus, exponent: exponent))
        case (.rsa(let modulus, let exponent), .ps256):
            try await self.init(.rsa(.ps256, identifier: identifier, modulus: modulus, exponent: exponent))
        case (.p256(let x, let y), .es256): try await self.init(id: id, x: x, y: y)
        default: return nil
        }
    }

    private init(_ stamped: JWK) async throws {
        keys = JWTKeyCollection()
        try await keys.add(jwk: stamped)
    }

    /// Whether this key signed the token. Header and claims are read elsewhere, by `ClaimSet`.
    func signed(_ token: String) async -> Bool {
        await (try? keys.verify(token, as: Unread.self)) != nil
    }

    private struct Unread: JWTPayload {
        func verify(using _: some JWTAlgorithm) {}
    }
}

/// What an issuer may sign with. Nothing symmetric, nothing that a token could talk us into.
package enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
}

/// A key out of a key set, as far as we use it; numbers in base64url.
enum PublishedKey: Sendable {
    case rsa(modulus: String, exponent: String)
    case p256(x: String, y: String)
}
