import FoundationEssentials
package import SuiroDomain

extension Organization {
    static let columns: SQL = """
        id, kind, name, domain, country, language, standing, tenant_type, mpn_id, provider_id, created_at, revision
        """

    init(_ cursor: inout Cursor) throws {
        self.init(
            id: try cursor.next(),
            kind: try cursor.next(),
            name: try cursor.next(),
            domain: try cursor.next(),
            country: try cursor.next(),
            language: try cursor.next(),
            standing: try cursor.next(),
            tenantType: try cursor.next() as TenantType,
            mpnID: try cursor.next(),
            provider: try cursor.next(),
            createdAt: try cursor.next(),
            revision: try cursor.next()
        )
    }

    static func lookUp(_ id: ID<Tenant>) -> SQL {
        "SELECT \(columns) FROM organization WHERE id = \(id)"
    }

    /// How the name is searched and sorted: without case, legal forms in brackets opened.
    var nameKey: String {
        name.lowercased().replacing("㈱", with: "株式会社").replacing("(株)", with: "株式会社")
    }
}

extension Transaction {
    package func organization(_ id: ID<Tenant>) throws -> Organization? {
        try session.first(Organization.lookUp(id)) { cursor in try Organization(&cursor) }
    }

    package func organization(domain: String) throws -> Organization? {
        try session.first("SELECT \(Organization.columns) FROM organization WHERE domain = \(domain.lowercased())") {
            cursor in try Organization(&cursor)
        }
    }

    /// The vendor's own organization, which every database has exactly one of.
    package func vendor() throws -> Organization? {
        try session.first("SELECT \(Organization.columns) FROM organization WHERE kind = \(OrganizationKind.vendor)") {
            cursor in try Organization(&cursor)
        }
    }

    package func organizations() throws -> [Organization] {
        try session.all("SELECT \(Organization.columns) FROM organization ORDER BY created_at, id") { cursor in
            try Organization(&cursor)
        }
    }

    /// Throws `Refusal.domainTaken` when another organization has the domain.
    package func insert(_ organization: Organization) throws {
        guard try self.organization(domain: organization.domain) == nil else {
            throw Refusal.domainTaken(organization.domain)
        }
        do {
            try session.run(
                """
                INSERT INTO organization (id, kind, name, name_key, domain, country, language, standing, tenant_type,
                                          mpn_id, provider_id, created_at, revision)
                VALUES (\(organization.id), \(organization.kind), \(organization.name), \(organization.nameKey),
                        \(organization.domain.lowercased()), \(organization.country), \(organization.language),
                        \(organization.standing), \(organization.tenantType), \(organization.mpnID),
                        \(organization.provider), \(organization.createdAt), \(organization.revision))
                """
            )
        } catch StoreError.duplicate {
            // Someone else took it after we had looked.
            throw Refusal.domainTaken(organization.domain)
        }
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ organization: Organization) throws {
        let changed = try session.run(
            """
            UPDATE organization SET name = \(organization.name), name_key = \(organization.nameKey),
                country = \(organization.country), language = \(organization.language),
                standing = \(organization.standing), tenant_type = \(organization.tenantType),
                provider_id = \(organization.provider), revision = \(organization.revision)
            WHERE id = \(organization.id) AND revision = \(organization.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    /// What this transaction does rests on the organization as it was read: whoever changes it at the same moment in
    /// another scope comes wholly before or wholly after, and not in between.
    package func hold(_ organization: ID<Tenant>) throws {
        try session.run("UPDATE organization SET revision = revision WHERE id = \(organization)")
    }

    /// The resellers of a provider (SM-10).
    package func resellers(of provider: ID<Partner>) throws -> [Organization] {
        try session.all(
            "SELECT \(Organization.columns) FROM organization WHERE provider_id = \(provider) ORDER BY name_key, id"
        ) { cursor in try Organization(&cursor) }
    }
}

extension Person {
    static let columns: SQL = "id, tenant_id, name, mail, language, roles, is_active"

    init(_ cursor: inout Cursor) throws {
        self.init(
            id: try cursor.next(),
            tenant: try cursor.next(),
            name: try cursor.next(),
            mail: try cursor.next(),
            language: try cursor.next(),
            roles: Set<Role>(words: try cursor.next()),
            isActive: try cursor.next()
        )
    }
}

extension Transaction {
    package func person(_ id: ID<Person>) throws -> Person? {
        try session.first("SELECT \(Person.columns) FROM person WHERE id = \(id)") { cursor in try Person(&cursor) }
    }

    package func people(of tenant: ID<Tenant>) throws -> [Person] {
        try session.all("SELECT \(Person.columns) FROM person WHERE tenant_id = \(tenant) ORDER BY id") { cursor in
            try Person(&cursor)
        }
    }

    package func insert(_ person: Person) throws {
        try session.run(
            """
            INSERT INTO person (id, tenant_id, name, mail, language, roles, is_active)
            VALUES (\(person.id), \(person.tenant), \(person.name), \(person.mail), \(person.language),
                    \(person.roles.words), \(person.isActive))
            """
        )
    }

    /// Whoever is not active is nobody, from the next request on, on every node.
    package func set(_ person: ID<Person>, isActive: Bool) throws {
        try session.run("UPDATE person SET is_active = \(isActive) WHERE id = \(person)")
    }

    /// The token is nobody's from the next request on, on every node.
    package func revoke(_ token: ID<Token>) throws {
        try session.run(
            "INSERT INTO revoked_token (id, at) VALUES (\(token), \(permit.intent.at)) ON CONFLICT (id) DO NOTHING"
        )
    }
}

// Profiles: documents a partner or customer keeps about itself, echoed as they were sent.
package enum ProfileKind: String, Sendable, CaseIterable, SQLWord {
    case billing, legalBusiness, organization, support, company
}

package struct Profile: Codable, Sendable {
    package let body: String
    package let revision: Int

    package init(body: String, revision: Int) {
        (self.body, self.revision) = (body, revision)
    }

    static func lookUp(_ kind: ProfileKind, of tenant: ID<Tenant>) -> SQL {
        "SELECT body, revision FROM profile WHERE tenant_id = \(tenant) AND kind = \(kind)"
    }
}

extension Transaction {
    package func profile(_ kind: ProfileKind, of tenant: ID<Tenant>) throws -> Profile? {
        try session.first(Profile.lookUp(kind, of: tenant)) { cursor in
            Profile(body: try cursor.next(), revision: try cursor.next())
        }
    }

    /// Saves over `profile.revision - 1`, or as the first; anything else is `StoreError.stale`.
    package func save(_ profile: Profile, as kind: ProfileKind, of tenant: ID<Tenant>) throws {
        let changed = try session.run(
            """
            INSERT INTO profile (tenant_id, kind, body, revision)
            VALUES (\(tenant), \(kind), \(profile.body), \(profile.revision))
            ON CONFLICT (tenant_id, kind) DO UPDATE SET body = excluded.body, revision = excluded.revision
            WHERE profile.revision = excluded.revision - 1
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}
