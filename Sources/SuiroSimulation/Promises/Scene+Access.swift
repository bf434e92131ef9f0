import SuiroDomain

// Who can reach in, by whose decision, until when; and who owes support.
extension Scene {
    func checkAccess() {
        for held in after.grants.dropFirst(before.grants.count) { checkConsent(of: held.grant) }
        checkEndings()
        if command.isWait || before.grants != after.grants { checkRights() }
        if case .answer = command { checkExclusivity() }
    }

    /// INV-02.
    private func checkConsent(of grant: AccessGrant) {
        let what = "\(grant.kind.rawValue) of \(after.name(grant.partner.as(Tenant.self)))"
        let consent = after.consents.first { $0.id == grant.consent }
        expect(consent != nil, .accessByConsent, "\(what) without a consent")
        guard let consent else { return }
        expect(
            consent.customer == grant.customer && consent.partner == grant.partner && consent.at <= grant.from
                && consent.person == grant.customer.as(Tenant.self).administrator && !consent.terms.isEmpty,
            .accessByConsent,
            "\(what) by a consent that is not its customer's"
        )
    }

    /// INV-01 and INV-08: access begins and ends by decisions about access, and by time.
    private func checkEndings() {
        guard before.grants != after.grants else { return }
        let isDecision: Bool =
            switch command {
            case .answer, .admit, .endAccess, .leave, .resolve, .sweep: true
            case .step(let step, _, _, _): step == .grantAccess
            default: false
            }
        let (was, now) = (
            before.grants.map { $0.grant.holds(at: after.now) }, after.grants.map { $0.grant.holds(at: after.now) }
        )
        expect(
            isDecision || was == Array(now.prefix(was.count)) && was.count == now.count,
            .independentFacts,
            "access changed by \(command.kind)"
        )
    }

    /// INV-08: by what the customer approved, and by the dates.
    private func checkRights() {
        for held in after.grants where after.opens(held.grant) || held.grant.holds(at: after.now) {
            let grant = held.grant
            guard let permission = after.witness.permissions[grant.consent] else { continue }
            let isWithin =
                grant.holds(at: after.now) && after.now < permission.until && grant.until <= permission.until
                && grant.kind == permission.kind && Set(grant.roles).isSubset(of: permission.roles)
            let partner = after.name(grant.partner.as(Tenant.self))
            expect(isWithin, .rightsWithinApproval, "\(partner) has \(grant.kind.rawValue) beyond what was approved")
        }
    }

    /// INV-12, by the word under which the later of two was accepted.
    private func checkExclusivity() {
        let holders = after.grants.filter { $0.grant.kind == .dap && $0.grant.holds(at: after.now) }
        for (index, later) in holders.enumerated() {
            let word = after.witness.permissions[later.grant.consent]?.exclusivity
            guard word == "oneTransactingPerService" || word == "onePerService" else { continue }
            for earlier in holders[..<index] where earlier.grant.customer == later.grant.customer {
                guard earlier.grant.partner != later.grant.partner,
                    word == "onePerService" || after.isTransacting(earlier.grant.partner),
                    !Set(earlier.services).isDisjoint(with: later.services)
                else { continue }
                let partners = [earlier, later].map { after.name($0.grant.partner.as(Tenant.self)) }
                expect(false, .exclusivity, "\(partners.joined(separator: " and ")) both transact \(later.services)")
            }
        }
    }
}

// What survives an ending.
extension Scene {
    func checkLeftovers() {
        if case .leave(let partner, let customer) = command, turn == .done {
            for grant in after.grants(in: customer) where grant.partner == partner && grant.holds(at: after.now) {
                let isRecorded = after.leftovers.contains { $0.grant == grant.id && $0.cause == .relationshipRemoved }
                expect(
                    isRecorded,
                    .leftoversRecorded,
                    "\(grant.kind.rawValue) of \(after.name(partner.as(Tenant.self)))"
                )
            }
        }
        for move in after.moves {
            switch move.phase {
            case .running: if move.state(at: after.now) == .handover { checkHandover(of: move) }
            case .closed(.completed, let at, _), .closed(.finishedWithErrors, let at, _):
                if at == after.now { checkEnd(of: move) }
            case .awaitingConsent, .closed: break
            }
        }
    }

    /// INV-06: whoever had it can still reach in by these paths, and every one of them is known.
    private func checkHandover(of move: Move) {
        guard let facts = try? after.facts(of: move) else { return }
        let views = after.leftovers(of: move, facts)
        for grant in paths(of: move) {
            expect(
                views.contains { $0.leftover.grant == grant.id },
                .leftoversRecorded,
                "\(title(move)): nobody knows of the \(grant.kind.rawValue) of \(move.source?.name ?? "")"
            )
        }
        for view in views where view.leftover.kind == .standingGroup {
            let id = view.leftover.subscription
            expect(
                id.map { move.handsOver($0, by: after.now) } ?? false,
                .leftoversRecorded,
                "\(title(move)): \(id.map(name) ?? "") has not gone, and its seller's group counts as left behind"
            )
        }
        guard let source = move.source?.id else { return }
        let sells = facts.held.contains { $0.seller.id == source && $0.status(at: after.now) == .active }
        expect(
            !sells || !views.contains { $0.leftover.kind == .resellerTie && $0.isOpen },
            .leftoversRecorded,
            "\(title(move)): \(after.name(source)) sells something else, and its relationship counts as left behind"
        )
        for item in move.preview.moves where item.family == .usage && move.handsOver(item.subscription, by: after.now) {
            expect(
                views.contains { $0.leftover.kind == .standingGroup && $0.leftover.subscription == item.subscription },
                .leftoversRecorded,
                "\(title(move)): nobody knows of the group of \(move.source?.name ?? "") on \(item.name)"
            )
        }
    }

    private func checkEnd(of move: Move) {
        let held = after.held(by: move.customer)
        let open = after.leftovers
            .filter { $0.move == move.id && $0.foundAt <= after.now && $0.stands(beside: held, at: after.now) }
            .filter { $0.state(among: after.grants(in: move.customer), at: after.now) == .open }
        expect(open.isEmpty, .nothingLeftOpen, "\(title(move)): \(open.map(\.kind.rawValue))")
        guard move.steps.contains(where: { $0.step == .removeAccess }), move.reachedEveryStep else { return }
        for grant in paths(of: move) {
            let isKnown = after.leftovers.contains { $0.move == move.id && $0.grant == grant.id }
            expect(
                isKnown,
                .nothingLeftOpen,
                "\(title(move)): \(move.source?.name ?? "") still has \(grant.kind.rawValue), and nobody decided so"
            )
        }
    }

    /// What the former partner holds now. Its relationship goes on while it sells anything else.
    private func paths(of move: Move) -> [AccessGrant] {
        guard let source = move.source?.id else { return [] }
        return after.grants(in: move.customer)
            .filter { $0.partner.as(Tenant.self) == source && $0.kind != .resellerTie && $0.holds(at: after.now) }
    }

    /// INV-07.
    func checkDuties() {
        for (old, new) in zip(before.obligations, after.obligations) where old.ended == nil && new.ended != nil {
            let isTransfer = moved.contains { _, move in
                if case .closed = move.phase { move.source?.id == new.partner.as(Tenant.self) } else { false }
            }
            let isNeeded = after.held(by: new.customer).contains {
                $0.seller.id == new.partner.as(Tenant.self) && $0.status(at: after.now) == .active
            }
            expect(
                isTransfer && !isNeeded,
                .dutyOutlivesAccess,
                "\(after.name(new.partner.as(Tenant.self))) owes no more support after \(command.kind)"
            )
        }
        for (_, move) in moved {
            guard case .closed(let ending, _, _) = move.phase, ending == .completed, let target = move.target.id else {
                continue
            }
            let owes = after.obligations.contains {
                $0.partner.as(Tenant.self) == target && $0.customer == move.customer && $0.ended == nil
            }
            expect(owes, .dutyOutlivesAccess, "\(title(move)) is over and \(move.target.name) owes no support")
        }
    }
}

extension AccessGrant {
    /// Whether it counts, told from its dates.
    func holds(at instant: Instant) -> Bool { end == .none && from <= instant && instant < until }
}

extension SimulatedWorld {
    func isTransacting(_ partner: ID<Partner>) -> Bool {
        organizations.first { $0.organization.id == partner.as(Tenant.self) }?.organization.kind.isCSP ?? false
    }
}

extension Move {
    /// Whether it ended by doing all that was to be done.
    var reachedEveryStep: Bool { progress?.done.count == steps.count }
}
