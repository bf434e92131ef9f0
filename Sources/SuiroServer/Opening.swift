import Foundation
package import Logging
import SuiroAPI
import SuiroAssets
import SuiroDomain
package import SuiroService
package import SuiroStore

/// Opens the database, installs what every database has, and puts the rooms together.
package enum Opening {
    /// Where the server says it can be reached; known only once it listens.
    package final class Origin: @unchecked Sendable {
        private let lock = NSLock()
        private var text: String

        package init(_ text: String) {
            self.text = text
        }

        package var value: String {
            get { lock.withLock { text } }
            set { lock.withLock { text = newValue } }
        }
    }

    package enum Fault: Error, CustomStringConvertible {
        case database(String)
        case inUse(String)
        case address(String, reason: String)
        case masterKey(String, reason: String)

        package var description: String {
            switch self {
            case .database(let reason): "The database cannot be opened: \(reason.inOneLine)"
            case .inUse(let path): "Another process has \(path) open; one SQLite file belongs to one process."
            case .address(let address, let reason): "The server cannot listen on \(address): \(reason)."
            case .masterKey(let path, let reason): "The master key \(path) cannot be used: \(reason)."
            }
        }
    }

    /// SQLite in memory, SQLite in a folder, or PostgreSQL.
    package static func store(_ settings: ServerSettings) async throws -> Store {
        do {
            if let url = settings.databaseURL {
                return try await .postgres(url: url, replica: settings.replicaURL, lanes: settings.lanes)
            }
            guard let folder = settings.data else { return try .sqlite() }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try lock(folder)
            return try .sqlite(path: "\(folder)/suiro-\(settings.cloud.rawValue).sqlite", archive: settings.archive)
        } catch let fault as Fault {
            throw fault
        } catch let fault as ArchiveFault {
            throw fault
        } catch let StoreError.unavailable(reason) {
            throw Fault.database(reason)
        } catch {
            throw Fault.database("\(error)")
        }
    }

    /// The SQLite file of a folder, to be read beside the server that writes it.
    package static func storeForReading(_ settings: ServerSettings) throws -> Store {
        let path = "\(settings.data ?? ".")/suiro-\(settings.cloud.rawValue).sqlite"
        guard FileManager.default.fileExists(atPath: path) else {
            throw Fault.database("\(path): \(String(cString: strerror(ENOENT)))")
        }
        return .sqliteForReading(path: path)
    }

    /// One process, one writer: SQLite's own locks do not keep two servers from one file.
    private static func lock(_ folder: String) throws {
        let path = "\(folder)/suiro.lock"
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault.database("\(path): \(String(cString: strerror(errno)))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw Fault.inUse(folder) }
        // The descriptor stays open, and with it the lock, until the process ends.
    }

    /// The environment with what heads of the event log are signed with, and where they are handed to.
    package static func auditing(_ settings: ServerSettings, _ environment: Environment) throws -> Environment {
        var environment = environment
        if let path = settings.auditKey {
            environment.headKey = try HeadKey(file: path, fresh: environment.randomBytes(32))
        }
        environment.witness = settings.auditWitness.map { HeadWitness($0, cloud: settings.cloud.rawValue) }
        return environment
    }

    package static func logger(_ settings: ServerSettings) -> Logger {
        var logger = Logger(label: "suiro") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        return logger
    }
}

extension String {
    /// Messages of databases come with hints on lines of their own.
    fileprivate var inOneLine: String {
        split(whereSeparator: \.isNewline).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}
