// The instant at which everything changes hands, and what may fail in it.
extension Move {
    /// Fixes the cut-over: not before what was agreed, never in the past. Who owns the bill from then on is written down
    /// now, so that nothing has to run when the instant comes (INV-03).
    mutating func schedule(
        _ progress: inout MoveProgress,
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        try requireTaker(ground)
        let cooling = MovePlanner.cooling(procedure, preview.moves, &deliberation)
        let cutover = try MovePlanner.cutover(
            notBefore: max(preview.cutover, cooling?.end(after: ground.now) ?? ground.now),
            procedure,
            &deliberation
        )
        progress.cutover = cutover
        var outcome = MoveOutcome([.moveScheduled(id)])
        for index in progress.items.indices where !progress.items[index].isMoved {
            outcome = outcome + settle(&progress.items[index], at: cutover, on: ground)
        }
        outcome.effects += leftovers(progress.items.filter(\.isMoved).map(\.subscription), at: cutover, on: ground)
        return outcome
    }

    /// OP-45, SW-09: looked at again at the moment at which it counts.
    private func requireTaker(_ ground: MoveGround) throws(Refusal) {
        guard ground.facts.target.standing != .suspended else { throw .partnerSuspended }
        guard ground.facts.hasTie(at: ground.now) else {
            throw .moveBlocked(
                Blocker(
                    .noRelationship,
                    "SW-09",
                    arguments: ["partner": .text(target.name)],
                    next: [NextStep(.requestPermission)]
                )
            )
        }
    }

    private func settle(_ item: inout ItemResult, at cutover: Instant, on ground: MoveGround) -> MoveOutcome {
        let held = ground.facts.held.first { $0.id == item.subscription }
        guard let held, held.status(at: cutover) == .active, held.seller.id == source?.id else {
            item.outcome = .failed(.notActive, at: ground.now)
            return MoveOutcome([.moveItemFailed(id, subscription: item.subscription)])
        }
        item.outcome = .moved(at: cutover)
        let party = Party(kind: .partner, id: target.id, name: target.name)
        // TR-11: billing, listing and support go over; the partner of record is a fact of its own (INV-01).
        var effects = [PartyFact.billOwner, .seller, .supportContact].map { fact in
            MoveEffect.succeed(
                Succession(subscription: item.subscription, fact: fact, from: cutover, party: party, move: id)
            )
        }
        if held.family == .usage {
            // SW-14: from now on it has a second id, for billing; both are accepted everywhere (OP-26).
            let alias = ground.fresh().description
            item.alias = alias
            effects.append(.alias(alias, of: item.subscription, from: cutover))
        }
        return MoveOutcome([], effects)
    }

    /// What the former partner would still hold from the cut-over on (OP-01); nothing where nothing leaves it.
    private func leftovers(
        _ leaving: [ID<Subscription>],
        at cutover: Instant,
        on ground: MoveGround
    ) -> [MoveEffect] {
        guard let source, let partner = source.id?.as(Partner.self), !leaving.isEmpty else { return [] }
        let going = Set(leaving)
        let staysOn = ground.facts.held.contains {
            $0.seller.id == source.id && !going.contains($0.id) && $0.status(at: cutover) == .active
        }
        let grants = ground.facts.liveGrants(of: ground.facts.source, at: cutover)
            .filter { $0.kind != .resellerTie || !staysOn }
            .map { leftover(LeftoverKind($0.kind), of: partner, $0.id, nil, at: cutover, on: ground) }
        return grants + groups(leaving, at: cutover, on: ground)
    }

    /// The foreign groups that stand on what is used (DA-02).
    private func groups(
        _ leaving: [ID<Subscription>],
        at cutover: Instant,
        on ground: MoveGround
    ) -> [MoveEffect] {
        guard let partner = source?.id?.as(Partner.self) else { return [] }
        return ground.facts.held
            .filter { $0.family == .usage && leaving.contains($0.id) && $0.status(at: cutover) == .active }
            .map { leftover(.standingGroup, of: partner, nil, $0.id, at: cutover, on: ground) }
    }

    private func leftover(
        _ kind: LeftoverKind,
        of partner: ID<Partner>,
        _ grant: ID<AccessGrant>?,
        _ subscription: ID<Subscription>?,
        at cutover: Instant,
        on ground: MoveGround
    ) -> MoveEffect {
        .leave(
            Leftover(
                id: ground.fresh().as(Leftover.self),
                customer: customer,
                partner: partner,
                partnerName: source?.name ?? "",
                kind: kind,
                cause: .move(id),
                grant: grant,
                subscription: subscription,
                foundAt: cutover
            )
        )
    }

    /// Tries again what failed at the cut-over, while the move still runs (OP-13).
    mutating func retry(
        by actor: MoveActor,
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        guard case .running(var progress) = phase, progress.items.contains(where: \.hasFailed) else {
            return MoveOutcome()
        }
        try requireTaker(ground)
        let cutover = try MovePlanner.cutover(notBefore: ground.now, procedure, &deliberation)
        var outcome = MoveOutcome()
        var late: [ID<Subscription>] = []
        for index in progress.items.indices where progress.items[index].hasFailed {
            outcome = outcome + settle(&progress.items[index], at: cutover, on: ground)
            if progress.items[index].isMoved { late.append(progress.items[index].subscription) }
        }
        // What was kept because of them may be left over now; what has been found before is not found again.
        outcome.effects += leftovers(late, at: cutover, on: ground)
        phase = .running(progress)
        revision += 1
        return outcome
    }

    /// Something has happened to a subscription that keeps it from changing hands: its part is called off, the others go
    /// on. `nil` when it is not part of a cut-over that is still to come.
    package mutating func callOff(
        _ subscription: ID<Subscription>,
        because reason: Reason,
        at now: Instant
    ) -> MoveOutcome? {
        guard case .running(var progress) = phase,
            let index = progress.items.firstIndex(where: { $0.subscription == subscription }),
            case .moved(let cutover) = progress.items[index].outcome, now < cutover
        else { return nil }
        progress.items[index].outcome = .failed(reason, at: now)
        phase = .running(progress)
        revision += 1
        var outcome = MoveOutcome([.moveItemFailed(id, subscription: subscription)], [.callOff(subscription)])
        if progress.items.allSatisfy(\.hasFailed) {
            outcome = outcome + close(.finishedWithErrors, at: now, .moveFinishedWithErrors(id))
        }
        return outcome
    }
}

extension ItemResult {
    var isMoved: Bool { if case .moved = outcome { true } else { false } }
}
