import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Two people decide about the same thing at the same moment, on PostgreSQL through two servers: one of them decides it,
/// and the other is told so.
@Suite struct RaceTests {
    private static let times = 50

    private struct Scene {
        private let database: SharedDatabase
        let partners: [(organization: Organization, agent: Person)]
        private let customer: Organization
        private let admins: [Person]

        private var servers: [TestWorld] { database.servers }

        init(_ database: SharedDatabase, partners names: [String]) async throws {
            let servers = database.servers
            let tag = UUID().uuidString.prefix(8).lowercased()
            var partners: [(Organization, Person)] = []
            for name in names {
                let (partner, agents) = try await servers[0].add(
                    .direct,
                    name,
                    domain: "\(name.lowercased())-\(tag).example",
                    roles: [[.adminAgent]]
                )
                partners.append((partner, agents[0]))
            }
            let (customer, admins) = try await servers[0].add(
                .customer,
                "Mirai",
                domain: "mirai-\(tag).example",
                roles: [[.globalAdmin], [.globalAdmin]]
            )
            (self.database, self.partners, self.customer, self.admins) = (database, partners, customer, admins)
        }

        var customerID: ID<Customer> { customer.id.as(Customer.self) }

        func invite(by partner: Int, services: [String] = []) async throws -> RelationshipRequest {
            var wish = servers[0].wish(customer)
            wish.services = services
            let context = servers[0].context(partners[partner].agent)
            return try await servers[0].service.requestRelationship(wish, context).request
        }

        func terms(of request: RelationshipRequest) async throws -> String {
            try await servers[0].service.invitation(request.code, servers[0].context(admins[0])).terms.hash
        }

        /// Through one of the servers, as the administrator of the same number.
        func accept(_ request: RelationshipRequest, _ terms: String, at number: Int) async throws -> Attempt {
            let server = servers[number % servers.count]
            return try await Attempt(server.context(admins[number])) { context in
                _ = try await server.service.acceptInvitation(request.code, termsHash: terms, context)
            }
        }

        func withdraw(_ request: RelationshipRequest) async throws -> Attempt {
            try await Attempt(servers[0].context(partners[0].agent)) { context in
                _ = try await servers[0].service.withdraw(request.id, context)
            }
        }

        func live() async throws -> [GrantRow] {
            let view = try await servers[0].service.access(in: customerID, servers[0].context(admins[0]))
            return view.grants.filter { $0.grant.isLive(at: view.now) }
        }

        func state(of request: RelationshipRequest) async throws -> String {
            try await servers[0].service.invitation(request.code, servers[0].context(admins[0])).state
        }

        /// How the answer to one call is explained to the customer.
        func explanation(of attempt: Attempt) async throws -> Set<String> {
            let context = servers[0].context(admins[0])
            return Set(try await servers[0].service.decisions(attempt.call.correlation, context).map(\.outcome))
        }
    }

    /// One call, and the refusal it met; any other failure is thrown.
    private struct Attempt {
        let call: CallContext
        let refusal: Refusal?

        init(_ call: CallContext, _ body: (CallContext) async throws -> Void) async throws {
            self.call = call
            do {
                try await body(call)
                refusal = nil
            } catch let refused as Refusal {
                refusal = refused
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-44 two invitations for one service, accepted at once, give one holder, and the other hears who it is`(
        driver: TestDriver
    ) async throws {
        let database = try await SharedDatabase(on: driver)
        for _ in 0..<Self.times {
            let scene = try await Scene(database, partners: ["Tozai", "Harbor"])
            let first = try await scene.invite(by: 0, services: ["mail"])
            let second = try await scene.invite(by: 1, services: ["calendar", "mail"])
            let terms = (try await scene.terms(of: first), try await scene.terms(of: second))
            async let one = scene.accept(first, terms.0, at: 0)
            async let other = scene.accept(second, terms.1, at: 1)
            let attempts = [try await one, try await other]
            #expect(attempts.count { $0.refusal == nil } == 1)
            let loser = try #require(attempts.firstIndex { $0.refusal != nil })
            let holder = scene.partners[1 - loser].organization
            let row = PolicyRow.ID(rawValue: "admin-exclusivity")
            #expect(attempts[loser].refusal == .adminExclusivity(holder: holder.name, row: row))
            #expect(try await scene.explanation(of: attempts[loser]) == ["ADMIN_EXCLUSIVITY"])
            #expect(try await Set(scene.live().map(\.grant.partner)) == [holder.id.as(Partner.self)])
            // What was refused is as it was.
            let states = [try await scene.state(of: first), try await scene.state(of: second)]
            #expect(states == (loser == 0 ? ["draft", "accepted"] : ["accepted", "draft"]))
        }
    }

    @Test(arguments: TestDriver.available)
    func `two invitations for different services may both be accepted at once`(driver: TestDriver) async throws {
        let database = try await SharedDatabase(on: driver)
        for _ in 0..<Self.times {
            let scene = try await Scene(database, partners: ["Tozai", "Harbor"])
            let first = try await scene.invite(by: 0, services: ["mail"])
            let second = try await scene.invite(by: 1, services: ["calendar"])
            let terms = (try await scene.terms(of: first), try await scene.terms(of: second))
            async let one = scene.accept(first, terms.0, at: 0)
            async let other = scene.accept(second, terms.1, at: 1)
            let refusals = [try await one.refusal, try await other.refusal]
            #expect(refusals == [nil, nil])
            #expect(try await scene.live().count == 4)
        }
    }

    @Test(arguments: TestDriver.available)
    func `an invitation that two administrators accept at once is accepted once`(driver: TestDriver) async throws {
        let database = try await SharedDatabase(on: driver)
        for _ in 0..<Self.times {
            let scene = try await Scene(database, partners: ["Tozai"])
            let request = try await scene.invite(by: 0)
            let terms = try await scene.terms(of: request)
            async let one = scene.accept(request, terms, at: 0)
            async let other = scene.accept(request, terms, at: 1)
            let refused = [try await one, try await other].filter { $0.refusal != nil }
            #expect(refused.map(\.refusal) == [.invitationClosed(.accepted)])
            for attempt in refused { #expect(try await scene.explanation(of: attempt) == ["INVITATION_ACCEPTED"]) }
            #expect(try await scene.live().count == 2)
        }
    }

    @Test(arguments: TestDriver.available, [true, false])
    func `a withdrawal against an acceptance leaves one of them, and tells the other which`(
        driver: TestDriver,
        isAcceptedFirst: Bool
    ) async throws {
        let database = try await SharedDatabase(on: driver)
        for _ in 0..<Self.times {
            let scene = try await Scene(database, partners: ["Tozai"])
            let request = try await scene.invite(by: 0)
            let terms = try await scene.terms(of: request)
            let (acceptance, withdrawal): (Attempt, Attempt)
            if isAcceptedFirst {
                async let one = scene.accept(request, terms, at: 1)
                async let other = scene.withdraw(request)
                (acceptance, withdrawal) = (try await one, try await other)
            } else {
                async let one = scene.withdraw(request)
                async let other = scene.accept(request, terms, at: 1)
                (acceptance, withdrawal) = (try await other, try await one)
            }
            let state = try await scene.state(of: request)
            if state == "withdrawn" {
                #expect(withdrawal.refusal == nil && acceptance.refusal == .invitationClosed(.withdrawn))
                #expect(try await scene.explanation(of: acceptance) == ["INVITATION_WITHDRAWN"])
                #expect(try await scene.live().isEmpty)
            } else {
                #expect(acceptance.refusal == nil && withdrawal.refusal == .invitationClosed(.accepted))
                #expect(state == "accepted")
                #expect(try await scene.live().count == 2)
            }
        }
    }
}
