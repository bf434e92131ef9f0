/// One thing that has to be done in a move, by one party, in order (SM-6 … SM-9).
package enum MoveStep: String, Codable, CaseIterable, Sendable {
    // SM-6
    case turnOffRenewal, provision, endOld, compareSeats
    // SM-7
    case assess, createTarget, enterDetails, moveServices, chooseCancelScope, cancelOld, watchUsage, review
    // SM-8a
    case writtenNotice, openRequest, checkSignatures, confirmVerification
    // SM-8, SM-9
    case cutOver
    // SM-8c
    case grantAccess, verifyAccess, removeAccess

    /// The rule that asks for it.
    package var rule: RuleID {
        switch self {
        case .turnOffRenewal: "LIC-11"
        case .provision: "LIC-02"
        case .endOld: "LIC-07"
        case .compareSeats: "LIC-05"
        case .assess: "USE-05"
        case .createTarget, .enterDetails: "S-21"
        case .moveServices: "USE-07"
        case .chooseCancelScope: "S-21"
        case .cancelOld: "X-03"
        case .watchUsage, .review: "OP-57"
        case .writtenNotice: "SW-04"
        case .openRequest: "SW-05"
        case .checkSignatures: "SW-10"
        case .confirmVerification: "SW-11"
        case .cutOver: "SW-15"
        case .grantAccess, .verifyAccess: "OP-02"
        case .removeAccess: "SW-12"
        }
    }
}

/// Who does a step; the system does what time alone brings about.
package enum StepActor: String, Codable, CaseIterable, Sendable {
    case customer, source, target, system

    package init(_ party: MoveParty) {
        switch party {
        case .customer: self = .customer
        case .source: self = .source
        case .target: self = .target
        }
    }

    package var party: MoveParty? {
        switch self {
        case .customer: .customer
        case .source: .source
        case .target: .target
        case .system: nil
        }
    }
}

package struct PlannedStep: Hashable, Codable, Sendable {
    package let step: MoveStep
    package let who: StepActor
    /// A date that follows from the terms themselves; other steps get theirs when they are reached.
    package let due: Instant?

    package init(_ step: MoveStep, _ who: StepActor, due: Instant? = nil) {
        (self.step, self.who, self.due) = (step, who, due)
    }
}

/// A step that was done: by whom, when, and what was said of it.
package struct StepRecord: Hashable, Codable, Sendable {
    package let step: MoveStep
    package let by: ID<Person>?
    package let byName: String
    package let at: Instant
    package let note: String?

    package init(step: MoveStep, by person: ID<Person>?, byName: String, at instant: Instant, note: String?) {
        (self.step, self.by, self.byName, self.at, self.note) = (step, person, byName, instant, note)
    }
}

/// A step as people see it now.
package struct StepView: Hashable, Codable, Sendable {
    package enum State: String, Codable, CaseIterable, Sendable { case locked, ready, done }

    package let step: MoveStep
    package let who: StepActor
    package let state: State
    package let due: Instant?
    package let record: StepRecord?

    package init(step: MoveStep, who: StepActor, state: State, due: Instant?, record: StepRecord?) {
        (self.step, self.who, self.state, self.due, self.record) = (step, who, state, due, record)
    }
}

/// What somebody says when doing a step.
package struct StepInput: Hashable, Sendable {
    package var note: String?
    /// Services by name with what shall be, or was, done with each (SM-7).
    package var services: [String: ServiceVerdict] = [:]
    /// What a person enters about the old subscription, once (S-21).
    package var details: [String: String] = [:]
    package var scope: CancelScope?
    /// A replacement that was already bought.
    package var replacement: ID<Subscription>?
    /// Seats assigned to nobody after the move.
    package var unassigned: Int?
    /// The customer orders the old access cut before the new one stands.
    package var isImmediate = false

    package init(note: String? = nil) {
        self.note = note
    }
}

/// What is cancelled at the end of a re-creation (S-21).
package enum CancelScope: String, Codable, CaseIterable, Sendable { case services, whole }
