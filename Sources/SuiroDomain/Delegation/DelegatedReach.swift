/// What of delegated administration bears on one caller in one customer's tenant, read inside the transaction.
package struct DelegatedFacts: Sendable {
    package let access: EffectiveAccess
    /// The partner's groups that the person is a member of, by id.
    package let groups: Set<String>

    package init(access: EffectiveAccess, groups: Set<String>) {
        (self.access, self.groups) = (access, groups)
    }
}

/// What is missing for delegated administration to carry somebody: said to a partner that the customer has let in once,
/// and to nobody else.
package enum DelegationGap: String, Hashable, Codable, CaseIterable, Sendable {
    /// The partner's account rests (GD-29).
    case standing
    /// Nothing is in force any more, or not yet.
    case ended
    /// The person acts on no customer's behalf (domain section 1.2).
    case agentRole
    /// It is approved, and given to no group (GD-08).
    case unassigned
    /// It is given to groups that the person is not in.
    case group
    /// The roles that the person has there do not do this.
    case directoryRole

    package var reason: Reason {
        switch self {
        case .standing: .partnerSuspended
        case .ended: .delegatedAccessEnded
        case .agentRole: .delegatedAccessAgent
        case .unassigned: .delegatedAccessUnassigned
        case .group: .delegatedAccessGroup
        case .directoryRole: .delegatedAccessRole
        }
    }

    package var rule: RuleID {
        switch self {
        case .standing: "GD-29"
        case .ended: "INV-08"
        case .agentRole: "DA-01"
        case .unassigned: "GD-08"
        case .group: "GD-16"
        case .directoryRole: "GD-10"
        }
    }
}

extension EffectiveAccess {
    /// Agents who act on a customer's behalf; a sales agent does not (domain section 1.2).
    static let acting: Set<AgentRole> = [.adminAgent, .helpdeskAgent]

    /// The directory roles that one person has in the customer's tenant: approved ∩ assigned to a group of theirs ∩ agent
    /// role ∩ time ∩ standing (D-02); where no group of theirs has any, what delegated administration gives (GD-16).
    package func directoryRoles(
        forMemberOf groups: Set<String>,
        as agent: Set<AgentRole>,
        at now: Instant
    ) -> Set<DirectoryRole> {
        guard !agent.isDisjoint(with: Self.acting) else { return [] }
        switch outcome(forMemberOf: groups, isAgent: true, at: now) {
        case .none: return []
        case .granular(let roles): return roles
        case .delegated(let words):
            return words.reduce(into: []) { roles, word in roles.formUnion(Self.roles(word, of: agent)) }
        }
    }

    /// DA-01: the group of admin agents is global administrator, that of helpdesk agents helpdesk administrator; an admin
    /// agent can what a helpdesk agent can. Roles that were named are had as they are.
    private static func roles(_ word: String, of agent: Set<AgentRole>) -> Set<DirectoryRole> {
        switch AdminRole(rawValue: word) {
        case .adminAgent: agent.contains(.adminAgent) ? [.globalAdministrator] : []
        case .helpdeskAgent: [.helpdeskAdministrator]
        case .salesAgent, nil: []
        case let role?: DirectoryRole(rawValue: role.rawValue).map { [$0] } ?? []
        }
    }

    /// What was missing; `nil` where the customer has never let the partner in, who then learns nothing.
    package func gap(forMemberOf groups: Set<String>, as agent: Set<AgentRole>, at now: Instant) -> DelegationGap? {
        let approved = granted.filter { $0.relationship.tenure != nil }
        guard !approved.isEmpty || delegated != nil else { return nil }
        if standing == .suspended { return .standing }
        let live = approved.filter { $0.relationship.isLive(at: now) }
        let isDelegated = delegated?.isLive(at: now) == true
        if live.isEmpty, !isDelegated { return .ended }
        if agent.isDisjoint(with: Self.acting) { return .agentRole }
        if !directoryRoles(forMemberOf: groups, as: agent, at: now).isEmpty || isDelegated { return .directoryRole }
        let isAssigned = live.contains { each in
            each.assignments.contains { !$0.roles(under: each.relationship, at: now).isEmpty }
        }
        return isAssigned ? .group : .unassigned
    }
}
