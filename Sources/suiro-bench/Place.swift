import ArgumentParser
import Foundation
import SuiroStore

/// Where a world is kept: a folder for SQLite, an address for PostgreSQL.
enum Place: ExpressibleByArgument, CustomStringConvertible {
    case folder(String)
    case address(String)

    init?(argument: String) {
        self = argument.hasPrefix("postgres") ? .address(argument) : .folder(argument)
    }

    var description: String {
        switch self {
        case .folder: "SQLite"
        case .address: "PostgreSQL"
        }
    }

    /// What `suirod` is told.
    var flags: [String] {
        switch self {
        case .folder(let path): ["--data", path]
        case .address(let url): ["--database-url", url]
        }
    }

    func open() async throws -> Store {
        switch self {
        case .folder(let path):
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            return try .sqlite(path: "\(path)/suiro-public.sqlite")
        case .address(let url):
            return try await .postgres(url: url, lanes: 8)
        }
    }
}
