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
        var service = PartnerService(
            store: try Store.sqlite(),
            cloud: .public,
            words: words,
            environment: surroundings.environment,
            isSandbox: isSandbox
        )
        service.vault = Vault(master: Array(repeating: 7, count: 32), cloud: .public)
        service.passwordCost = PasswordCost(logRounds: 4)
        self.service = service
        portal = Portal(
            service: service,
            words: words,
            signIn: SignIn(
                issuer: { _ in "https://issuer.example/" },
                personas: { hasPersonas ? Who.allCases.map(\.persona) : [] },
                authenticate: { token in
                    Who.allCases.first { "token-\($0.rawValue)" == token }.map {
                        Proven($0.id, SignInProof(amr: ["pwd", "mfa"], at: now))
                    }
                }
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
                id: tozai,
                kind: .direct,
                name: "東西クラウド株式会社",
                domain: "tozai-cloud.example",
                country: "JP",
                language: .ja,
                mpnID: "4815162",
                createdAt: now
            ),
            Organization(
                id: hokusei,
                kind: .direct,
                name: "Hokusei Systems",
                domain: "hokusei.example",
                country: "JP",
                language: .en,
                createdAt: now
            ),
            Organization(
                id: mirai,
                kind: .customer,
                name: "株式会社みらい商事",
                domain: "mirai-shoji.example",
                country: "JP",
                language: .ja,
                createdAt: now
            ),
            Organization(
                id: hikari,
                kind: .customer,
                name: "Hikari Ltd.",
                domain: "hikari.example",
                country: "JP",
                language: .en,
                createdAt: now
            ),
            Organization(
                id: ID(number: 5),
                kind: .vendor,
                name: "Microsoft",
                domain: "vendor.example",
                country: "US",
                language: .en,
                createdAt: now
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
                customerDomain: "mirai-shoji.example",
                customer: nil,
                recipientName: "田中 一郎",
                recipientMail: "tanaka@mirai-shoji.example",
                language: .ja,
                delegatedAdmin: true,
                roles: [.userAdministrator, .helpdeskAdministrator],
                days: asker == .hanako ? 20 : 90
            )
            let view = try await service.requestRelationship(wish, asker.context)
            let terms = try await service.invitation(view.request.code, Who.tanaka.context).terms
            _ = try await service.acceptInvitation(view.request.code, termsHash: terms.hash, Who.tanaka.context)
        }
    }

    /// A request of Tozai that waits for an answer of Hikari.
    func pending(to mail: String? = "admin@hikari.example", days: Int = 180) async throws -> RequestView {
        try await service.requestRelationship(
            RelationshipWish(
                customerDomain: "hikari.example",
                customer: nil,
                recipientName: "Aoi Mori",
                recipientMail: mail,
                language: .en,
                delegatedAdmin: true,
                roles: [.userAdministrator, .serviceSupportAdministrator],
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
