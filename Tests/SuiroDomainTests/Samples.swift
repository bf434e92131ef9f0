import FoundationEssentials
import SuiroAssets
import SuiroDomain
import Testing

/// The shipped rules, and the parties and things that the tests speak of.
enum Sample {
    private static let shipped = Result { try PolicyFiles.shipped("2017-06") }

    /// The default package as the first edition.
    static func book() throws -> PolicyBook { PolicyBook(edition: 1, rows: try shipped.get().rows) }

    /// The default package with today's rules published over it on that day.
    static func book(publishing name: String, on day: String) throws -> PolicyBook {
        try book().publishing(PolicyFiles.shipped(name), effective: instant(day))
    }

    static func rules(
        on day: String = "2017-06-09",
        in cloud: Cloud = .public,
        from book: PolicyBook? = nil
    ) throws -> Deliberation {
        Deliberation(book: try book ?? self.book(), at: try instant(day), cloud: cloud)
    }

    static func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    static func id<Subject>(_ number: UInt8) -> ID<Subject> {
        ID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, number)))
    }
}

// Parties.
extension Sample {
    static let customer: ID<Customer> = id(1)
    static let partner: ID<Partner> = id(2)
    static let otherPartner: ID<Partner> = id(3)

    static func asker(_ kind: OrganizationKind = .direct, _ standing: Standing = .good) -> Asker {
        Asker(tenant: partner.as(Tenant.self), kind: kind, standing: standing)
    }

    static func organization(
        _ kind: OrganizationKind,
        country: String = "JP",
        standing: Standing = .good,
        tenantType: TenantType? = nil
    ) throws -> Organization {
        Organization(
            id: kind.isPartner ? partner.as(Tenant.self) : customer.as(Tenant.self),
            kind: kind,
            name: kind.isPartner ? "Aozora Cloud" : "Hoshino Foods",
            domain: "example.com",
            country: country,
            language: .ja,
            standing: standing,
            tenantType: tenantType,
            createdAt: try instant("2017-01-01")
        )
    }

    static func seller(_ channel: Channel?, soldByAsker: Bool) -> Party {
        if soldByAsker { return Party(kind: .partner, id: partner.as(Tenant.self), name: "Aozora Cloud") }
        return switch channel {
        case .csp: Party(kind: .partner, id: otherPartner.as(Tenant.self), name: "Hokusei Systems")
        case .direct, .advisor, .ea: Party(kind: .vendor, id: nil, name: "Microsoft")
        case .open, .thirdParty, .syndication, nil: Party(kind: .other, id: nil, name: "Minami Trading")
        }
    }
}

// Things.
extension Sample {
    static func subscription(
        _ family: Family?,
        _ channel: Channel?,
        soldByAsker: Bool = false,
        status: SubscriptionStatus = .active,
        term: Term? = nil,
        monthlyCost: Money? = nil
    ) throws -> Subscription {
        let seller = seller(channel, soldByAsker: soldByAsker)
        return Subscription(
            id: id(9),
            customer: customer,
            name: "Office 365 E3",
            family: family,
            channel: channel,
            source: channel == .csp ? .managed : .observed,
            seller: seller,
            billOwner: seller,
            quantity: 120,
            status: status,
            term: term,
            monthlyCost: monthlyCost,
            createdAt: try instant("2017-01-01")
        )
    }

    static func grant(
        _ kind: AccessKind = .dap,
        from: String = "2017-06-01",
        until: String = "2017-09-01"
    ) throws -> AccessGrant {
        try #require(
            AccessGrant(
                id: id(20),
                customer: customer,
                partner: partner,
                kind: kind,
                roles: ["adminAgent"],
                consent: id(21),
                from: instant(from),
                until: instant(until)
            )
        )
    }

    static func request(
        state: RelationshipRequest.State,
        customer: ID<Customer>? = nil,
        mail: String? = "tanaka@hoshino.example",
        services: [String] = []
    ) throws -> RelationshipRequest {
        RelationshipRequest(
            id: id(30),
            code: "7Q2M-K4XD-9TPA",
            partner: partner,
            provider: nil,
            customer: customer,
            customerDomain: "hoshino.example",
            recipientName: nil,
            recipientMail: mail,
            language: .ja,
            scope: RequestedScope(
                reseller: true,
                delegatedAdmin: true,
                roles: ["adminAgent"],
                days: 90,
                resellerDays: 1826,
                services: services
            ),
            createdBy: nil,
            createdAt: try instant("2017-06-01"),
            expires: try instant("2017-08-30"),
            state: state
        )
    }

    static func term(_ start: String, _ end: String, autoRenew: Bool = false) throws -> Term {
        try #require(Term(start: instant(start), end: instant(end), autoRenew: autoRenew))
    }

    static func money(_ amount: String, _ currency: String = "JPY") throws -> Money {
        Money(try #require(Decimal(exactly: amount)), try #require(Currency(currency)))
    }

    static func situation(
        _ subscription: Subscription,
        by asker: Asker? = nil,
        buyer: TenantType = .customer,
        grant: AccessGrant? = nil
    ) -> Situation {
        Situation(subscription: subscription, asker: asker ?? Self.asker(), buyer: buyer, grant: grant)
    }
}

extension Situation {
    /// The answer for every action, by its name.
    func answers(_ rules: Deliberation) throws -> [SubscriptionAction: Option] {
        var rules = rules
        return Dictionary(uniqueKeysWithValues: try options(&rules).1.map { ($0.action, $0) })
    }

    func answer(_ action: SubscriptionAction, _ rules: Deliberation) throws -> Option {
        try #require(try answers(rules)[action])
    }

    func route(_ rules: Deliberation) throws -> Classification {
        var rules = rules
        return try options(&rules).0
    }
}

/// What was refused, or `nil` when nothing was.
func refusal<Value>(_ body: () throws -> Value) throws -> Refusal? {
    do {
        _ = try body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    }
}
