/// A path by which a former partner could still reach in (SM-8c, REL-28).
package enum LeftoverKind: String, Codable, CaseIterable, Sendable {
    case resellerTie, dap, gdap, resourceRole, guest, supportContact
    /// The partner's agents as a foreign group on a subscription, from the day it was sold (DA-02, TR-12).
    case standingGroup

    package init(_ kind: AccessKind) {
        switch kind {
        case .resellerTie: self = .resellerTie
        case .dap: self = .dap
        case .gdap: self = .gdap
        case .resourceRole: self = .resourceRole
        case .guest: self = .guest
        case .supportContact: self = .supportContact
        }
    }
}

/// Access that survived an ending, until it is removed or the customer says that it may stay (INV-06).
package struct Leftover: Hashable, Codable, Sendable {
    package enum Cause: Hashable, Codable, Sendable {
        case move(ID<Move>)
        case relationshipRemoved
    }

    package enum State: Hashable, Codable, Sendable {
        case open
        case removed(at: Instant, by: ID<Person>?, byName: String)
        case signedOff(at: Instant, by: ID<Person>?, byName: String, reason: String?)

        package var name: String {
            switch self {
            case .open: "open"
            case .removed: "removed"
            case .signedOff: "signedOff"
            }
        }
    }

    package let id: ID<Leftover>
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let partnerName: String
    package let kind: LeftoverKind
    package let cause: Cause
    /// The grant behind it, where there is one: its end is the leftover's end.
    package let grant: ID<AccessGrant>?
    package let subscription: ID<Subscription>?
    package let foundAt: Instant
    package var state: State
    package var revision: Int

    package init(
        id: ID<Leftover>,
        customer: ID<Customer>,
        partner: ID<Partner>,
        partnerName: String,
        kind: LeftoverKind,
        cause: Cause,
        grant: ID<AccessGrant>?,
        subscription: ID<Subscription>?,
        foundAt: Instant,
        state: State = .open,
        revision: Int = 1
    ) {
        (self.id, self.customer, self.partner, self.partnerName) = (id, customer, partner, partnerName)
        (self.kind, self.cause, self.grant, self.subscription) = (kind, cause, grant, subscription)
        (self.foundAt, self.state, self.revision) = (foundAt, state, revision)
    }

    /// Whether it is one at all: the relationship of a partner that sells something else here simply goes on (REL-32).
    package func stands(beside held: [Subscription], at now: Instant) -> Bool {
        guard kind == .resellerTie, state == .open else { return true }
        return !held.contains { $0.seller.id == partner.as(Tenant.self) && $0.status(at: now) == .active }
    }

    package var move: ID<Move>? { if case .move(let id) = cause { id } else { nil } }

    /// What counts now: a leftover whose grant has ended otherwise is gone too.
    package func state(among grants: [AccessGrant], at now: Instant) -> State {
        guard case .open = state, let grant else { return state }
        guard let found = grants.first(where: { $0.id == grant }) else { return state }
        guard !found.isLive(at: now) else { return .open }
        let (at, by): (Instant, ID<Person>?) =
            switch found.end {
            case .revoked(let at, let by): (at, by)
            case .replaced(let at), .expired(let at): (at, nil)
            case .none: (found.until, nil)
            }
        return .removed(at: at, by: by, byName: "")
    }
}

/// What the customer decides about a leftover.
package enum LeftoverDecision: String, Codable, CaseIterable, Sendable { case remove, signOff }

extension Leftover {
    /// Whether both are about the same way in: the same grant, or the same group on the same subscription.
    package func isSame(as other: Leftover) -> Bool {
        cause == other.cause && kind == other.kind && grant == other.grant && subscription == other.subscription
    }
}
