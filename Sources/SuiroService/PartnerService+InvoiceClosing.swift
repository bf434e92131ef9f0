import SuiroDomain
import SuiroStore

// A month is closed once, when it is over: by the sweep, or by whoever asks for invoices first. What statements say
// of it then is kept; what they say differently later is charged on the invoice of the month in which they say it.
extension PartnerService {
    /// Closes every month that is over, for every partner that pays bills.
    func sweepInvoices() async throws {
        let swept = "invoices.swept"
        let (now, last) = try await readAsSystem { tx in
            (BillingMonth(containing: tx.permit.intent.at), try tx.setting(swept))
        }
        // Once in a month that runs is enough: those who ask close their own.
        guard let now, last != "\(now)" else { return }
        for partner in try await readAsSystem({ tx in try tx.payingPartners() }) {
            try await closeInvoices(of: partner)
        }
        _ = try await writeAsSystem { tx in
            try tx.set(swept, to: "\(now)")
            return true
        }
    }

    /// Closes the months that are over, oldest first.
    func closeInvoices(of partner: ID<Partner>) async throws {
        while try await closeNextMonth(of: partner) {}
    }

    /// The month that can be closed next; `nil` where all that are over are closed.
    func nextMonth(of partner: ID<Partner>, _ tx: Transaction) throws -> BillingMonth? {
        let first = try tx.firstBill(of: partner).flatMap(BillingMonth.init(containing:))
        let last = try tx.lastClosedMonth(of: partner).flatMap { BillingMonth(containing: $0.month)?.next }
        guard let month = last ?? first, month.end <= tx.permit.intent.at else { return nil }
        return month
    }

    /// Answers whether there may be another. Two servers close a month once: the second finds it closed.
    private func closeNextMonth(of partner: ID<Partner>) async throws -> Bool {
        guard try await readAsSystem({ tx in try nextMonth(of: partner, tx) }) != nil else { return false }
        do {
            return try await writeAsSystem(in: .tenant(partner.as(Tenant.self))) { tx in
                guard let month = try nextMonth(of: partner, tx) else { return false }
                var rules = try deliberation(tx)
                let lines =
                    try charges(of: partner, in: month, tx, &rules)
                    + restatements(of: partner, before: month, tx, &rules)
                let invoices = lines.invoices(of: partner, in: month, at: tx.permit.intent.at, name: Self.number)
                try tx.close(month, of: partner, invoices)
                for (invoice, _) in invoices {
                    try tx.record(
                        .billing(.invoiceClosed, of: invoice.id),
                        Remark(
                            partner: partner,
                            details: ["month": "\(month)", "total": invoice.total.text]
                        )
                    )
                }
                return true
            }
        } catch Refusal.policyMissing {
            // Nobody has said who pays what was reported late: the month stays open until somebody has.
            return false
        } catch StoreError.stale, StoreError.duplicate {
            return false
        }
    }

    /// Nine letters and digits that nobody can tell a partner's turnover from.
    static func number(of name: String) -> String {
        let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        return String(
            decoding: name.sha256.utf8.prefix(9).enumerated().map { index, byte in
                letters[(Int(byte) * 7 + index * 11) % letters.count]
            },
            as: UTF8.self
        )
    }

    /// What a partner owes for a month, as statements say it now: for every customer, or for those named.
    func charges(
        of partner: ID<Partner>,
        in month: BillingMonth,
        for customers: [ID<Customer>]? = nil,
        _ tx: Transaction,
        _ rules: inout Deliberation
    ) throws -> [InvoiceLine] {
        var lines: [InvoiceLine] = []
        for customer in try customers ?? tx.customersBilled(to: partner) {
            guard let organization = try tx.organization(customer.as(Tenant.self)) else { continue }
            let buyer = InvoiceLine.Buyer(organization)
            let held = Dictionary(uniqueKeysWithValues: try tx.everySubscription(of: customer).map { ($0.id, $0) })
            let draft = try draft(of: customer, in: month, tx, &rules)
            func isOwn(_ party: Party) -> Bool { party.kind == .partner && party.id == partner.as(Tenant.self) }
            for line in draft.statements.filter({ isOwn($0.payer) }).flatMap(\.lines) {
                guard let subscription = held[line.subscription] else { continue }
                lines.append(InvoiceLine(line, of: subscription, buyer, in: month))
            }
            for day in draft.days where isOwn(day.payer) {
                guard let subscription = held[day.subscription] else { continue }
                lines.append(InvoiceLine(day, of: subscription, buyer, in: month))
            }
        }
        return lines
    }

    /// What earlier months' usage has come to beside what was charged for it: reported late, or restated.
    func restatements(
        of partner: ID<Partner>,
        before month: BillingMonth,
        _ tx: Transaction,
        _ rules: inout Deliberation
    ) throws -> [InvoiceLine] {
        let since = try tx.lastClosedMonth(of: partner)?.at ?? .earliest
        let customers = try tx.customersBilled(to: partner)
        let periods = try tx.restatedPeriods(of: customers, before: month.start, since: since)
        var lines: [InvoiceLine] = []
        for earlier in Set(periods.compactMap(BillingMonth.init(containing:))).sorted(by: { $0.start < $1.start }) {
            let now = try charges(of: partner, in: earlier, for: customers, tx, &rules).filter { $0.kind == .usage }
            let charged = try tx.chargedLines(of: partner, for: earlier.start).filter { $0.kind == .usage }
            let known = Set(charged.map(\.subscription))
            lines += InvoiceLine.difference(now.filter { $0.detail == .billing }, charged)
            lines += now.filter { $0.detail == .usage && !known.contains($0.subscription) }
        }
        return lines
    }
}
