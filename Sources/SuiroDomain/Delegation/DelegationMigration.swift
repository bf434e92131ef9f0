// From delegated administration to granular relationships, many customers at once (GD-23, GD-24).

/// What a partner wants instead of delegated administration, wherever it moves.
package struct MigrationPlan: Hashable, Codable, Sendable {
    /// A security group and the roles its members get.
    package struct Group: Hashable, Codable, Sendable {
        package let group: ID<PartnerGroup>
        package let roles: [DirectoryRole]

        package init(_ group: ID<PartnerGroup>, _ roles: [DirectoryRole]) {
            (self.group, self.roles) = (group, roles)
        }
    }

    package var groups: [Group]
    package var roles: [DirectoryRole]
    package var days: Int
    /// Whether the last way in may go although what was sold there would be left without anybody (GD-17).
    package var isForced: Bool

    package init(groups: [Group], roles: [DirectoryRole], days: Int, isForced: Bool) {
        (self.groups, self.roles, self.days, self.isForced) = (groups, roles, days, isForced)
    }
}

package enum MigrationOutcome: String, Codable, CaseIterable, Sendable {
    case waiting
    /// The relationship is in force; delegated administration goes on until its time of grace is over.
    case migrated
    /// The customer has been asked.
    case asked
    case skipped, refused
    /// Delegated administration has ended.
    case completed
}

/// Why it became that.
package enum MigrationReason: String, Codable, CaseIterable, Sendable {
    /// By the delegated administration that the customer granted (GD-24), or by asking it again.
    case carriedOver, sent
    /// There is nothing to move (GD-24).
    case notDelegated
    /// A relationship is there, is asked for, or ended not long ago (GD-23).
    case exists, pending, endedLately
    /// Nobody could look after what was sold there (GD-17): not begun, or not ended yet.
    case lastPath
    /// Nobody has roles of it yet; the relationship is not in force any more (GD-23).
    case notAssigned, notInForce
    case done, endedOtherwise
    /// A rule stands in the way.
    case rule

    package var ruleID: RuleID {
        switch self {
        case .carriedOver, .notDelegated: "GD-24"
        case .sent: "GD-07"
        case .lastPath: "GD-17"
        case .exists, .pending, .endedLately, .notAssigned, .notInForce, .done: "GD-23"
        case .endedOtherwise: "DA-03"
        case .rule: "SM-4"
        }
    }
}

/// One customer in a migration of many, with what came of it.
package struct MigrationRow: Hashable, Codable, Sendable {
    package let customer: ID<Customer>
    package var customerName: String?
    package var outcome = MigrationOutcome.waiting
    package var why: MigrationReason?
    package var rule: RuleID?
    package var policyRow: PolicyRow.ID?
    package var reason: Reason?
    package var relationship: ID<DelegatedAdminRelationship>?
    /// The earliest instant at which delegated administration ends, once the relationship is in force.
    package var ends: Instant?

    package init(_ customer: ID<Customer>) {
        self.customer = customer
    }

    package mutating func end(_ outcome: MigrationOutcome, _ why: MigrationReason, row: PolicyRow.ID? = nil) {
        (self.outcome, self.why, rule, policyRow) = (outcome, why, why.ruleID, row)
        reason = outcome == .refused && why == .lastPath ? .lastAccessPath : nil
    }

    package mutating func refuse(_ refusal: Refusal) {
        (outcome, why, rule, reason) = (.refused, .rule, refusal.rule, refusal.reason)
        policyRow = refusal.row
    }
}

/// A migration of many customers, as somebody asked for it.
package struct MigrationJob: Hashable, Codable, Sendable {
    package let id: ID<MigrationJob>
    package let partner: ID<Partner>
    package let person: ID<Person>
    package let token: ID<Token>
    package let createdAt: Instant
    package let total: Int
    package let plan: MigrationPlan

    package init(
        id: ID<MigrationJob>,
        partner: ID<Partner>,
        person: ID<Person>,
        token: ID<Token>,
        createdAt: Instant,
        total: Int,
        plan: MigrationPlan
    ) {
        (self.id, self.partner, self.person, self.token) = (id, partner, person, token)
        (self.createdAt, self.total, self.plan) = (createdAt, total, plan)
    }
}

/// What one agent of the partner loses, and from when.
package struct MigrationLoss: Hashable, Codable, Sendable {
    package let person: ID<Person>
    package let name: String
    /// What delegated administration gave.
    package let loses: [String]
    /// What the groups give instead.
    package let keeps: [DirectoryRole]
    /// A member of a group has the group's roles and no others from the first day (GD-16); everybody else loses what
    /// they had when delegated administration ends.
    package let isAtOnce: Bool

    package init(_ agent: Person, loses: [String], keeps: [DirectoryRole]) {
        (person, name, self.loses, self.keeps) = (agent.id, agent.name, loses, keeps)
        isAtOnce = !keeps.isEmpty
    }
}

/// What stands between a customer and the move.
package enum MigrationVerdict: Hashable, Sendable {
    /// In force at once, by the delegated administration that is there (GD-24).
    case carryOver
    /// The customer is asked (GD-07).
    case ask
    case no(MigrationOutcome, MigrationReason, row: PolicyRow.ID?)
}

extension MigrationPlan {
    /// Whether one customer moves (GD-23, GD-24): only where delegated administration is there, and nowhere where a
    /// relationship is, is asked for, or ended within the policy's days.
    package static func verdict(
        delegated: AccessGrant?,
        existing: [DelegatedAdminRelationship],
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MigrationVerdict {
        let now = deliberation.at
        guard let delegated, delegated.isLive(at: now) else { return .no(.refused, .notDelegated, row: nil) }
        let quiet = try deliberation.decide(.migrationQuietDays)
        for other in existing {
            switch other.status(at: now) {
            case .created, .approvalPending: return .no(.skipped, .pending, row: quiet.row)
            case _ where other.isLive(at: now): return .no(.skipped, .exists, row: quiet.row)
            case _ where other.tenure != nil:
                guard let over = other.over(at: now), now < over.adding(days: quiet.value) else { continue }
                return .no(.skipped, .endedLately, row: quiet.row)
            default: continue
            }
        }
        let consent = try deliberation.decide(.migrationConsent)
        return consent.value == "carriedOver" ? .carryOver : .ask
    }

    /// Who loses what of delegated administration, agent by agent.
    package func losses(of agents: [Person], memberships: [ID<PartnerGroup>: Set<ID<Person>>], roles: [String])
        -> [MigrationLoss]
    {
        agents.map { agent in
            let kept = groups.filter { memberships[$0.group]?.contains(agent.id) == true }.flatMap(\.roles)
            return MigrationLoss(
                agent,
                loses: roles.filter { role in !kept.contains { $0.rawValue == role } },
                keeps: DirectoryRole.allCases.filter(kept.contains)
            )
        }
    }
}

extension DelegatedAdminRelationship {
    /// The earliest instant at which delegated administration beside it may go: after it has been in force for the days
    /// of grace (SM-3, GD-23); `nil` while it is not.
    package func graceEnds(after days: Int, at now: Instant) -> Instant? {
        guard let tenure, isLive(at: now) else { return nil }
        return tenure.activatedAt.adding(days: days)
    }
}
