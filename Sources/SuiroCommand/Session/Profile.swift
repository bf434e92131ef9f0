import Foundation

/// The sign-in that `suiro login` keeps for the next commands. Only its owner may read the file.
package struct Profile: Codable, Equatable, Sendable {
    package var url: String
    package var token: String?
    package var sandboxToken: String?
    package var persona: String?
    package var readyFile: String?

    package init(
        url: String,
        token: String? = nil,
        sandboxToken: String? = nil,
        persona: String? = nil,
        readyFile: String? = nil
    ) {
        self.url = url
        self.token = token
        self.sandboxToken = sandboxToken
        self.persona = persona
        self.readyFile = readyFile
    }

    /// `~/.config/suiro/config.json`, or below `XDG_CONFIG_HOME` where that is set.
    package static func path(in surroundings: Surroundings) -> String {
        let home = surroundings.variable("HOME") ?? NSHomeDirectory()
        let folder = surroundings.variable("XDG_CONFIG_HOME") ?? home + "/.config"
        return folder + "/suiro/config.json"
    }

    /// The stored sign-in, if there is one. A file that cannot be read as one is a failure: guessing past it could
    /// send a request to the wrong place.
    package static func stored(at path: String) throws -> Profile? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard
            let data = FileManager.default.contents(atPath: path),
            let profile = try? JSONDecoder().decode(Profile.self, from: data)
        else { throw Failure(.failed, "profile.unreadable", ["path": path]) }
        return profile
    }

    package func store(at path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let folder = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let data = try encoder.encode(self)
            // Born private and then renamed into place: at no moment can another user read the token.
            let draft = path + ".new"
            try? FileManager.default.removeItem(atPath: draft)
            let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
            guard FileManager.default.createFile(atPath: draft, contents: data, attributes: attributes) else {
                throw CocoaError(.fileWriteUnknown)
            }
            guard rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw Failure(.failed, "file.unwritable", ["path": path])
        }
    }

    /// Forgets the sign-in; says whether there was one.
    package static func remove(at path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw Failure(.failed, "file.unwritable", ["path": path])
        }
        return true
    }
}
