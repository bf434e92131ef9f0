package import SuiroDomain
import SuiroStore

/// What has not been invoiced yet.
package enum UnbilledPeriod: String, CaseIterable, Sendable {
    /// The month that runs.
    case current
    /// What earlier months have come to since they were closed.
    case previous
}

extension PartnerService {
    /// A partner's invoices, newest first.
    package func invoices(_ context: CallContext) async throws -> [Invoice] {
        try await afterClosing(context) { tx, partner, _ in try tx.invoices(of: partner) }
    }

    package func invoice(_ id: String, _ context: CallContext) async throws -> Invoice {
        try await afterClosing(context) { tx, partner, _ in try findInvoice(id, of: partner, tx) }
    }

    /// A stretch of the lines of an invoice, and one more where there are more.
    package func lines(
        of id: String,
        _ detail: InvoiceLine.Detail,
        _ family: Family?,
        offset: Int,
        limit: Int,
        _ context: CallContext
    ) async throws -> (invoice: Invoice, lines: [InvoiceLine]) {
        try await afterClosing(context) { tx, partner, _ in
            let invoice = try findInvoice(id, of: partner, tx)
            return (invoice, try tx.lines(of: invoice, detail, family, offset: offset, limit: limit))
        }
    }

    /// What no invoice has charged yet, in one currency or in all.
    package func unbilled(
        _ period: UnbilledPeriod,
        _ detail: InvoiceLine.Detail,
        in currency: Currency?,
        _ context: CallContext
    ) async throws -> [InvoiceLine] {
        try await afterClosing(context) { tx, partner, rules in
            guard let month = BillingMonth(containing: tx.permit.intent.at) else { return [] }
            let lines =
                switch period {
                case .current: try charges(of: partner, in: month, tx, &rules)
                case .previous: try restatements(of: partner, before: month, tx, &rules)
                }
            return lines.filter { $0.detail == detail && (currency == nil || $0.amount.currency == currency) }
        }
    }

    /// An invoice as a document; a receipt where one is named.
    package func statementFile(
        of id: String,
        receipt: String?,
        _ context: CallContext
    ) async throws -> [UInt8] {
        let words = words
        let language = context.language
        return try await afterClosing(context) { tx, partner, _ in
            let invoice = try findInvoice(id, of: partner, tx)
            if let receipt, receipt != invoice.receipt { throw Refusal.notFound(.receipt, receipt) }
            guard let payer = try tx.organization(partner.as(Tenant.self)) else {
                throw Refusal.notFound(.organization, "\(partner)")
            }
            let lines = try tx.lines(of: invoice, .billing, nil)
            return InvoiceDocument(invoice, lines, to: payer, isReceipt: receipt != nil).pdf(words, language)
        }
    }

    /// What the last closed month cost one customer, and what the one before its end will have cost.
    package func serviceCosts(
        of customer: ID<Customer>,
        isCurrent: Bool,
        _ context: CallContext
    ) async throws -> (month: BillingMonth, lines: [InvoiceLine]) {
        try await show(context, .readUsage, in: .customer(customer)) { tx, rules in
            guard let now = BillingMonth(containing: tx.permit.intent.at),
                let before = BillingMonth(containing: now.start.adding(days: -1))
            else { throw Refusal.notFound(.customer, "\(customer)") }
            let month = isCurrent ? now : before
            let lines = try ownCharges(of: customer, in: month, tx, &rules).filter { $0.detail == .billing }
            return (month, lines)
        }
    }

    /// What a customer's month costs the caller's partner; a customer sees what it costs all of them.
    func ownCharges(
        of customer: ID<Customer>,
        in month: BillingMonth,
        _ tx: Transaction,
        _ rules: inout Deliberation
    ) throws -> [InvoiceLine] {
        guard let principal = tx.permit.principal, principal.kind.isPartner else { return [] }
        return try charges(of: principal.tenant.as(Partner.self), in: month, for: [customer], tx, &rules)
    }

    private func findInvoice(_ id: String, of partner: ID<Partner>, _ tx: Transaction) throws -> Invoice {
        guard let invoice = try tx.invoice(id, of: partner) else {
            throw Refusal.notFound(.invoice, String(id.prefix(80)))
        }
        return invoice
    }

    /// Reads a partner's bills, once every month that is over has been closed.
    func afterClosing<T: Sendable>(
        _ context: CallContext,
        _ body: @escaping @Sendable (Transaction, ID<Partner>, inout Deliberation) throws -> T
    ) async throws -> T {
        let tenant = try context.tenant
        let partner = tenant.as(Partner.self)
        let isDue = try await read(context, .readInvoices, in: .tenant(tenant)) { tx in
            try nextMonth(of: partner, tx) != nil
        }
        if isDue { try await closeInvoices(of: partner) }
        return try await show(context, .readInvoices, in: .tenant(tenant)) { tx, rules in
            try body(tx, partner, &rules)
        }
    }
}

extension PartnerService {
    /// The partner that is charged, as invoices name it.
    package func payer(_ context: CallContext) async throws -> Organization {
        let tenant = try context.tenant
        return try await read(context, .readInvoices, in: .tenant(tenant)) { tx in
            guard let payer = try tx.organization(tenant) else {
                throw Refusal.notFound(.organization, "\(tenant)")
            }
            return payer
        }
    }
}
