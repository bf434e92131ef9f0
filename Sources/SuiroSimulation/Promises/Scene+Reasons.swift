import SuiroDomain

// A refusal has to be true, or nobody can do anything about it.
extension Scene {
    func checkReasons() {
        guard case .refused(.moveBlocked(let blocker)) = turn else {
            if case .refused(.moveNotOpen(let state)) = turn { checkNotOpen(state) }
            return
        }
        switch blocker.reason {
        case .noRelationship:
            guard let (target, customer) = sides else { return }
            expect(!before.hasTie(target, customer), .reasonsHold, "\(name(target)) has a relationship")
        case .partnerSuspended:
            guard let (target, _) = sides else { return }
            let standing = before.organization(target.as(Tenant.self))?.standing
            expect(standing == .suspended, .reasonsHold, "\(name(target)) stands \(standing?.rawValue ?? "nowhere")")
        case .alreadyMoving:
            let holders = before.moves.filter { move in
                move.isOpen(at: before.now) && blocker.subscription.map(move.subscriptions.contains) ?? false
            }
            expect(!holders.isEmpty, .reasonsHold, "no open move holds \(blocker.subscription.map(name) ?? "it")")
        case .movesNotAvailable:
            expect(!before.allowsMoves, .reasonsHold, "moves are switched on")
        default: break
        }
    }

    private func name(_ partner: ID<Partner>) -> String { after.name(partner.as(Tenant.self)) }

    private func checkNotOpen(_ state: MoveState) {
        let id: ID<Move>? =
            switch command {
            case .approve(let id, _, _), .decline(let id, _), .retract(let id, _), .withdraw(let id, _): id
            default: nil
            }
        guard let move = before.moves.first(where: { $0.id == id }) else { return }
        if case .awaitingConsent = move.phase {
            expect(move.expires <= before.now, .reasonsHold, "\(title(move)) waits for answers until \(move.expires)")
        }
        expect(state == move.state(at: before.now), .reasonsHold, "\(title(move)) is not \(state.rawValue)")
    }

    /// To whom, and whose, where the command says so.
    private var sides: (ID<Partner>, ID<Customer>)? {
        switch command {
        case .request(let asking):
            let partner = asking.wish.target ?? asking.asker.as(Partner.self)
            return (partner, asking.customer)
        case .approve(let id, _, _), .step(_, let id, _, _):
            let move = before.moves.first { $0.id == id }
            return move.flatMap { move in move.target.id.map { ($0.as(Partner.self), move.customer) } }
        default: return nil
        }
    }
}

extension SimulatedWorld {
    /// Whether moves are switched on now.
    var allowsMoves: Bool {
        var rules = today()
        return (try? rules.decide(.movesEnabled).value) ?? false
    }
}
