import FoundationEssentials
import SuiroAPI
package import SuiroDomain
import SuiroService
import SuiroStore

/// Something a customer bought, in whatever channel, before this portal knew of it.
package struct Purchase: Sendable {
    var customer: ID<Customer>
    var name: String
    var family: Family?
    var channel: Channel?
    var seller: ID<Partner>?
    var productID: String?
    var quantity: Int?
    var term: Term?
    var monthlyCost: Money?
    var dependsOn: ID<Subscription>?

    init(
        customer: ID<Customer>,
        name: String,
        family: Family?,
        channel: Channel?,
        seller: ID<Partner>? = nil,
        productID: String? = nil,
        quantity: Int? = nil,
        term: Term? = nil,
        monthlyCost: Money? = nil,
        dependsOn: ID<Subscription>? = nil
    ) {
        (self.customer, self.name, self.family, self.channel) = (customer, name, family, channel)
        (self.seller, self.productID, self.quantity) = (seller, productID, quantity)
        (self.term, self.monthlyCost, self.dependsOn) = (term, monthlyCost, dependsOn)
    }
}

extension Sandbox {
    /// When tokens of built worlds begin: a clock set back does not end them.
    static let longAgo = Instant(milliseconds: 946_684_800_000)
    /// Tokens of built worlds outlive any journey of the clock.
    static let farAway = Instant(milliseconds: 253_370_764_800_000)

    func fresh<Subject>() -> ID<Subject> { ID(service.environment.newUUID()) }

    func person(_ name: String, in organization: Organization, roles: Set<Role>) -> Person {
        let id: ID<Person> = fresh()
        return Person(
            id: id,
            tenant: organization.id,
            name: name,
            mail: "\(name.lowercased().filter { $0.isASCII && $0 != " " })@\(organization.domain)",
            language: organization.language,
            roles: roles
        )
    }

    /// A token for a person of a built world: valid until revoked.
    package func lasting(_ person: Person) throws -> String {
        try gate.sign(
            TokenGate.Claims(
                person: person.id,
                tenant: person.tenant,
                token: ID(person.id.uuid),
                isUser: person.roles != [.app],
                amr: ["pwd", "mfa"],
                issued: Self.longAgo,
                expires: Self.farAway
            )
        )
    }

    /// Records the purchase; a seller of the program gets its tie, because selling was the customer's decision.
    @discardableResult
    func buy(_ purchase: Purchase) async throws -> ID<Subscription> {
        let service = service
        let id: ID<Subscription> = fresh()
        let consentID: ID<Consent> = fresh()
        let grantID: ID<AccessGrant> = fresh()
        return try await service.writeAsSystem(in: .customer(purchase.customer)) { tx in
            guard let customer = try tx.organization(purchase.customer.as(Tenant.self)) else {
                throw Refusal.notFound(.customer, "\(purchase.customer)")
            }
            let now = tx.permit.intent.at
            let (seller, billOwner, isManaged) = try parties(purchase, tx)
            let subscription = Subscription(
                id: id,
                customer: purchase.customer,
                name: purchase.name,
                productID: purchase.productID,
                family: purchase.family,
                channel: purchase.channel,
                source: isManaged ? .managed : .observed,
                seller: seller,
                billOwner: billOwner,
                partnerOfRecord: seller.kind == .partner ? seller : nil,
                supportContact: isManaged ? seller : nil,
                quantity: purchase.quantity,
                term: purchase.term,
                monthlyCost: purchase.monthlyCost,
                dependsOn: purchase.dependsOn,
                createdAt: now
            )
            try tx.insert(subscription)
            try tx.record(
                .subscriptionRecorded(id),
                Remark(customer: purchase.customer, details: ["channel": purchase.channel?.rawValue ?? ""])
            )
            guard isManaged, let partner = purchase.seller,
                try tx.openGrant(.resellerTie, of: partner, in: purchase.customer) == nil
            else { return id }
            let admin = try tx.people(of: customer.id).first { $0.roles.contains(.globalAdmin) }
            let text = "observed: \(customer.name) buys from \(seller.name)"
            let consent = Consent(
                id: consentID,
                customer: purchase.customer,
                partner: partner,
                basis: .observed,
                person: admin?.id,
                personName: admin?.name ?? customer.name,
                at: now,
                language: customer.language,
                terms: text,
                termsHash: text.sha256
            )
            try tx.insert(consent)
            guard
                let grant = AccessGrant(
                    id: grantID,
                    customer: purchase.customer,
                    partner: partner,
                    kind: .resellerTie,
                    roles: [],
                    consent: consentID,
                    from: now,
                    until: now.adding(days: 1826)
                )
            else { return id }
            try tx.insert(grant)
            return id
        }
    }

    /// Who sold and who bills, by channel: the vendor itself, a partner we know, or somebody outside.
    private func parties(_ purchase: Purchase, _ tx: Transaction) throws -> (Party, Party, Bool) {
        let vendor = Party(kind: .vendor, id: try tx.vendor()?.id, name: try tx.vendor()?.name ?? "Microsoft")
        let partner = try purchase.seller.map { id in
            guard let organization = try tx.organization(id.as(Tenant.self)), organization.kind.isPartner else {
                throw Refusal.notFound(.organization, "\(id)")
            }
            return Party(kind: .partner, id: organization.id, name: organization.name)
        }
        let outside = Party(kind: .other, id: nil, name: "")
        switch purchase.channel {
        case .csp: return (partner ?? outside, partner ?? outside, partner != nil)
        case .direct, .ea: return (vendor, vendor, false)
        case .advisor: return (partner ?? vendor, vendor, false)
        case .open, .thirdParty, .syndication, nil: return (partner ?? outside, partner ?? outside, false)
        }
    }
}
