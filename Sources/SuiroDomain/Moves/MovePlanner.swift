/// Computes a preview. Pure: the same wish, facts, book and instant give the same preview, today and in a year.
package struct MovePlanner: Sendable {
    package let wish: MoveWish
    package let facts: MoveFacts
    package let at: Instant
    /// When it is looked at again: what stands in the way then is what counts, the terms stay those of `at`.
    package let now: Instant

    package init(_ wish: MoveWish, knowing facts: MoveFacts, at instant: Instant, now: Instant? = nil) {
        (self.wish, self.facts, at, self.now) = (wish, facts, instant, now ?? instant)
    }

    /// Refuses only where policy is silent about something without which nothing can be said; all else is a blocker.
    package func preview(_ deliberation: inout Deliberation) throws(Refusal) -> MovePreview {
        let start = deliberation.count
        let procedure = try procedure(&deliberation)
        let items = items(procedure)
        let cutover = try cutover(procedure, items, &deliberation)
        let blockers = try blockers(procedure, items, cutover, &deliberation)
        let preview = MovePreview(
            procedure: procedure,
            customer: PartyName(id: facts.customer.id, name: facts.customer.name),
            source: facts.source.map { PartyName(id: $0.id, name: $0.name) },
            target: PartyName(id: facts.target.id, name: facts.target.name),
            cutover: cutover,
            at: at,
            edition: deliberation.book.edition,
            editionName: deliberation.book.name,
            moves: items,
            stays: try stays(procedure, &deliberation),
            atRisk: try risks(procedure, items, cutover, &deliberation),
            billing: billing(procedure, items, cutover),
            consents: try consents(procedure, &deliberation),
            steps: try steps(procedure, items, cutover, &deliberation),
            blockers: blockers,
            survivingAccess: survivingAccess(procedure)
        )
        deliberation.conclude(
            "movePreview: \(preview.startBlockers.first?.reason.rawValue ?? procedure.kind.rawValue)",
            from: start
        )
        return preview
    }

    /// What was asked for, or what the seed's table leads to (SM-0): the first item decides, the others must fit.
    private func procedure(_ deliberation: inout Deliberation) throws(Refusal) -> MoveProcedure {
        switch try kind(&deliberation) {
        case .replaceLicense: return .replaceLicense(wish.plan ?? .wait)
        case .recreate: return .recreate
        case .transferLicense: return .transferLicense
        case .switchPartner where facts.items.first?.isEnterpriseUsage == true: return .moveBilling
        case .switchPartner:
            let form = try deliberation.decide(.switchForm)
            return .switchPartner(SwitchForm(rawValue: form.value) ?? .manual)
        }
    }

    private func kind(_ deliberation: inout Deliberation) throws(Refusal) -> MoveKind {
        if let kind = wish.kind { return kind }
        guard let item = facts.items.first else { return .switchPartner }
        switch (item.family, item.channel) {
        case (.usage, .csp): return .switchPartner
        case (.usage, _): return .recreate
        case (.license, .csp), (nil, _):
            if wish.plan != nil { return .replaceLicense }
            let policy = try deliberation.decide(.licenseSwitch, for: [.channel: Channel.csp.rawValue])
            // Where transfers are forbidden the plain wish to switch is answered as such, with the two exits (S-16).
            return policy.value == "transfer" ? .transferLicense : .switchPartner
        case (.license, _): return .replaceLicense
        }
    }

    private func items(_ procedure: MoveProcedure) -> [MovedItem] {
        facts.linked.map { subscription, cause in
            MovedItem(
                subscription: subscription.id,
                name: subscription.name,
                family: subscription.family,
                channel: subscription.channel,
                quantity: subscription.quantity,
                monthlyCost: subscription.monthlyCost,
                termEnd: subscription.term?.nextEnd(after: at),
                seller: subscription.seller,
                isManaged: subscription.source == .managed,
                cause: cause,
                inventory: procedure == .recreate ? inventory(of: subscription) : []
            )
        }
    }

    /// Each service the costs name, with the catalogue's verdict; one that nobody has judged stays open (S-31).
    private func inventory(of subscription: Subscription) -> [InventoryItem] {
        Set(facts.services[subscription.id] ?? []).sorted().map { service in
            let known = facts.mobility.mobility(of: service)
            return InventoryItem(service: service, verdict: known?.verdict, flags: known?.flags ?? [])
        }
    }

    /// Not before what was wished, and never in the past; licences change hands at a day's end (LT-07).
    private func cutover(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Instant {
        let wished = max(wish.cutover ?? at, at)
        switch procedure {
        case .recreate: return wished
        case .switchPartner, .moveBilling, .transferLicense:
            let cooled = Self.cooling(procedure, items, &deliberation)?.end(after: at) ?? at
            return try Self.cutover(notBefore: max(wished, cooled), procedure, &deliberation)
        case .replaceLicense(.cancelFirst): return wished
        case .replaceLicense(.wait): return max(items.compactMap(\.termEnd).max() ?? wished, at)
        }
    }

    /// The instant at which a move that is agreed by `instant` changes hands.
    package static func cutover(
        notBefore instant: Instant,
        _ procedure: MoveProcedure,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Instant {
        let family: Family = procedure == .transferLicense ? .license : .usage
        let mode = try deliberation.decide(.transferCutover, for: [.family: family.rawValue])
        guard mode.value == "nextDay" else { return instant }
        let midnight = instant.startOfDay
        return midnight == instant ? midnight : midnight.adding(days: 1)
    }

    private func consents(
        _ procedure: MoveProcedure,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [MoveParty] {
        let key: PolicyKey<[String]> =
            switch procedure {
            case .replaceLicense: .replaceConsents
            case .recreate: .recreateConsents
            case .switchPartner: .switchSignatures
            case .moveBilling: .billingMoveConsents
            case .transferLicense: .transferConsents
            }
        let parties = try deliberation.decide(key).value.compactMap(MoveParty.init(rawValue:))
        // A source that is nobody we know cannot be asked.
        return Set(parties).filter { $0 != .source || facts.source != nil }.sorted()
    }

    private func survivingAccess(_ procedure: MoveProcedure) -> [SurvivingAccess] {
        guard let source = facts.source else { return [] }
        let party = PartyName(id: source.id, name: source.name)
        var result = facts.liveGrants(of: source, at: at)
            .filter { $0.kind != .resellerTie || isLast }
            .map { SurvivingAccess(partner: party, kind: LeftoverKind($0.kind), until: $0.until) }
        if procedure.hasCutOver, facts.items.contains(where: { $0.family == .usage }) {
            result.append(SurvivingAccess(partner: party, kind: .standingGroup, until: nil))
        }
        return result.sorted { $0.kind.rawValue < $1.kind.rawValue }
    }

    /// Whether the source keeps nothing else with this customer.
    private var isLast: Bool {
        let going = Set(facts.linked.map(\.0.id))
        return !facts.held.contains {
            $0.seller.id == facts.source?.id && !going.contains($0.id) && $0.status(at: at) == .active
        }
    }
}
