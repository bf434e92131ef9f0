import SuiroDomain

// What a move promises to whoever agreed to it.
extension Scene {
    func checkMoves() {
        checkTaken()
        for (index, old) in before.moves.enumerated() {
            guard case .closed = old.phase, index < after.moves.count else { continue }
            let new = after.moves[index]
            expect(
                old.phase == new.phase,
                .closedStaysClosed,
                "\(title(new)) was over and is \(new.state(at: after.now))"
            )
        }
        for (old, new) in moved {
            if old == nil { checkBeginning(of: new) }
            if old?.hasAgreed != true, new.hasAgreed { checkAgreement(old, new) }
            if let old, old.hasAgreed, new.hasAgreed {
                expect(old.preview == new.preview, .doneAsApproved, "\(title(new)): the terms changed after agreement")
            }
            checkSteps(old, new)
            checkGains(old, new)
            checkVerdicts(new)
            checkReplacements(old, new)
            checkEndOfOld(old, new)
            checkCallingOff(old, new)
        }
        checkNames()
        checkActive()
    }

    private func checkTaken() {
        var holder: [ID<Subscription>: Move] = [:]
        for move in after.moves where move.isOpen(at: after.now) {
            for id in move.holds {
                if let other = holder[id] {
                    expect(false, .oneOpenMove, "\(name(id)) is in \(title(other)) and in \(title(move))")
                }
                holder[id] = move
            }
        }
    }

    /// What was asked for is what a preview said at the same instant.
    private func checkBeginning(of move: Move) {
        checkDoable(move.preview)
        expect(move.createdAt <= move.preview.cutover, .doneAsApproved, "\(title(move)) is to happen in the past")
        expect(before.allowsMoves, .switchStops, "\(title(move)) was asked for")
        guard case .request(let asking) = command, case .success(let preview) = before.previewing(asking).0 else {
            return
        }
        expect(
            preview.terms == move.preview.terms,
            .previewChangesNothing,
            "\(title(move)) has other terms than its preview"
        )
    }

    /// Every step is somebody's.
    func checkDoable(_ preview: MovePreview) {
        guard preview.startBlockers.isEmpty else { return }
        for step in preview.steps where step.who == .source {
            expect(preview.source?.id != nil, .stepsInOrder, "\(step.step.rawValue) is for a partner that nobody knows")
        }
    }

    /// Everybody has approved exactly what the world says now, and the move holds exactly that.
    private func checkAgreement(_ old: Move?, _ move: Move) {
        expect(before.allowsMoves, .switchStops, "\(title(move)) was agreed")
        // A move that was not there before stands in nobody's way, its own least of all.
        guard let facts = try? after.sinceBefore(before).facts(of: move) else { return }
        var rules = after.pinned(move, at: move.createdAt)
        let preview = try? MovePlanner(move.pinnedWish, knowing: facts, at: move.createdAt).preview(&rules)
        guard let preview else { return }
        expect(move.preview.terms == preview.terms, .doneAsApproved, "\(title(move)) is not what the world says")
        for party in preview.consents {
            let tenant = move.tenant(of: party)
            let isGiven = after.witness.approvals.contains {
                $0.move == move.id && $0.tenant == tenant && $0.terms == preview.terms
            }
            expect(isGiven, .doneAsApproved, "\(title(move)): \(after.name(tenant)) has not agreed to this")
        }
        let items = move.progress?.items.map(\.subscription)
        expect(items == preview.moves.map(\.subscription), .doneAsApproved, "\(title(move)): other items than agreed")
    }

    private func checkSteps(_ old: Move?, _ new: Move) {
        guard let done = new.progress?.done else { return }
        let (was, steps) = (old?.progress?.done ?? [], new.steps)
        expect(Array(done.prefix(was.count)) == was, .stepsInOrder, "\(title(new)): a step that was done is undone")
        expect(done.map(\.step) == steps.prefix(done.count).map(\.step), .stepsInOrder, "\(title(new)): out of order")
        for (index, record) in done.enumerated().dropFirst(was.count) where index < steps.count {
            expect(
                record.at <= after.now,
                .stepsInOrder,
                "\(title(new)): \(record.step.rawValue) is done in the future"
            )
            guard let person = record.by, let party = steps[index].who.party else {
                let mayHappen = record.by == nil && (record.step == .cutOver || record.step == .removeAccess)
                expect(mayHappen || record.step == .cutOver, .stepsInOrder, "\(title(new)): \(record.step.rawValue)")
                continue
            }
            expect(
                person.home == new.tenant(of: party),
                .stepsInOrder,
                "\(title(new)): \(record.step.rawValue) was done by \(after.name(person.home))"
            )
        }
        if let cutover = new.progress?.cutover, old?.progress?.cutover == nil {
            expect(new.preview.cutover <= cutover, .doneAsApproved, "\(title(new)): changes hands before it was agreed")
        }
    }

    /// REL-30, SW-09: what a move gives to its target in this command.
    private func checkGains(_ old: Move?, _ new: Move) {
        guard let target = new.target.id else { return }
        let items = new.progress?.items ?? []
        let before = old?.progress?.items ?? []
        let gains = items.filter { item in
            if case .moved = item.outcome { !before.contains(item) } else { false }
        }
        let bought = after.subscriptions.dropFirst(self.before.subscriptions.count).filter { $0.seller.id == target }
        guard !gains.isEmpty || !bought.isEmpty else { return }
        let standing = after.organizations.first { $0.organization.id == target }?.organization.standing
        expect(standing != .suspended, .suspendedGainsNothing, "\(title(new)) goes on to \(new.target.name)")
        expect(
            after.hasTie(target.as(Partner.self), new.customer),
            .doneAsApproved,
            "\(title(new)): \(new.target.name) has no relationship with its customer"
        )
    }

    /// INV-11 for usage.
    private func checkVerdicts(_ move: Move) {
        guard move.kind == .recreate, let progress = move.progress,
            progress.done.contains(where: { $0.step == .chooseCancelScope || $0.step == .cancelOld })
        else { return }
        for item in progress.inventory {
            let service = item.service.lowercased()
            let isJudged =
                Shipped.mobility.mobility(of: service) != nil
                || after.witness.judged[move.id]?.contains(service) ?? false
            expect(
                item.verdict != nil && isJudged,
                .nothingEndsUnjudged,
                "\(title(move)): nobody judged \(item.service)"
            )
            expect(
                item.verdict == .leave || item.isDone,
                .nothingEndsUnjudged,
                "\(title(move)): \(item.service) is still where it was"
            )
        }
    }

    /// SM-6: when seats are compared, what was bought in place of the old licence runs.
    private func checkReplacements(_ old: Move?, _ new: Move) {
        guard case .step(.compareSeats, _, _, _) = command, let progress = new.progress,
            progress.done.last?.step == .compareSeats, old?.progress?.done.count != progress.done.count
        else { return }
        for (old, place) in progress.replacements {
            let status = after.recorded(place)?.status(at: after.now)
            expect(
                status == .active,
                .nothingEndsUnjudged,
                "\(name(place)) is in the place of \(name(old)) and does not run"
            )
        }
    }

    /// INV-11 for licences, and for usage that was cancelled as a whole.
    private func checkEndOfOld(_ old: Move?, _ new: Move) {
        guard case .closed(.completed, _, let progress) = new.phase, old?.phase != new.phase, !new.procedure.hasCutOver
        else { return }
        guard new.kind == .replaceLicense || progress?.scope == .whole else { return }
        for id in new.subscriptions {
            let status = after.recorded(id)?.status(at: after.now)
            expect(status != .active, .nothingEndsUnjudged, "\(title(new)) is over and \(name(id)) is still active")
        }
    }

    /// OP-13: what was begun is undone, and nothing else.
    private func checkCallingOff(_ old: Move?, _ new: Move) {
        guard let old, case .running = old.phase, case .closed(.withdrawn, _, let progress?) = new.phase else { return }
        expect(
            !after.successions.contains { $0.move == new.id } && !after.leftovers.contains { $0.move == new.id },
            .calledOffIsUndone,
            "\(title(new)) is called off, and something of it is still to come"
        )
        for id in progress.bought {
            let isOver = after.recorded(id)?.status != .active
            expect(
                isOver,
                .calledOffIsUndone,
                "\(title(new)) is called off, and \(name(id)) that was bought for it is not"
            )
        }
        for (was, now) in zip(before.subscriptions, after.subscriptions) where was.status != now.status {
            expect(
                progress.bought.contains(now.id),
                .calledOffIsUndone,
                "\(title(new)) is called off, and \(now.name) is \(now.status.rawValue)"
            )
        }
    }

    /// OP-26.
    private func checkNames() {
        guard !moved.isEmpty || command.isWait else { return }
        for move in after.moves {
            for item in move.progress?.items ?? [] where move.handsOver(item.subscription, by: after.now) {
                guard let alias = item.alias, let id = ID<Subscription>(alias) else { continue }
                let found = try? after.find(id, of: move.customer)
                expect(found?.id == item.subscription, .bothNamesHold, "\(name(item.subscription)) has lost a name")
            }
        }
    }

    /// TR-07, at the instant of the cut-over.
    private func checkActive() {
        guard !moved.isEmpty || command.isWait else { return }
        for move in after.moves {
            for item in move.progress?.items ?? [] {
                guard let cutover = move.handover(of: item.subscription), cutover <= after.now,
                    before.now < cutover || !moved.isEmpty && cutover == after.now
                else { continue }
                let status = after.recorded(item.subscription)?.status(at: cutover)
                expect(
                    status == .active,
                    .onlyActiveGoes,
                    "\(name(item.subscription)) is \(status?.rawValue ?? "gone")"
                )
            }
        }
    }
}

extension SimulatedWorld {
    /// This world with what everybody held before the command, so that what agreement itself did is not held against it.
    fileprivate func sinceBefore(_ before: SimulatedWorld) -> SimulatedWorld {
        var world = before
        for move in moves where !before.moves.contains(where: { $0.id == move.id }) { world.moves.append(move) }
        return world
    }
}

extension Command {
    var isWait: Bool { if case .wait = self { true } else { false } }
}
