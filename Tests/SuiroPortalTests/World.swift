import FoundationEssentials
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroPortal
import SuiroService
import SuiroStore

/// A partner, its rival, two customers and the vendor, with something in every channel.
struct World: Sendable {
    let surroundings: Surroundings
    let service: PartnerService
    let portal: Portal
    let words: Words

    let tozai = ID<Tenant>(number: 1)
    let hokusei = ID<Tenant>(number: 2)
    let mirai = ID<Tenant>(number: 3)
    let hikari = ID<Tenant>(number: 4)

    var customer: ID<Customer> { mirai.as(Customer.self) }
    var now: Instant { surroundings.now }

    init(isSandbox: Bool = false, hasPersonas: Bool = true) async throws {
        guard let now = Instant("2026-11-22T01:00:00Z") else { throw Missing.value("an instant") }
        surroundings = Surroundings(now)
        words = try Words.load()
        let service = PartnerService(
            store: try Store.sqlite(), cloud: .public, words: words, environment: surroundings.environment,
            isSandbox: isSandbox
        )
        self.service = service
        portal = Portal(
            service: service, words: words,
            signIn: SignIn(
                personas: { hasPersonas ? Who.allCases.map(\.persona) : [] },
                authenticate: { token in Who.allCases.first { "token-\($0.rawValue)" == token }?.id }
            ),
            isSandbox: isSandbox
        )
        try await settle()
        try await service.install()
        try await approve()
        try await supply()
    }

    private func settle() async throws {
        let now = now
        let organizations = [
            Organization(
                id: tozai, kind: .direct, name: "東西クラウド株式会社", domain: "tozai-cloud.example", country: "JP",
                language: .ja, mpnID: "4815162", createdAt: now
            ),
            Organization(
                id: hokusei, kind: .direct, name: "Hokusei Systems", domain: "hokusei.example", country: "JP",
                language: .en, createdAt: now
            ),
            Organization(
                id: mirai, kind: .customer, name: "株式会社みらい商事", domain: "mirai-shoji.example", country: "JP",
                language: .ja, createdAt: now
            ),
            Organization(
                id: hikari, kind: .customer, name: "Hikari Ltd.", domain: "hikari.example", country: "JP", language: .en,
                createdAt: now
            ),
            Organization(
                id: ID(number: 5), kind: .vendor, name: "Microsoft", domain: "vendor.example", country: "US",
                language: .en, createdAt: now
            ),
        ]
        _ = try await service.writeAsSystem { tx in
            for organization in organizations { try tx.insert(organization) }
            for who in Who.allCases { try tx.insert(who.person) }
            return true
        }
    }

    /// Mirai has approved a request of each partner.
    private func approve() async throws {
        for asker in [Who.hanako, .rival] {
            let wish = RelationshipWish(
                customerDomain: "mirai-shoji.example", customer: nil, recipientName: "田中 一郎",
                recipientMail: "tanaka@mirai-shoji.example", language: .ja, delegatedAdmin: true,
                roles: [.userAdministrator, .helpdeskAdministrator], days: asker == .hanako ? 20 : 90
            )
            let view = try await service.requestRelationship(wish, asker.context)
            let terms = try await service.invitation(view.request.code, Who.tanaka.context).terms
            _ = try await service.acceptInvitation(view.request.code, termsHash: terms.hash, Who.tanaka.context)
        }
    }

    private func supply() async throws {
        let (customer, now, tozai, hokusei) = (customer, now, tozai, hokusei)
        let us = Party(kind: .partner, id: tozai, name: "東西クラウド株式会社")
        let them = Party(kind: .partner, id: hokusei, name: "Hokusei Systems")
        let vendor = Party(kind: .vendor, id: nil, name: "Microsoft")
        let year = Term(start: now.adding(months: -8), end: now.adding(months: 4), autoRenew: false)
        func held(
            _ number: Int, _ name: String, _ family: Family?, _ channel: Channel?, _ seller: Party, _ quantity: Int?
        ) -> Subscription {
            Subscription(
                id: ID(number: number), customer: customer, name: name, family: family, channel: channel,
                source: seller == us ? .managed : .observed, seller: seller, billOwner: seller, quantity: quantity,
                term: family == .license ? year : nil, monthlyCost: money("18432"),
                aliases: number == 102 ? ["OPEN-77120"] : [], createdAt: now
            )
        }
        let all = [
            held(101, "Microsoft 365 Business Premium", .license, .csp, us, 25),
            held(102, "Office 365 E3", .license, .open, Party(kind: .other, id: nil, name: "Kita Software"), 120),
            held(103, "Azure", .usage, .ea, vendor, nil),
            held(104, "Dynamics 365 Sales", .license, .csp, them, 10),
            held(105, "Azure Plan", .usage, .csp, them, nil),
            held(106, "Visio", nil, nil, Party(kind: .other, id: nil, name: "—"), 3),
        ]
        _ = try await service.writeAsSystem(in: .customer(customer)) { tx in
            for subscription in all { try tx.insert(subscription) }
            return true
        }
    }

    private func money(_ text: String) -> Money? {
        guard let amount = Decimal(exactly: text), let yen = Currency("JPY") else { return nil }
        return Money(amount, yen)
    }

    /// A request of Tozai that waits for an answer of Hikari.
    func pending(to mail: String? = "admin@hikari.example", days: Int = 180) async throws -> RequestView {
        try await service.requestRelationship(
            RelationshipWish(
                customerDomain: "hikari.example", customer: nil, recipientName: "Aoi Mori", recipientMail: mail,
                language: .en, delegatedAdmin: true, roles: [.userAdministrator, .serviceSupportAdministrator],
                days: days
            ),
            Who.hanako.context
        )
    }

    enum Missing: Error {
        case value(String)
    }
}

extension ID {
    init(number: Int) {
        let digits = "\(number)"
        let text = "10000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        self.init(UUID(uuidString: text) ?? UUID())
    }
}
