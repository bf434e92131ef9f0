import Foundation
import SuiroAssets
package import SuiroDomain
package import SuiroService
package import SuiroStore

/// A clock that stands still until it is told to move.
package final class StoppedClock: @unchecked Sendable {
    private let lock = NSLock()
    private var instant: Instant

    package init(_ instant: Instant) {
        self.instant = instant
    }

    package var now: Instant {
        get { lock.withLock { instant } }
        set { lock.withLock { instant = newValue } }
    }
}

/// A service on a fresh database, at a fixed instant, with a partner and a customer to begin with.
package struct TestWorld: Sendable {
    package let service: PartnerService
    package let clock: StoppedClock

    package static let seedDay = Instant("2017-06-09T00:00:00Z") ?? .earliest

    package init(
        on driver: TestDriver = .sqlite,
        cloud: Cloud = .public,
        at instant: Instant = TestWorld.seedDay
    ) async throws {
        try await self.init(keptIn: driver.open(), cloud: cloud, at: instant)
    }

    /// A server on a database that others may serve from as well.
    package init(
        keptIn store: Store,
        cloud: Cloud = .public,
        at instant: Instant = TestWorld.seedDay
    ) async throws {
        let clock = StoppedClock(instant)
        self.clock = clock
        var environment = Environment.real(origin: { "https://suiro.example" })
        environment.now = { clock.now }
        service = PartnerService(
            store: store,
            cloud: cloud,
            words: try Words.load(),
            environment: environment,
            isSandbox: true
        )
        try await service.install()
    }

    package func fresh<Subject>() -> ID<Subject> { ID(UUID()) }

    /// An organization and one person for each set of roles.
    package func add(
        _ kind: OrganizationKind,
        _ name: String,
        domain: String,
        country: String = "JP",
        language: Language = .en,
        tenantType: TenantType? = nil,
        standing: Standing = .good,
        roles: [Set<Role>]
    ) async throws -> (Organization, [Person]) {
        let organization = Organization(
            id: fresh(),
            kind: kind,
            name: name,
            domain: domain,
            country: country,
            language: language,
            standing: standing,
            tenantType: tenantType,
            createdAt: clock.now
        )
        let people = roles.enumerated().map { index, roles in
            Person(
                id: fresh(),
                tenant: organization.id,
                name: "\(name) \(index)",
                mail: "p\(index)@\(domain)",
                language: language,
                roles: roles
            )
        }
        _ = try await service.writeAsSystem { tx in
            try tx.insert(organization)
            for person in people { try tx.insert(person) }
            return true
        }
        return (organization, people)
    }

    package func context(_ person: Person, request: RequestKey? = nil, language: Language = .en) -> CallContext {
        CallContext(
            caller: .person(person.id, of: person.tenant, token: ID(person.id.uuid)),
            request: request,
            correlation: UUID(),
            language: language
        )
    }

    /// What a partner usually asks for.
    package func wish(_ customer: Organization, days: Int? = 180, mail: String? = nil) -> RelationshipWish {
        RelationshipWish(
            customerDomain: customer.domain,
            customer: nil,
            recipientName: nil,
            recipientMail: mail,
            language: customer.language,
            delegatedAdmin: true,
            roles: [.helpdeskAdministrator],
            days: days
        )
    }

    /// A relationship as people make one: asked for, read, accepted.
    @discardableResult
    package func relate(_ agent: Person, _ customer: Organization, _ admin: Person) async throws -> InvitationOutcome {
        let view = try await service.requestRelationship(wish(customer), context(agent))
        let terms = try await service.invitation(view.request.code, context(admin)).terms
        return try await service.acceptInvitation(view.request.code, termsHash: terms.hash, context(admin))
    }
}
