package import SuiroDomain
import SuiroStore

// Which of the partner's groups have which of the approved roles (GD-08, SM-4b).
extension PartnerService {
    package func assignAccess(
        of id: ID<DelegatedAdminRelationship>,
        to group: String,
        _ roles: [DirectoryRole],
        _ context: CallContext
    ) async throws -> AccessAssignment {
        try await asPartner(context) { tx, deliberation, _, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let relationship = try findDelegation(toChange: id, &deliberation, tx)
            let processing = try deliberation.decide(.delegationProcessing).value
            let assignment = try AccessAssignment(
                id: environment.newID(),
                of: relationship,
                group: group,
                roles: roles,
                processing: processing,
                at: deliberation.at
            )
            let others = try tx.assignments(of: id)
            guard !others.contains(where: { $0.group == group && $0.deletedAt == nil }) else {
                throw Refusal.delegation(.groupAssigned(group))
            }
            try tx.insert(assignment)
            try note(.assignmentCreated, assignment, relationship, tx)
            // Where carrying out takes no time, it is active already.
            if processing == 0 { try note(.assignmentActivated, assignment, relationship, tx) }
            return assignment
        }
    }

    /// Those that have not been deleted, in the order in which they were made.
    package func assignments(
        of id: ID<DelegatedAdminRelationship>,
        _ context: CallContext
    ) async throws -> (assignments: [AccessAssignment], now: Instant) {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            let relationship = try findDelegation(id, &deliberation, tx)
            let now = deliberation.at
            return (try tx.assignments(of: relationship.id).filter { $0.status(at: now) != .deleted }, now)
        }
    }

    package func reassignAccess(
        _ assignment: ID<AccessAssignment>,
        of id: ID<DelegatedAdminRelationship>,
        seen: Int?,
        _ roles: [DirectoryRole],
        _ context: CallContext
    ) async throws -> (assignment: AccessAssignment, operation: DelegationOperation?) {
        let update = try await asPartner(context) { tx, deliberation, _, principal -> AssignmentUpdate in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let relationship = try findDelegation(toChange: id, &deliberation, tx)
            var current = try find(assignment, of: relationship, seen: seen, at: deliberation.at, tx)
            guard let event = try current.assign(roles, of: relationship, at: deliberation.at) else {
                return AssignmentUpdate(assignment: current, operation: nil)
            }
            try tx.update(current)
            try note(event, current, relationship, tx)
            let operation = try start(
                .delegatedAdminAccessAssignmentUpdate,
                of: relationship,
                assignment,
                &deliberation,
                tx
            )
            return AssignmentUpdate(assignment: current, operation: operation)
        }
        return (update.assignment, update.operation)
    }

    /// The group's members lose its roles from the next request on. What would be left without anybody who can get in is
    /// said first (GD-17).
    package func unassignAccess(
        _ assignment: ID<AccessAssignment>,
        of id: ID<DelegatedAdminRelationship>,
        seen: Int?,
        force: Bool,
        _ context: CallContext
    ) async throws {
        _ = try await asPartner(context) { tx, deliberation, _, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let relationship = try findDelegation(toChange: id, &deliberation, tx)
            var current = try find(assignment, of: relationship, seen: seen, at: deliberation.at, tx)
            if !force {
                try requireOtherPath(without: relationship, assignment: assignment, &deliberation, tx)
            }
            let event = try current.delete(at: deliberation.at)
            try tx.update(current)
            try note(event, current, relationship, tx)
            return true
        }
    }

    private func find(
        _ id: ID<AccessAssignment>,
        of relationship: DelegatedAdminRelationship,
        seen: Int?,
        at now: Instant,
        _ tx: Transaction
    ) throws -> AccessAssignment {
        guard let found = try tx.assignment(id, of: relationship.id), found.status(at: now) != .deleted else {
            throw Refusal.notFound(.accessAssignment, "\(id)")
        }
        if let seen, seen != found.revision { throw StoreError.stale }
        return found
    }

    private func note(
        _ event: AssignmentEvent,
        _ assignment: AccessAssignment,
        _ relationship: DelegatedAdminRelationship,
        _ tx: Transaction
    ) throws {
        try note(.assignment(event, assignment.id), assignment, relationship, tx)
    }

    func note(
        _ event: Event,
        _ assignment: AccessAssignment,
        _ relationship: DelegatedAdminRelationship,
        _ tx: Transaction
    ) throws {
        try tx.record(
            event,
            Remark(
                partner: relationship.partner,
                customer: relationship.customer,
                details: [
                    "delegation": "\(relationship.id)", "group": assignment.group,
                    "roles": assignment.roles.map(\.rawValue).joined(separator: " "),
                ]
            )
        )
    }
}

/// What an update answers, as it is kept for a repeated request.
struct AssignmentUpdate: Codable, Sendable {
    let assignment: AccessAssignment
    let operation: DelegationOperation?
}
