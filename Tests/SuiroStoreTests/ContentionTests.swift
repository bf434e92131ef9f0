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

    private func system(_ scope: Scope) -> Intent {
        Intent(.system, .serve, in: scope, at: TestWorld.seedDay, correlation: UUID())
    }
}
