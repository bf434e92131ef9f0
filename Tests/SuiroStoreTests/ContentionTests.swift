import Foundation
import SuiroDomain
import SuiroStore
import SuiroTesting
import Testing

/// Scopes keep writers of one house apart; where those of several houses change the same row, each has its turn.
@Suite struct ContentionTests {
    @Test(arguments: TestDriver.available)
    func `however many scopes change one row at once, every change is made and nobody is turned away`(
        driver: TestDriver
    ) async throws {
        let (writers, changes) = (12, 25)
        let store = try await driver.open()
        let organization = Organization(
            id: ID(UUID()),
            kind: .direct,
            name: "Tozai",
            domain: "t.example",
            country: "JP",
            language: .ja,
            createdAt: TestWorld.seedDay
        )
        let id = organization.id
        try await store.write(system(.system)) { tx in try tx.insert(organization) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<writers {
                let scope = Scope.tenant(ID(UUID()))
                group.addTask {
                    for _ in 0..<changes {
                        try await store.write(system(scope)) { tx in
                            guard var found = try tx.organization(id) else { return }
                            found.revision += 1
                            try tx.update(found)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let kept = try await store.read(system(.system)) { tx in try tx.organization(id) }
        #expect(kept?.revision == 1 + writers * changes)
    }

    @Test(arguments: TestDriver.available)
    func `however many wait for one scope, a writer of another is served, and those who wait hold no connection`(
        driver: TestDriver
    ) async throws {
        // A test store has two connections on PostgreSQL; here six want the same scope.
        let store = try await driver.open()
        let (busy, other) = (Scope.tenant(ID(UUID())), Scope.tenant(ID(UUID())))
        let order = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await store.write(system(busy)) { _ in
                        Thread.sleep(forTimeInterval: 0.2)
                        order.note("busy")
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            group.addTask { try await store.write(system(other)) { _ in order.note("other") } }
            try await group.waitForAll()
        }
        let place = try #require(order.notes.firstIndex(of: "other"))
        // SQLite has one writer for all: whoever comes while a batch runs is in the next one.
        #expect(order.notes.count == 7 && (driver == .sqlite || place <= 2))
        #expect(store.reading.waiting == 0 && store.reading.batch.sum >= 7)
    }

    private final class Order: @unchecked Sendable {
        private let lock = NSLock()
        private var kept: [String] = []
        var notes: [String] { lock.withLock { kept } }
        func note(_ word: String) { lock.withLock { kept.append(word) } }
    }

    private func system(_ scope: Scope) -> Intent {
        Intent(.system, .serve, in: scope, at: TestWorld.seedDay, correlation: UUID())
    }
}
