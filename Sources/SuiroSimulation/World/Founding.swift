import FoundationEssentials
import SuiroDomain

extension SimulatedWorld {
    /// A world as chance has it: partners of all kinds, customers, what they hold from every channel, and who may reach
    /// in. The same seed makes the same world.
    package init(seed: UInt64, bugs: Set<PlantedBug> = []) {
        var founding = Founding(seed: seed, bugs: bugs)
        founding.found()
        self = founding.world
    }

    init(cloud: Cloud, at instant: Instant, bugs: Set<PlantedBug>) {
        (self.cloud, self.bugs, began, now, invoicedUntil) = (cloud, bugs, instant, instant, instant)
        books = [Published(book: Shipped.first, at: .earliest)]
    }
}

private struct Founding {
    static let partnerNames = ["Tozai", "Harbor", "Minato", "Alder", "Kaede", "Rowan"]
    static let crowdNames = ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Oak"]
    static let customerNames = ["Sakura", "Fuji", "Umi"]
    static let currencies = ["JPY", "USD", "KWD"].compactMap(Currency.init)

    var chance: Chance
    var world: SimulatedWorld
    let names = Names(command: 0)

    init(seed: UInt64, bugs: Set<PlantedBug>) {
        chance = Chance(seed: seed)
        let cloud: Cloud = chance.happens(70) ? .public : chance.one(of: [.usgov, .germany])
        // Either the world of 2017, or one in which today's rules could hold at once.
        let first =
            chance.happens(45) ? CivilTime(year: 2017, month: 6, day: 9) : CivilTime(year: 2024, month: 8, day: 1)
        let began = first.instant.adding(milliseconds: Int64(chance.below(500 * 86_400)) * 1000)
        world = SimulatedWorld(cloud: cloud, at: began, bugs: bugs)
    }

    mutating func found() {
        if chance.happens(40) { try? world.publish() }
        let kinds: [OrganizationKind] = [
            .direct, .direct, .direct, .indirectProvider, .indirectReseller, .advisor,
        ]
        for (name, kind) in zip(Self.partnerNames, kinds) { settle(name, kind) }
        if chance.happens(25) { for name in Self.crowdNames { settle(name, .direct) } }
        for name in Self.customerNames { settle(name, .customer) }
        if chance.happens(50) { world.organizations[index(of: "Umi")].organization.tenantType = .cspTransacting }
        settle("Strangers", .direct, in: world.cloud == .public ? .germany : .public)
        for name in Self.customerNames {
            befriend(name)
            for _ in 0..<chance.number(1...4) { sell(to: name) }
        }
    }

    private mutating func settle(_ name: String, _ kind: OrganizationKind, in cloud: Cloud? = nil) {
        world.organizations.append(
            SimulatedWorld.Resident(
                organization: Organization(
                    id: names.fresh(),
                    kind: kind,
                    name: name,
                    domain: "\(name.lowercased()).example",
                    country: chance.happens(85) ? "JP" : "US",
                    language: .en,
                    createdAt: world.began
                ),
                cloud: cloud ?? world.cloud
            )
        )
    }

    private func index(of name: String) -> Int {
        world.organizations.firstIndex { $0.organization.name == name } ?? 0
    }

    private func id(_ name: String) -> ID<Tenant> { world.organizations[index(of: name)].organization.id }

    /// Ties, delegated administration, guests and roles, each by a decision of the customer.
    private mutating func befriend(_ name: String) {
        let customer = id(name).as(Customer.self)
        for partner in world.organizations where partner.organization.kind.isPartner && partner.cloud == world.cloud {
            let isOfCrowd = Self.crowdNames.contains(partner.organization.name)
            guard isOfCrowd ? name == Self.customerNames[0] : chance.happens(65) else { continue }
            let days = isOfCrowd || chance.happens(70) ? 1826 : chance.number(20...400)
            give(.resellerTie, to: partner.organization, in: customer, days: days)
            if !isOfCrowd, chance.happens(40) {
                give(.dap, to: partner.organization, in: customer, days: chance.number(10...700))
            }
            world.beginObligation(of: partner.organization.id.as(Partner.self), to: customer, names)
            for kind in [AccessKind.guest, .resourceRole] where !isOfCrowd && chance.happens(25) {
                give(kind, to: partner.organization, in: customer, days: chance.number(10...700))
            }
        }
    }

    private mutating func give(
        _ kind: AccessKind,
        to partner: Organization,
        in customer: ID<Customer>,
        days: Int
    ) {
        let roles = kind == .dap ? [AdminRole.adminAgent.rawValue] : []
        let until = world.now.adding(days: days)
        let services = kind == .dap && chance.happens(60) ? ["mail"] : []
        try? world.grant(kind, to: partner, in: customer, roles, until, "in the beginning", nil, services, names)
    }
}

// What customers hold.
extension Founding {
    private mutating func sell(to name: String) {
        let sellers = world.organizations.filter {
            $0.cloud == world.cloud && [.direct, .indirectProvider].contains($0.organization.kind)
        }
        .prefix(4).map(\.organization)
        let partner = chance.one(of: Array(sellers))
        let sold = Party(kind: .partner, id: partner.id, name: partner.name)
        let vendor = Party(kind: .vendor, id: nil, name: "Vendor")
        let other = Party(kind: .other, id: nil, name: "Some reseller")
        let family: Family? = chance.happens(55) ? .usage : chance.happens(95) ? .license : nil
        let number = world.subscriptions.count + 1
        switch chance.below(100) {
        case ..<62:
            let base = add(number, name, family, .csp, .managed, sold)
            if base.family == .license, chance.happens(35) {
                add(number + 1, name, .license, .csp, .managed, sold, on: base.id)
            }
            if base.family == .usage, chance.happens(45) { add(number + 1, name, .usage, .csp, .managed, sold) }
        case ..<72: add(number, name, family, .direct, .observed, vendor)
        case ..<78: add(number, name, family, .ea, .observed, chance.happens(50) ? sold : vendor)
        case ..<83: add(number, name, family, .advisor, .observed, vendor)
        case ..<87: add(number, name, family, .open, .observed, chance.happens(50) ? sold : other)
        case ..<91: add(number, name, family, .thirdParty, .observed, chance.happens(50) ? sold : other)
        case ..<94: add(number, name, family, .syndication, .observed, other)
        case ..<98: add(number, name, family, .csp, .observed, chance.happens(50) ? sold : other)
        default: add(number, name, family, nil, .observed, other)
        }
    }

    @discardableResult
    private mutating func add(
        _ number: Int,
        _ owner: String,
        _ family: Family?,
        _ channel: Channel?,
        _ source: SubscriptionSource,
        _ seller: Party,
        on base: ID<Subscription>? = nil
    ) -> Subscription {
        let product = family == .usage ? "Cloud" : base == nil ? "Mail" : "Archive"
        let currency = chance.one(of: Self.currencies)
        let cost = Money(Decimal(chance.number(100...99_999)) / Decimal(currency.minorDigits == 0 ? 1 : 100), currency)
        let start = world.began.adding(days: -chance.number(1...330))
        let months = chance.one(of: [1, 12, 12, 36])
        let term =
            family == .license || chance.happens(10)
            ? Term(start: start, end: start.adding(months: months), autoRenew: chance.happens(60)) : nil
        let subscription = Subscription(
            id: names.fresh(),
            customer: id(owner).as(Customer.self),
            name: "\(product) \(number)",
            productID: product.lowercased(),
            family: family,
            channel: channel,
            source: source,
            seller: seller,
            billOwner: seller,
            partnerOfRecord: chance.happens(60) ? seller : nil,
            supportContact: chance.happens(50) ? seller : nil,
            quantity: family == .license ? chance.number(1...300) : nil,
            term: chance.happens(92) ? term : nil,
            monthlyCost: chance.happens(85) ? cost : nil,
            dependsOn: base,
            createdAt: start
        )
        world.subscriptions.append(subscription)
        if family == .usage, chance.happens(60) { use(subscription, for: cost) }
        return subscription
    }

    /// What it was used for in the month before.
    private mutating func use(_ subscription: Subscription, for cost: Money) {
        let service = chance.happens(50) ? chance.one(of: Services.known) : chance.one(of: Services.unknown)
        let from = world.began.adding(days: -chance.number(1...30)).startOfDay
        let use = Command.Use(service: service, from: from, days: chance.number(1...5), cost: cost)
        try? world.report(use, of: subscription.id)
    }
}
