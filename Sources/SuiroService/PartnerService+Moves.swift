import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// A move as somebody sees it now.
package struct MoveView: Codable, Sendable {
    package let move: Move
    /// The instant at which all of it holds.
    package let at: Instant
    package let state: MoveState
    package let steps: [StepView]
    /// What a consent has to name.
    package let termsHash: String
    package let preview: MovePreview
    package let leftovers: [LeftoverView]
    /// The name of the newest edition, where it is another one than the move began with.
    package let newerEdition: String?
    /// Whether the newest edition would give another preview.
    package let wouldChange: Bool
    /// The side of whoever asks.
    package let party: MoveParty?
    package let customerName: String
}

/// A preview with the hash its consents would name.
package struct PreviewView: Codable, Sendable {
    package let preview: MovePreview
    package let termsHash: String
}

extension PartnerService {
    /// What would happen; writes nothing. With an edition and an instant, a preview of then is opened again.
    package func previewMove(
        _ wish: MoveWish,
        of customer: ID<Customer>,
        edition: Int? = nil,
        at instant: Instant? = nil,
        _ context: CallContext
    ) async throws -> PreviewView {
        try await consult(context, .previewMove, in: .customer(customer)) { tx, deliberation in
            if let cutover = wish.cutover, cutover < (instant ?? deliberation.at) {
                throw Refusal.invalid([InputFault(field: "cutover", code: .outOfRange, value: cutover.short)])
            }
            let facts = try facts(for: wish, of: customer, except: nil, &deliberation, tx)
            try requireOwnSide(facts, tx)
            let at = instant ?? deliberation.at
            var then = deliberation
            if edition != nil || instant != nil {
                let number = edition ?? deliberation.book.edition
                guard number <= deliberation.book.edition else {
                    throw Refusal.invalid([InputFault(field: "edition", code: .unknown, value: "\(number)")])
                }
                then = Deliberation(book: try book(number, tx), at: at, cloud: cloud)
            }
            let preview = try MovePlanner(wish, knowing: facts, at: at).preview(&then)
            if edition != nil || instant != nil { deliberation.absorb(then) } else { deliberation = then }
            return PreviewView(preview: preview, termsHash: preview.terms.sha256)
        }
    }

    /// Asks for a move: the preview becomes terms that everybody concerned has to agree to. Whoever asks has agreed.
    package func requestMove(
        _ wish: MoveWish,
        of customer: ID<Customer>,
        renewing old: ID<Move>? = nil,
        _ context: CallContext
    ) async throws -> MoveView {
        try await write(context, .requestMove, in: .customer(customer)) { tx, deliberation in
            try requestMove(wish, of: customer, renewing: old, &deliberation, tx)
        }
    }

    func requestMove(
        _ wish: MoveWish,
        of customer: ID<Customer>,
        renewing old: ID<Move>?,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> MoveView {
        try closeLapsedMoves(of: customer, tx)
        let now = deliberation.at
        if let cutover = wish.cutover, cutover < now {
            throw Refusal.invalid([InputFault(field: "cutover", code: .outOfRange, value: cutover.short)])
        }
        let facts = try facts(for: wish, of: customer, except: nil, &deliberation, tx)
        try requireOwnSide(facts, tx)
        let preview = try MovePlanner(wish, knowing: facts, at: now).preview(&deliberation)
        if let blocker = preview.startBlockers.first { throw Refusal.moveBlocked(blocker) }
        let deadlines = try Move.deadlines(from: now, &deliberation)
        var move = Move(
            id: environment.newID(),
            preview: preview,
            wish: wish,
            customer: customer,
            initiator: facts.initiator,
            by: tx.permit.principal?.person,
            named: tx.permit.principal?.personName ?? "",
            expires: deadlines.expires,
            reminderDays: deadlines.reminderDays,
            renews: old
        )
        try tx.insert(move)
        try note([.moveRequested(move.id)], move, rule: deadlines.row, tx)
        try tellParties(of: move, "moveRequested", to: MoveParty.allCases, tx)
        try agreeAsInitiator(&move, &deliberation, tx)
        return try view(move, &deliberation, tx)
    }

    /// Asking is agreeing, where whoever asks is among those who have to and may bind its company.
    private func agreeAsInitiator(
        _ move: inout Move,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        guard move.consents.contains(where: { $0.party == move.initiator }),
            let principal = tx.permit.principal,
            Action.decideMove.admissions.contains(where: { $0.admits(principal) })
        else { return }
        let ground = try ground(move, &deliberation, tx)
        if move.initiator == .target, !ground.preview.blockers.isEmpty { return }
        let seen = move.revision
        let actor = MoveActor(move.initiator, principal.person, named: principal.personName)
        let outcome = try move.approve(actor, terms: ground.terms, on: ground, &deliberation)
        try tx.update(move, seen: seen)
        try apply(outcome, move, tx)
    }

    /// A move as it stands; looking at it keeps nothing, as with every list of moves (INV-09).
    package func move(_ id: ID<Move>, _ context: CallContext) async throws -> MoveView {
        let customer = try await customer(of: id, context)
        return try await show(context, .readMove, in: .customer(customer)) { tx, deliberation in
            try view(try findMove(id, of: customer, tx), &deliberation, tx)
        }
    }

    package func moves(of customer: ID<Customer>, _ context: CallContext) async throws -> [MoveView] {
        try await show(context, .readSubscriptions, in: .customer(customer)) { tx, deliberation in
            let own = tx.permit.principal.flatMap { $0.kind.isPartner ? $0.tenant : nil }
            return try tx.moves(MoveQuery(customer: customer, party: own)).map { try view($0, &deliberation, tx) }
        }
    }

    /// Moves of the caller's own tenant: coming to it, going from it, or both.
    package func moves(
        role: MoveParty?,
        state: MoveState?,
        _ context: CallContext
    ) async throws -> [MoveView] {
        let tenant = try context.tenant
        return try await show(context, .listMoves, in: .tenant(tenant)) { tx, deliberation in
            let isCustomer = tx.permit.principal?.kind == .customer
            let query: MoveQuery =
                switch (isCustomer, role) {
                case (true, _): MoveQuery(customer: tenant.as(Customer.self))
                case (false, .source): MoveQuery(source: tenant)
                case (false, .target): MoveQuery(target: tenant)
                case (false, _): MoveQuery(party: tenant)
                }
            return try tx.moves(query)
                .filter { move in state.map { $0 == move.state(at: deliberation.at) } ?? true }
                .map { try view($0, &deliberation, tx) }
        }
    }

    /// One party answers: it approves the terms it saw, declines with a reason, or takes its approval back.
    package func answerMove(
        _ id: ID<Move>,
        _ answer: MoveAnswer,
        _ context: CallContext
    ) async throws -> MoveView {
        try await change(id, .decideMove, context) { move, actor, deliberation, tx in
            switch answer {
            case .approve(let terms):
                // The kill switch of today stops agreeing too, whatever edition the move began with.
                var today = try self.deliberation(tx)
                let enabled = try today.decide(.movesEnabled)
                deliberation.absorb(today)
                guard enabled.value else {
                    throw Refusal.moveBlocked(Blocker(.movesNotAvailable, enabled.rule, row: enabled.row))
                }
                let ground = try ground(move, &deliberation, tx)
                return try move.approve(actor, terms: terms, on: ground, &deliberation)
            case .decline(let reason): return try move.decline(actor, reason: reason, at: deliberation.at)
            case .retract: return try move.retract(actor, at: deliberation.at)
            }
        }
    }

    package func doStep(
        _ step: MoveStep,
        of id: ID<Move>,
        _ input: StepInput,
        _ context: CallContext
    ) async throws -> MoveView {
        try await change(id, .doMoveStep, context) { move, actor, deliberation, tx in
            let ground = try ground(move, &deliberation, tx)
            return try move.perform(step, input, by: actor, on: ground, &deliberation)
        }
    }

    package func withdrawMove(
        _ id: ID<Move>,
        reason: String?,
        _ context: CallContext
    ) async throws -> MoveView {
        try await change(id, .withdrawMove, context) { move, actor, deliberation, _ in
            try move.withdraw(actor, reason: reason, at: deliberation.at, &deliberation)
        }
    }

    /// A copy of a move that ended without doing all it was for (OP-12, OP-13): what failed, or everything.
    package func renewMove(_ id: ID<Move>, _ context: CallContext) async throws -> MoveView {
        let customer = try await customer(of: id, context)
        return try await write(context, .requestMove, in: .customer(customer)) { tx, deliberation in
            let old = try findMove(id, of: customer, tx)
            let now = deliberation.at
            guard !old.isOpen(at: now), old.state(at: now) != .completed else {
                throw Refusal.moveNotOpen(old.state(at: now))
            }
            var wish = old.pinnedWish
            let failed = old.progress?.items.filter { if case .failed = $0.outcome { true } else { false } } ?? []
            if !failed.isEmpty { wish.subscriptions = failed.map(\.subscription) }
            if let cutover = wish.cutover, cutover < now { wish.cutover = nil }
            return try requestMove(wish, of: customer, renewing: id, &deliberation, tx)
        }
    }

    /// Load, decide by the edition the move began with, save, record: every change of a move goes this way.
    private func change(
        _ id: ID<Move>,
        _ action: Action,
        _ context: CallContext,
        _ decide:
            @escaping @Sendable (inout Move, MoveActor, inout Deliberation, Transaction) throws -> MoveOutcome
    ) async throws -> MoveView {
        let customer = try await customer(of: id, context)
        return try await write(context, action, in: .customer(customer)) { tx, deliberation in
            var move = try findMove(id, of: customer, tx)
            guard let principal = tx.permit.principal, let party = move.party(of: principal.tenant) else {
                throw Refusal.notFound(.move, "\(id)")
            }
            let seen = move.revision
            var then = try pinned(move, at: deliberation.at, tx)
            let actor = MoveActor(party, principal.person, named: principal.personName)
            let outcome: MoveOutcome
            do {
                outcome = try decide(&move, actor, &then, tx)
            } catch {
                deliberation.absorb(then)
                throw error
            }
            deliberation.absorb(then)
            if move.revision != seen { try tx.update(move, seen: seen) }
            try apply(outcome, move, tx)
            if outcome.events.isEmpty, move.revision != seen {
                let target = move.target.id?.as(Partner.self)
                try tx.record(.moveNoted(id), Remark(partner: target, customer: customer))
            }
            return try view(move, &deliberation, tx)
        }
    }

    /// Whose move it is. Who has no part in it learns nothing, not even that it exists.
    func customer(of id: ID<Move>, _ context: CallContext) async throws -> ID<Customer> {
        let tenant = try context.tenant
        let found = try await readAsSystem { tx -> ID<Customer>? in
            guard let customer = try tx.customer(ofMove: id), let move = try tx.move(id, of: customer),
                move.party(of: tenant) != nil
            else { return nil }
            return customer
        }
        guard let found else { throw Refusal.notFound(.move, "\(id)") }
        return found
    }

    func findMove(_ id: ID<Move>, of customer: ID<Customer>, _ tx: Transaction) throws -> Move {
        guard let move = try tx.move(id, of: customer) else { throw Refusal.notFound(.move, "\(id)") }
        if let principal = tx.permit.principal, move.party(of: principal.tenant) == nil {
            throw Refusal.notFound(.move, "\(id)")
        }
        return move
    }

    /// A partner asks for itself, or gives away what it sells; nobody moves other people's business.
    private func requireOwnSide(_ facts: MoveFacts, _ tx: Transaction) throws {
        guard let principal = tx.permit.principal, principal.kind.isPartner else { return }
        guard principal.tenant == facts.target.id || principal.tenant == facts.source?.id else {
            throw Refusal.accessDenied(missing: "part in the move")
        }
    }

    func view(_ move: Move, _ deliberation: inout Deliberation, _ tx: Transaction) throws -> MoveView {
        let now = deliberation.at
        let ground = try ground(move, &deliberation, tx)
        var move = move
        move.refresh(ground.preview)
        let steps = try move.stepViews(at: now, &deliberation)
        let isOpen = move.isOpen(at: now)
        var wouldChange = false
        if isOpen, deliberation.book.edition != move.edition {
            var today = Deliberation(book: deliberation.book, at: max(now, move.createdAt), cloud: cloud)
            let fresh = try? MovePlanner(move.pinnedWish, knowing: ground.facts, at: move.createdAt, now: now)
                .preview(&today)
            wouldChange = fresh.map { $0.saysOtherwise(than: ground.preview) } ?? true
        }
        return MoveView(
            move: move,
            at: now,
            state: move.state(at: now),
            steps: steps,
            termsHash: ground.terms,
            preview: ground.preview,
            leftovers: try leftovers(of: move, ground.facts, tx),
            newerEdition: isOpen && deliberation.book.edition != move.edition ? deliberation.book.name : nil,
            wouldChange: wouldChange,
            party: tx.permit.principal.flatMap { move.party(of: $0.tenant) },
            customerName: ground.facts.customer.name
        )
    }
}

/// What a party says to a move.
package enum MoveAnswer: Sendable {
    case approve(terms: String)
    case decline(reason: String?)
    case retract
}

extension MovePreview {
    /// Whether another edition would have it otherwise, apart from its own name.
    fileprivate func saysOtherwise(than other: MovePreview) -> Bool {
        procedure != other.procedure || steps != other.steps || consents != other.consents
            || blockers.map(\.reason) != other.blockers.map(\.reason) || stays.map(\.code) != other.stays.map(\.code)
            || atRisk.map(\.code) != other.atRisk.map(\.code) || cutover != other.cutover
    }
}
