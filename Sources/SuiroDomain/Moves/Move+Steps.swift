// Doing a step: its turn, its actor, its guard; then whatever follows by itself.
extension Move {
    /// Does one step. A step that was done already is answered as done; one whose turn has not come is refused with the
    /// one that is waited for. The only step that can be repeated is the cut-over, for what failed in it.
    package mutating func perform(
        _ step: MoveStep,
        _ input: StepInput,
        by actor: MoveActor,
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        let now = ground.now
        guard let index = steps.firstIndex(where: { $0.step == step }) else { throw .notFound(.step, step.rawValue) }
        let planned = steps[index]
        let isDone = index < doneCount(at: now)
        if isDone, step == .cutOver, case .running = phase { return try retry(by: actor, on: ground, &deliberation) }
        guard !isDone else {
            guard planned.who == .system || planned.who == StepActor(actor.party) else {
                throw .notYourStep(planned.who)
            }
            return MoveOutcome()
        }
        guard case .running(var progress) = phase else {
            guard case .awaitingConsent = phase, now < expires else { throw .moveNotOpen(state(at: now)) }
            throw .stepLocked(step, waitsFor: nil)
        }
        guard planned.who == .system || planned.who == StepActor(actor.party) else { throw .notYourStep(planned.who) }
        guard index == doneCount(at: now) else { throw .stepLocked(step, waitsFor: nextStep(at: now)?.step) }
        if planned.who == .target, ground.facts.target.standing == .suspended { throw .partnerSuspended }
        reachCutOver(&progress, at: now)
        var outcome = try carryOut(step, input, actor, &progress, ground, &deliberation)
        if isFinished(step, progress) {
            progress.done.append(
                StepRecord(step: step, by: actor.person, byName: actor.name, at: now, note: input.note)
            )
            outcome.events.append(.moveStepDone(id, step: step))
        }
        phase = .running(progress)
        revision += 1
        return outcome + (try advance(on: ground, &deliberation))
    }

    /// The cut-over that time has brought about becomes part of what is done.
    private func reachCutOver(_ progress: inout MoveProgress, at now: Instant) {
        guard progress.done.count < steps.count, steps[progress.done.count].step == .cutOver,
            let cutover = progress.cutover, cutover <= now
        else { return }
        progress.done.append(StepRecord(step: .cutOver, by: nil, byName: "Suiro", at: cutover, note: nil))
    }

    /// Steps with parts are finished when their parts are.
    private func isFinished(_ step: MoveStep, _ progress: MoveProgress) -> Bool {
        switch step {
        case .moveServices: progress.inventory.allSatisfy { $0.verdict == .leave || $0.isDone }
        case .cutOver: false
        default: true
        }
    }

    /// What follows by itself: the cut-over is scheduled, access that nobody needs to remove is removed, the end.
    mutating func advance(
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        guard case .running(var progress) = phase else { return MoveOutcome() }
        let now = ground.now
        var outcome = MoveOutcome()
        if progress.cutover == nil, nextStep(at: now)?.step == .cutOver {
            outcome = outcome + (try schedule(&progress, on: ground, &deliberation))
            phase = .running(progress)
            if progress.items.allSatisfy(\.hasFailed) {
                return outcome + close(.finishedWithErrors, at: now, .moveFinishedWithErrors(id))
            }
        }
        if nextStep(at: now)?.step == .removeAccess, ground.openLeftovers == 0,
            progress.cutover.map({ $0 <= now }) ?? true
        {
            reachCutOver(&progress, at: now)
            if progress.done.last?.step == .verifyAccess {
                progress.done.append(
                    StepRecord(step: .removeAccess, by: nil, byName: "Suiro", at: now, note: nil)
                )
                phase = .running(progress)
                outcome.events.append(.moveStepDone(id, step: .removeAccess))
            }
        }
        guard doneCount(at: now) == steps.count else { return outcome }
        return outcome + complete(progress, ground)
    }

    private mutating func complete(_ progress: MoveProgress, _ ground: MoveGround) -> MoveOutcome {
        let hasFailed = progress.items.contains(where: \.hasFailed)
        var outcome =
            hasFailed
            ? close(.finishedWithErrors, at: ground.now, .moveFinishedWithErrors(id))
            : close(.completed, at: ground.now, .moveCompleted(id))
        outcome.effects.append(.beginObligation(target.id.map { $0.as(Partner.self) } ?? ID(id.uuid)))
        if let source = source?.id, isLast(ground) { outcome.effects.append(.endObligation(source.as(Partner.self))) }
        return outcome
    }

    /// Whether the source keeps nothing with this customer.
    private func isLast(_ ground: MoveGround) -> Bool {
        !ground.facts.held.contains { $0.seller.id == source?.id && $0.status(at: ground.now) == .active }
    }

    /// Everything left of the former partner's access has been dealt with: the last step, and with it the end.
    package mutating func leftoversResolved(
        on ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        let before = self
        let outcome = try advance(on: ground, &deliberation)
        if self != before, revision == before.revision { revision += 1 }
        return outcome
    }
}
