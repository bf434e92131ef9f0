extension DelegatedAdminRelationship {
    /// The relationship as one of the ways into a tenant, beside all the others (REL-17). It is a view, computed for one
    /// instant and never kept; `nil` before the customer has approved.
    package func grant(at now: Instant) -> AccessGrant? {
        guard let tenure, let customer, let until = end(at: now) else { return nil }
        let end: AccessGrant.End =
            switch phase {
            case .terminated(_, let termination): .revoked(at: termination.at, by: termination.by)
            case .approved where until <= now: .expired(at: until)
            case .created, .awaitingApproval, .unanswered, .rejected, .approved: .none
            }
        return AccessGrant(
            id: id.as(AccessGrant.self),
            customer: customer,
            partner: partner,
            kind: .gdap,
            roles: roles.map(\.rawValue),
            consent: tenure.consent,
            from: tenure.activatedAt,
            until: until,
            end: end,
            revision: revision
        )
    }
}
