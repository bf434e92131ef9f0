package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Access that survived an ending. A customer sees all of it; a partner what is its own, and what stands in the way of
    /// a move that comes to it.
    package func leftovers(in customer: ID<Customer>, _ context: CallContext) async throws -> [LeftoverView] {
        try await read(context, .readLeftovers, in: .customer(customer)) { tx in
            let views = try allLeftovers(in: customer, tx)
            guard let principal = tx.permit.principal, principal.kind.isPartner else { return views }
            let mine = Set(try tx.moves(MoveQuery(customer: customer, party: principal.tenant)).map(\.id))
            return views.filter {
                $0.leftover.partner.as(Tenant.self) == principal.tenant
                    || $0.leftover.move.map(mine.contains) ?? false
            }
        }
    }

    private func allLeftovers(in customer: ID<Customer>, _ tx: Transaction) throws -> [LeftoverView] {
        let grants = try tx.paths(in: customer).map(\.grant)
        let now = tx.permit.intent.at
        let held = try tx.subscriptions(of: customer)
        var views = try tx.leftovers(in: customer).filter { $0.stands(beside: held, at: now) }.map {
            LeftoverView(leftover: $0, state: $0.state(among: grants, at: now))
        }
        let known = Set(views.map(\.leftover.id))
        var today = try deliberation(tx)
        for move in try tx.openMoves(of: customer) where move.state(at: now) == .handover {
            let facts = try facts(
                for: move.pinnedWish,
                of: customer,
                initiator: move.initiator,
                except: move.id,
                &today,
                tx
            )
            views += try leftovers(of: move, facts, tx).filter { !known.contains($0.leftover.id) }
        }
        return views
    }

    /// The customer removes a leftover, or says that it may stay. Removing before the new partner's access has been tried
    /// is refused, unless the customer orders it so (SM-8c).
    package func resolveLeftover(
        _ id: ID<Leftover>,
        in customer: ID<Customer>,
        _ decision: LeftoverDecision,
        reason: String?,
        isImmediate: Bool,
        _ context: CallContext
    ) async throws -> LeftoverView {
        try await write(context, .resolveLeftover, in: .customer(customer)) { tx, deliberation in
            guard let view = try allLeftovers(in: customer, tx).first(where: { $0.leftover.id == id }) else {
                throw Refusal.notFound(.leftover, "\(id)")
            }
            guard view.isOpen else { throw Refusal.leftoverResolved }
            let move = try view.leftover.move.flatMap { try tx.move($0, of: customer) }
            if decision == .remove, !isImmediate, let move, move.isOpen(at: deliberation.at),
                !move.hasVerifiedAccess
            {
                throw Refusal.handoverOrder
            }
            let leftover = try close(view.leftover, decision, reason: reason, tx)
            try tx.record(
                .leftoverResolved(leftover.id),
                Remark(
                    partner: leftover.partner,
                    customer: customer,
                    details: ["kind": leftover.kind.rawValue, "decision": decision.rawValue]
                )
            )
            if let move { try goOn(move, &deliberation, tx) }
            return LeftoverView(leftover: leftover, state: leftover.state)
        }
    }

    private func close(
        _ found: Leftover,
        _ decision: LeftoverDecision,
        reason: String?,
        _ tx: Transaction
    ) throws -> Leftover {
        let now = tx.permit.intent.at
        let principal = tx.permit.principal
        var leftover = found
        // One that was only seen, never written down, is written down now.
        if try !tx.leftovers(in: found.customer).contains(where: { $0.id == found.id }) { try tx.insert(found) }
        switch decision {
        case .remove:
            if let id = found.grant, var grant = try tx.grant(id, in: found.customer), grant.isLive(at: now) {
                let event = try grant.revoke(by: principal?.person, at: now)
                try tx.update(grant)
                try tx.record(
                    event,
                    Remark(partner: grant.partner, customer: grant.customer, details: ["kind": grant.kind.rawValue])
                )
                try tellPartner(grant, tx)
            } else if let id = found.grant {
                try endDelegationPath(id, in: found.customer, tx)
            }
            leftover.state = .removed(at: now, by: principal?.person, byName: principal?.personName ?? "")
        case .signOff:
            leftover.state = .signedOff(
                at: now,
                by: principal?.person,
                byName: principal?.personName ?? "",
                reason: reason
            )
        }
        leftover.revision += 1
        try tx.update(leftover)
        return leftover
    }

    /// The last leftover was what the move waited for.
    private func goOn(_ move: Move, _ deliberation: inout Deliberation, _ tx: Transaction) throws {
        guard case .running = move.phase else { return }
        var current = move
        var then = try pinned(move, at: deliberation.at, tx)
        let ground = try ground(move, &then, tx)
        let outcome = try current.leftoversResolved(on: ground, &then)
        deliberation.absorb(then)
        guard current.revision != move.revision else { return }
        try tx.update(current, seen: move.revision)
        try apply(outcome, current, tx)
    }
}

extension Move {
    /// Whether the new partner's access has been granted and tried.
    package var hasVerifiedAccess: Bool { progress?.done.contains { $0.step == .verifyAccess } ?? false }
}
