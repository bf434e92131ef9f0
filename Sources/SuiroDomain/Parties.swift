/// Which cloud a server serves. One process, one cloud: nothing joins two (INV-10).
package enum Cloud: String, Codable, CaseIterable, Sendable { case `public`, usgov, germany }

/// What an organization is in the program (domain section 1.1).
package enum OrganizationKind: String, Codable, CaseIterable, Sendable {
    case direct, indirectProvider, indirectReseller, advisor, customer, vendor

    package var isPartner: Bool {
        switch self {
        case .direct, .indirectProvider, .indirectReseller, .advisor: true
        case .customer, .vendor: false
        }
    }

    /// Partners whose own tenant transacts in the Cloud Solution Provider program (RES-02).
    package var isCSP: Bool {
        switch self {
        case .direct, .indirectProvider, .indirectReseller: true
        case .advisor, .customer, .vendor: false
        }
    }
}

/// What a tenant is used for; a CSP-transacting tenant can buy from no partner (S-26, RES-02).
package enum TenantType: String, Codable, CaseIterable, Sendable { case customer, cspTransacting, `internal` }

/// Standing of a partner's account (SM-12, the states of 2017).
package enum Standing: String, Codable, CaseIterable, Sendable { case good, overdue, suspended }

/// What a person may do at home (contract section 1; domain sections 1.2 and 1.3).
package enum Role: String, Codable, CaseIterable, Sendable {
    case adminAgent, salesAgent, helpdeskAgent, globalAdmin, billingAdmin, user, app, policyOwner, auditor, `operator`
}

/// The languages of everything people read.
package enum Language: String, Codable, CaseIterable, Sendable {
    case en, ja

    package var locale: String {
        switch self {
        case .en: "en-US"
        case .ja: "ja-JP"
        }
    }
}

/// A partner, a customer or the vendor: a tenant of one cloud.
package struct Organization: Equatable, Codable, Sendable {
    package let id: ID<Tenant>
    package var kind: OrganizationKind
    package var name: String
    package var domain: String
    /// ISO 3166 alpha-2, capital letters.
    package var country: String
    package var language: Language
    package var standing: Standing
    package var tenantType: TenantType
    /// The partner network number, digits; partners only.
    package var mpnID: String?
    /// The indirect provider a reseller works with (SM-10).
    package var provider: ID<Partner>?
    package var createdAt: Instant
    package var revision: Int

    package init(
        id: ID<Tenant>,
        kind: OrganizationKind,
        name: String,
        domain: String,
        country: String,
        language: Language,
        standing: Standing = .good,
        tenantType: TenantType? = nil,
        mpnID: String? = nil,
        provider: ID<Partner>? = nil,
        createdAt: Instant,
        revision: Int = 1
    ) {
        (self.id, self.kind, self.name, self.domain) = (id, kind, name, domain)
        (self.country, self.language, self.standing) = (country, language, standing)
        self.tenantType = tenantType ?? (kind.isCSP ? .cspTransacting : .customer)
        (self.mpnID, self.provider, self.createdAt, self.revision) = (mpnID, provider, createdAt, revision)
    }
}

/// Someone, or an application, that signs in.
package struct Person: Equatable, Codable, Sendable {
    package let id: ID<Person>
    package let tenant: ID<Tenant>
    package var name: String
    package var mail: String
    package var language: Language
    package var roles: Set<Role>
    package var isActive: Bool

    package init(
        id: ID<Person>,
        tenant: ID<Tenant>,
        name: String,
        mail: String,
        language: Language,
        roles: Set<Role>,
        isActive: Bool = true
    ) {
        (self.id, self.tenant, self.name, self.mail) = (id, tenant, name, mail)
        (self.language, self.roles, self.isActive) = (language, roles, isActive)
    }
}

/// A party as it is shown: who, and under which name at that time.
package struct PartyName: Hashable, Codable, Sendable {
    package let id: ID<Tenant>?
    package let name: String

    package init(id: ID<Tenant>?, name: String) {
        (self.id, self.name) = (id, name)
    }
}
