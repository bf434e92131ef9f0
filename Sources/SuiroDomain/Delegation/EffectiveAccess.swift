/// What a person of a partner can do in a customer's tenant at one instant, from every fact that bears on it.
package struct EffectiveAccess: Sendable {
    package enum Outcome: Hashable, Sendable {
        case none
        /// The roles of the groups that the person belongs to.
        case granular(Set<DirectoryRole>)
        /// What delegated administration gives an agent.
        case delegated([String])
    }

    package struct Granted: Sendable {
        package let relationship: DelegatedAdminRelationship
        package let assignments: [AccessAssignment]

        package init(_ relationship: DelegatedAdminRelationship, _ assignments: [AccessAssignment]) {
            (self.relationship, self.assignments) = (relationship, assignments)
        }
    }

    package let granted: [Granted]
    package let delegated: AccessGrant?
    package let standing: Standing

    package init(granted: [Granted], delegated: AccessGrant?, standing: Standing) {
        (self.granted, self.delegated, self.standing) = (granted, delegated, standing)
    }

    /// Approved ∩ assigned ∩ time ∩ standing, for the members of each group (INV-08, D-02).
    package func rolesByGroup(at now: Instant) -> [String: Set<DirectoryRole>] {
        guard standing != .suspended else { return [:] }
        var roles: [String: Set<DirectoryRole>] = [:]
        for each in granted {
            for assignment in each.assignments {
                let given = assignment.roles(under: each.relationship, at: now)
                if !given.isEmpty { roles[assignment.group, default: []].formUnion(given) }
            }
        }
        return roles
    }

    /// GD-16: whoever is in a group with granular roles has those and nothing else, wider though delegated administration
    /// may be; an agent in none keeps delegated administration; without it, an agent in none has nothing.
    package func outcome(forMemberOf groups: Set<String>, isAgent: Bool, at now: Instant) -> Outcome {
        let byGroup = rolesByGroup(at: now)
        // Directories write a group's id in either case.
        let roles = byGroup.reduce(into: Set<DirectoryRole>()) { roles, group in
            if groups.contains(group.key.lowercased()) { roles.formUnion(group.value) }
        }
        if !roles.isEmpty { return .granular(roles) }
        guard isAgent, standing != .suspended, let delegated, delegated.isLive(at: now) else { return .none }
        return .delegated(delegated.roles)
    }
}

/// Who loses what when something is taken away, said before it is (OP-15).
package struct AccessLoss: Hashable, Codable, Sendable {
    package struct Group: Hashable, Codable, Sendable {
        package let group: String
        package let loses: [DirectoryRole]
        package let keeps: [DirectoryRole]
    }

    package let groups: [Group]
    /// Whether the partner is left without any way into the tenant.
    package let isLastPath: Bool
    /// What the partner sold there and could not look after any more.
    package let unattended: [String]

    package init(groups: [Group], isLastPath: Bool, unattended: [String]) {
        (self.groups, self.isLastPath, self.unattended) = (groups, isLastPath, unattended)
    }
}

extension EffectiveAccess {
    /// The difference that a change makes, group by group; those that lose nothing are not named.
    package func loss(
        comparedTo after: EffectiveAccess,
        otherPaths: Bool,
        guarded: [String],
        at now: Instant
    ) -> AccessLoss {
        let (before, then) = (rolesByGroup(at: now), after.rolesByGroup(at: now))
        let groups = before.keys.sorted().compactMap { group -> AccessLoss.Group? in
            let (had, has) = (before[group] ?? [], then[group] ?? [])
            let lost = had.subtracting(has)
            guard !lost.isEmpty else { return nil }
            return AccessLoss.Group(
                group: group,
                loses: DirectoryRole.allCases.filter(lost.contains),
                keeps: DirectoryRole.allCases.filter(has.contains)
            )
        }
        let isLast =
            !before.isEmpty && then.isEmpty && !otherPaths && after.delegated?.isLive(at: now) != true
        return AccessLoss(groups: groups, isLastPath: isLast, unattended: isLast ? guarded : [])
    }
}
