import Crypto
import Foundation
package import SuiroDomain
import SuiroStore

/// Wraps what must be read again, with keys derived from one master key that is never in the database (reliability 4.8).
package struct Vault: Sendable {
    /// What a key is for; no two purposes share one.
    package enum Purpose: String, Sendable { case seed, enrolment, device }

    private let master: SymmetricKey
    private let cloud: Cloud
    private let keyID: String

    /// `nil` unless the key has 32 bytes.
    package init?(master: [UInt8], cloud: Cloud) {
        guard master.count == 32 else { return nil }
        self.master = SymmetricKey(data: master)
        self.cloud = cloud
        keyID = String(("suiro master key " + master.base64).sha256.prefix(8))
    }

    /// The text as only this vault can read it, bound to what it belongs to.
    package func wrap(_ bytes: [UInt8], _ purpose: Purpose, of owner: String) throws -> String {
        let sealed = try AES.GCM.seal(bytes, using: key(purpose), authenticating: bound(purpose, owner))
        guard let combined = sealed.combined else { throw CryptoKitError.incorrectParameterSize }
        return "\(keyID).\(Array(combined).base64)"
    }

    /// What was wrapped for the same owner; `nil` for everything else.
    package func unwrap(_ text: String, _ purpose: Purpose, of owner: String) -> [UInt8]? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, parts[0] == keyID, let bytes = String(parts[1]).base64Decoded,
            let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key(purpose), authenticating: bound(purpose, owner))
        else { return nil }
        return Array(plain)
    }

    /// Bytes that only this vault can tell for a text.
    package func derive(_ text: String, _ purpose: Purpose) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key(purpose)))
    }

    private func key(_ purpose: Purpose) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: master,
            info: Data("suiro \(cloud.rawValue) \(purpose.rawValue)".utf8),
            outputByteCount: 32
        )
    }

    private func bound(_ purpose: Purpose, _ owner: String) -> Data {
        Data("\(cloud.rawValue)\n\(purpose.rawValue)\n\(owner)".utf8)
    }
}
