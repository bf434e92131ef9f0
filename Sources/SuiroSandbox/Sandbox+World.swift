import FoundationEssentials
import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Sandbox {
    var world: [Operation] {
        [
            Operation(.post, "/partners") { _, body in try await addPartner(Self.fields(body)) },
            Operation(.post, "/customers") { _, body in try await addCustomer(Self.fields(body)) },
            Operation(.post, "/organizations/{id}/people") { exchange, body in
                try await addPerson(to: Self.id(exchange, .organization), Self.fields(body))
            },
            Operation(.post, "/subscriptions") { _, body in try await addSubscription(Self.fields(body)) },
            Operation(.post, "/tokens") { _, body in try await makeToken(Self.fields(body)) },
        ]
    }

    private func addPartner(_ fields: Fields) async throws -> Reply {
        let name = try fields.required("name", fields.organizationName("name"))
        let kind: OrganizationKind = try fields.required("kind", fields.word("kind"))
        guard kind.isPartner else { throw BadInput("kind", .outOfRange, kind.rawValue) }
        let standing: Standing = try fields.word("standing") ?? .good
        let id: ID<Tenant> = fresh()
        let organization = Organization(
            id: id,
            kind: kind,
            name: name,
            domain: try domain(fields, name),
            country: try country(fields),
            language: try language(fields),
            standing: standing,
            mpnID: Self.networkNumber(of: id),
            provider: try fields.id("provider"),
            createdAt: clock.now
        )
        let roles: [(StaticString, Set<Role>)] = [
            ("globalAdmin", [.globalAdmin]), ("adminAgent", [.adminAgent]), ("salesAgent", [.salesAgent]),
            ("helpdeskAgent", [.helpdeskAgent]), ("billingAdmin", [.billingAdmin]), ("app", [.app]),
        ]
        return try await add(organization, roles)
    }

    /// Seven digits, of its own for nearly every partner.
    private static func networkNumber(of id: ID<Tenant>) -> String {
        let number = Array("\(id)".utf8).reduce(7) { sum, byte in (sum * 31 + Int(byte)) % 8_000_000 }
        return "\(1_000_000 + number)"
    }

    private func addCustomer(_ fields: Fields) async throws -> Reply {
        let name = try fields.required("name", fields.organizationName("name"))
        let organization = Organization(
            id: fresh(),
            kind: .customer,
            name: name,
            domain: try domain(fields, name),
            country: try country(fields),
            language: try language(fields),
            tenantType: try fields.word("tenantType") ?? .customer,
            createdAt: clock.now
        )
        return try await add(
            organization,
            [("globalAdmin", [.globalAdmin]), ("billingAdmin", [.billingAdmin]), ("user", [.user])]
        )
    }

    private func add(_ organization: Organization, _ roles: [(StaticString, Set<Role>)]) async throws -> Reply {
        let people = roles.map { name, roles in
            (name, person("\(name)", in: organization, roles: roles))
        }
        _ = try await service.writeAsSystem { tx in
            if let provider = organization.provider, try tx.organization(provider.as(Tenant.self)) == nil {
                throw BadInput("provider", .unknown, "\(provider)")
            }
            try tx.insert(organization)
            for (_, person) in people { try tx.insert(person) }
            return true
        }
        return try Reply.json(.created) { writer in
            writer.member("id", organization.id)
            writer.member("name", organization.name)
            writer.member("domain", organization.domain)
            writer.member("kind", organization.kind.rawValue)
            try writer.object("tokens") { writer in
                for (name, person) in people { writer.member(name, try lasting(person)) }
            }
            writer.object("people") { writer in
                for (name, person) in people { writer.member(name, person.id) }
            }
        }
    }

    private func addPerson(to tenant: ID<Tenant>, _ fields: Fields) async throws -> Reply {
        let roles = try fields.texts("roles") ?? []
        let known = try roles.enumerated().map { index, text in
            guard let role = Role.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
                throw BadInput("roles[\(index)]", .unknown, text)
            }
            return role
        }
        guard !known.isEmpty else { throw BadInput("roles", .required) }
        let name = try fields.text("name", limit: 200)
        let mail = try fields.text("email", limit: 254)
        let organization = try await service.readAsSystem { tx in try tx.organization(tenant) }
        guard let organization else { throw Refusal.notFound(.organization, "\(tenant)") }
        guard RoleSettings(Set(known), at: organization.kind) != nil else {
            let place = known.firstIndex { !organization.kind.roles.contains($0) } ?? 0
            throw BadInput("roles[\(place)]", .outOfRange, known[place].rawValue)
        }
        var person = person(name ?? known[0].rawValue, in: organization, roles: Set(known))
        if let mail { person.mail = mail }
        person.language = try fields.word("language") ?? organization.language
        let made = person
        _ = try await service.writeAsSystem { tx in
            try tx.insert(made)
            return true
        }
        return try Reply.json(.created) { writer in
            writer.member("id", made.id)
            writer.member("token", try lasting(made))
        }
    }

    /// Something bought in some channel before anyone asked us.
    private func addSubscription(_ fields: Fields) async throws -> Reply {
        let family = try fields.family()
        let channel: Channel? = try fields.word("channel")
        let currency = try fields.text("currency").map { code in
            guard let currency = Currency(code.uppercased()) else { throw BadInput("currency", .unknown, code) }
            return currency
        }
        let purchase = Purchase(
            customer: try fields.required("customerId", fields.id("customerId")),
            name: try fields.requiredText("name", limit: 300),
            family: family,
            channel: channel,
            seller: try fields.id("sellerPartnerId"),
            productID: try fields.text("productId", limit: 100),
            quantity: try fields.whole("quantity", in: 0...10_000_000),
            term: try fields.term(),
            monthlyCost: try fields.money("monthlyCost", currency: currency ?? Currency("USD")),
            dependsOn: try fields.id("dependsOn")
        )
        let id = try await buy(purchase)
        return Reply.json(.created) { $0.member("id", id) }
    }

    /// Any token, bad ones too: for a person or client that exists, or for none.
    private func makeToken(_ fields: Fields) async throws -> Reply {
        let tenant: ID<Tenant> = try fields.required("tenant", fields.id("tenant"))
        let isUser = !fields.has("app")
        let named: ID<Person>? = try fields.id(isUser ? "user" : "app")
        let roles = try (fields.texts("roles") ?? []).enumerated().map { index, text in
            guard let role = Role.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
                throw BadInput("roles[\(index)]", .unknown, text)
            }
            return role
        }
        let organization = try await service.readAsSystem { tx in try tx.organization(tenant) }
        var subject = named ?? fresh()
        if named == nil, let organization {
            let made = person("token", in: organization, roles: Set(roles.isEmpty ? [isUser ? .user : .app] : roles))
            _ = try await service.writeAsSystem { tx in
                try tx.insert(made)
                return true
            }
            subject = made.id
        }
        let lifetime = try lifetime(fields)
        var claims = TokenGate.Claims(
            person: subject,
            tenant: tenant,
            token: fresh(),
            isUser: isUser,
            amr: try fields.texts("amr") ?? (isUser ? ["pwd", "mfa"] : []),
            // A token without a lifetime stays valid wherever the clock goes, also back.
            issued: lifetime == nil ? Self.longAgo : clock.now,
            expires: lifetime.map { clock.now.adding(seconds: $0) } ?? Self.farAway
        )
        claims.signedInAt = try fields.instant("authTime")
        let token = try gate.sign(claims)
        return Reply.json(.created) { writer in
            writer.member("token", token)
            writer.member("id", subject)
            writer.member("expires", claims.expires)
        }
    }

    /// Seconds, as a number or as an ISO 8601 duration.
    private func lifetime(_ fields: Fields) throws -> Int? {
        if case .string(let text)? = fields.value("lifetime") {
            guard let duration = CalendarDuration(text) else { throw BadInput("lifetime", .malformed, text) }
            return Int((clock.now.adding(duration).milliseconds - clock.now.milliseconds) / 1000)
        }
        return try fields.whole("lifetime", in: -3_000_000_000...3_000_000_000)
    }

    private func domain(_ fields: Fields, _ name: String) throws -> String {
        guard let domain = try fields.text("domain", limit: 253)?.lowercased() else {
            return "t\(service.environment.newUUID().lowercased.prefix(8)).example"
        }
        guard domain.isDomain else { throw BadInput("domain", .malformed, domain) }
        return domain
    }

    private func country(_ fields: Fields) throws -> String {
        let country = try fields.text("country")?.uppercased() ?? "US"
        guard country.isCountry else { throw BadInput("country", .malformed, country) }
        return country
    }

    private func language(_ fields: Fields) throws -> Language {
        try fields.word("language") ?? (try country(fields) == "JP" ? .ja : .en)
    }
}
