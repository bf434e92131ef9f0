import SuiroDomain

// Taking open moves further: most commands do.
extension Playwright {
    mutating func goOn(in world: SimulatedWorld) -> Command? {
        if chance.happens(30), !world.allowsMoves { return .allowMoves(true) }
        let open = world.moves.filter { $0.isOpen(at: world.now) }
        guard !chance.happens(6) else {
            let closed = world.moves.filter { !$0.isOpen(at: world.now) }
            return chance.any(of: Array(closed.suffix(2))).flatMap { tooLate(for: $0) }
        }
        guard let move = chance.any(of: open) else { return nil }
        switch move.phase {
        case .awaitingConsent: return answer(move, world)
        case .running(let progress): return carryOn(move, progress, world)
        case .closed: return nil
        }
    }

    private mutating func answer(_ move: Move, _ world: SimulatedWorld) -> Command? {
        let customer = move.customer
        if let partner = move.target.id?.as(Partner.self), !world.hasTie(partner, customer), chance.happens(70) {
            let waiting = world.requests.last { $0.partner == partner && $0.customer == customer }
            guard let waiting, case .sent = waiting.state(at: world.now) else {
                return .invite(invitation(of: customer, by: partner))
            }
            return .answer(waiting.id, accepts: true)
        }
        if move.subscriptions.count > 1, chance.happens(12) {
            let tenant = chance.happens(85) ? move.source?.id ?? customer.as(Tenant.self) : anybody(of: move, world)
            return .narrow(move.id, to: [chance.one(of: move.subscriptions)], by: tenant)
        }
        let pending = move.consents.filter { if case .approved = $0.state { false } else { true } }.map(\.party)
        let party = chance.any(of: pending) ?? chance.one(of: move.consents.map(\.party))
        let tenant = move.tenant(of: party) ?? customer.as(Tenant.self)
        switch chance.below(100) {
        case ..<70: return .approve(move.id, .current, by: tenant)
        case ..<78: return .look(move.id, by: tenant)
        case ..<88: return .approve(move.id, .seen, by: tenant)
        case ..<91: return .approve(move.id, .other, by: tenant)
        case ..<94: return .approve(move.id, .current, by: anybody(of: move, world))
        case ..<95: return .withdraw(move.id, by: move.tenant(of: move.initiator) ?? tenant)
        case ..<97: return .retract(move.id, by: tenant)
        default: return .decline(move.id, by: tenant)
        }
    }

    /// What comes after the end.
    private mutating func tooLate(for move: Move) -> Command? {
        let tenant =
            chance.any(of: move.consents.compactMap { move.tenant(of: $0.party) }) ?? move.customer.as(Tenant.self)
        guard chance.happens(30) else { return .approve(move.id, .current, by: tenant) }
        return .step(chance.one(of: move.steps).step, of: move.id, StepInput(), by: tenant)
    }

    private mutating func anybody(of move: Move, _ world: SimulatedWorld) -> ID<Tenant> {
        let parties = MoveParty.allCases.compactMap { move.tenant(of: $0) }
        return chance.happens(70) ? chance.one(of: parties) : chance.one(of: world.organizations).organization.id
    }

    private mutating func carryOn(_ move: Move, _ progress: MoveProgress, _ world: SimulatedWorld) -> Command? {
        guard let next = move.nextStep(at: world.now) else { return nil }
        if let leftover = leftover(of: move, world), chance.happens(next.step == .removeAccess ? 85 : 10) {
            return .resolve(
                leftover.id,
                of: move.customer,
                chance.happens(70) ? .remove : .signOff,
                isImmediate: chance.happens(30)
            )
        }
        if let item = chance.any(of: progress.items.filter(\.hasFailed)), chance.happens(50) {
            return tryAgain(item.subscription, in: move, world)
        }
        if next.step == .cutOver, chance.happens(30) { return disturb(move, world) }
        if let instant = waitsFor(next.step, move, progress), world.now < instant, chance.happens(75) {
            return .wait(until: instant)
        }
        let tenant = next.who.party.flatMap { move.tenant(of: $0) } ?? move.customer.as(Tenant.self)
        switch chance.below(100) {
        case ..<80: return .step(next.step, of: move.id, input(next.step, move, progress, world), by: tenant)
        case ..<88:
            return .step(next.step, of: move.id, input(next.step, move, progress, world), by: anybody(of: move, world))
        case ..<96:
            let step = chance.one(of: move.steps).step
            return .step(step, of: move.id, input(step, move, progress, world), by: tenant)
        default: return .withdraw(move.id, by: anybody(of: move, world))
        }
    }

    /// Something comes between agreement and cut-over.
    private mutating func disturb(_ move: Move, _ world: SimulatedWorld) -> Command? {
        guard chance.happens(60), let source = move.source?.id, let id = chance.any(of: move.subscriptions) else {
            return .withdraw(move.id, by: anybody(of: move, world))
        }
        let wanted = chance.one(of: [Command.Wanted.suspend, .cancel, .autoRenew(false)])
        return .change(id, wanted, by: source.as(Partner.self))
    }

    /// What failed at the cut-over is mended, and moved after all.
    private mutating func tryAgain(_ id: ID<Subscription>, in move: Move, _ world: SimulatedWorld) -> Command? {
        if let source = move.source?.id, world.recorded(id)?.status(at: world.now) != .active, chance.happens(60) {
            return .change(id, .resume, by: source.as(Partner.self))
        }
        return .step(.cutOver, of: move.id, StepInput(), by: move.customer.as(Tenant.self))
    }

    private mutating func leftover(of move: Move, _ world: SimulatedWorld) -> Leftover? {
        guard let facts = try? world.facts(of: move) else { return nil }
        return chance.any(of: world.leftovers(of: move, facts).filter(\.isOpen))?.leftover
    }

    private func waitsFor(_ step: MoveStep, _ move: Move, _ progress: MoveProgress) -> Instant? {
        switch step {
        case .cutOver: progress.cutover
        case .endOld: move.procedure.plan == .wait ? move.preview.cutover : nil
        case .watchUsage: progress.done.last { $0.step == .cancelOld }?.at.adding(days: 8)
        default: nil
        }
    }

    private mutating func input(
        _ step: MoveStep,
        _ move: Move,
        _ progress: MoveProgress,
        _ world: SimulatedWorld
    ) -> StepInput {
        var input = StepInput()
        guard chance.happens(88) else { return input }
        switch step {
        case .assess:
            for item in progress.inventory where item.verdict == nil || chance.happens(20) {
                input.services[item.service] = chance.one(of: ServiceVerdict.allCases)
            }
        case .enterDetails: input.details = ["regions": "Japan East", "contacts": "the administrator"]
        case .moveServices:
            if let item = chance.any(of: progress.inventory), chance.happens(40) {
                input.services = [item.service: .move]
            }
        case .chooseCancelScope: input.scope = chance.one(of: CancelScope.allCases)
        case .provision, .createTarget:
            let bought = world.held(by: move.customer).filter { $0.seller.id == move.target.id }
            if chance.happens(20) { input.replacement = chance.any(of: bought)?.id }
        case .compareSeats: input.unassigned = chance.happens(90) ? 0 : 3
        default: break
        }
        return input
    }
}
