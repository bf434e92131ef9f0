import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// An operator lets somebody go, and back in.
@Suite struct DeactivationTests {
    private struct Scene {
        let one: TestWorld
        let two: TestWorld
        let home: Organization
        let person: Person

        init(_ driver: TestDriver, _ people: [Set<Role>]) async throws {
            let store = try await driver.open()
            (one, two) = (try await TestWorld(keptIn: store), try await TestWorld(keptIn: store))
            let (home, made) = try await one.add(.direct, "Tozai", domain: "tozai.example", roles: people)
            (self.home, person) = (home, made[0])
        }

        /// Whether a token of then opens anything, asked of the other server.
        func opens(issued: Instant) async -> Bool {
            var context = two.context(person)
            context.issued = issued
            return (try? await two.service.whoAmI(context)) != nil
        }

        func events() async throws -> [String] {
            try await one.service.readAsSystem { [home] tx in
                try tx.entries(
                    concerning: home.id,
                    from: .earliest,
                    to: .latest,
                    customer: nil,
                    before: nil,
                    correlation: nil,
                    limit: 50
                ).map(\.event)
            }
        }
    }

    @Test(
        "Whoever is deactivated is nobody on the next request, on every server, until they are let in again",
        arguments: TestDriver.available
    )
    func deactivate(driver: TestDriver) async throws {
        let scene = try await Scene(driver, [[.adminAgent, .globalAdmin], [.globalAdmin]])
        let service = scene.one.service
        let issued = scene.one.clock.now
        let session = try await service.beginSession(for: scene.person.id)
        #expect(await scene.opens(issued: issued))
        #expect(try await scene.two.service.session(session.cookie) != nil)
        #expect(try await service.deactivate("P0@TOZAI.example", of: scene.home.id) == .done)
        #expect(try await service.deactivate("p0@tozai.example", of: scene.home.id) == .unchanged)
        #expect(await !scene.opens(issued: issued))
        #expect(await !scene.opens(issued: issued.adding(seconds: 60)))
        #expect(try await scene.two.service.session(session.cookie) == nil)
        #expect(try await service.reactivate("p0@tozai.example", of: scene.home.id) == .done)
        #expect(try await service.reactivate("p0@tozai.example", of: scene.home.id) == .unchanged)
        // What was ended stays ended; what is given out from now on counts.
        #expect(await !scene.opens(issued: issued))
        #expect(try await scene.two.service.session(session.cookie) == nil)
        #expect(await scene.opens(issued: issued.adding(seconds: 1)))
        #expect(try await scene.events().prefix(2) == ["personReactivated", "personDeactivated"])
        #expect(try await service.deactivate("nobody@tozai.example", of: scene.home.id) == .nobody)
        #expect(try await service.reactivate("nobody@tozai.example", of: scene.home.id) == .nobody)
    }

    @Test("The last administrator stays unless the operator insists", arguments: TestDriver.available)
    func last(driver: TestDriver) async throws {
        let scene = try await Scene(driver, [[.globalAdmin], [.globalAdmin], [.adminAgent]])
        let service = scene.one.service
        #expect(try await service.deactivate("p2@tozai.example", of: scene.home.id) == .done)
        #expect(try await service.deactivate("p1@tozai.example", of: scene.home.id) == .done)
        #expect(try await service.deactivate("p0@tozai.example", of: scene.home.id) == .lastAdministrator)
        #expect(await scene.opens(issued: scene.one.clock.now))
        #expect(try await service.deactivate("p0@tozai.example", of: scene.home.id, isForced: true) == .done)
        #expect(await !scene.opens(issued: scene.one.clock.now))
    }
}
