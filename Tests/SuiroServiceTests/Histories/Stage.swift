import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting

/// One customer, the partners that court it, and their invitations: what one history is about.
struct Cast: Sendable {
    let customer: Organization
    let admin: Person
    let partners: [Organization]
    let agents: [Person]
    let invitations: [RelationshipRequest]

    var customerID: ID<Customer> { customer.id.as(Customer.self) }
}

/// One invitation that every cast has.
struct Courting: Sendable {
    var partner = 0
    var services: [String] = []
    var hasAddress = false
}

/// A database with a cast for every history. All casts have the same names, so that the terms of one are those of all.
struct Stage: Sendable {
    let casts: [Cast]
    /// By invitation, the hash its customer accepts.
    let terms: [String]
    private let database: SharedDatabase
    private var servers: [TestWorld] { database.servers }

    init(
        on driver: TestDriver,
        casts count: Int,
        partners kinds: [OrganizationKind] = [.direct],
        invitations: [Courting]
    ) async throws {
        let database = try await SharedDatabase(on: driver)
        let server = database.servers[0]
        let casts = (0..<count).map { Cast($0, kinds, invitations) }
        // Past the front door and all at once: a history begins where the invitations are written.
        _ = try await server.service.writeAsSystem { tx in
            for cast in casts {
                for organization in [cast.customer] + cast.partners { try tx.insert(organization) }
                for person in [cast.admin] + cast.agents { try tx.insert(person) }
                for invitation in cast.invitations { try tx.insert(invitation) }
            }
            return true
        }
        var terms: [String] = []
        for invitation in casts[0].invitations {
            let view = try await server.service.invitation(invitation.code, server.context(casts[0].admin))
            terms.append(view.terms.hash)
        }
        (self.database, self.casts, self.terms) = (database, casts, terms)
    }

    /// The server a process calls, and the person as whom.
    func call<Input>(_ ask: Ask<Input>, as person: Person) -> (service: PartnerService, context: CallContext) {
        let server = servers[ask.process % servers.count]
        return (server.service, server.context(person, request: ask.key))
    }

    func wish(_ cast: Cast) -> RelationshipWish { servers[0].wish(cast.customer) }
}

extension Cast {
    fileprivate init(_ number: Int, _ kinds: [OrganizationKind], _ courtings: [Courting]) {
        let now = TestWorld.seedDay
        func organization(_ kind: OrganizationKind, _ name: String, _ domain: String) -> Organization {
            Organization(
                id: ID(UUID()),
                kind: kind,
                name: name,
                domain: "\(domain)\(number).example",
                country: "JP",
                language: .en,
                createdAt: now
            )
        }
        func person(_ home: Organization, _ role: Role) -> Person {
            Person(
                id: ID(UUID()),
                tenant: home.id,
                name: "\(home.name) \(role.rawValue)",
                mail: "p@\(home.domain)",
                language: .en,
                roles: [role]
            )
        }
        let customer = organization(.customer, "Mirai", "m")
        let partners = kinds.enumerated().map { organization($1, "Partner \($0)", "p\($0)-") }
        let agents = partners.map { person($0, .adminAgent) }
        (self.customer, admin, self.partners, self.agents) = (
            customer, person(customer, .globalAdmin), partners, agents
        )
        invitations = courtings.enumerated().map { index, courting in
            RelationshipRequest(
                id: ID(UUID()),
                code: "\(number)-\(index)-\(UUID().uuidString)",
                partner: partners[courting.partner].id.as(Partner.self),
                provider: nil,
                customer: customer.id.as(Customer.self),
                customerDomain: customer.domain,
                recipientName: nil,
                recipientMail: courting.hasAddress ? "p@\(customer.domain)" : nil,
                language: .en,
                scope: RequestedScope(
                    reseller: true,
                    delegatedAdmin: true,
                    roles: ["helpdeskAdministrator"],
                    // Each invitation of its own length, so that what came of it can be told by its terms.
                    days: 30 + index,
                    resellerDays: 730,
                    services: courting.services
                ),
                createdBy: agents[courting.partner].id,
                createdAt: now,
                expires: now.adding(days: 30),
                state: courting.hasAddress ? .sent(at: now) : .draft
            )
        }
    }
}
