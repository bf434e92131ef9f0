import Foundation
package import SuiroStore

/// The databases every contract is held against: SQLite always, PostgreSQL where `SUIRO_TEST_POSTGRES` names one.
package enum TestDriver: String, CaseIterable, Sendable {
    case sqlite, postgres

    package static var available: [TestDriver] {
        ProcessInfo.processInfo.environment["SUIRO_TEST_POSTGRES"] == nil ? [.sqlite] : allCases
    }

    /// A fresh, empty database with the newest schema.
    package func open() async throws -> Store {
        switch self {
        case .sqlite: return try .sqlite()
        case .postgres: return try await .postgres(url: FreshDatabase.migrated(), lanes: 2)
        }
    }
}

/// Makes PostgreSQL databases with the client program that comes with the server.
enum FreshDatabase {
    struct Failure: Error {
        let words: String
    }

    /// A copy of one that has the newest schema already; that one is made once.
    static func migrated() async throws -> String { try await create(from: model.value) }

    private static let model = Task {
        let url = try create(from: "template0")
        // Opened and let go again: nobody may be connected to what is copied.
        _ = try await Store.postgres(url: url, lanes: 1)
        return String(url.split(separator: "/").last ?? "")
    }

    private static func create(from model: String) throws -> String {
        let base = ProcessInfo.processInfo.environment["SUIRO_TEST_POSTGRES"] ?? ""
        let name = "suiro_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", base, "-c",
            "CREATE DATABASE \(name) TEMPLATE \(model) ENCODING 'UTF8' LOCALE 'C'",
        ]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            throw Failure(words: words)
        }
        guard let slash = base.lastIndex(of: "/") else { throw Failure(words: "no database in \(base)") }
        return base[...slash] + name
    }
}
