/// What happened to a relationship of granular delegated administration; the raw value is its name in the event log.
package enum DelegationEvent: String, Hashable, CaseIterable, Sendable {
    case delegationCreated, delegationUpdated, delegationDeleted, delegationSent, delegationApproved,
        delegationActivated, delegationRejected, delegationUnanswered, delegationExtended, delegationExpired,
        delegationTerminated

    package var webhook: WebhookEventName? {
        switch self {
        case .delegationCreated: .granularAdminCreated
        case .delegationUpdated: .granularAdminUpdated
        case .delegationDeleted: .granularAdminDeleted
        case .delegationSent: .granularAdminSent
        case .delegationApproved: .granularAdminApproved
        case .delegationActivated: .granularAdminActivated
        case .delegationRejected: .granularAdminRejected
        case .delegationUnanswered: .granularAdminUnanswered
        case .delegationExtended: .granularAdminExtended
        case .delegationExpired: .granularAdminExpired
        case .delegationTerminated: .granularAdminTerminated
        }
    }
}

/// What happened to an assignment of roles to a group.
package enum AssignmentEvent: String, Hashable, CaseIterable, Sendable {
    case assignmentCreated, assignmentActivated, assignmentUpdated, assignmentDeleted

    package var webhook: WebhookEventName? {
        switch self {
        case .assignmentCreated: .assignmentCreated
        case .assignmentActivated: .assignmentActivated
        case .assignmentUpdated: .assignmentUpdated
        case .assignmentDeleted: .assignmentDeleted
        }
    }
}
