// Agreeing, declining, withdrawing (SM-8b; consents bound to the hash of what each party saw).
extension Move {
    /// One party agrees to what it saw. The last one to agree sets the move going.
    package mutating func approve(
        _ actor: MoveActor,
        terms seen: String,
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        guard let index = consents.firstIndex(where: { $0.party == actor.party }) else {
            throw .consentNotNeeded(actor.party)
        }
        if case .running = phase, consents[index].isApproved(of: seen) { return MoveOutcome() }
        try requirePending(at: ground.now)
        guard seen == ground.terms else { throw .termsChanged }
        if consents[index].isApproved(of: seen) { return MoveOutcome() }
        try refuse(ground.preview.startBlockers)
        // Agreeing needs the relationship that inviting did not (SW-09).
        if actor.party == .target { try refuse(ground.preview.blockers) }
        consents[index].state = .approved(
            terms: seen,
            by: actor.person,
            byName: actor.name,
            at: ground.now
        )
        revision += 1
        preview = ground.preview
        let consented = MoveOutcome([.moveConsented(id, party: actor.party)])
        guard consents.allSatisfy({ $0.isApproved(of: ground.terms) }) else { return consented }
        try refuse(ground.preview.blockers)
        return consented + (try agree(on: ground, &deliberation))
    }

    private func refuse(_ blockers: [Blocker]) throws(Refusal) {
        if let blocker = blockers.first { throw .moveBlocked(blocker) }
    }

    private mutating func agree(
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        let items = subscriptions.map { ItemResult(subscription: $0, outcome: .pending) }
        let inventory = preview.moves.flatMap(\.inventory)
        var progress = MoveProgress(agreedAt: ground.now, items: items, inventory: inventory)
        // SW-04: the customer's agreement, kept and mailed, is the notice in writing to the current partner.
        if steps.first?.step == .writtenNotice, let consent = consents.first(where: { $0.party == .customer }),
            case .approved(_, let person, let name, let at) = consent.state
        {
            progress.done.append(StepRecord(step: .writtenNotice, by: person, byName: name, at: at, note: nil))
        }
        phase = .running(progress)
        return MoveOutcome([.moveAgreed(id)]) + (try advance(on: ground, &deliberation))
    }

    /// One party says no, with a reason that all parties see; that is the end.
    package mutating func decline(
        _ actor: MoveActor,
        reason: String?,
        at now: Instant
    ) throws(Refusal) -> MoveOutcome {
        guard let index = consents.firstIndex(where: { $0.party == actor.party }) else {
            throw .consentNotNeeded(actor.party)
        }
        try requirePending(at: now)
        consents[index].state = .declined(reason: reason, by: actor.person, byName: actor.name, at: now)
        return close(.declined(by: actor.party, reason: reason), at: now, .moveDeclined(id, party: actor.party))
    }

    /// A consent may be taken back while others have still to answer.
    package mutating func retract(_ actor: MoveActor, at now: Instant) throws(Refusal) -> MoveOutcome {
        guard let index = consents.firstIndex(where: { $0.party == actor.party }) else {
            throw .consentNotNeeded(actor.party)
        }
        try requirePending(at: now)
        guard case .approved = consents[index].state else { return MoveOutcome() }
        consents[index].state = .pending
        revision += 1
        return MoveOutcome([.moveConsentRetracted(id, party: actor.party)])
    }

    /// Calls the whole move off. While it is pending those may whom policy names, and whoever began it; once everybody
    /// has agreed, the customer and whoever began it, or any party of a large move, until the first thing has
    /// happened that cannot be undone.
    package mutating func withdraw(
        _ actor: MoveActor,
        reason: String?,
        at now: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        switch phase {
        case .closed: throw .moveNotOpen(state(at: now))
        case .awaitingConsent:
            try requirePending(at: now)
            let row = try deliberation.decide(.transferWhoCancels)
            guard actor.party == initiator || row.value.contains(actor.party.rawValue) else {
                throw .notYourMove(row: row.row)
            }
            return close(.withdrawn(by: actor.party, reason: reason), at: now, .moveWithdrawn(id, party: actor.party))
        case .running(let progress):
            guard mayStop(actor.party) else { throw .notYourMove(row: nil) }
            guard !isIrreversible(progress, at: now) else { throw .withdrawalTooLate }
            var outcome = close(
                .withdrawn(by: actor.party, reason: reason),
                at: now,
                .moveWithdrawn(id, party: actor.party)
            )
            // What was begun is undone: nothing half moved, nothing bought twice (OP-13).
            outcome.effects += subscriptions.map { .callOff($0) }
            outcome.effects += progress.bought.map { .end($0) }
            outcome.effects += (progress.renewalsOff ?? []).map { .restoreRenewal($0) }
            return outcome
        }
    }

    /// Who may stop what everybody has agreed to. A large move waits for the sake of those who may: all of them.
    package func mayStop(_ party: MoveParty) -> Bool {
        party == initiator || party == .customer || preview.atRisk.contains { $0.code == .coolingTime }
    }

    private func isIrreversible(_ progress: MoveProgress, at now: Instant) -> Bool {
        if let cutover = progress.cutover, cutover <= now { return true }
        return progress.done.contains { [.endOld, .cancelOld].contains($0.step) }
    }

    /// Notes that not everybody answered in time; `nil` while there is time, or when it has ended otherwise.
    package mutating func expire(at now: Instant) -> MoveOutcome? {
        guard case .awaitingConsent = phase, expires <= now else { return nil }
        return close(.expired, at: expires, .moveExpired(id))
    }

    func requirePending(at now: Instant) throws(Refusal) {
        guard case .awaitingConsent = phase, now < expires else { throw .moveNotOpen(state(at: now)) }
    }

    mutating func close(_ ending: MoveEnding, at now: Instant, _ event: Event) -> MoveOutcome {
        phase = .closed(ending, at: now, progress)
        revision += 1
        return MoveOutcome([event], [.release])
    }

    /// The reminder whose day has come, once each: who has not agreed to the terms as they stand now, be it that they have
    /// changed since.
    package mutating func remind(at now: Instant, terms: String) -> (day: Int, parties: [MoveParty])? {
        guard case .awaitingConsent = phase, now < expires else { return nil }
        let due = reminderDays.filter { createdAt.adding(days: $0) <= now && !announced.contains("reminder \($0)") }
        guard let day = due.max() else { return nil }
        announced += due.map { "reminder \($0)" }
        revision += 1
        let parties = consents.filter { !$0.isApproved(of: terms) }.map(\.party)
        return (day, parties)
    }

    /// Notes that the cut-over has been announced; `nil` when its time has not come or it was announced before.
    package mutating func announceCutOver(at now: Instant) -> Event? {
        guard case .running(let progress) = phase, let cutover = progress.cutover, cutover <= now,
            !announced.contains("cutOver \(cutover)")
        else { return nil }
        announced.append("cutOver \(cutover)")
        revision += 1
        return .moveCutOver(id)
    }
}
