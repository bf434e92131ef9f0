// What is in the way. The options decide whether an item may be moved at all; here is what only a move asks.
extension MovePlanner {
    func blockers(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ cutover: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [Blocker] {
        var blockers: [Blocker] = []
        let enabled = try deliberation.decide(.movesEnabled)
        if !enabled.value { blockers.append(Blocker(.movesNotAvailable, enabled.rule, row: enabled.row)) }
        for (subscription, _) in facts.linked {
            blockers += try objections(to: subscription, procedure, &deliberation)
        }
        blockers += togetherness()
        blockers += try partners(procedure, &deliberation)
        let most = try deliberation.decide(.transferMaxItems)
        if items.count > most.value {
            blockers.append(
                Blocker(.tooManyItems, most.rule, row: most.row, arguments: ["limit": .count(most.value)])
            )
        }
        if let ceiling = try ceiling(procedure, items, &deliberation) { blockers.append(ceiling) }
        blockers += dependents(procedure)
        return blockers
    }

    private func objections(
        to subscription: Subscription,
        _ procedure: MoveProcedure,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [Blocker] {
        var blockers: [Blocker] = []
        let situation = Situation(
            subscription: subscription,
            asker: Asker(tenant: facts.target.id, kind: facts.target.kind, standing: facts.target.standing),
            buyer: facts.customer.tenantType,
            grant: facts.liveGrants(of: facts.target, at: now).first { $0.kind == .dap }
        )
        let classification = try situation.classify(&deliberation)
        let option = situation.option(procedure.kind.action, classification, &deliberation)
        // A replacement is conditional until the old licence has ended: that is what the plan is for.
        let isPlanned = procedure.plan != nil && option.reason == .replaceAfterExit
        if option.verdict != .allowed, !isPlanned {
            blockers.append(
                Blocker(
                    option.reason,
                    option.rule,
                    row: option.policyRow,
                    of: subscription.id,
                    from: option.availableFrom,
                    arguments: option.arguments,
                    next: option.next
                )
            )
        } else if procedure.hasCutOver, subscription.status(at: now) != .active {
            // TR-07: only what is active can be given away.
            blockers.append(
                Blocker(.notActive, "TR-07", of: subscription.id, arguments: ["product": .text(subscription.name)])
            )
        }
        if let plan = procedure.plan {
            let exits = try deliberation.decide(.licenseExits)
            let name = plan == .wait ? "waitForTermEnd" : "cancelFirst"
            if !exits.value.contains(name) {
                blockers.append(Blocker(.planNotOffered, exits.rule, row: exits.row, of: subscription.id))
            }
            if plan == .wait, subscription.term == nil, subscription.status(at: at) == .active {
                blockers.append(
                    Blocker(
                        .termUnknown,
                        "LIC-11",
                        of: subscription.id,
                        next: [NextStep(.provideEvidence), NextStep(.cancelFirst)]
                    )
                )
            }
        }
        if facts.taken.contains(subscription.id) {
            blockers.append(
                Blocker(.alreadyMoving, "INV-03", of: subscription.id, arguments: ["product": .text(subscription.name)])
            )
        }
        return blockers
    }

    /// One move has one seller on the other side; and what is only observed is ended by the customer, what is managed by
    /// its seller, never both in one step (INV-04).
    private func togetherness() -> [Blocker] {
        let all = facts.linked.map(\.0)
        guard let first = all.first else { return [] }
        return all.dropFirst()
            .filter {
                $0.seller.id != first.seller.id || $0.seller.kind != first.seller.kind || $0.source != first.source
            }
            .map {
                Blocker(.differentSellers, "TR-07", of: $0.id, arguments: ["product": .text($0.name)])
            }
    }

    /// Both partners: the relationship, the standing, the market (SW-09, SW-13, LT-08, REL-30).
    private func partners(
        _ procedure: MoveProcedure,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [Blocker] {
        var blockers: [Blocker] = []
        let target: [String: Argument] = ["partner": .text(facts.target.name)]
        if !facts.hasTie(at: now) {
            // Whoever invites a partner may do so before that partner has a relationship; agreeing needs one.
            blockers.append(
                Blocker(
                    .noRelationship,
                    "SW-09",
                    stage: facts.initiator == .target ? .start : .consent,
                    arguments: target,
                    next: [NextStep(.requestPermission)]
                )
            )
        }
        if facts.target.standing == .suspended {
            blockers.append(
                Blocker(.partnerSuspended, "REL-30", arguments: target, next: [NextStep(.settleAccount)])
            )
        }
        if facts.target.id == facts.source?.id {
            blockers.append(Blocker(.alreadyYours, "SM-0", arguments: target))
        }
        let market = try deliberation.decide(.transferMarket)
        if market.value == "sameCountry", facts.target.country != facts.customer.country {
            blockers.append(Blocker(.otherMarket, market.rule, row: market.row, arguments: target))
        }
        return blockers
    }

    /// LIC-10: what is bought beside the old one counts too, until the old one has gone.
    private func ceiling(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Blocker? {
        guard !procedure.hasCutOver else { return nil }
        let most = try deliberation.decide(.maximumSubscriptions)
        let active = facts.held.filter { $0.status(at: at) == .active }.count
        let doubles = procedure.plan == .cancelFirst ? 0 : items.count
        guard active + doubles > most.value else { return nil }
        let next = procedure.plan == nil ? [] : [NextStep(.cancelFirst, on: at)]
        return Blocker(
            .tooManySubscriptions,
            "LIC-10",
            row: most.row,
            arguments: ["limit": .count(most.value)],
            next: next
        )
    }

    /// OP-49: a base does not go or end while something bought elsewhere stands on it.
    private func dependents(_ procedure: MoveProcedure) -> [Blocker] {
        let going = Set(facts.linked.map(\.0.id))
        return facts.held.compactMap { subscription in
            guard let base = subscription.dependsOn, going.contains(base), !going.contains(subscription.id),
                subscription.status(at: at) == .active
            else { return nil }
            return Blocker(
                .addOnDepends,
                "OP-49",
                of: base,
                arguments: ["product": .text(subscription.name)],
                next: [NextStep(.includeAddOn)]
            )
        }
    }
}
