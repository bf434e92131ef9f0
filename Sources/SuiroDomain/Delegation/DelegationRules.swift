// What policy says to a partner that asks for granular delegated administration.
extension DelegationDraft {
    /// Whether it may be written down and sent; the first thing that stands in the way otherwise.
    ///
    /// In order: it is offered here (GD-01), the account stands well (REL-30), the person may ask (GD-01), the name is
    /// short enough (GD-03), the time is within its limits (GD-04), and extension is what the program knows (GD-11).
    package func check(
        for partner: Organization,
        by roles: Set<Role>,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        try Delegation.requireOffered(to: partner, &deliberation)
        guard partner.standing != .suspended else { throw .partnerSuspended }
        try Delegation.requireRequestor(roles, &deliberation)
        let length = try deliberation.decide(.delegationNameLength)
        guard displayName.unicodeScalars.count <= length.value else {
            throw .delegation(.nameTooLong(limit: length.value, row: length.row))
        }
        let minimum = try deliberation.decide(.delegationMinimumDays)
        let maximum = try deliberation.decide(.delegationMaximumDays)
        guard let days = duration.days, (minimum.value...max(minimum.value, maximum.value)).contains(days) else {
            throw .delegation(.duration(minimum: minimum.value, maximum: maximum.value, row: maximum.row))
        }
        try Delegation.checkExtension(by: autoExtendDays, of: self.roles, &deliberation)
    }
}

/// Rules that hold for a relationship wherever it is looked at.
package enum Delegation {
    package static func requireOffered(
        to partner: Organization,
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        let enabled = try deliberation.decide(.delegationEnabled)
        guard enabled.value else { throw .delegation(.notAvailable(row: enabled.row)) }
        let kinds = try deliberation.decide(.delegationPartners)
        guard kinds.value.contains(partner.kind.rawValue) else { throw .delegation(.notAvailable(row: kinds.row)) }
    }

    package static func requireRequestor(_ roles: Set<Role>, _ deliberation: inout Deliberation) throws(Refusal) {
        let requestors = try deliberation.decide(.delegationRequestors)
        guard roles.contains(where: { requestors.value.contains($0.rawValue) }) else {
            throw .requestorRole(required: requestors.value, row: requestors.row)
        }
    }

    /// GD-11: none, or the program's days, and not with roles that must end.
    package static func checkExtension(
        by days: Int?,
        of roles: [DirectoryRole],
        _ deliberation: inout Deliberation
    ) throws(Refusal) {
        guard let days else { return }
        let allowed = try deliberation.decide(.delegationAutoExtendDays)
        guard days == allowed.value, allowed.value > 0 else {
            throw .delegation(.autoExtendDays(allowed: allowed.value, row: allowed.row))
        }
        let never = try deliberation.decide(.delegationNeverExtended)
        if let role = roles.first(where: { never.value.contains($0.rawValue) }) {
            throw .delegation(.autoExtendRole(role, row: never.row))
        }
    }

    /// GD-15: what has been over for long enough is shown to nobody; it is kept.
    package static func isShown(
        _ relationship: DelegatedAdminRelationship,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Bool {
        guard let over = relationship.over(at: deliberation.at) else { return true }
        let wasAnswered = relationship.tenure != nil
        let days = try deliberation.decide(wasAnswered ? .delegationKeptDays : .delegationUnansweredKeptDays)
        return deliberation.at < over.adding(days: days.value)
    }
}
