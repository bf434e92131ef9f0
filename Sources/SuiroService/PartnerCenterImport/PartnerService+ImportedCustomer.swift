import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Makes the customer, or finds it, and opens the partner's relationship; `false` where the customer is turned away.
    func admit(_ arrival: inout Arrival, _ tx: Transaction) throws -> Bool {
        let tenant = arrival.id.as(Tenant.self)
        let known = try tx.organization(tenant)
        if let known {
            guard known.kind == .customer else {
                arrival.turnAway(.notACustomer, "id", "\(arrival.id)")
                return false
            }
        } else {
            guard let record = arrival.customer.record else {
                arrival.turnAway(.unknownCustomer)
                return false
            }
            guard try !tx.isDomainTaken(record.domain) else {
                arrival.turnAway(.domainTaken, "domain", record.domain)
                return false
            }
        }
        let now = tx.permit.intent.at
        let ties = try tx.grants(in: arrival.id).map(\.grant)
            .filter { $0.kind == .resellerTie && $0.partner == arrival.seller }
        let isTied = ties.contains { $0.isLive(at: now) }
        if !isTied {
            // What the customer, the partner or time has ended here is not begun again by a file.
            guard ties.isEmpty else {
                arrival.turnAway(.relationshipEnded)
                return false
            }
            guard try known == nil || !tx.people(of: tenant).contains(where: \.isActive) else {
                arrival.turnAway(.customerDecides)
                return false
            }
        }
        if let known {
            if let record = arrival.customer.record { try compare(record, known, &arrival, tx) }
        } else if let record = arrival.customer.record {
            try make(record, &arrival, tx)
        }
        if !isTied { try attest(&arrival, tx) }
        return true
    }

    private func make(_ record: CustomerRecord, _ arrival: inout Arrival, _ tx: Transaction) throws {
        let country = record.country ?? arrival.partner.country
        if record.country == nil { arrival.report.withoutCountry += 1 }
        let organization = Organization(
            id: arrival.id.as(Tenant.self),
            kind: .customer,
            name: record.name,
            domain: record.domain,
            country: country,
            language: record.language ?? (country == "JP" ? .ja : .en),
            createdAt: tx.permit.intent.at
        )
        try tx.insert(organization)
        try tx.record(.customerCreated(arrival.id), arrival.remark(["domain": record.domain]))
        if let billing = record.billing { try keep(billing, revision: 1, arrival, tx) }
        arrival.report.take(.customer)
    }

    private func compare(
        _ record: CustomerRecord,
        _ known: Organization,
        _ arrival: inout Arrival,
        _ tx: Transaction
    ) throws {
        arrival.report.differ(record.item, "companyName", here: known.name, told: record.name)
        arrival.report.differ(record.item, "domain", here: known.domain, told: record.domain)
        if let billing = record.billing {
            if let kept = try tx.profile(.billing, of: known.id) {
                if kept.body != billing {
                    arrival.report.differ(record.item, "billingProfile", here: "revision \(kept.revision)", told: "")
                }
            } else {
                try keep(billing, revision: 1, arrival, tx)
            }
        }
        arrival.report.know(.customer)
    }

    private func keep(_ billing: String, revision: Int, _ arrival: Arrival, _ tx: Transaction) throws {
        try tx.save(Profile(body: billing, revision: revision), as: .billing, of: arrival.id.as(Tenant.self))
        try tx.record(.profileUpdated(ProfileKind.billing.rawValue), arrival.remark([:]))
    }

    /// The customer is nobody here who could be asked: the partner's own dump attests the relationship, and says so. It is the
    /// reseller's tie alone; access to the tenant is for the customer to give.
    private func attest(_ arrival: inout Arrival, _ tx: Transaction) throws {
        var deliberation = try deliberation(tx)
        let name = arrival.customer.record?.name ?? "\(arrival.id)"
        let text = "attested by \(arrival.partner.name): its reseller relationship with \(name), from Partner Center"
        let consent = Consent(
            id: environment.newID(),
            customer: arrival.id,
            partner: arrival.seller,
            basis: .attestedByPartner,
            person: nil,
            personName: arrival.partner.name,
            at: deliberation.at,
            language: .en,
            terms: text,
            termsHash: text.sha256
        )
        try tx.insert(consent)
        let days = try deliberation.decide(.resellerDays).value
        _ = try open(.resellerTie, consent, roles: [], until: deliberation.at.adding(days: days), tx)
        try beginSupport(by: arrival.seller, of: arrival.id, tx)
    }
}
