import Foundation
import SuiroDomain
import SuiroTesting
import Testing

@testable import SuiroStore

/// How the databases mean to find what is asked for most.
@Suite struct PlanTests {
    @Test(arguments: TestDriver.available)
    func
        `among a thousand of one customer, a subscription is found by keys alone, whether by its id or by another name`(
            driver: TestDriver
        ) async throws
    {
        let (store, customer) = (try await driver.open(), ID<Customer>(UUID()))
        try await store.write(system(.customer(customer))) { tx in
            try tx.insert(organization(customer))
            for number in 1...1000 {
                let one = subscription(of: customer, number)
                try tx.insert(one)
                try tx.insertAlias("alias-\(number)", of: one.id, in: customer, from: TestWorld.seedDay)
            }
            // Nobody has looked yet at how much there is.
            guard driver == .postgres else { return }
            try tx.session.run("ANALYZE subscription")
            try tx.session.run("ANALYZE subscription_alias")
        }
        let plan = try await store.read(system(.customer(customer))) { tx in
            let statement = Subscription.lookUp(ID(UUID()), of: customer, at: TestWorld.seedDay)
            // Tables as small as these may be read from end to end whatever indexes they have.
            if driver == .postgres { try tx.session.run("SET LOCAL enable_seqscan = off") }
            let explain: SQL = driver == .postgres ? "EXPLAIN \(statement)" : "EXPLAIN QUERY PLAN \(statement)"
            return try tx.session.rows(explain).compactMap(\.values.last)
        }
        let lines = plan.compactMap { if case .text(let line) = $0 { line } else { nil } }
        #expect(!lines.isEmpty)
        #expect(!lines.contains { $0.contains("SCAN ") || $0.contains("Seq Scan") }, "\(lines)")
        for key in ["subscription", "succession", "subscription_alias"] {
            let index = driver == .sqlite ? "sqlite_autoindex_\(key)_1" : "\(key)_pkey"
            #expect(lines.contains { $0.contains(" \(index) ") }, "\(index) in \(lines)")
        }
    }

    private func system(_ scope: Scope) -> Intent {
        Intent(.system, .serve, in: scope, at: TestWorld.seedDay, correlation: UUID())
    }

    private func organization(_ customer: ID<Customer>) -> Organization {
        Organization(
            id: customer.as(Tenant.self),
            kind: .customer,
            name: "Mirai",
            domain: "m.example",
            country: "JP",
            language: .ja,
            createdAt: TestWorld.seedDay
        )
    }

    private func subscription(of customer: ID<Customer>, _ number: Int) -> Subscription {
        let vendor = Party(kind: .vendor, id: nil, name: "Vendor")
        return Subscription(
            id: ID(UUID()),
            customer: customer,
            name: "Compute \(number)",
            family: .usage,
            channel: .ea,
            source: .observed,
            seller: vendor,
            billOwner: vendor,
            createdAt: TestWorld.seedDay.adding(seconds: number)
        )
    }
}
