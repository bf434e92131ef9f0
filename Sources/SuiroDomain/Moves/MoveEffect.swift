/// What a transition wants done in the world; the service does it in the same transaction, a simulation does it in its
/// own. Nothing else changes the world in the name of a move.
package enum MoveEffect: Equatable, Sendable {
    case succeed(Succession)
    /// A further name of a subscription, from an instant on.
    case alias(String, of: ID<Subscription>, from: Instant)
    /// Takes back what has not happened yet of one subscription: its successions, its name, what it would leave behind.
    case callOff(ID<Subscription>)
    /// A replacement is bought.
    case provision(Subscription)
    /// Ends a subscription: its own partner cancels it, or the customer says that it has ended elsewhere (INV-04).
    case end(ID<Subscription>)
    case turnOffRenewal(ID<Subscription>)
    /// Auto-renew is turned on again, where the term has not ended meanwhile.
    case restoreRenewal(ID<Subscription>)
    case grant(AccessGrant, terms: String)
    case revoke(ID<AccessGrant>)
    /// Found once, however often it is looked for: another of the same grant or subscription changes nothing.
    case leave(Leftover)
    /// The subscriptions are free for another move.
    case release
    /// The partner's duty to support begins, or ends by the transfer (INV-07).
    case beginObligation(ID<Partner>)
    case endObligation(ID<Partner>)
}

/// What a transition brought about.
package struct MoveOutcome: Sendable {
    package var events: [Event]
    package var effects: [MoveEffect]

    package init(_ events: [Event] = [], _ effects: [MoveEffect] = []) {
        (self.events, self.effects) = (events, effects)
    }

    package static func + (left: MoveOutcome, right: MoveOutcome) -> MoveOutcome {
        MoveOutcome(left.events + right.events, left.effects + right.effects)
    }
}

/// Who acts on a move.
package struct MoveActor: Sendable {
    package let party: MoveParty
    package let person: ID<Person>?
    package let name: String

    package init(_ party: MoveParty, _ person: ID<Person>?, named name: String) {
        (self.party, self.person, self.name) = (party, person, name)
    }
}

/// The world as a transition meets it.
package struct MoveGround: Sendable {
    package let now: Instant
    package let facts: MoveFacts
    /// The preview as it comes out now, by the edition the move began with.
    package let preview: MovePreview
    /// Its hash: what a consent has to name.
    package let terms: String
    /// What still stands of the former partner's access.
    package let openLeftovers: Int
    /// When each old subscription was last seen in use.
    package let lastUse: [ID<Subscription>: Instant]
    /// Fresh identifiers.
    package let fresh: @Sendable () -> ID<Move>

    package init(
        now: Instant,
        facts: MoveFacts,
        preview: MovePreview,
        terms: String,
        openLeftovers: Int,
        lastUse: [ID<Subscription>: Instant],
        fresh: @escaping @Sendable () -> ID<Move>
    ) {
        (self.now, self.facts, self.preview, self.terms) = (now, facts, preview, terms)
        (self.openLeftovers, self.lastUse, self.fresh) = (openLeftovers, lastUse, fresh)
    }
}
