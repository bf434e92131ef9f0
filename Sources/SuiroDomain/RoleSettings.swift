/// How somebody of a partner assists customers (domain section 1.2).
package enum AgentRole: String, Hashable, CaseIterable, Sendable {
    case adminAgent, salesAgent, helpdeskAgent

    package var role: Role {
        switch self {
        case .adminAgent: .adminAgent
        case .salesAgent: .salesAgent
        case .helpdeskAgent: .helpdeskAgent
        }
    }
}

/// What somebody administers in their own tenant (domain sections 1.2 and 1.3).
package enum AdministratorRole: String, Hashable, CaseIterable, Sendable {
    case globalAdmin, billingAdmin

    package var role: Role {
        switch self {
        case .globalAdmin: .globalAdmin
        case .billingAdmin: .billingAdmin
        }
    }
}

/// What somebody of the vendor does (domain section 1.4).
package enum VendorRole: String, Hashable, CaseIterable, Sendable {
    case policyOwner, auditor, `operator`

    package var role: Role {
        switch self {
        case .policyOwner: .policyOwner
        case .auditor: .auditor
        case .operator: .operator
        }
    }
}

/// What a person is set to be. At a partner these are two settings that know nothing of each other: how somebody assists
/// customers, and what they administer at home (domain section 1.2). An agent of a customer cannot be written down.
package enum RoleSettings: Hashable, Sendable {
    case partner(agent: Set<AgentRole>, admin: Set<AdministratorRole>)
    case customer(admin: Set<AdministratorRole>)
    case vendor(Set<VendorRole>)
    /// A program: it is nothing besides.
    case application

    /// `nil` where no person of such an organization can be that, or where there is nothing.
    package init?(_ roles: Set<Role>, at kind: OrganizationKind) {
        guard !roles.isEmpty, roles.isSubset(of: kind.roles) else { return nil }
        guard !roles.contains(.app) else {
            guard roles == [.app] else { return nil }
            self = .application
            return
        }
        let agent = Set(AgentRole.allCases.filter { roles.contains($0.role) })
        let admin = Set(AdministratorRole.allCases.filter { roles.contains($0.role) })
        switch kind {
        case .direct, .indirectProvider, .indirectReseller, .advisor: self = .partner(agent: agent, admin: admin)
        case .customer: self = .customer(admin: admin)
        case .vendor: self = .vendor(Set(VendorRole.allCases.filter { roles.contains($0.role) }))
        }
    }

    /// The same in the words of the contract. Whoever is set to nothing is a user.
    package var roles: Set<Role> {
        let roles: Set<Role> =
            switch self {
            case .partner(let agent, let admin): Set(agent.map(\.role)).union(admin.map(\.role))
            case .customer(let admin): Set(admin.map(\.role))
            case .vendor(let roles): Set(roles.map(\.role))
            case .application: [.app]
            }
        return roles.isEmpty ? [.user] : roles
    }
}

extension OrganizationKind {
    /// What people and programs of such an organization can be.
    package var roles: Set<Role> {
        switch self {
        case .direct, .indirectProvider, .indirectReseller, .advisor:
            [.adminAgent, .salesAgent, .helpdeskAgent, .globalAdmin, .billingAdmin, .user, .app]
        case .customer: [.globalAdmin, .billingAdmin, .user, .app]
        case .vendor: [.policyOwner, .auditor, .operator, .user, .app]
        }
    }
}
