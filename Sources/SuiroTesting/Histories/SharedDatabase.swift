import Foundation
import SuiroStore

/// A fresh database as it is served: SQLite in a file, with readers beside its one writer; PostgreSQL by two servers, so
/// that nothing can rest on what one process knows. A file goes when its last user has gone.
package final class SharedDatabase: Sendable {
    package let servers: [TestWorld]
    private let folder: URL?

    package init(on driver: TestDriver) async throws {
        switch driver {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suiro-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            self.folder = folder
            servers = [try await TestWorld(keptIn: .sqlite(path: folder.appendingPathComponent("suiro.sqlite").path))]
        case .postgres:
            let url = try await FreshDatabase.migrated()
            folder = nil
            servers = [
                try await TestWorld(keptIn: .postgres(url: url)), try await TestWorld(keptIn: .postgres(url: url)),
            ]
        }
    }

    deinit {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }
}
