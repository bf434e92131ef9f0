import FoundationEssentials
import SuiroDomain
import SuiroService
import SuiroStore

/// A small fictional world with a case for every row of the channel classifier (SM-0), in two languages.
extension Sandbox {
    /// Seeds the world once; a database that has it already is left alone.
    package func seedDemo() async throws {
        guard try await service.readAsSystem({ tx in try tx.setting("demo") }) == nil else { return }
        let cast = try await seedParties()
        try await seedRelationships(cast)
        try await seedSubscriptions(cast)
        try await introduce(
            cast.people.map { Introduction(key: $0.key, person: $0.value.id) }.sorted { $0.key < $1.key }
        )
        _ = try await service.writeAsSystem { tx in
            try tx.set("demo", to: "1")
            return true
        }
    }

    /// Everybody who appears.
    struct Cast: Sendable {
        var organizations: [String: Organization] = [:]
        var people: [String: Person] = [:]

        func organization(_ key: String) throws -> Organization {
            guard let organization = organizations[key] else { throw Refusal.notFound(.organization, key) }
            return organization
        }

        func person(_ key: String) throws -> Person {
            guard let person = people[key] else { throw Refusal.notFound(.organization, key) }
            return person
        }

        func customer(_ key: String) throws -> ID<Customer> { try organization(key).id.as(Customer.self) }
        func partner(_ key: String) throws -> ID<Partner> { try organization(key).id.as(Partner.self) }
    }

    private struct Part {
        let key: String
        let kind: OrganizationKind
        let name: String
        let domain: String
        let country: String
        let language: Language
        var provider: String?
        var tenantType: TenantType?
        let people: [(key: String, name: String, roles: Set<Role>)]
    }

    private var parts: [Part] {
        [
            Part(
                key: "tozai",
                kind: .direct,
                name: "東西クラウド株式会社",
                domain: "tozai-cloud.example",
                country: "JP",
                language: .ja,
                people: [
                    ("hanako", "佐藤 花子", [.adminAgent]), ("kenta", "鈴木 健太", [.helpdeskAgent]),
                    ("tozai-app", "東西クラウド 連携", [.app]),
                ]
            ),
            Part(
                key: "harbor",
                kind: .direct,
                name: "Harbor Lane Cloud",
                domain: "harborlane.example",
                country: "US",
                language: .en,
                people: [("marco", "Marco Silva", [.adminAgent, .salesAgent])]
            ),
            Part(
                key: "hokusei",
                kind: .indirectProvider,
                name: "Hokusei Distribution",
                domain: "hokusei.example",
                country: "JP",
                language: .en,
                people: [("ken", "Ken Mori", [.adminAgent])]
            ),
            Part(
                key: "aozora",
                kind: .indirectReseller,
                name: "青空アイティー株式会社",
                domain: "aozora-it.example",
                country: "JP",
                language: .ja,
                provider: "hokusei",
                people: [("yui", "高橋 結衣", [.adminAgent])]
            ),
            Part(
                key: "minato",
                kind: .advisor,
                name: "Minato Advisory",
                domain: "minato-advisory.example",
                country: "JP",
                language: .en,
                people: [("emma", "Emma Clarke", [.adminAgent])]
            ),
            Part(
                key: "mirai",
                kind: .customer,
                name: "株式会社みらい商事",
                domain: "mirai-shoji.example",
                country: "JP",
                language: .ja,
                people: [
                    ("ichiro", "田中 一郎", [.globalAdmin]), ("naomi", "山本 直美", [.billingAdmin]),
                    ("sora", "小林 空", [.user]),
                ]
            ),
            Part(
                key: "birchwater",
                kind: .customer,
                name: "Birchwater Pottery",
                domain: "birchwater.example",
                country: "US",
                language: .en,
                people: [("nora", "Nora Velt", [.globalAdmin])]
            ),
            Part(
                key: "hikari",
                kind: .customer,
                name: "有限会社ひかり",
                domain: "hikari.example",
                country: "JP",
                language: .ja,
                people: [("akari", "中村 明里", [.globalAdmin])]
            ),
            Part(
                key: "quarry",
                kind: .customer,
                name: "Quarry Street Bakery",
                domain: "quarrystreet.example",
                country: "US",
                language: .en,
                people: [("olivia", "Olivia Reyes", [.globalAdmin])]
            ),
            Part(
                key: "lumen",
                kind: .customer,
                name: "Lumen Ferry Lines",
                domain: "lumenferry.example",
                country: "JP",
                language: .en,
                tenantType: .cspTransacting,
                people: [("liam", "Liam Ford", [.globalAdmin])]
            ),
        ]
    }

    private func seedParties() async throws -> Cast {
        var cast = Cast()
        for (index, part) in parts.enumerated() {
            let organization = Organization(
                id: fresh(),
                kind: part.kind,
                name: part.name,
                domain: part.domain,
                country: part.country,
                language: part.language,
                tenantType: part.tenantType,
                mpnID: part.kind.isPartner ? "\(4_815_162 + index)" : nil,
                provider: try part.provider.map { try cast.partner($0) },
                createdAt: clock.now
            )
            cast.organizations[part.key] = organization
            let people = part.people.map { key, name, roles in
                Person(
                    id: fresh(),
                    tenant: organization.id,
                    name: name,
                    mail: "\(key)@\(part.domain)",
                    language: part.language,
                    roles: roles
                )
            }
            for (introduction, person) in zip(part.people, people) { cast.people[introduction.key] = person }
            _ = try await service.writeAsSystem { tx in
                try tx.insert(organization)
                for person in people { try tx.insert(person) }
                return true
            }
        }
        return cast
    }

    private func context(_ person: Person) -> CallContext {
        CallContext(
            caller: .person(person.id, of: person.tenant, token: ID(person.id.uuid)),
            correlation: service.environment.newUUID(),
            language: person.language
        )
    }

    /// Asks and accepts as people would, so that every grant has its consent.
    private func seedRelationships(_ cast: Cast) async throws {
        let accepted: [(agent: String, admin: String, days: Int)] = [
            ("hanako", "ichiro", 180), ("hanako", "nora", 9), ("hanako", "akari", 365),
        ]
        for (agent, admin, days) in accepted {
            let view = try await ask(cast.person(agent), cast.person(admin), days: days, cast)
            let decider = context(try cast.person(admin))
            let terms = try await service.invitation(view.request.code, decider).terms
            _ = try await service.acceptInvitation(view.request.code, termsHash: terms.hash, decider)
        }
        // One that waits for an answer.
        _ = try await ask(cast.person("hanako"), cast.person("olivia"), days: 180, cast)
    }

    private func ask(_ agent: Person, _ admin: Person, days: Int, _ cast: Cast) async throws -> RequestView {
        guard let customer = cast.organizations.values.first(where: { $0.id == admin.tenant }) else {
            throw Refusal.notFound(.organization, "\(admin.tenant)")
        }
        let wish = RelationshipWish(
            customerDomain: customer.domain,
            customer: nil,
            recipientName: admin.name,
            recipientMail: admin.mail,
            language: customer.language,
            delegatedAdmin: true,
            roles: [.userAdministrator, .helpdeskAdministrator, .serviceSupportAdministrator],
            days: days
        )
        return try await service.requestRelationship(wish, context(agent))
    }

    private func seedSubscriptions(_ cast: Cast) async throws {
        let now = clock.now
        let year = Term(start: now.adding(months: -8), end: now.adding(months: 4), autoRenew: false)
        let renewing = Term(start: now.adding(months: -3), end: now.adding(months: 9), autoRenew: true)
        func yen(_ amount: Int) -> Money? { Currency("JPY").map { Money(Decimal(amount), $0) } }
        func dollars(_ amount: Int) -> Money? { Currency("USD").map { Money(Decimal(amount), $0) } }
        let (mirai, birchwater, hikari) =
            (try cast.customer("mirai"), try cast.customer("birchwater"), try cast.customer("hikari"))
        let (tozai, harbor) = (try cast.partner("tozai"), try cast.partner("harbor"))
        let purchases: [Purchase] = [
            // Own sale; other channels; another partner of the program: four channels of one customer.
            Purchase(
                customer: mirai,
                name: "Microsoft 365 Business Premium",
                family: .license,
                channel: .csp,
                seller: tozai,
                quantity: 25,
                term: renewing,
                monthlyCost: yen(68_500)
            ),
            Purchase(
                customer: mirai,
                name: "Office 365 E3",
                family: .license,
                channel: .open,
                quantity: 120,
                term: year,
                monthlyCost: yen(324_000)
            ),
            Purchase(
                customer: mirai,
                name: "Microsoft Azure (EA)",
                family: .usage,
                channel: .ea,
                monthlyCost: yen(412_300)
            ),
            Purchase(
                customer: mirai,
                name: "Dynamics 365 Sales Professional",
                family: .license,
                channel: .csp,
                seller: harbor,
                quantity: 10,
                term: year,
                monthlyCost: yen(81_000)
            ),
            // Usage sold by another partner can be switched; syndication is not in scope.
            Purchase(
                customer: birchwater,
                name: "Microsoft Azure",
                family: .usage,
                channel: .csp,
                seller: harbor,
                monthlyCost: dollars(1240)
            ),
            Purchase(
                customer: birchwater,
                name: "Office 365 E1 by Coastline Telecom",
                family: .license,
                channel: .syndication,
                quantity: 40,
                term: year,
                monthlyCost: dollars(320)
            ),
            Purchase(
                customer: birchwater,
                name: "Exchange Online (Plan 1)",
                family: .license,
                channel: .direct,
                quantity: 12,
                term: year,
                monthlyCost: dollars(48)
            ),
            // The remaining channels, and one that nobody can place yet.
            Purchase(
                customer: hikari,
                name: "Office 365 E1",
                family: .license,
                channel: .advisor,
                quantity: 8,
                term: renewing,
                monthlyCost: yen(7200)
            ),
            Purchase(
                customer: hikari,
                name: "Enterprise Mobility + Security E3",
                family: .license,
                channel: .ea,
                quantity: 8,
                term: year,
                monthlyCost: yen(9600)
            ),
            Purchase(
                customer: hikari,
                name: "Microsoft 365 E3 by Kitaguni Office Supply",
                family: .license,
                channel: .thirdParty,
                quantity: 8,
                term: year,
                monthlyCost: yen(33_600)
            ),
            Purchase(
                customer: hikari,
                name: "Microsoft Azure (pay as you go)",
                family: .usage,
                channel: .direct,
                monthlyCost: yen(18_200)
            ),
            Purchase(customer: hikari, name: "請求書のない契約", family: .license, channel: nil, quantity: 3),
            // A tenant that transacts in the program itself: nothing can be sold to it.
            Purchase(
                customer: try cast.customer("lumen"),
                name: "Microsoft 365 E3",
                family: .license,
                channel: .csp,
                seller: tozai,
                quantity: 5,
                term: renewing
            ),
        ]
        for purchase in purchases { try await buy(purchase) }
    }
}
