import Foundation
import SuiroDomain
package import SuiroService

extension Opening {
    /// The vault of this server's master key; the file is made at first use, for its owner's eyes alone. `nil` where
    /// there is no place for one: nobody can sign in with a password then.
    package static func vault(_ settings: ServerSettings) throws -> Vault? {
        try masterKey(settings).flatMap { Vault(master: $0, cloud: settings.cloud) }
    }

    /// The 32 bytes of the master key: as a last resort from the environment, else from a file that nobody else may read.
    package static func masterKey(_ settings: ServerSettings) throws -> [UInt8]? {
        if let text = settings.masterKey {
            guard let bytes = text.base64Decoded, bytes.count == 32 else {
                throw Fault.masterKey("master.key.value", reason: "it is not 32 bytes in Base64")
            }
            return bytes
        }
        guard let path = settings.masterKeyFile else { return nil }
        // Whoever makes the file first decides; the other one reads it.
        try make(path)
        return try key(in: path)
    }

    /// The 32 bytes of a file that nobody but its owner may read.
    package static func key(in path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Fault.masterKey(path, reason: "there is no such file")
        }
        let status = try FileManager.default.attributesOfItem(atPath: path)
        guard let mode = status[.posixPermissions] as? Int, mode & 0o077 == 0 else {
            throw Fault.masterKey(path, reason: "others may read it; chmod 600 it")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let bytes = text.filter({ !$0.isWhitespace }).base64Decoded, bytes.count == 32
        else { throw Fault.masterKey(path, reason: "it does not hold 32 bytes in Base64") }
        return bytes
    }

    private static func make(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let part = "\(path).\(UUID().uuidString)"
        let descriptor = open(part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault.masterKey(path, reason: String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data((bytes.base64 + "\n").utf8))
        try handle.synchronize()
        // Whole or not at all, and never over one that is there.
        _ = link(part, path)
        unlink(part)
    }
}
