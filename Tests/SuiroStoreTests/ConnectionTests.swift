import Foundation
import SuiroDomain
import SuiroTesting
import Testing

@testable import SuiroStore

/// What a connection may be asked, over and over.
@Suite struct ConnectionTests {
    @Test(arguments: TestDriver.available)
    func `a connection that has met more statements than it remembers goes on`(driver: TestDriver) async throws {
        let store = try await driver.open()
        for round in 1...3 {
            try await store.read(system) { tx in
                for length in 1...1100 {
                    let count: Int? = try tx.session.first(Self.counting(length)) { cursor in try cursor.next() }
                    #expect(count == length)
                }
            }
            await #expect(throws: Refusal.self, "a transaction that fails is put away") {
                try await store.write(system) { tx in
                    try tx.insert(Self.organization("\(round).example"))
                    try tx.insert(Self.organization("\(round).example"))
                }
            }
            let kept = Self.organization("kept-\(round).example")
            try await store.write(system) { tx in try tx.insert(kept) }
            #expect(try await store.read(system) { try $0.organization(kept.id) } == kept)
        }
    }

    @Test(arguments: TestDriver.available)
    func `a write is not called done when an error that nobody heeded has undone it`(driver: TestDriver) async throws {
        let store = try await driver.open()
        let (first, second) = (Self.organization("one.example"), Self.organization("one.example"))
        do {
            try await store.write(system) { tx in
                try tx.insert(first)
                try? tx.insert(second)
            }
            #expect(try await store.read(system) { try $0.organization(first.id) } == first)
        } catch {
            #expect(try await store.read(system) { try $0.organization(first.id) } == nil)
        }
        let later = Self.organization("later.example")
        try await store.write(system) { tx in try tx.insert(later) }
        #expect(try await store.read(system) { try $0.organization(later.id) } == later)
    }

    private var system: Intent {
        Intent(.system, .serve, in: .system, at: TestWorld.seedDay, correlation: UUID())
    }

    /// Each length is a statement of its own.
    private static func counting(_ count: Int) -> SQL {
        var sql: SQL = "SELECT COUNT(*) FROM (VALUES "
        for number in 0..<count { sql.append(text: number == 0 ? "(1)" : ", (1)") }
        sql.append(text: ") AS numbers")
        return sql
    }

    private static func organization(_ domain: String) -> Organization {
        Organization(
            id: ID(UUID()),
            kind: .customer,
            name: domain,
            domain: domain,
            country: "JP",
            language: .ja,
            createdAt: TestWorld.seedDay
        )
    }
}
