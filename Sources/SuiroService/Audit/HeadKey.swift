import Crypto
import Foundation
import SuiroStore

/// What heads are signed with: Ed25519. It is kept outside of the database, so that whoever can write there cannot sign.
package struct HeadKey: Sendable {
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private let key: Curve25519.Signing.PrivateKey

    /// `seed` are 32 bytes.
    package init(seed: [UInt8]) throws {
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(seed))
    }

    /// The key in a file that only its owner reads; it is made where there is none. Two servers that start together end
    /// with the same one, because the file appears whole or not at all.
    package init(file path: String, fresh: [UInt8]) throws {
        if !FileManager.default.fileExists(atPath: path) {
            let partial = "\(path).\(Array(fresh.prefix(4)).sha256.prefix(8)).partial"
            let made = FileManager.default.createFile(
                atPath: partial,
                contents: Data((fresh.base64 + "\n").utf8),
                attributes: [.posixPermissions: 0o600]
            )
            guard made else { throw Fault(description: "The key of the event log cannot be written to \(path).") }
            // A link to a name that exists is refused: whoever comes second reads what the first has written.
            _ = link(partial, path)
            unlink(partial)
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8))?.filter { !$0.isWhitespace } ?? ""
        let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? NSNumber
        guard let bytes = text.base64Decoded, bytes.count == 32 else {
            throw Fault(description: "\(path) is not a key of the event log.")
        }
        guard let mode, mode.intValue & 0o077 == 0 else {
            throw Fault(description: "\(path) can be read by others; make it chmod 600.")
        }
        try self.init(seed: bytes)
    }

    package var publicKey: HeadPublicKey { HeadPublicKey(key.publicKey) }

    func sign(_ text: String) throws -> String {
        Array(try key.signature(for: Data(text.utf8))).base64
    }
}

/// What heads are checked with: the one thing an auditor must have from somewhere else than the database.
package struct HeadPublicKey: Sendable {
    private let key: Curve25519.Signing.PublicKey

    init(_ key: Curve25519.Signing.PublicKey) {
        self.key = key
    }

    /// 32 bytes in Base64.
    package init?(_ text: String) {
        guard let bytes = text.base64Decoded, bytes.count == 32,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes))
        else { return nil }
        self.key = key
    }

    /// The keys in a file: one a line; what follows a `#` is a remark.
    package static func read(_ text: String) -> [HeadPublicKey] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            HeadPublicKey(String(line.prefix { $0 != "#" }).filter { !$0.isWhitespace })
        }
    }

    package var text: String { Array(key.rawRepresentation).base64 }
    package var id: String { String(Array(key.rawRepresentation).sha256.prefix(16)) }

    func hasSigned(_ head: KeptHead) -> Bool {
        guard head.key == id, let signature = head.signature.base64Decoded else { return false }
        return key.isValidSignature(Data(signature), for: Data(head.body.utf8))
    }
}
