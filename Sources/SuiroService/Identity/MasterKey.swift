import Crypto
import Foundation

/// The one key that is never in the database: what it wraps can be kept there. Each purpose has a key of its own, so
/// that a wrapped thing means nothing in another place (reliability 4.8).
package struct MasterKey: Sendable {
    private let key: SymmetricKey

    /// At least 32 bytes from a file that only the server can read.
    package init(bytes: [UInt8]) {
        key = SymmetricKey(data: Data(bytes))
    }

    /// AES-256-GCM under the key of `purpose`, which is authenticated with it.
    package func wrap(_ plain: [UInt8], for purpose: String) throws -> String {
        let box = try AES.GCM.seal(plain, using: derived(purpose), authenticating: Data(purpose.utf8))
        guard let sealed = box.combined else { throw WrapFault.notOurs }
        return Self.mark + Array(sealed).base64URL
    }

    /// What was wrapped for exactly this purpose.
    package func unwrap(_ text: String, for purpose: String) throws -> [UInt8] {
        guard text.hasPrefix(Self.mark), let sealed = String(text.dropFirst(Self.mark.count)).base64URLDecoded,
            let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: derived(purpose), authenticating: Data(purpose.utf8))
        else { throw WrapFault.notOurs }
        return Array(plain)
    }

    private static let mark = "m1."

    private func derived(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            salt: Data("suiro".utf8),
            info: Data(purpose.utf8),
            outputByteCount: 32
        )
    }
}

/// Another master key wrapped it, or it was wrapped for something else, or it was changed.
package enum WrapFault: Error, CustomStringConvertible {
    case notOurs

    package var description: String {
        "A key in the database was wrapped by another master key; name the one it was wrapped with (master.key.file)."
    }
}
