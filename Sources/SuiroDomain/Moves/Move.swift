/// A change of who sells, bills or serves what a customer holds: previewed, agreed by everybody it concerns, carried out
/// step by step (SM-6 … SM-9).
package struct Move: Hashable, Codable, Sendable {
    package enum Phase: Hashable, Codable, Sendable {
        case awaitingConsent
        case running(MoveProgress)
        case closed(MoveEnding, at: Instant, MoveProgress?)
    }

    package let id: ID<Move>
    package let customer: ID<Customer>
    package let source: PartyName?
    package let target: PartyName
    package let initiator: MoveParty
    package internal(set) var wish: MoveWish
    package let createdBy: ID<Person>?
    package let createdByName: String
    package let createdAt: Instant
    /// Nobody can agree from this instant on (TR-05).
    package let expires: Instant
    /// The days after creation on which those who have not answered are reminded.
    package let reminderDays: [Int]
    /// As proposed; once everybody has agreed, as agreed.
    package internal(set) var preview: MovePreview
    package internal(set) var consents: [MoveConsent]
    package internal(set) var phase: Phase
    /// What has been announced already, so that it is announced once.
    package internal(set) var announced: [String]
    /// The move this one is a copy of.
    package let renews: ID<Move>?
    package internal(set) var revision: Int

    package init(
        id: ID<Move>,
        preview: MovePreview,
        wish: MoveWish,
        customer: ID<Customer>,
        initiator: MoveParty,
        by person: ID<Person>?,
        named name: String,
        expires: Instant,
        reminderDays: [Int],
        renews: ID<Move>? = nil
    ) {
        (self.id, self.preview, self.wish, self.customer) = (id, preview, wish, customer)
        (self.source, self.target, self.initiator) = (preview.source, preview.target, initiator)
        (self.createdBy, self.createdByName, self.createdAt) = (person, name, preview.at)
        (self.expires, self.reminderDays, self.renews) = (expires, reminderDays, renews)
        consents = preview.consents.map { MoveConsent(party: $0, state: .pending) }
        phase = .awaitingConsent
        announced = []
        revision = 1
    }

    package var procedure: MoveProcedure { preview.procedure }
    package var kind: MoveKind { preview.kind }
    package var edition: Int { preview.edition }
    package var subscriptions: [ID<Subscription>] { preview.moves.map(\.subscription) }

    /// What nobody else can move meanwhile: what it lists, but for an add-on that came to it later and was in another
    /// move by then; while that is so, nobody can agree.
    package var holds: [ID<Subscription>] {
        guard case .awaitingConsent = phase else { return subscriptions }
        let elsewhere = Set(preview.blockers.filter { $0.reason == .alreadyMoving }.compactMap(\.subscription))
        return subscriptions.filter { !elsewhere.contains($0) }
    }

    package var progress: MoveProgress? {
        switch phase {
        case .awaitingConsent: nil
        case .running(let progress): progress
        case .closed(_, _, let progress): progress
        }
    }

    package func tenant(of party: MoveParty) -> ID<Tenant>? {
        switch party {
        case .customer: customer.as(Tenant.self)
        case .source: source?.id
        case .target: target.id
        }
    }

    /// Which side a tenant is on; `nil` for a stranger.
    package func party(of tenant: ID<Tenant>) -> MoveParty? {
        MoveParty.allCases.first { self.tenant(of: $0) == tenant }
    }
}

/// How a move ended.
package enum MoveEnding: Hashable, Codable, Sendable {
    case completed
    /// Some items could not be moved; each says why.
    case finishedWithErrors
    case withdrawn(by: MoveParty, reason: String?)
    case declined(by: MoveParty, reason: String?)
    case expired

    package var state: MoveState {
        switch self {
        case .completed: .completed
        case .finishedWithErrors: .finishedWithErrors
        case .withdrawn: .withdrawn
        case .declined: .declined
        case .expired: .expired
        }
    }
}

/// The word for where a move is (contract, section 4).
package enum MoveState: String, Codable, CaseIterable, Sendable {
    case planned, awaitingConsent, scheduled, inProgress, handover, completed, withdrawn, declined, expired,
        finishedWithErrors
}

package struct MoveConsent: Hashable, Codable, Sendable {
    package enum State: Hashable, Codable, Sendable {
        case pending
        case approved(terms: String, by: ID<Person>?, byName: String, at: Instant)
        case declined(reason: String?, by: ID<Person>?, byName: String, at: Instant)
    }

    package let party: MoveParty
    package internal(set) var state: State

    package init(party: MoveParty, state: State) {
        (self.party, self.state) = (party, state)
    }

    /// What the party agreed to holds only while the terms are still those it saw.
    package func isApproved(of terms: String) -> Bool {
        if case .approved(let seen, _, _, _) = state { seen == terms } else { false }
    }
}

/// What became of one subscription at the cut-over.
package struct ItemResult: Hashable, Codable, Sendable {
    package enum Outcome: Hashable, Codable, Sendable {
        case pending
        case moved(at: Instant)
        case failed(Reason, at: Instant)
    }

    package let subscription: ID<Subscription>
    package internal(set) var outcome: Outcome
    /// The second name it has from the cut-over on (SW-14).
    package internal(set) var alias: String?

    package init(subscription: ID<Subscription>, outcome: Outcome, alias: String? = nil) {
        (self.subscription, self.outcome, self.alias) = (subscription, outcome, alias)
    }

    package var hasFailed: Bool { if case .failed = outcome { true } else { false } }
}

/// What has become of one subscription, as people are told at an instant.
package enum ItemStanding: Hashable, Sendable {
    case pending
    /// It will change hands at an instant that is fixed, and time alone brings it about.
    case scheduled(at: Instant)
    case moved(at: Instant)
    case failed(Reason, at: Instant)

    /// The word for it (contract, section 4).
    package var word: String {
        switch self {
        case .pending: "pending"
        case .scheduled: "scheduled"
        case .moved: "moved"
        case .failed: "failed"
        }
    }
}

/// How far an agreed move has come. Steps are done in their order, so what is done is always a beginning of the list.
package struct MoveProgress: Hashable, Codable, Sendable {
    package let agreedAt: Instant
    /// Fixed when it is scheduled; from then on time alone brings it about.
    package internal(set) var cutover: Instant?
    package internal(set) var done: [StepRecord]
    package internal(set) var items: [ItemResult]
    package internal(set) var inventory: [InventoryItem]
    package internal(set) var details: [String: String]
    package internal(set) var scope: CancelScope?
    /// What was bought in place of what.
    package internal(set) var replacements: [ID<Subscription>: ID<Subscription>]
    /// Those of them that this move itself bought; others were there before, and stay when it is called off.
    package internal(set) var bought: [ID<Subscription>]
    package internal(set) var grants: [ID<AccessGrant>]
    /// Whose auto-renew the move has turned off; `nil` before it did, and in what was kept before it was noted.
    package internal(set) var renewalsOff: [ID<Subscription>]?

    package init(agreedAt: Instant, items: [ItemResult], inventory: [InventoryItem]) {
        (self.agreedAt, self.items, self.inventory) = (agreedAt, items, inventory)
        (cutover, done, details, scope, replacements, bought, grants) = (nil, [], [:], nil, [:], [], [])
    }
}

extension ID: CodingKeyRepresentable {
    package var codingKey: any CodingKey { AnyKey(stringValue: description) }

    package init?<T: CodingKey>(codingKey: T) {
        self.init(codingKey.stringValue)
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }
}
