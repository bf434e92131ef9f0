import Crypto
import CryptoExtras
import Foundation
import SuiroDomain
import SuiroStore

/// What deliveries are signed with: an RSA key of 3072 bits and a certificate over it, one of each in a database.
package struct WebhookSeal: Sendable {
    private let key: _RSA.Signing.PrivateKey
    /// X.509, DER.
    package let certificate: [UInt8]

    /// A fresh key, with a certificate for ten years.
    init(at now: Instant, serial: [UInt8]) throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits3072)
        self.key = key
        certificate = try Certificate(
            serial: serial,
            from: now.adding(days: -1),
            until: now.adding(days: 3650),
            publicKey: Array(key.publicKey.derRepresentation)
        ).signed { try Array(key.signature(for: Data($0), padding: .insecurePKCS1v1_5).rawRepresentation) }
    }

    /// As it is kept.
    init?(_ text: String) {
        let parts = text.split(separator: ".").compactMap { String($0).base64Decoded }
        guard parts.count == 2, let key = try? _RSA.Signing.PrivateKey(derRepresentation: Data(parts[0])) else {
            return nil
        }
        (self.key, certificate) = (key, parts[1])
    }

    var text: String { "\(Array(key.derRepresentation).base64).\(certificate.base64)" }

    /// RSA-SHA256 with PKCS #1 padding, as Partner Center signs (conventions, section 15), in Base64.
    package func signature(of body: [UInt8]) throws -> String {
        Array(try key.signature(for: Data(body), padding: .insecurePKCS1v1_5).rawRepresentation).base64
    }

    /// The second signature, after the Standard Webhooks specification: over the delivery, the moment it was sent and
    /// the body, with the secret that only this partner shares. Unlike the first it cannot be replayed later.
    package static func signature(
        of body: [UInt8],
        id: String,
        seconds: Int64,
        secret: String
    ) -> String {
        let shared = String(secret.dropFirst(secret.hasPrefix("whsec_") ? 6 : 0)).base64Decoded ?? Array(secret.utf8)
        var signing = HMAC<SHA256>(key: SymmetricKey(data: shared))
        signing.update(data: Data("\(id).\(seconds).".utf8))
        signing.update(data: Data(body))
        return "v1,\(Array(signing.finalize()).base64)"
    }
}

/// Keeps the seal that was read last; the text it was read from tells whether the database still has the same one.
final class SealShelf: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: (text: String, seal: WebhookSeal)?

    func seal(_ text: String) -> WebhookSeal? {
        if let kept = lock.withLock({ kept }), kept.text == text { return kept.seal }
        guard let seal = WebhookSeal(text) else { return nil }
        lock.withLock { kept = (text, seal) }
        return seal
    }
}

extension PartnerService {
    /// The seal of this database, made at first use; two processes that start together end with the same one.
    package func webhookSeal() async throws -> WebhookSeal {
        if let text = try await readAsSystem({ tx in try tx.secret("webhookSeal") }), let seal = seals.seal(text) {
            return seal
        }
        let fresh = try WebhookSeal(at: environment.now(), serial: environment.randomBytes(16)).text
        let text = try await writeAsSystem { tx in try tx.secret("webhookSeal", or: fresh) }
        guard let seal = seals.seal(text) else { throw StoreError.corrupt(column: "secret.value") }
        return seal
    }
}
