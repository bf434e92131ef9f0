import SuiroDomain

// Asking for moves: what would happen, and what shall.
extension SimulatedWorld {
    /// What would happen, and the rules read for it. Changes nothing.
    func previewing(_ asking: Command.Asking) -> (Result<MovePreview, Refusal>, [ReadRule]) {
        var rules = today()
        do throws(Refusal) {
            let (_, preview) = try planned(asking, &rules)
            return (.success(preview), rules.read)
        } catch {
            return (.failure(error), rules.read)
        }
    }

    private func planned(
        _ asking: Command.Asking,
        _ rules: inout Deliberation
    ) throws(Refusal) -> (MoveFacts, MovePreview) {
        if let cutover = asking.wish.cutover, cutover < now {
            throw .invalid([InputFault(field: "cutover", code: .outOfRange, value: cutover.short)])
        }
        let facts = try facts(for: asking.wish, of: asking.customer, by: asking.asker)
        try requireOwnSide(facts, asking)
        return (facts, try MovePlanner(asking.wish, knowing: facts, at: now).preview(&rules))
    }

    /// A partner asks for itself, or gives away what it sells; nobody moves other people's business.
    private func requireOwnSide(_ facts: MoveFacts, _ asking: Command.Asking) throws(Refusal) {
        guard let asker = organization(asking.asker) else { throw .accessDenied(missing: "organization") }
        guard asker.kind.isPartner else {
            guard asker.id == asking.customer.as(Tenant.self) else { throw .accessDenied(missing: "home") }
            return
        }
        guard asker.id == facts.target.id || asker.id == facts.source?.id else {
            throw .accessDenied(missing: "part in the move")
        }
    }

    mutating func preview(_ asking: Command.Asking) throws(Refusal) {
        let (result, read) = previewing(asking)
        reads += read
        if bugs.contains(.previewWrites), let id = asking.wish.subscriptions.first, let found = recorded(id) {
            renew(found.id, false)
        }
        _ = try result.get()
    }

    /// The preview becomes terms that everybody concerned has to agree to. Whoever asks has agreed.
    mutating func request(
        _ asking: Command.Asking,
        renewing old: ID<Move>? = nil,
        _ names: Names
    ) throws(Refusal) {
        closeLapsedMoves(of: asking.customer, names)
        var rules = today()
        defer { note(rules) }
        let (facts, preview) = try planned(asking, &rules)
        if let blocker = preview.startBlockers.first { throw .moveBlocked(blocker) }
        let deadlines = try Move.deadlines(from: now, &rules)
        let move = Move(
            id: names.fresh(),
            preview: preview,
            wish: asking.wish,
            customer: asking.customer,
            initiator: facts.initiator,
            by: asking.asker.administrator,
            named: name(asking.asker),
            expires: deadlines.expires,
            reminderDays: deadlines.reminderDays,
            renews: old
        )
        moves.append(move)
        try agreeAsInitiator(move, asking.asker, names)
    }

    /// Asking is agreeing, where whoever asks is among those who have to.
    private mutating func agreeAsInitiator(
        _ asked: Move,
        _ asker: ID<Tenant>,
        _ names: Names
    ) throws(Refusal) {
        var move = asked
        guard move.consents.contains(where: { $0.party == move.initiator }) else { return }
        var rules = today()
        defer { note(rules) }
        let ground = try ground(move, &rules, names)
        if move.initiator == .target, !ground.preview.blockers.isEmpty { return }
        let actor = MoveActor(move.initiator, asker.administrator, named: name(asker))
        let outcome = try move.approve(actor, terms: ground.terms, on: ground, &rules)
        witness.approvals.append(Witness.Approval(move: move.id, tenant: asker, terms: ground.terms))
        save(move)
        apply(outcome, move, by: asker, names)
    }

    mutating func rivals(_ asking: Command.Asking, _ partners: [ID<Partner>], _ names: Names) {
        for partner in partners {
            var asking = asking
            (asking.wish.target, asking.asker) = (partner, partner.as(Tenant.self))
            var attempt = self
            if (try? attempt.request(asking, names)) != nil { self = attempt } else { reads = attempt.reads }
        }
    }

    /// A copy of a move that ended without doing all it was for (OP-12, OP-13).
    mutating func renew(_ id: ID<Move>, by tenant: ID<Tenant>, _ names: Names) throws(Refusal) {
        let (old, _) = try find(id, for: tenant)
        guard !old.isOpen(at: now), old.state(at: now) != .completed else { throw .moveNotOpen(old.state(at: now)) }
        var wish = old.pinnedWish
        let failed = old.progress?.items.filter { if case .failed = $0.outcome { true } else { false } } ?? []
        if !failed.isEmpty { wish.subscriptions = failed.map(\.subscription) }
        if let cutover = wish.cutover, cutover < now { wish.cutover = nil }
        try request(Command.Asking(wish: wish, customer: old.customer, asker: tenant), renewing: id, names)
    }

    /// Moves nobody answered in time give their subscriptions free before anything else is decided.
    private mutating func closeLapsedMoves(of customer: ID<Customer>, _ names: Names) {
        for move in moves where move.customer == customer {
            var current = move
            guard let outcome = current.expire(at: now) else { continue }
            save(current)
            apply(outcome, current, by: nil, names)
        }
    }
}

extension Move {
    /// As it was before anybody answered.
    var asRequested: Move {
        Move(
            id: id,
            preview: preview,
            wish: wish,
            customer: customer,
            initiator: initiator,
            by: createdBy,
            named: createdByName,
            expires: expires,
            reminderDays: reminderDays,
            renews: renews
        )
    }
}
