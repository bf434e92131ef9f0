import Crypto
import CryptoExtras
import Foundation

/// A client's public key, read from a JWK: P-256 for ES256, or RSA of 2048 bits and more for RS256.
package struct ClientKey: Sendable {
    package enum Fault: Error { case notAPublicKey, privateKey, tooShort }

    private struct JWK: Codable {
        var kty: String
        var kid: String?
        var crv: String?
        var x: String?
        var y: String?
        var n: String?
        var e: String?
        var d: String?
    }

    private enum Key: Sendable {
        case ec(P256.Signing.PublicKey)
        case rsa(_RSA.Signing.PublicKey)
    }

    private let key: Key
    /// The key's name: the JWK's own, or the thumbprint.
    package let id: String
    /// The JWK with its public members alone.
    package let body: String

    package init(jwk text: String) throws {
        guard let read = try? JSONDecoder().decode(JWK.self, from: Data(text.utf8)) else { throw Fault.notAPublicKey }
        guard read.d == nil else { throw Fault.privateKey }
        let canonical: String
        switch read.kty {
        case "EC":
            guard read.crv == "P-256", let x = read.x, let y = read.y, let left = x.base64URLDecoded,
                let right = y.base64URLDecoded, left.count == 32, right.count == 32,
                let public_ = try? P256.Signing.PublicKey(rawRepresentation: Data(left + right))
            else { throw Fault.notAPublicKey }
            key = .ec(public_)
            canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
        case "RSA":
            guard let n = read.n, let e = read.e, let modulus = n.base64URLDecoded, let exponent = e.base64URLDecoded,
                let public_ = try? _RSA.Signing.PublicKey(n: Data(modulus), e: Data(exponent))
            else { throw Fault.notAPublicKey }
            guard public_.keySizeInBits >= 2048 else { throw Fault.tooShort }
            key = .rsa(public_)
            canonical = "{\"e\":\"\(e)\",\"kty\":\"RSA\",\"n\":\"\(n)\"}"
        default: throw Fault.notAPublicKey
        }
        let thumbprint = Array(SHA256.hash(data: Data(canonical.utf8))).base64URL
        let named = read.kid.flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
        id = named ?? thumbprint
        body = canonical
    }

    /// The one algorithm that is taken with this key.
    package var algorithm: String {
        switch key {
        case .ec: "ES256"
        case .rsa: "RS256"
        }
    }

    package func verifies(_ signature: [UInt8], of text: String) -> Bool {
        let data = Data(text.utf8)
        switch key {
        case .ec(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: Data(signature)) else {
                return false
            }
            return key.isValidSignature(signature, for: data)
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: Data(signature)),
                for: SHA256.hash(data: data),
                padding: .insecurePKCS1v1_5
            )
        }
    }
}

/// A text that a client signed to prove itself (RFC 7523), its claims read already.
package struct ClientAssertion: Sendable {
    package let client: String
    package let keyID: String?
    package let algorithm: String
    /// Header and claims as they were signed.
    package let signed: String
    package let signature: [UInt8]
    /// Its own number, which counts once.
    package let number: String

    package init(
        client: String,
        keyID: String?,
        algorithm: String,
        signed: String,
        signature: [UInt8],
        number: String
    ) {
        (self.client, self.keyID, self.algorithm) = (client, keyID, algorithm)
        (self.signed, self.signature, self.number) = (signed, signature, number)
    }
}
