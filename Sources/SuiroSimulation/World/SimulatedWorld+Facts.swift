import SuiroAssets
import SuiroDomain

// What a move rests on: the preview and the execution both begin here.
extension SimulatedWorld {
    func facts(
        for wish: MoveWish,
        of customer: ID<Customer>,
        by asker: ID<Tenant>?,
        initiator known: MoveParty? = nil,
        except move: Move? = nil
    ) throws(Refusal) -> MoveFacts {
        guard var organization = organization(customer.as(Tenant.self)) else {
            throw .notFound(.customer, "\(customer)")
        }
        if bugs.contains(.resaleForgotten) { organization.tenantType = .customer }
        var items: [Subscription] = []
        for id in wish.subscriptions { items.append(try find(id, of: customer)) }
        guard Set(items.map(\.id)).count == items.count, !items.isEmpty else {
            throw .invalid([InputFault(field: "subscriptionIds", code: items.isEmpty ? .required : .malformed)])
        }
        let seller = items.first.flatMap { $0.seller.kind == .partner ? $0.seller.id : nil }
        let source = (move?.source?.id ?? seller).flatMap { self.organization($0) }
        var target = try target(of: wish, source: source, by: asker)
        if bugs.contains(.standingIgnored) { target.standing = .good }
        let ours = Set([source?.id, target.id].compactMap { $0?.as(Partner.self) })
        return MoveFacts(
            customer: organization,
            source: source?.kind.isPartner == true ? source : nil,
            target: target,
            initiator: known ?? side(of: asker, customer, source: source),
            items: items,
            held: held(by: customer),
            grants: grants(in: customer).filter { ours.contains($0.partner) },
            taken: taken(of: customer, except: move?.id),
            services: services(of: customer),
            mobility: Shipped.mobility
        )
    }

    /// What other moves hold that are still open now, whether or not anybody noted that the others are over.
    func taken(of customer: ID<Customer>, except move: ID<Move>?) -> Set<ID<Subscription>> {
        guard !bugs.contains(.twoOpenMoves) else { return [] }
        return Set(
            moves.filter { $0.customer == customer && $0.id != move && isOpen($0) }.flatMap(\.subscriptions)
        )
    }

    func isOpen(_ move: Move) -> Bool {
        guard bugs.contains(.sweeperDependence) else { return move.isOpen(at: now) }
        return if case .closed = move.phase { false } else { true }
    }

    private func services(of customer: ID<Customer>) -> [ID<Subscription>: [String]] {
        var services: [ID<Subscription>: [String]] = [:]
        for line in usage where recorded(line.subscription)?.customer == customer {
            services[line.subscription, default: []].append(line.service)
        }
        return services
    }

    /// The partner that was named; a partner that names nobody means itself, unless it is the one that has it now.
    private func target(
        of wish: MoveWish,
        source: Organization?,
        by asker: ID<Tenant>?
    ) throws(Refusal) -> Organization {
        let partner = asker.flatMap { organization($0) }.flatMap { $0.kind.isPartner ? $0 : nil }
        if let target = wish.target {
            guard let organization = organization(target.as(Tenant.self)), organization.kind.isPartner else {
                throw .invalid([InputFault(field: "toPartner", code: .unknown, value: "\(target)")])
            }
            if let partner, partner.id != organization.id, partner.id != source?.id {
                throw .accessDenied(missing: "part in the move")
            }
            return organization
        }
        guard let partner, partner.id != source?.id else {
            throw .invalid([InputFault(field: "toPartner", code: .required)])
        }
        return partner
    }

    private func side(of tenant: ID<Tenant>?, _ customer: ID<Customer>, source: Organization?) -> MoveParty {
        switch tenant {
        case customer.as(Tenant.self): .customer
        case source?.id where source != nil: .source
        default: .target
        }
    }

    func facts(of move: Move) throws(Refusal) -> MoveFacts {
        try facts(for: move.pinnedWish, of: move.customer, by: nil, initiator: move.initiator, except: move)
    }

    /// The world as a transition of the move meets it.
    func ground(_ move: Move, _ rules: inout Deliberation, _ names: Names) throws(Refusal) -> MoveGround {
        let facts = try facts(of: move)
        let preview: MovePreview
        switch move.phase {
        case .awaitingConsent: preview = try current(move, facts, &rules)
        case .running, .closed: preview = move.preview
        }
        let open = leftovers(of: move, facts).filter(\.isOpen).count
        return MoveGround(
            now: now,
            facts: facts,
            preview: preview,
            terms: preview.terms,
            openLeftovers: bugs.contains(.leftoverIgnored) ? 0 : open,
            lastUse: lastUse(of: move.customer),
            fresh: { names.fresh() }
        )
    }

    /// The preview as it comes out now, by the edition and the instant the move began with.
    func current(
        _ move: Move,
        _ facts: MoveFacts,
        _ rules: inout Deliberation
    ) throws(Refusal) -> MovePreview {
        var then = pinned(move, at: move.createdAt)
        defer { rules.absorb(then) }
        let instant = bugs.contains(.relationshipSeenLate) ? move.createdAt : now
        return try MovePlanner(move.pinnedWish, knowing: facts, at: move.createdAt, now: instant).preview(&then)
    }

    private func lastUse(of customer: ID<Customer>) -> [ID<Subscription>: Instant] {
        var last: [ID<Subscription>: Instant] = [:]
        for line in usage where recorded(line.subscription)?.customer == customer {
            last[line.subscription] = max(last[line.subscription] ?? line.interval.to, line.interval.to)
        }
        return last
    }
}

/// A leftover with the state that counts now.
struct LeftoverView {
    let leftover: Leftover
    let state: Leftover.State

    var isOpen: Bool { state == .open }
}

extension SimulatedWorld {
    /// What the former partner still holds: what was found at the cut-over, and whatever it got since.
    func leftovers(of move: Move, _ facts: MoveFacts) -> [LeftoverView] {
        let kept = leftovers.filter {
            $0.move == move.id && $0.foundAt <= now && $0.stands(beside: facts.held, at: now)
        }
        var views = kept.map { LeftoverView(leftover: $0, state: $0.state(among: facts.grants, at: now)) }
        guard move.state(at: now) == .handover, let source = move.source, let partner = source.id else { return views }
        let known = Set(kept.compactMap(\.grant))
        for grant in facts.liveGrants(of: facts.source, at: now)
        where !known.contains(grant.id) && grant.kind != .resellerTie && !isForgotten(LeftoverKind(grant.kind)) {
            let leftover = Leftover(
                id: ID(grant.id.uuid),
                customer: move.customer,
                partner: partner.as(Partner.self),
                partnerName: source.name,
                kind: LeftoverKind(grant.kind),
                cause: .move(move.id),
                grant: grant.id,
                subscription: nil,
                foundAt: grant.from
            )
            views.append(LeftoverView(leftover: leftover, state: .open))
        }
        return views
    }

    func isForgotten(_ kind: LeftoverKind) -> Bool {
        bugs.contains(.forgottenAccess) && (kind == .guest || kind == .resourceRole)
    }
}

extension Move {
    /// The wish with everything that was left open filled in, so that it means the same to whoever asks.
    var pinnedWish: MoveWish {
        var wish = wish
        wish.target = target.id?.as(Partner.self)
        wish.kind = kind
        wish.plan = procedure.plan
        return wish
    }

    /// Whether the new partner's access has been granted and tried.
    var hasVerifiedAccess: Bool { progress?.done.contains { $0.step == .verifyAccess } ?? false }
}
