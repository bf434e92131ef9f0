import ArgumentParser
import Foundation
import SuiroAPI
import SuiroAssets
import SuiroDomain
import SuiroServer
import SuiroService
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

extension Place {
    /// Tokens of the first partners' agents, for an hour, as the server itself would give them out.
    func tokens(of count: Int) async throws -> [String] {
        let service = PartnerService(
            store: try await open(),
            cloud: .public,
            words: try Words.load(),
            environment: .real(origin: { "http://127.0.0.1" }),
            isSandbox: false
        )
        // The key that signs may be wrapped by the server's own.
        let names = ["--data": "data", "--database-url": "database.url"]
        let settings = try await ServerSettings.read(file: nil, flags: [names[flags[0]] ?? "": flags[1]])
        let gate = try await TokenGate(service: service, settings: Opening.gate(settings, isSandbox: false))
        let now = service.environment.now()
        return try (0..<count).map { partner in
            try gate.sign(
                TokenGate.Claims(
                    person: World.agent(of: partner),
                    tenant: World.partner(partner),
                    token: ID(UUID()),
                    isUser: true,
                    amr: ["pwd", "mfa"],
                    issued: now,
                    expires: now.adding(seconds: 3600)
                )
            )
        }
    }
}
