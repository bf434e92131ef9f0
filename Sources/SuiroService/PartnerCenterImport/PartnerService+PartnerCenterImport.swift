import FoundationEssentials
package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// Partners that sell, and so have customers of their own to bring along: all of them, or the one of that id, domain or
    /// number in the partner network.
    package func importingPartners(_ named: String?) async throws -> [Organization] {
        try await readAsSystem { tx in
            var deliberation = try deliberation(tx)
            let kinds = try deliberation.decide(.transactingPartners).value
            return try tx.organizations().filter { partner in
                guard partner.kind.isPartner, kinds.contains(partner.kind.rawValue) else { return false }
                guard let named else { return true }
                return ID<Tenant>(named) == partner.id || named.lowercased() == partner.domain
                    || named == partner.mpnID
            }
        }
    }

    /// Brings a partner's customers along from the vendor's Partner Center, with what they hold: one transaction a customer,
    /// under one correlation. What is here already stays as it is; the same dump again changes nothing. A rehearsal does
    /// everything and keeps none of it. `progress` is told how many customers are done.
    package func importPartnerCenter(
        _ dump: PartnerCenterDump,
        for partner: ID<Tenant>,
        isRehearsal: Bool,
        _ progress: @Sendable (_ done: Int, _ of: Int) -> Void
    ) async throws -> PartnerCenterReport {
        var report = PartnerCenterReport()
        report.leftOut = dump.notes.leftOut
        report.unread = dump.notes.unread
        let correlation = environment.newUUID()
        for (index, customer) in dump.customers.enumerated() {
            report.add(try await take(customer, for: partner, isRehearsal, correlation))
            progress(index + 1, dump.customers.count)
        }
        return report
    }

    private func take(
        _ customer: DumpedCustomer,
        for partner: ID<Tenant>,
        _ isRehearsal: Bool,
        _ correlation: UUID
    ) async throws -> PartnerCenterReport {
        let now = environment.now()
        let intent = Intent(.system, .serve, in: .customer(customer.id), at: now, correlation: correlation)
        do {
            return try await store.write(intent) { tx -> PartnerCenterReport in
                guard let seller = try tx.organization(partner) else {
                    throw Refusal.notFound(.organization, "\(partner)")
                }
                var arrival = Arrival(customer: customer, partner: seller)
                try bring(&arrival, tx)
                if isRehearsal { throw Rehearsed(report: arrival.report) }
                return arrival.report
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.report
        } catch StoreError.duplicate(let what) {
            return lost(customer, to: what)
        } catch Refusal.domainTaken(let domain) {
            return lost(customer, to: domain)
        }
    }

    /// Somebody else has taken an id or a name after it was looked for.
    private func lost(_ customer: DumpedCustomer, to what: String) -> PartnerCenterReport {
        var report = PartnerCenterReport()
        for item in [customer.record?.item].compactMap(\.self) + customer.belongings {
            report.leave(out: item, .conflict, "", what)
        }
        return report
    }

    private func bring(_ arrival: inout Arrival, _ tx: Transaction) throws {
        guard try admit(&arrival, tx) else { return }
        try bringSubscriptions(&arrival, tx)
        try bringOrders(&arrival, tx)
        try bringUsers(&arrival, tx)
        try bringAgreements(&arrival, tx)
    }
}

/// One customer on its way in.
struct Arrival {
    let customer: DumpedCustomer
    let partner: Organization
    var report = PartnerCenterReport()

    init(customer: DumpedCustomer, partner: Organization) {
        (self.customer, self.partner) = (customer, partner)
    }

    var id: ID<Customer> { customer.id }
    var seller: ID<Partner> { partner.id.as(Partner.self) }

    /// What is written into the log beside what was done.
    func remark(_ details: [String: String]) -> Remark {
        Remark(
            partner: seller,
            customer: id,
            details: details.merging(["source": "partner-center"]) { first, _ in first }
        )
    }

    /// Leaves the customer out, and everything with it.
    mutating func turnAway(_ reason: LeftOut.Reason, _ field: String = "", _ value: String = "") {
        if let record = customer.record { report.leave(out: record.item, reason, field, value) }
        for item in customer.belongings {
            report.leave(out: item, customer.record == nil ? reason : .customerLeftOut, "", "\(id)")
        }
    }
}

/// What a rehearsal ends with, so that nothing of it is kept.
private struct Rehearsed: Error {
    let report: PartnerCenterReport
}
