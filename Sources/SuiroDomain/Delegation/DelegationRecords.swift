/// What somebody asked of a relationship, as Graph lists it. Never changed.
package struct DelegationRequest: Hashable, Codable, Sendable {
    package enum Action: String, Codable, CaseIterable, Sendable { case lockForApproval, approve, reject, terminate }
    package enum Status: String, Codable, CaseIterable, Sendable { case created, pending, succeeded }

    package let id: ID<DelegationRequest>
    package let relationship: ID<DelegatedAdminRelationship>
    package let action: Action
    package let by: ID<Person>?
    package let at: Instant
    package let processing: Int

    package init(
        id: ID<DelegationRequest>,
        relationship: ID<DelegatedAdminRelationship>,
        action: Action,
        by person: ID<Person>?,
        at instant: Instant,
        processing: Int
    ) {
        (self.id, self.relationship, self.action) = (id, relationship, action)
        (by, at, self.processing) = (person, instant, processing)
    }

    package func status(at now: Instant) -> Status {
        switch Progress(since: at, taking: processing, at: now) {
        case .asked: .created
        case .running: .pending
        case .done: .succeeded
        }
    }
}

/// A change that takes its time, to be asked about until it is done.
package struct DelegationOperation: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case delegatedAdminAccessAssignmentUpdate, delegatedAdminRelationshipUpdate
    }
    package enum Status: String, Codable, CaseIterable, Sendable { case notStarted, running, succeeded }

    package let id: ID<DelegationOperation>
    package let relationship: ID<DelegatedAdminRelationship>
    package let kind: Kind
    /// The assignment that changes, where it is one.
    package let assignment: ID<AccessAssignment>?
    package let at: Instant
    package let processing: Int

    package init(
        id: ID<DelegationOperation>,
        relationship: ID<DelegatedAdminRelationship>,
        kind: Kind,
        assignment: ID<AccessAssignment>?,
        at instant: Instant,
        processing: Int
    ) {
        (self.id, self.relationship, self.kind) = (id, relationship, kind)
        (self.assignment, at, self.processing) = (assignment, instant, processing)
    }

    package func status(at now: Instant) -> Status {
        switch Progress(since: at, taking: processing, at: now) {
        case .asked: .notStarted
        case .running: .running
        case .done: .succeeded
        }
    }
}
