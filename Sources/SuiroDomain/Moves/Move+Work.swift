import FoundationEssentials

// What each step asks for and brings about. Exhaustive: a new step does not compile until it has its guard.
extension Move {
    func carryOut(
        _ step: MoveStep,
        _ input: StepInput,
        _ actor: MoveActor,
        _ progress: inout MoveProgress,
        _ ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        switch step {
        case .writtenNotice, .openRequest, .checkSignatures, .confirmVerification, .review:
            return MoveOutcome()
        case .turnOffRenewal:
            return turnOffRenewals(&progress, ground)
        case .provision, .createTarget:
            return try provision(input, &progress, ground, &deliberation)
        case .endOld:
            return try endOld(ground)
        case .compareSeats:
            return try compareSeats(input, &progress, ground)
        case .assess:
            return try assess(input, &progress)
        case .enterDetails:
            return try enterDetails(input, &progress)
        case .moveServices:
            return moveServices(input, &progress)
        case .chooseCancelScope:
            return try chooseScope(input, &progress, &deliberation)
        case .cancelOld:
            return cancelOld(progress)
        case .watchUsage:
            return try watch(progress, ground, &deliberation)
        case .cutOver:
            guard let cutover = progress.cutover else { return MoveOutcome() }
            throw .tooEarly(from: cutover)
        case .grantAccess:
            return try grantAccess(actor, &progress, ground, &deliberation)
        case .verifyAccess:
            guard ground.facts.hasWorkingAccess(at: ground.now) else { throw .accessNotGranted }
            return MoveOutcome()
        case .removeAccess:
            guard ground.openLeftovers == 0 else { throw .leftoversStand(count: ground.openLeftovers) }
            return MoveOutcome()
        }
    }

    /// LIC-11; what this move turns off it turns on again when it is called off. What another channel sold is the
    /// customer's to turn on again (INV-04).
    private func turnOffRenewals(_ progress: inout MoveProgress, _ ground: MoveGround) -> MoveOutcome {
        let renewing = ground.facts.held.filter { subscriptions.contains($0.id) && $0.source == .managed }
            .filter { $0.term?.autoRenew == true }
        progress.renewalsOff = renewing.map(\.id)
        return MoveOutcome([], subscriptions.map { .turnOffRenewal($0) })
    }

    /// LIC-02, S-21: bought by the new partner, if it may sell here at all.
    private func provision(
        _ input: StepInput,
        _ progress: inout MoveProgress,
        _ ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        let asker = Asker(
            tenant: ground.facts.target.id,
            kind: ground.facts.target.kind,
            standing: ground.facts.target.standing
        )
        guard ground.facts.hasTie(at: ground.now) else {
            throw .noRelationship(partner: asker.tenant, customer: customer)
        }
        if let bought = input.replacement {
            try replace(by: bought, &progress, ground)
            return MoveOutcome()
        }
        let active = ground.facts.held.filter { $0.status(at: ground.now) == .active }.count
        try Ordering.checkSeller(asker, activeSubscriptions: active, adding: preview.moves.count, &deliberation)
        var effects: [MoveEffect] = []
        for item in preview.moves where progress.replacements[item.subscription] == nil {
            let replacement = replacement(of: item, ground)
            progress.replacements[item.subscription] = replacement.id
            progress.bought.append(replacement.id)
            effects.append(.provision(replacement))
        }
        return MoveOutcome([], effects)
    }

    /// What the new partner has sold before takes the place of the old one, if it runs.
    private func replace(
        by bought: ID<Subscription>,
        _ progress: inout MoveProgress,
        _ ground: MoveGround
    ) throws(Refusal) {
        guard let held = ground.facts.held.first(where: { $0.id == bought }), held.seller.id == target.id,
            held.source == .managed, held.status(at: ground.now) == .active,
            subscriptions.count == 1, held.family == preview.moves.first?.family
        else { throw .notFound(.subscription, "\(bought)") }
        progress.replacements[subscriptions[0]] = bought
    }

    /// The same product and the same seats, so that nobody has to be assigned anew (LIC-05). It starts when the old one
    /// ends: on the same day, to keep the overlap small (BIL-07).
    private func replacement(of item: MovedItem, _ ground: MoveGround) -> Subscription {
        let seller = Party(kind: .partner, id: target.id, name: target.name)
        let old = ground.facts.held.first { $0.id == item.subscription }
        let start = procedure.plan == .wait ? max(preview.cutover, ground.now) : ground.now
        return Subscription(
            id: ground.fresh().as(Subscription.self),
            customer: customer,
            name: item.name,
            productID: old?.productID,
            skuID: old?.skuID,
            family: item.family,
            channel: .csp,
            source: .managed,
            seller: seller,
            billOwner: seller,
            partnerOfRecord: seller,
            supportContact: seller,
            quantity: item.quantity,
            term: item.family == .license ? Term(start: start, end: start.adding(months: 12), autoRenew: true) : nil,
            monthlyCost: item.family == .license ? item.monthlyCost : nil,
            createdAt: ground.now
        )
    }

    private func endOld(_ ground: MoveGround) throws(Refusal) -> MoveOutcome {
        switch procedure.plan {
        case .wait:
            // INV-11: the old one has ended by its term, or this plan is not over.
            guard preview.cutover <= ground.now else { throw .tooEarly(from: preview.cutover) }
        case .cancelFirst, nil:
            break
        }
        return MoveOutcome([], subscriptions.map { .end($0) })
    }

    /// LIC-05: another product means assigning anew, and that must have been done for everybody. What took the place of
    /// the old one has to run still; if it does not, another can be named.
    private func compareSeats(
        _ input: StepInput,
        _ progress: inout MoveProgress,
        _ ground: MoveGround
    ) throws(Refusal) -> MoveOutcome {
        if let bought = input.replacement { try replace(by: bought, &progress, ground) }
        for (old, new) in progress.replacements {
            guard let item = preview.moves.first(where: { $0.subscription == old }) else { continue }
            guard let replacement = ground.facts.held.first(where: { $0.id == new }),
                replacement.status(at: ground.now) == .active
            else { throw .notFound(.subscription, "\(new)") }
            let missing = (item.quantity ?? 0) - (replacement.quantity ?? 0)
            if missing > 0 { throw .seatsUnassigned(count: missing) }
        }
        if let count = input.unassigned, count > 0 { throw .seatsUnassigned(count: count) }
        return MoveOutcome()
    }

    /// Every service gets a verdict, from the catalogue or from people; none is guessed (INV-11, S-31).
    private func assess(_ input: StepInput, _ progress: inout MoveProgress) throws(Refusal) -> MoveOutcome {
        for (service, verdict) in input.services.sorted(by: { $0.key < $1.key }) {
            if let index = progress.inventory.firstIndex(where: { $0.service.lowercased() == service.lowercased() }) {
                progress.inventory[index].verdict = verdict
            } else {
                progress.inventory.append(InventoryItem(service: service, verdict: verdict))
            }
        }
        let open = progress.inventory.filter { $0.verdict == nil }
        guard open.isEmpty else {
            throw .invalid(open.map { InputFault(field: "services.\($0.service)", code: .required) })
        }
        return MoveOutcome()
    }

    /// S-21: entered once, checked, and kept; what is known already need not be typed again.
    private func enterDetails(_ input: StepInput, _ progress: inout MoveProgress) throws(Refusal) -> MoveOutcome {
        var details = progress.details.merging(input.details) { $1 }
        details["name"] = details["name"] ?? preview.moves.first?.name
        details["oldSubscriptionId"] = details["oldSubscriptionId"] ?? subscriptions.first?.description
        details["services"] =
            details["services"] ?? progress.inventory.map(\.service).joined(separator: ", ").nonEmpty ?? "–"
        var faults = RecreationDetail.allCases
            .filter { $0.isRequired && (details[$0.rawValue] ?? "").allSatisfy(\.isWhitespace) }
            .map { InputFault(field: "details.\($0.rawValue)", code: .required) }
        faults += details.keys.filter { RecreationDetail(rawValue: $0) == nil }.sorted()
            .map { InputFault(field: "details.\($0)", code: .unknown, value: $0) }
        if let old = details["oldSubscriptionId"], !subscriptions.contains(where: { "\($0)" == old.lowercased() }) {
            faults.append(InputFault(field: "details.oldSubscriptionId", code: .unknown, value: old))
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        progress.details = details
        return MoveOutcome()
    }

    /// Named services only, or all of them.
    private func moveServices(_ input: StepInput, _ progress: inout MoveProgress) -> MoveOutcome {
        let named = Set(input.services.keys.map { $0.lowercased() })
        for index in progress.inventory.indices
        where named.isEmpty || named.contains(progress.inventory[index].service.lowercased()) {
            progress.inventory[index].isDone = true
        }
        return MoveOutcome()
    }

    private func chooseScope(
        _ input: StepInput,
        _ progress: inout MoveProgress,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        let offered = try deliberation.decide(.cancelScopes)
        guard let scope = input.scope else { throw .invalid([InputFault(field: "scope", code: .required)]) }
        guard offered.value.contains(scope.rawValue) else {
            throw .invalid([InputFault(field: "scope", code: .outOfRange, value: scope.rawValue)])
        }
        progress.scope = scope
        return MoveOutcome()
    }

    /// the customer has cancelled in the other channel; here that is only written down.
    private func cancelOld(_ progress: MoveProgress) -> MoveOutcome {
        MoveOutcome([], progress.scope == .whole ? subscriptions.map { .end($0) } : [])
    }

    /// OP-57: the old subscription has to be quiet for some days before anybody calls it over.
    private func watch(
        _ progress: MoveProgress,
        _ ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        let days = try deliberation.decide(.usageWatchDays)
        let cancelled = progress.done.last { $0.step == .cancelOld }?.at ?? progress.agreedAt
        let end = cancelled.adding(days: days.value)
        guard end <= ground.now else { throw .tooEarly(from: end) }
        let uses = subscriptions.compactMap { ground.lastUse[$0] }.filter { cancelled < $0 }
        if progress.scope == .whole, let last = uses.max() { throw .usageContinues(last: last) }
        return MoveOutcome()
    }

    /// SM-8c: the new partner's way in, with an end, before the old one's goes (OP-02).
    private func grantAccess(
        _ actor: MoveActor,
        _ progress: inout MoveProgress,
        _ ground: MoveGround,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveOutcome {
        guard !ground.facts.hasWorkingAccess(at: ground.now), let partner = target.id?.as(Partner.self) else {
            return MoveOutcome()
        }
        let days = try deliberation.decide(.adminDefaultDays)
        let isUsage = preview.moves.contains { $0.family == .usage }
        let grant = AccessGrant(
            id: ground.fresh().as(AccessGrant.self),
            customer: customer,
            partner: partner,
            kind: isUsage ? .resourceRole : .dap,
            roles: isUsage
                ? [AdminRole.azureSubscriptionContributor.rawValue]
                : [AdminRole.licenseAdministrator.rawValue, AdminRole.serviceSupportAdministrator.rawValue],
            consent: ground.fresh().as(Consent.self),
            from: ground.now,
            until: ground.now.adding(days: days.value)
        )
        guard let grant else { return MoveOutcome() }
        progress.grants.append(grant.id)
        return MoveOutcome([], [.grant(grant, terms: preview.terms)])
    }
}

extension MoveFacts {
    /// Whether the target can do its work: a role on the resources for usage, any administration for licences (DA-05).
    package func hasWorkingAccess(at now: Instant) -> Bool {
        let isUsage = items.contains { $0.family == .usage }
        return liveGrants(of: target, at: now).contains { grant in
            switch grant.kind {
            case .resourceRole, .gdap: true
            case .dap: !isUsage
            case .resellerTie, .guest, .supportContact: false
            }
        }
    }
}

/// What has to be known of the old subscription to create it anew by hand (S-21).
package enum RecreationDetail: String, Codable, CaseIterable, Sendable {
    case name, oldSubscriptionId, services, regions, sizes, quotas, roles, policies, budgets, reservations,
        supportPlan, contacts

    /// Without these nobody can build it; the others may not exist.
    package var isRequired: Bool {
        switch self {
        case .name, .oldSubscriptionId, .services, .regions, .contacts: true
        case .sizes, .quotas, .roles, .policies, .budgets, .reservations, .supportPlan: false
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
