import FoundationEssentials
import SuiroDomain
import Testing

/// The smallest world in which a move can take every turn: a customer, the partner that sells, the partner that shall
/// sell, and what the customer holds. What a transition wants done is done here as a server does it.
struct MoveScene: Sendable {
    var now: Instant
    var book: PolicyBook
    var cloud = Cloud.public
    /// Everything that was ever held, and who it was sold by at first.
    var subscriptions: [Subscription]
    var grants: [AccessGrant]
    var source: Organization?
    var target: Organization
    var wish: MoveWish
    var initiator: MoveParty
    /// Services that the costs name, of every subscription.
    var services: [String] = []
    /// When each was last seen in use.
    var lastUse: [ID<Subscription>: Instant] = [:]
    /// What its customer chooses to cancel in the end.
    var scope = CancelScope.whole
    private(set) var move: Move?
    private(set) var leftovers: [Leftover] = []
    private(set) var successions: [Succession] = []

    init(
        at now: Instant,
        under book: PolicyBook,
        holding subscriptions: [Subscription],
        wish: MoveWish,
        by initiator: MoveParty = .target,
        hasTie: Bool = true
    ) throws {
        (self.now, self.book, self.subscriptions, self.wish, self.initiator) = (
            now, book, subscriptions, wish, initiator
        )
        target = try Sample.organization(.direct)
        let isSoldByPartner = subscriptions.first?.seller.kind == .partner
        source = isSoldByPartner ? try Self.partner(Sample.otherPartner, "Hokusei Systems", since: now) : nil
        grants = try [
            Self.grant(.dap, Sample.otherPartner, 61, now), Self.grant(.resellerTie, Sample.otherPartner, 62, now),
        ]
        if hasTie { grants.append(try Self.grant(.resellerTie, Sample.partner, 63, now)) }
    }

    private static func partner(_ id: ID<Partner>, _ name: String, since now: Instant) throws -> Organization {
        Organization(
            id: id.as(Tenant.self),
            kind: .direct,
            name: name,
            domain: "other.example",
            country: "JP",
            language: .ja,
            createdAt: now
        )
    }

    private static func grant(
        _ kind: AccessKind,
        _ partner: ID<Partner>,
        _ number: UInt8,
        _ now: Instant
    ) throws -> AccessGrant {
        let grant = AccessGrant(
            id: Sample.id(number),
            customer: Sample.customer,
            partner: partner,
            kind: kind,
            roles: [],
            consent: Sample.id(60),
            from: now,
            until: now.adding(days: 3650)
        )
        return try #require(grant)
    }
}

// What a transition rests on.
extension MoveScene {
    var rules: Deliberation { Deliberation(book: book, at: now, cloud: cloud) }

    private func facts(taken: Set<ID<Subscription>> = []) throws(Refusal) -> MoveFacts {
        let current = subscriptions.map { $0.succeeded(by: successions, at: now) }
        let items = wish.subscriptions.compactMap { id in current.first { $0.id == id } }
        guard let customer = try? Sample.organization(.customer) else { throw .accessDenied(missing: "customer") }
        return MoveFacts(
            customer: customer,
            source: source,
            target: target,
            initiator: initiator,
            items: items,
            held: current.filter { $0.status != .deleted },
            grants: grants,
            taken: taken,
            services: Dictionary(uniqueKeysWithValues: subscriptions.map { ($0.id, services) }),
            mobility: MobilityCatalog(version: "none", services: [])
        )
    }

    /// What would happen if it were asked for now; `taken` is what other moves hold.
    func preview(taken: Set<ID<Subscription>> = []) throws -> MovePreview {
        var reading = rules
        return try preview(&reading, taken: taken)
    }

    func preview(_ reading: inout Deliberation, taken: Set<ID<Subscription>> = []) throws(Refusal) -> MovePreview {
        try MovePlanner(wish, knowing: facts(taken: taken), at: now).preview(&reading)
    }

    fileprivate func ground(_ move: Move) throws(Refusal) -> MoveGround {
        let facts = try facts()
        let preview: MovePreview
        switch move.phase {
        case .awaitingConsent:
            var then = Deliberation(book: book, at: move.createdAt, cloud: cloud)
            preview = try MovePlanner(wish, knowing: facts, at: move.createdAt, now: now).preview(&then)
        case .running, .closed: preview = move.preview
        }
        return MoveGround(
            now: now,
            facts: facts,
            preview: preview,
            terms: preview.terms,
            openLeftovers: openLeftovers(move),
            lastUse: lastUse,
            fresh: { ID(UUID()) }
        )
    }

    /// What was written down, and in a handover everything that the source still holds.
    private func openLeftovers(_ move: Move) -> Int {
        let kept = leftovers.filter { $0.foundAt <= now && $0.state(among: grants, at: now) == .open }
        guard move.state(at: now) == .handover, let source else { return kept.count }
        let known = Set(leftovers.compactMap(\.grant))
        return kept.count
            + grants.count {
                $0.partner.as(Tenant.self) == source.id && $0.isLive(at: now) && $0.kind != .resellerTie
                    && !known.contains($0.id)
            }
    }
}

/// Something that is done to a move, or about one.
enum MoveTurn: Hashable, Sendable {
    /// Another move is asked for, for the same subscription.
    case request
    case approve(MoveParty)
    /// Agreeing to what stood there before.
    case approveOtherTerms(MoveParty)
    case decline(MoveParty)
    case retract(MoveParty)
    case withdraw(MoveParty)
    case step(MoveStep, MoveParty)
    case callOff, expire, leftoversResolved

    static let all: [MoveTurn] =
        [.request, .callOff, .expire, .leftoversResolved]
        + MoveParty.allCases.flatMap { party in
            [.approve(party), .approveOtherTerms(party), .decline(party), .retract(party), .withdraw(party)]
                + MoveStep.allCases.map { .step($0, party) }
        }
}

/// What came of it.
enum MoveResult: Equatable, Sendable, CustomStringConvertible {
    case done(MoveState)
    case nothing
    case refused(Reason)

    var description: String {
        switch self {
        case .done(let state): "→\(state.rawValue)"
        case .nothing: "="
        case .refused(let reason): reason.rawValue
        }
    }
}

extension MoveScene {
    /// Asks for the move, or throws what is in the way.
    mutating func request() throws {
        let preview = try preview()
        if let blocker = preview.startBlockers.first { throw Refusal.moveBlocked(blocker) }
        move = Move(
            id: Sample.id(70),
            preview: preview,
            wish: wish,
            customer: Sample.customer,
            initiator: initiator,
            by: nil,
            named: "",
            expires: now.adding(days: 30),
            reminderDays: []
        )
    }

    /// Takes one turn, with all that a step may ask for; a refused one changes nothing.
    mutating func take(_ turn: MoveTurn, _ input: StepInput? = nil) throws -> MoveResult {
        var reading = rules
        do throws(Refusal) {
            return try take(turn, input, &reading)
        } catch {
            return .refused(error.reason)
        }
    }

    /// The same, and what it read of policy; a refusal is thrown.
    mutating func take(
        _ turn: MoveTurn,
        _ input: StepInput? = nil,
        _ reading: inout Deliberation
    ) throws(Refusal) -> MoveResult {
        guard let before = move else { throw .notFound(.move, "") }
        if turn == .request {
            let taken = before.isOpen(at: now) ? Set(before.subscriptions) : []
            let isTaken = try preview(&reading, taken: taken).startBlockers.contains { $0.reason == .alreadyMoving }
            return isTaken ? .refused(.alreadyMoving) : .nothing
        }
        var said = input ?? StepInput()
        if case .step(let step, _) = turn, input == nil { said = .whatIsAsked(of: step, scope: scope) }
        var after = before
        let outcome = try after.take(turn, said, on: ground(before), at: now, &reading)
        guard after != before || !outcome.events.isEmpty || !outcome.effects.isEmpty else { return .nothing }
        // Whatever changes is another revision, so that nobody overwrites it unseen.
        #expect(after.revision > before.revision)
        move = after
        for effect in outcome.effects { apply(effect) }
        return .done(after.state(at: now))
    }

    /// The source's ways in are all closed, and nobody has told the move.
    mutating func clearLeftovers() throws {
        for index in grants.indices where grants[index].partner == Sample.otherPartner && grants[index].isLive(at: now)
        {
            _ = try grants[index].revoke(by: nil, at: now)
        }
        for index in leftovers.indices { leftovers[index].state = .removed(at: now, by: nil, byName: "") }
    }

    private mutating func apply(_ effect: MoveEffect) {
        let now = now
        switch effect {
        case .succeed(let succession): successions.append(succession)
        case .callOff(let id): successions.removeAll { $0.subscription == id && now < $0.from }
        case .provision(let subscription): subscriptions.append(subscription)
        case .end(let id): change(id) { $0.status = $0.source == .managed ? .deleted : .expired }
        case .turnOffRenewal(let id): renew(id, false)
        case .restoreRenewal(let id): renew(id, true)
        case .grant(let grant, _): grants.append(grant)
        case .revoke(let id):
            for index in grants.indices where grants[index].id == id { _ = try? grants[index].revoke(by: nil, at: now) }
        case .leave(let leftover):
            if !leftovers.contains(where: { $0.isSame(as: leftover) }) { leftovers.append(leftover) }
        case .release: leftovers.removeAll { now < $0.foundAt }
        case .alias, .beginObligation, .endObligation: break
        }
    }

    private mutating func renew(_ id: ID<Subscription>, _ renews: Bool) {
        let now = now
        change(id) { kept in
            kept.term = kept.term.flatMap { Term(start: $0.start, end: $0.nextEnd(after: now), autoRenew: renews) }
        }
    }

    private mutating func change(_ id: ID<Subscription>, _ body: (inout Subscription) -> Void) {
        for index in subscriptions.indices where subscriptions[index].id == id { body(&subscriptions[index]) }
    }
}

extension Move {
    fileprivate mutating func take(
        _ turn: MoveTurn,
        _ input: StepInput,
        on ground: MoveGround,
        at now: Instant,
        _ rules: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        func actor(_ party: MoveParty) -> MoveActor { MoveActor(party, Sample.id(40), named: party.rawValue) }
        switch turn {
        case .request: return MoveOutcome()
        case .approve(let party): return try approve(actor(party), terms: ground.terms, on: ground, &rules)
        case .approveOtherTerms(let party):
            return try approve(actor(party), terms: ground.terms + "\n", on: ground, &rules)
        case .decline(let party): return try decline(actor(party), reason: nil, at: now)
        case .retract(let party): return try retract(actor(party), at: now)
        case .withdraw(let party): return try withdraw(actor(party), reason: nil, at: now, &rules)
        case .step(let step, let party):
            return try perform(step, input, by: actor(party), on: ground, &rules)
        case .callOff: return callOff(subscriptions[0], because: .notActive, at: now) ?? MoveOutcome()
        case .expire: return expire(at: now) ?? MoveOutcome()
        case .leftoversResolved: return try leftoversResolved(on: ground, &rules)
        }
    }
}

extension StepInput {
    /// All that a step asks for, where it asks for anything.
    static func whatIsAsked(of step: MoveStep, scope: CancelScope) -> StepInput {
        var input = StepInput()
        switch step {
        case .assess: input.services = ["Storage": .move]
        case .enterDetails: input.details = ["regions": "japaneast", "contacts": "ops@hoshino.example"]
        case .chooseCancelScope: input.scope = scope
        default: break
        }
        return input
    }
}
