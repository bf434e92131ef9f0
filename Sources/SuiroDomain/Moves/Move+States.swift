// What counts at an instant: computed from what was agreed, never waiting for anything to have run.
extension Move {
    package func state(at now: Instant) -> MoveState {
        switch phase {
        case .awaitingConsent:
            guard now < expires else { return .expired }
            return preview.blockers.contains { $0.stage == .consent } ? .planned : .awaitingConsent
        case .running(let progress):
            guard procedure.hasCutOver else {
                return nextStep(at: now)?.step.isHandover == true ? .handover : .inProgress
            }
            guard let cutover = progress.cutover else { return .inProgress }
            return now < cutover ? .scheduled : .handover
        case .closed(let ending, _, _): return ending.state
        }
    }

    package func isOpen(at now: Instant) -> Bool {
        switch phase {
        case .awaitingConsent: now < expires
        case .running: true
        case .closed: false
        }
    }

    /// The steps that apply: a review is only needed where services were cancelled one by one.
    package var steps: [PlannedStep] {
        preview.steps.filter { $0.step != .review || progress?.scope != .whole }
    }

    /// How many of the steps are behind us; the cut-over is, as soon as its time has come.
    func doneCount(at now: Instant) -> Int {
        guard let progress else { return 0 }
        let count = progress.done.count
        guard count < steps.count, steps[count].step == .cutOver, let cutover = progress.cutover, cutover <= now else {
            return count
        }
        return count + 1
    }

    /// The step whose turn it is; `nil` before everybody has agreed and after the end.
    package func nextStep(at now: Instant) -> PlannedStep? {
        guard case .running = phase else { return nil }
        let count = doneCount(at: now)
        return count < steps.count ? steps[count] : nil
    }

    package func stepViews(at now: Instant, within times: StepTimes) -> [StepView] {
        let count = doneCount(at: now)
        let isRunning = if case .running = phase { true } else { false }
        return steps.enumerated().map { index, step in
            let state: StepView.State = index < count ? .done : index == count && isRunning ? .ready : .locked
            return StepView(
                step: step.step,
                who: step.who,
                state: state,
                due: due(step, at: index, state, within: times),
                record: record(at: index, step)
            )
        }
    }

    /// What has become of one of the subscriptions by now. What is not cut over at an instant is over when its replacement
    /// runs and the old one has ended, or when its services have been moved.
    package func standing(of item: ItemResult, at now: Instant) -> ItemStanding {
        switch item.outcome {
        case .failed(let reason, let at): return .failed(reason, at: at)
        case .moved(let at): return now < at ? .scheduled(at: at) : .moved(at: at)
        case .pending:
            let needed: [MoveStep] =
                switch procedure {
                case .replaceLicense: [.provision, .endOld]
                case .recreate: [.moveServices]
                case .switchPartner, .moveBilling, .transferLicense: [.cutOver]
                }
            let records = (progress?.done ?? []).filter { needed.contains($0.step) }
            guard records.count == needed.count, let at = records.map(\.at).max() else { return .pending }
            return .moved(at: at)
        }
    }

    private func record(at index: Int, _ step: PlannedStep) -> StepRecord? {
        guard let progress else { return nil }
        if index < progress.done.count { return progress.done[index] }
        guard step.step == .cutOver, index == progress.done.count, let cutover = progress.cutover else { return nil }
        return StepRecord(step: .cutOver, by: nil, byName: "Suiro", at: cutover, note: nil)
    }

    private func due(_ step: PlannedStep, at index: Int, _ state: StepView.State, within times: StepTimes) -> Instant? {
        guard let progress else { return step.due }
        if step.step == .cutOver { return progress.cutover ?? step.due }
        if let due = step.due { return due }
        guard state == .ready else { return nil }
        let before = index == 0 ? progress.agreedAt : record(at: index - 1, steps[index - 1])?.at ?? progress.agreedAt
        return times.due(step.step, after: before)
    }

    /// When time next brings something about that people should hear of.
    package var nextAttention: Instant? {
        switch phase {
        case .awaitingConsent:
            let reminders = reminderDays.filter { !announced.contains("reminder \($0)") }
                .map { createdAt.adding(days: $0) }
            return min(reminders.min() ?? expires, expires)
        case .running(let progress):
            guard let cutover = progress.cutover, !announced.contains("cutOver \(cutover)") else { return nil }
            return cutover
        case .closed: return nil
        }
    }
}

extension MoveStep {
    package var isHandover: Bool {
        switch self {
        case .grantAccess, .verifyAccess, .removeAccess: true
        default: false
        }
    }
}
