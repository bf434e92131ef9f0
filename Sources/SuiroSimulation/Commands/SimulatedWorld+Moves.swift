import SuiroDomain

// Answering a move and carrying it out.
extension SimulatedWorld {
    /// A move for one of its parties; whoever has no part in it learns nothing.
    func find(_ id: ID<Move>, for tenant: ID<Tenant>) throws(Refusal) -> (Move, MoveActor) {
        guard let move = moves.first(where: { $0.id == id }), let party = move.party(of: tenant) else {
            throw .notFound(.move, "\(id)")
        }
        return (move, MoveActor(party, tenant.administrator, named: name(tenant)))
    }

    mutating func save(_ move: Move) {
        if let index = moves.firstIndex(where: { $0.id == move.id }) { moves[index] = move }
    }

    mutating func look(_ id: ID<Move>, by tenant: ID<Tenant>, _ names: Names) throws(Refusal) {
        let (move, actor) = try find(id, for: tenant)
        var then = pinned(move, at: now)
        defer { note(pinned: then) }
        let ground = try ground(move, &then, names)
        screens.removeAll { $0.move == id && $0.party == actor.party }
        screens.append(Screen(move: id, party: actor.party, terms: ground.terms))
    }

    mutating func approve(
        _ id: ID<Move>,
        _ terms: Command.Terms,
        by tenant: ID<Tenant>,
        _ names: Names
    ) throws(Refusal) {
        var (move, actor) = try find(id, for: tenant)
        if bugs.contains(.closedMoveReopened), case .closed(.withdrawn, _, nil) = move.phase, now < move.expires {
            move = move.asRequested
        }
        var rules = today()
        defer { note(rules) }
        let enabled = try rules.decide(.movesEnabled)
        // The kill switch of today stops agreeing too, whatever edition the move began with.
        guard enabled.value || bugs.contains(.killSwitchIgnored) else {
            throw .moveBlocked(Blocker(.movesNotAvailable, enabled.rule, row: enabled.row))
        }
        var then = pinned(move, at: now)
        defer { note(pinned: then) }
        let ground = try ground(move, &then, names)
        let seen = read(terms, of: move, actor.party, ground)
        let outcome = try move.approve(actor, terms: accepted(seen, ground), on: ground, &then)
        witness.approvals.append(Witness.Approval(move: id, tenant: tenant, terms: seen))
        save(move)
        apply(outcome, move, by: tenant, names)
        if bugs.contains(.missingConsent) { fillInLastConsent(move, tenant, names) }
    }

    /// The hash that a party sends; the text stands for it here.
    private func read(_ terms: Command.Terms, of move: Move, _ party: MoveParty, _ ground: MoveGround) -> String {
        switch terms {
        case .current: ground.terms
        case .seen: screens.first { $0.move == move.id && $0.party == party }?.terms ?? ground.terms
        case .other: "the terms of something else"
        }
    }

    private func accepted(_ seen: String, _ ground: MoveGround) -> String {
        bugs.contains(.staleTermsAccepted) ? ground.terms : seen
    }

    private mutating func fillInLastConsent(_ move: Move, _ tenant: ID<Tenant>, _ names: Names) {
        var (move, then) = (move, pinned(move, at: now))
        let missing = move.consents.filter { if case .pending = $0.state { true } else { false } }
        guard missing.count == 1, let party = missing.first?.party,
            let ground = try? ground(move, &then, names),
            let outcome = try? move.approve(
                MoveActor(party, tenant.administrator, named: name(tenant)),
                terms: ground.terms,
                on: ground,
                &then
            )
        else { return }
        note(pinned: then)
        save(move)
        apply(outcome, move, by: tenant, names)
    }

    mutating func decline(_ id: ID<Move>, by tenant: ID<Tenant>, _ names: Names) throws(Refusal) {
        var (move, actor) = try find(id, for: tenant)
        let outcome = try move.decline(actor, reason: "too dear", at: now)
        save(move)
        apply(outcome, move, by: tenant, names)
    }

    mutating func retract(_ id: ID<Move>, by tenant: ID<Tenant>, _ names: Names) throws(Refusal) {
        var (move, actor) = try find(id, for: tenant)
        let outcome = try move.retract(actor, at: now)
        witness.approvals.removeAll { $0.move == id && $0.tenant == tenant }
        save(move)
        apply(outcome, move, by: tenant, names)
    }

    mutating func withdraw(_ id: ID<Move>, by tenant: ID<Tenant>, _ names: Names) throws(Refusal) {
        var (move, actor) = try find(id, for: tenant)
        var then = pinned(move, at: now)
        defer { note(pinned: then) }
        let outcome = try move.withdraw(actor, reason: nil, at: now, &then)
        save(move)
        apply(outcome, move, by: tenant, names)
    }

    mutating func narrow(
        _ id: ID<Move>,
        to items: [ID<Subscription>],
        by tenant: ID<Tenant>,
        _ names: Names
    ) throws(Refusal) {
        var (move, actor) = try find(id, for: tenant)
        try move.narrow(to: items, by: actor, at: now)
        var then = pinned(move, at: now)
        defer { note(pinned: then) }
        move.refresh(try ground(move, &then, names).preview)
        save(move)
    }

    mutating func take(
        _ step: MoveStep,
        of id: ID<Move>,
        _ input: StepInput,
        by tenant: ID<Tenant>,
        _ names: Names
    ) throws(Refusal) {
        var (move, actor) = try find(id, for: tenant)
        var then = pinned(move, at: now)
        defer { note(pinned: then) }
        let ground = try ground(move, &then, names)
        if bugs.contains(.stepByAnybody), let party = move.steps.first(where: { $0.step == step })?.who.party {
            actor = MoveActor(party, tenant.administrator, named: name(tenant))
        }
        var input = input
        if bugs.contains(.verdictGuessed), step == .assess {
            for item in move.progress?.inventory ?? [] where item.verdict == nil {
                input.services[item.service] = input.services[item.service] ?? .move
            }
        } else if step == .assess {
            witness.judged[id, default: []].formUnion(input.services.keys.map { $0.lowercased() })
        }
        let outcome = try move.perform(step, input, by: actor, on: ground, &then)
        save(move)
        apply(outcome, move, by: tenant, names)
    }

    /// A subscription that does not last until its cut-over does not change hands in it.
    mutating func callOffMoves(of id: ID<Subscription>, _ names: Names) {
        guard let subscription = recorded(id) else { return }
        for move in moves {
            guard let cutover = move.handover(of: id), subscription.status(at: cutover) != .active else { continue }
            var current = move
            guard let outcome = current.callOff(id, because: .notActive, at: now) else { continue }
            save(current)
            apply(outcome, current, by: nil, names)
        }
    }
}

// Leftovers.
extension SimulatedWorld {
    /// Everything left behind in a customer's house that can be decided about now.
    func everyLeftover(in customer: ID<Customer>) -> [LeftoverView] {
        let grants = grants(in: customer)
        let held = held(by: customer)
        var views = leftovers.filter {
            $0.customer == customer && $0.foundAt <= now && $0.stands(beside: held, at: now)
        }
        .map { LeftoverView(leftover: $0, state: $0.state(among: grants, at: now)) }
        let known = Set(views.map(\.leftover.id))
        for move in moves where move.customer == customer && move.state(at: now) == .handover {
            guard let facts = try? facts(of: move) else { continue }
            views += leftovers(of: move, facts).filter { !known.contains($0.leftover.id) }
        }
        return views
    }

    mutating func resolve(
        _ id: ID<Leftover>,
        of customer: ID<Customer>,
        _ decision: LeftoverDecision,
        isImmediate: Bool,
        _ names: Names
    ) throws(Refusal) {
        guard let view = everyLeftover(in: customer).first(where: { $0.leftover.id == id }) else {
            throw .notFound(.leftover, "\(id)")
        }
        guard view.isOpen else { throw .leftoverResolved }
        let move = view.leftover.move.flatMap { id in moves.first { $0.id == id } }
        if decision == .remove, !isImmediate, let move, move.isOpen(at: now), !move.hasVerifiedAccess {
            throw .handoverOrder
        }
        try close(view.leftover, decision)
        if let move, case .running = move.phase { try goOn(move, names) }
    }

    private mutating func close(_ found: Leftover, _ decision: LeftoverDecision) throws(Refusal) {
        let customer = found.customer.as(Tenant.self)
        var leftover = found
        switch decision {
        case .remove:
            if let id = found.grant { try revoke(id, by: customer.administrator) }
            leftover.state = .removed(at: now, by: customer.administrator, byName: name(customer))
        case .signOff:
            leftover.state = .signedOff(at: now, by: customer.administrator, byName: name(customer), reason: nil)
        }
        leftover.revision += 1
        if let index = leftovers.firstIndex(where: { $0.id == found.id }) {
            leftovers[index] = leftover
        } else {
            leftovers.append(leftover)
        }
    }

    /// The last leftover was what the move waited for.
    private mutating func goOn(_ move: Move, _ names: Names) throws(Refusal) {
        var (current, then) = (move, pinned(move, at: now))
        defer { note(pinned: then) }
        let ground = try ground(current, &then, names)
        let outcome = try current.leftoversResolved(on: ground, &then)
        save(current)
        apply(outcome, current, by: move.customer.as(Tenant.self), names)
    }
}
