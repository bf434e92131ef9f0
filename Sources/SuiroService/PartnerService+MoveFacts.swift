import FoundationEssentials
import SuiroAssets
package import SuiroDomain
import SuiroStore

/// What a move rests on, read from one transaction. The preview and the execution both begin here.
extension PartnerService {
    /// The facts behind a wish; `move` is the move that is looked at again, so that it does not stand in its own way.
    func facts(
        for wish: MoveWish,
        of customer: ID<Customer>,
        initiator known: MoveParty? = nil,
        except move: ID<Move>? = nil,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> MoveFacts {
        guard let organization = try tx.organization(customer.as(Tenant.self)) else {
            throw Refusal.notFound(.customer, "\(customer)")
        }
        var today = Deliberation(book: deliberation.book, at: tx.permit.intent.at, cloud: cloud)
        let items = try wish.subscriptions.map { try running(try find($0, of: customer, tx), &today) }
        guard Set(items.map(\.id)).count == items.count, !items.isEmpty else {
            throw Refusal.invalid([InputFault(field: "subscriptionIds", code: items.isEmpty ? .required : .malformed)])
        }
        let seller = items.first.flatMap { $0.seller.kind == .partner ? $0.seller.id : nil }
        // Looked at again after the cut-over the seller is the target: who it was is written in the move.
        let source = try (try sourceThen(move, customer, tx) ?? seller).flatMap { try tx.organization($0) }
        let target = try target(of: wish, source: source, tx)
        let ours = Set([source?.id, target.id].compactMap { $0?.as(Partner.self) })
        // The future partner's roles count when somebody has them (GD-08); the former one's are access left over anyway.
        let isAssigned = try !effectiveAccess(of: target.id.as(Partner.self), in: customer, tx)
            .rolesByGroup(at: tx.permit.intent.at).isEmpty
        let paths = try tx.paths(in: customer).map(\.grant).filter {
            ours.contains($0.partner)
                && ($0.kind != .gdap || isAssigned || $0.partner != target.id.as(Partner.self))
        }
        return MoveFacts(
            customer: organization,
            source: source?.kind.isPartner == true ? source : nil,
            target: target,
            initiator: known ?? side(of: tx.permit.principal?.tenant, customer, source: source),
            items: items,
            held: try tx.subscriptions(of: customer).map { try running($0, &today) },
            grants: paths,
            taken: Set(try tx.takenSubscriptions(of: customer).filter { $0.value != move }.keys),
            services: try tx.costs(of: customer).mapValues { $0.map(\.service) },
            mobility: try MobilityFile.shipped.get()
        )
    }

    /// A term that has ended may go on by the rules (LC-20): then it runs, whatever its own dates say.
    private func running(_ subscription: Subscription, _ today: inout Deliberation) throws -> Subscription {
        guard subscription.status == .active, subscription.status(at: today.at) == .expired else { return subscription }
        return try subscription.settled(&today)
    }

    private func sourceThen(_ move: ID<Move>?, _ customer: ID<Customer>, _ tx: Transaction) throws -> ID<Tenant>? {
        try move.flatMap { try tx.move($0, of: customer) }.flatMap { $0.source?.id }
    }

    /// The partner that was named; a partner that names nobody means itself, unless it is the one that has it now.
    private func target(of wish: MoveWish, source: Organization?, _ tx: Transaction) throws -> Organization {
        if let target = wish.target {
            guard let organization = try tx.organization(target.as(Tenant.self)), organization.kind.isPartner else {
                throw Refusal.invalid([InputFault(field: "toPartner", code: .unknown, value: "\(target)")])
            }
            if let principal = tx.permit.principal, principal.kind.isPartner,
                principal.tenant != organization.id, principal.tenant != source?.id
            {
                throw Refusal.accessDenied(missing: "part in the move")
            }
            return organization
        }
        guard let principal = tx.permit.principal, principal.kind.isPartner, principal.tenant != source?.id,
            let organization = try tx.organization(principal.tenant)
        else { throw Refusal.invalid([InputFault(field: "toPartner", code: .required)]) }
        return organization
    }

    private func side(of tenant: ID<Tenant>?, _ customer: ID<Customer>, source: Organization?) -> MoveParty {
        switch tenant {
        case customer.as(Tenant.self): .customer
        case source?.id where source != nil: .source
        default: .target
        }
    }

    /// The preview as it comes out now, by the edition and the instant the move began with.
    func current(
        _ move: Move,
        _ facts: MoveFacts,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> MovePreview {
        var then = try pinned(move, at: move.createdAt, tx)
        let now = tx.permit.intent.at
        let preview = try MovePlanner(move.pinnedWish, knowing: facts, at: move.createdAt, now: now).preview(&then)
        deliberation.absorb(then)
        return preview
    }

    /// The book a move began with: what was published since does not change what was agreed (SM-14).
    func pinned(_ move: Move, at instant: Instant, _ tx: Transaction) throws -> Deliberation {
        Deliberation(book: try book(move.edition, tx), at: instant, cloud: cloud)
    }

    func ground(
        _ move: Move,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> MoveGround {
        let now = tx.permit.intent.at
        let facts = try facts(
            for: move.pinnedWish,
            of: move.customer,
            initiator: move.initiator,
            except: move.id,
            &deliberation,
            tx
        )
        let preview: MovePreview
        switch move.phase {
        case .awaitingConsent: preview = try current(move, facts, &deliberation, tx)
        // What was agreed stays as it was agreed.
        case .running, .closed: preview = move.preview
        }
        let environment = environment
        return MoveGround(
            now: now,
            facts: facts,
            preview: preview,
            terms: preview.terms.sha256,
            openLeftovers: try leftovers(of: move, facts, tx).filter(\.isOpen).count,
            lastUse: try tx.lastUse(of: move.customer),
            fresh: { environment.newID() }
        )
    }

    /// What the former partner still holds: what was found at the cut-over, and whatever it got since.
    func leftovers(of move: Move, _ facts: MoveFacts, _ tx: Transaction) throws -> [LeftoverView] {
        let now = tx.permit.intent.at
        let kept = try tx.leftovers(of: move.id)
            .filter { $0.foundAt <= now && $0.stands(beside: facts.held, at: now) }
        var views = kept.map { LeftoverView(leftover: $0, state: $0.state(among: facts.grants, at: now)) }
        guard move.state(at: now) == .handover, let source = move.source, let partner = source.id else { return views }
        let known = Set(kept.compactMap(\.grant))
        for grant in facts.liveGrants(of: facts.source, at: now)
        where !known.contains(grant.id) && grant.kind != .resellerTie {
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
}

/// A leftover with the state that counts now.
package struct LeftoverView: Codable, Sendable {
    package let leftover: Leftover
    package let state: Leftover.State

    package var isOpen: Bool { state == .open }
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
}
