/// Roles of a relationship given to one of the partner's security groups (SM-4b). Approval alone gives nobody anything:
/// only what is assigned can be used (GD-08).
package struct AccessAssignment: Hashable, Codable, Sendable {
    package let id: ID<AccessAssignment>
    package let relationship: ID<DelegatedAdminRelationship>
    /// The group, as the partner's directory names it.
    package let group: String
    package private(set) var roles: [DirectoryRole]
    /// The roles it had before the last change, which count until the change has been carried out.
    package private(set) var earlier: [DirectoryRole]
    package let createdAt: Instant
    package private(set) var changedAt: Instant
    package private(set) var deletedAt: Instant?
    /// How long carrying out takes, in seconds.
    package let processing: Int
    package private(set) var revision: Int

    /// Refused unless the relationship is in force and every role was approved.
    package init(
        id: ID<AccessAssignment>,
        of relationship: DelegatedAdminRelationship,
        group: String,
        roles: [DirectoryRole],
        processing: Int,
        at now: Instant
    ) throws(Refusal) {
        try relationship.requireAssignable(roles, at: now)
        (self.id, self.relationship, self.group, self.roles) = (id, relationship.id, group, roles)
        (earlier, createdAt, changedAt, self.processing, revision) = ([], now, now, processing, 1)
    }

    package func status(at now: Instant) -> AssignmentStatus {
        if let deletedAt { return deletedAt.adding(seconds: processing) <= now ? .deleted : .deleting }
        return createdAt.adding(seconds: processing) <= now ? .active : .pending
    }

    /// The last change, while it is being carried out and after.
    func progress(at now: Instant) -> Progress { Progress(since: changedAt, taking: processing, at: now) }

    /// The roles that the group's members have by it: what is taken away is gone at once, what is added counts when it
    /// has been carried out. Never more than was approved (D-02, INV-08).
    package func roles(under relationship: DelegatedAdminRelationship, at now: Instant) -> [DirectoryRole] {
        guard relationship.id == self.relationship, relationship.isLive(at: now), status(at: now) == .active else {
            return []
        }
        let isDone = if case .done = progress(at: now) { true } else { false }
        return roles.filter { (isDone || earlier.contains($0)) && relationship.roles.contains($0) }
    }

    /// Other roles for the same group; `nil` when they are the same.
    package mutating func assign(
        _ wanted: [DirectoryRole],
        of relationship: DelegatedAdminRelationship,
        at now: Instant
    ) throws(Refusal) -> Event? {
        try relationship.requireAssignable(wanted, at: now)
        guard deletedAt == nil else { throw .notFound(.accessAssignment, "\(id)") }
        guard Set(wanted) != Set(roles) else { return nil }
        (earlier, roles, changedAt) = (roles, wanted, now)
        revision += 1
        return .assignment(.assignmentUpdated, id)
    }

    /// The group's members lose it from the next request on.
    package mutating func delete(at now: Instant) throws(Refusal) -> Event {
        guard deletedAt == nil else { throw .notFound(.accessAssignment, "\(id)") }
        deletedAt = now
        revision += 1
        return .assignment(.assignmentDeleted, id)
    }
}

extension DelegatedAdminRelationship {
    /// GD-08: only from the approved roles, and only while it is in force.
    fileprivate func requireAssignable(_ wanted: [DirectoryRole], at now: Instant) throws(Refusal) {
        guard isLive(at: now) else { throw .delegation(.state(status(at: now), row: nil)) }
        let beyond = wanted.filter { !roles.contains($0) }
        guard beyond.isEmpty else { throw .delegation(.rolesNotApproved(beyond)) }
    }
}
