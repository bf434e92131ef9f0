/// What became of one relationship in an extension of many.
package enum ExtensionOutcome: String, Codable, CaseIterable, Sendable {
    case waiting, extended, unchanged, drafted, refused
}

/// Why it became that.
package enum ExtensionReason: String, Codable, CaseIterable, Sendable {
    /// It is extended by itself from now on, and was before (GD-11).
    case on, alreadyOn
    /// It needs the customer's consent again: a role that must end, a program without extension, or it has ended.
    case role, notOffered, ended
    /// Such a draft or request is there already.
    case askedAlready
    /// It is not in force, it is nobody's, or a rule stands in the way.
    case state, unknown, rule
}

/// One relationship in an extension of many, with what came of it.
package struct ExtensionRow: Hashable, Codable, Sendable {
    package let relationship: ID<DelegatedAdminRelationship>
    package var outcome = ExtensionOutcome.waiting
    package var why: ExtensionReason?
    package var rule: RuleID?
    package var policyRow: PolicyRow.ID?
    package var reason: Reason?
    package var name: String?
    package var customer: ID<Customer>?
    package var customerName: String?
    package var until: Instant?
    /// The new request, where one was drafted or is there already.
    package var draft: ID<DelegatedAdminRelationship>?

    package init(_ relationship: ID<DelegatedAdminRelationship>) {
        self.relationship = relationship
    }
}

/// An extension of many relationships, as somebody asked for it.
package struct ExtensionJob: Hashable, Codable, Sendable {
    package let id: ID<ExtensionJob>
    package let partner: ID<Partner>
    package let person: ID<Person>
    package let token: ID<Token>
    package let createdAt: Instant
    package let total: Int

    package init(
        id: ID<ExtensionJob>,
        partner: ID<Partner>,
        person: ID<Person>,
        token: ID<Token>,
        createdAt: Instant,
        total: Int
    ) {
        (self.id, self.partner, self.person, self.token) = (id, partner, person, token)
        (self.createdAt, self.total) = (createdAt, total)
    }
}

/// What the rules say to the wish that a relationship shall go on.
package enum ExtensionVerdict: Hashable, Sendable {
    case on(Event)
    case alreadyOn
    /// Only the customer can give it again.
    case needsConsent(ExtensionReason, row: PolicyRow.ID?)
    case impossible
}

extension DelegatedAdminRelationship {
    /// Turns extension on where the rules let it (GD-11): never with a role that must end, not where the program knows no
    /// extension, and not once it has ended. What either side has ended is not revived.
    package mutating func keepOn(_ deliberation: inout Deliberation) throws(Refusal) -> ExtensionVerdict {
        let now = deliberation.at
        guard isLive(at: now) else {
            let hasRunOut = if case .approved = phase, let end = end(at: now) { end <= now } else { false }
            return hasRunOut ? .needsConsent(.ended, row: nil) : .impossible
        }
        guard autoExtendDays == nil else { return .alreadyOn }
        let days = try deliberation.decide(.delegationAutoExtendDays)
        guard days.value > 0 else { return .needsConsent(.notOffered, row: days.row) }
        let never = try deliberation.decide(.delegationNeverExtended)
        guard !roles.contains(where: { never.value.contains($0.rawValue) }) else {
            return .needsConsent(.role, row: never.row)
        }
        guard let event = try setAutoExtend(days.value, at: now) else { return .alreadyOn }
        return .on(event)
    }

    /// The same again, to be asked for anew under another name.
    package func renewal(named name: String) -> DelegationDraft {
        DelegationDraft(
            customer: customer,
            displayName: name,
            duration: duration,
            roles: roles,
            autoExtendDays: nil
        )
    }

    /// Whether `other` asks the same customer for the same roles and is not answered.
    package func isAsked(by other: DelegatedAdminRelationship, at now: Instant) -> Bool {
        guard other.id != id, other.customer == customer, Set(other.roles) == Set(roles) else { return false }
        return [.created, .approvalPending].contains(other.status(at: now))
    }
}

extension ExtensionReason {
    /// The stable code where something stood in the way.
    package var code: Reason? {
        switch self {
        case .on, .alreadyOn, .askedAlready, .rule: nil
        case .role: .autoExtendRole
        case .notOffered: .autoExtendDays
        case .ended, .state: .delegationState
        case .unknown: .notFound
        }
    }

    package var ruleID: RuleID {
        switch self {
        case .on, .alreadyOn, .role, .notOffered: "GD-11"
        case .ended: "GD-13"
        case .askedAlready: "GD-06"
        case .state, .unknown, .rule: "SM-4"
        }
    }
}
