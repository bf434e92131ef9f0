import FoundationEssentials
import SuiroDomain

/// Chooses what happens next, with the world before it: mostly what people would do, often enough what they should not.
struct Playwright {
    var chance: Chance

    init(seed: UInt64) {
        chance = Chance(seed: seed ^ 0x5155_1520)
    }

    mutating func next(in world: SimulatedWorld) -> Command {
        let command = choose(in: world) ?? choose(in: world) ?? wait(in: world)
        if case .wait = command { return command }
        switch chance.below(100) {
        case ..<4: return .crash(command)
        case ..<8: return .twice(command)
        default: return command
        }
    }

    private mutating func choose(in world: SimulatedWorld) -> Command? {
        switch chance.below(100) {
        case ..<46: goOn(in: world)
        case ..<58: request(in: world).map(Command.request)
        case ..<68: wait(in: world)
        case ..<70: .sweep
        case ..<79: access(in: world)
        case ..<87: subscription(in: world)
        case ..<91: use(in: world)
        case ..<92: standing(in: world)
        case ..<93: .publish
        case ..<94: .allowMoves(chance.happens(30))
        case ..<96: rivals(in: world)
        case ..<98: request(in: world).map(Command.preview)
        default: ending(in: world)
        }
    }

    // Time: minutes to months, and the very instants at which something ends or changes hands.
    mutating func wait(in world: SimulatedWorld) -> Command {
        if chance.happens(30), let instant = chance.any(of: turningPoints(of: world)) {
            return .wait(until: instant.adding(milliseconds: Int64(chance.number(-1...1))))
        }
        let minutes: Int =
            switch chance.below(100) {
            case ..<30: chance.number(1...90)
            case ..<50: chance.number(1...30) * 60
            case ..<78: chance.number(1...7) * 1440
            case ..<93: chance.number(8...40) * 1440
            default: chance.number(2...9) * 30 * 1440
            }
        return .wait(until: world.now.adding(seconds: minutes * 60))
    }

    private func turningPoints(of world: SimulatedWorld) -> [Instant] {
        var instants: [Instant] = []
        for move in world.moves where move.isOpen(at: world.now) {
            instants.append(move.progress?.cutover ?? move.expires)
        }
        instants += world.grants.filter { $0.grant.isLive(at: world.now) }.map(\.grant.until)
        instants += world.subscriptions.compactMap { $0.term?.nextEnd(after: world.now) }
        let horizon = world.now.adding(days: 400)
        return instants.filter { world.now.adding(milliseconds: 1) < $0 && $0 < horizon }
    }

    // Asking.
    private mutating func request(in world: SimulatedWorld) -> Command.Asking? {
        let customers = world.organizations.filter { $0.organization.kind == .customer }.map(\.organization)
        let customer = chance.one(of: customers).id.as(Customer.self)
        guard let first = chance.any(of: world.held(by: customer)) else { return nil }
        var items = [first.id]
        let others = world.held(by: customer).filter { $0.seller == first.seller || chance.happens(20) }
        if chance.happens(45), let second = chance.any(of: others) { items.append(second.id) }
        if chance.happens(90) { items = Array(Set(items)).sorted { $0.description < $1.description } }
        guard let target = target(for: first, in: world) else { return nil }
        let asker: ID<Tenant> =
            switch chance.below(100) {
            case ..<48: customer.as(Tenant.self)
            case ..<90: target
            default: first.seller.id ?? target
            }
        var wish = MoveWish(subscriptions: items, target: target.as(Partner.self))
        if asker == target, chance.happens(30) { wish.target = nil }
        if chance.happens(20) { wish.kind = chance.one(of: MoveKind.allCases) }
        if first.family == .license, chance.happens(50) { wish.plan = chance.one(of: [.cancelFirst, .wait]) }
        if chance.happens(30) { wish.cutover = world.now.adding(days: chance.number(-2...60)) }
        return Command.Asking(wish: wish, customer: customer, asker: asker)
    }

    private mutating func target(for subscription: Subscription, in world: SimulatedWorld) -> ID<Tenant>? {
        let partners = world.organizations.filter {
            $0.organization.kind.isPartner && $0.organization.id != subscription.seller.id
        }
        if chance.happens(85) {
            let friends = partners.filter {
                world.hasTie($0.organization.id.as(Partner.self), subscription.customer)
                    && [.direct, .indirectProvider].contains($0.organization.kind)
            }
            if let friend = chance.any(of: friends) { return friend.organization.id }
        }
        return chance.any(of: partners)?.organization.id
    }

    private mutating func rivals(in world: SimulatedWorld) -> Command? {
        guard let asking = request(in: world) else { return nil }
        let partners = world.organizations.filter { $0.organization.kind == .direct }
            .map { $0.organization.id.as(Partner.self) }.shuffled(using: &chance)
        return .rivals(asking, Array(partners.prefix(10)))
    }

    // Everything else.
    private mutating func access(in world: SimulatedWorld) -> Command? {
        let customers = world.organizations.filter { $0.organization.kind == .customer }.map(\.organization.id)
        let partners = world.organizations.filter { $0.organization.kind.isPartner }.map(\.organization.id)
        let (customer, partner) = (
            chance.one(of: customers).as(Customer.self), chance.one(of: partners).as(Partner.self)
        )
        let live = world.grants.map(\.grant).filter { $0.end == .none }
        switch chance.below(100) {
        case ..<25: return .invite(invitation(of: customer, by: partner))
        case ..<65:
            return chance.any(of: world.requests.filter { if case .closed = $0.state { false } else { true } })
                .map { .answer($0.id, accepts: chance.happens(90)) }
        case ..<76:
            let kind: AccessKind = chance.happens(50) ? .guest : .resourceRole
            return .admit(partner, kind, days: chance.number(1...500), to: customer)
        case ..<92:
            return chance.any(of: live).map { grant in
                let isOwn = chance.happens(50)
                return .endAccess(grant.id, by: isOwn ? grant.partner.as(Tenant.self) : grant.customer.as(Tenant.self))
            }
        default: return chance.any(of: live).map { .leave($0.partner, $0.customer) }
        }
    }

    mutating func invitation(of customer: ID<Customer>, by partner: ID<Partner>) -> Command.Invitation {
        Command.Invitation(
            partner: partner,
            customer: customer,
            services: chance.happens(70) ? ["mail"] : [],
            delegatedAdmin: chance.happens(70) ? nil : chance.happens(70),
            days: chance.happens(70) ? nil : chance.number(1...800)
        )
    }

    private mutating func subscription(in world: SimulatedWorld) -> Command? {
        // Often one that is moving.
        let moving = world.moves.filter { $0.isOpen(at: world.now) }.flatMap(\.subscriptions)
        let found = chance.happens(45) ? chance.any(of: moving).flatMap { world.recorded($0) } : nil
        guard let subscription = found ?? chance.any(of: world.subscriptions) else { return nil }
        let held = subscription.succeeded(by: world.successions, at: world.now)
        let partner = held.seller.id?.as(Partner.self)
        let cost = held.monthlyCost
        switch chance.below(100) {
        case ..<25:
            let more = cost.map { Money($0.amount + Decimal(chance.number(1...50)), $0.currency) }
            return .tell(
                subscription.id,
                quantity: chance.happens(60) ? chance.number(1...300) : nil,
                monthlyCost: more
            )
        case ..<80:
            let wanted: Command.Wanted =
                switch chance.below(7) {
                case 0, 1: .quantity(chance.number(1...300))
                case 2: .suspend
                case 3: .resume
                case 4: .cancel
                case 5: .autoRenew(false)
                default: .autoRenew(true)
                }
            return partner.map { .change(subscription.id, wanted, by: $0) }
        default:
            guard let partner else { return nil }
            return .order(
                Command.Purchase(
                    partner: partner,
                    customer: subscription.customer,
                    family: chance.happens(60) ? .license : .usage,
                    name: "Extra \(world.subscriptions.count + 1)",
                    base: chance.happens(50) && subscription.family == .license ? subscription.id : nil,
                    monthlyCost: cost
                )
            )
        }
    }

    private mutating func use(in world: SimulatedWorld) -> Command? {
        let used = world.subscriptions.filter { $0.family == .usage }
        guard let subscription = chance.any(of: used), let currency = subscription.monthlyCost?.currency else {
            return nil
        }
        let service = chance.happens(60) ? chance.one(of: Services.known) : chance.one(of: Services.unknown)
        let cost = Decimal(chance.number(-2000...99_999)) / Decimal(chance.one(of: [1, 100, 3000, 1_000_000]))
        let turn = world.successions.last { $0.subscription == subscription.id && $0.from <= world.now }?.from
        let around = chance.happens(60) ? turn ?? world.now : world.now
        let from = around.adding(days: -chance.number(1...35)).startOfDay
        let use = Command.Use(
            service: service,
            from: from,
            days: chance.number(1...40),
            cost: Money(cost.truncated, currency)
        )
        return .use(subscription.id, use)
    }

    private mutating func standing(in world: SimulatedWorld) -> Command? {
        let partners = world.organizations.filter { $0.organization.kind.isPartner }.map(\.organization)
        let fallen = partners.filter { $0.standing != .good }
        if let partner = chance.any(of: fallen), chance.happens(60) {
            return .stand(partner.id.as(Partner.self), .good)
        }
        let partner = chance.one(of: partners).id.as(Partner.self)
        return .stand(partner, chance.happens(80) ? .suspended : .overdue)
    }

    private mutating func ending(in world: SimulatedWorld) -> Command? {
        guard let move = chance.any(of: world.moves) else { return nil }
        let parties = MoveParty.allCases.compactMap { move.tenant(of: $0) }
        let tenant = chance.one(of: parties)
        guard move.isOpen(at: world.now) else { return .renew(move.id, by: tenant) }
        switch chance.below(100) {
        case ..<60: return .withdraw(move.id, by: tenant)
        case ..<80: return .decline(move.id, by: tenant)
        default: return .retract(move.id, by: tenant)
        }
    }
}

extension Decimal {
    /// With at most six decimals, as cost files have them.
    fileprivate var truncated: Decimal {
        rounded(digits: 6)
    }
}
