/// What keeps granular delegated administration from being asked for, given, assigned or ended.
package enum DelegationObstacle: Hashable, Sendable {
    /// It is not offered in this cloud, or not to partners of this kind.
    case notAvailable(row: PolicyRow.ID)
    /// Another relationship of the partner has the name (GD-03).
    case nameTaken(String)
    case nameTooLong(limit: Int, row: PolicyRow.ID)
    case duration(minimum: Int, maximum: Int, row: PolicyRow.ID)
    /// Extension by other than the program's days (GD-11).
    case autoExtendDays(allowed: Int, row: PolicyRow.ID)
    case autoExtendRole(DirectoryRole, row: PolicyRow.ID)
    /// What was wanted does not follow from where it stands (SM-4).
    case state(DelegationStatus, row: PolicyRow.ID?)
    /// Written by an indirect provider for its reseller, and not the caller's to change or send before, or after, the
    /// reseller has consented (GD-28).
    case partnerConsent
    case rolesNotApproved([DirectoryRole])
    case groupAssigned(String)
    /// Somebody would lose the last way to what has to be looked after (GD-17, OP-15).
    case lastPath(subscriptions: [String], row: PolicyRow.ID)
}

extension DelegationObstacle {
    package var reason: Reason {
        switch self {
        case .notAvailable: .delegationNotAvailable
        case .nameTaken: .delegationNameTaken
        case .nameTooLong: .delegationNameTooLong
        case .duration: .delegationDuration
        case .autoExtendDays: .autoExtendDays
        case .autoExtendRole: .autoExtendRole
        case .state: .delegationState
        case .partnerConsent: .partnerConsent
        case .rolesNotApproved: .rolesNotApproved
        case .groupAssigned: .groupAlreadyAssigned
        case .lastPath: .lastAccessPath
        }
    }

    package var rule: RuleID {
        switch self {
        case .notAvailable: "GD-01"
        case .nameTaken, .nameTooLong: "GD-03"
        case .duration: "GD-04"
        case .autoExtendDays, .autoExtendRole: "GD-11"
        case .state: "SM-4"
        case .partnerConsent: "GD-28"
        case .rolesNotApproved: "GD-08"
        case .groupAssigned: "SM-4b"
        case .lastPath: "GD-17"
        }
    }

    package var row: PolicyRow.ID? {
        switch self {
        case .notAvailable(let row), .nameTooLong(_, let row), .duration(_, _, let row), .autoExtendDays(_, let row),
            .autoExtendRole(_, let row), .lastPath(_, let row):
            row
        case .state(_, let row): row
        case .nameTaken, .partnerConsent, .rolesNotApproved, .groupAssigned: nil
        }
    }

    /// The member of the wire that is wrong, where one is.
    package var field: String? {
        switch self {
        case .nameTaken, .nameTooLong: "displayName"
        case .duration: "duration"
        case .autoExtendDays, .autoExtendRole: "autoExtendDuration"
        case .rolesNotApproved: "accessDetails.unifiedRoles"
        case .groupAssigned: "accessContainer.accessContainerId"
        case .notAvailable, .state, .partnerConsent, .lastPath: nil
        }
    }

    package var next: [NextStep] {
        switch self {
        case .lastPath: [NextStep(.grantAccess)]
        case .notAvailable, .nameTaken, .nameTooLong, .duration, .autoExtendDays, .autoExtendRole, .state,
            .partnerConsent, .rolesNotApproved, .groupAssigned:
            []
        }
    }

    package var arguments: [String: Argument] {
        switch self {
        case .notAvailable, .partnerConsent: [:]
        case .nameTaken(let name): ["name": .text(name)]
        case .nameTooLong(let limit, _): ["limit": .count(limit)]
        case .duration(let minimum, let maximum, _): ["minimum": .count(minimum), "maximum": .count(maximum)]
        case .autoExtendDays(let allowed, _): ["days": .count(allowed)]
        case .autoExtendRole(let role, _): ["role": .words("adminRole.\(role.rawValue)")]
        case .state(let status, _): ["state": .words("delegationStatus.\(status.rawValue)")]
        case .rolesNotApproved(let roles): ["roles": .text(roles.map(\.definition).joined(separator: ", "))]
        case .groupAssigned(let group): ["group": .text(String(group.prefix(100)))]
        case .lastPath(let names, _): ["subscriptions": .text(names.joined(separator: ", "))]
        }
    }
}
