import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// A copy from before a right ended does not bring it back (D-11).
@Suite struct RestoredCopyTests {
    private func copy(_ service: PartnerService) async throws -> [String] {
        try await service.readAsSystem { tx in
            var lines: [String] = []
            try tx.dump { lines.append($0) }
            return lines
        }
    }

    @Test("D-11: what had ended before a restore is ended after it", arguments: TestDriver.available)
    func endedStaysEnded(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let service = world.service
        let (partner, agents) = try await world.add(.direct, "K", domain: "k.example", roles: [[.adminAgent]])
        let (customer, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        let (other, others) = try await world.add(.customer, "D", domain: "d.example", roles: [[.globalAdmin]])
        try await world.relate(agents[0], customer, admins[0])
        try await world.relate(agents[0], other, others[0])
        let lines = try await copy(service)
        world.clock.now = world.clock.now.adding(days: 1)
        let buyer = customer.id.as(Customer.self)
        let grants = try await service.readAsSystem { tx in try tx.grants(in: buyer).map(\.grant) }
        _ = try await service.writeAsSystem(in: .customer(buyer)) { tx in
            for var grant in try tx.grants(in: buyer).map(\.grant) {
                _ = try grant.revoke(by: admins[0].id, at: tx.permit.intent.at)
                try tx.update(grant)
            }
            return true
        }
        #expect(!grants.isEmpty)
        try await service.restore(lines)
        let open = try await service.restoredWays()
        #expect(!open.isEmpty && open.allSatisfy { $0.customer == "D" && $0.partner == partner.name })
        let after = try await service.readAsSystem { tx in try tx.grants(in: buyer).map(\.grant) }
        #expect(after.count == grants.count)
        #expect(after.allSatisfy { !$0.isLive(at: world.clock.now) })
    }

    @Test("D-11: nobody is served from a copy that nobody has confirmed", arguments: TestDriver.available)
    func itIsFrozen(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let service = world.service
        try await service.refuseUnconfirmedCopy()
        try await service.restore(copy(service))
        await #expect(throws: UnconfirmedCopy.self) { try await service.refuseUnconfirmedCopy() }
        // Copied on, it is still unconfirmed.
        let second = try await TestWorld(on: driver)
        try await second.service.restore(copy(service))
        await #expect(throws: UnconfirmedCopy.self) { try await second.service.refuseUnconfirmedCopy() }
        try await service.confirmCopy()
        try await service.refuseUnconfirmedCopy()
    }
}
