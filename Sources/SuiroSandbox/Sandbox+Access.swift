import HTTPTypes
import SuiroAPI
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// What a world may hold besides what people did through the API: paths of access from before, and a partner's standing.
extension Sandbox {
    var access: [Operation] {
        [
            Operation(.post, "/access") { _, body in try await addAccess(Self.fields(body)) },
            Operation(.patch, "/organizations/{id}") { exchange, body in
                let fields = try Self.fields(body)
                let standing: Standing = try fields.required("standing", fields.word("standing"))
                try await service.setStanding(of: Self.id(exchange, .organization), to: standing)
                return Reply.json { $0.member("standing", standing.rawValue) }
            },
        ]
    }

    /// `{customerId, partnerId, kind, roles[]?, days?}`: access that was there before anyone asked us.
    private func addAccess(_ fields: Fields) async throws -> Reply {
        let customer: ID<Customer> = try fields.required("customerId", fields.id("customerId"))
        let partner: ID<Partner> = try fields.required("partnerId", fields.id("partnerId"))
        let kind: AccessKind = try fields.required("kind", fields.word("kind"))
        let roles = try fields.texts("roles") ?? []
        let days = try fields.whole("days", in: 1...36500) ?? 365
        let (grantID, consentID): (ID<AccessGrant>, ID<Consent>) = (fresh(), fresh())
        return try await service.writeAsSystem(in: .customer(customer)) { tx in
            guard let house = try tx.organization(customer.as(Tenant.self)), house.kind == .customer else {
                throw Refusal.notFound(.customer, "\(customer)")
            }
            guard let organization = try tx.organization(partner.as(Tenant.self)), organization.kind.isPartner else {
                throw Refusal.notFound(.organization, "\(partner)")
            }
            let now = tx.permit.intent.at
            let admin = try tx.people(of: house.id).first { $0.roles.contains(.globalAdmin) }
            let text = "observed: \(organization.name) has \(kind.rawValue) with \(house.name)"
            try tx.insert(
                Consent(
                    id: consentID,
                    customer: customer,
                    partner: partner,
                    basis: .observed,
                    person: admin?.id,
                    personName: admin?.name ?? house.name,
                    at: now,
                    language: house.language,
                    terms: text,
                    termsHash: "observed \(text)".sha256
                )
            )
            let grant = AccessGrant(
                id: grantID,
                customer: customer,
                partner: partner,
                kind: kind,
                roles: roles,
                consent: consentID,
                from: now,
                until: now.adding(days: days)
            )
            if let grant { try tx.insert(grant) }
            return grantID
        }.made
    }
}

extension ID<AccessGrant> {
    fileprivate var made: Reply { Reply.json(.created) { $0.member("id", self) } }
}
