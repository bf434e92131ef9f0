import FoundationEssentials

/// What a partner is charged for a closed month in one currency and one kind of commerce. Never changed: what a later
/// report restates stands on a later invoice.
package struct Invoice: Hashable, Codable, Sendable {
    package let id: String
    package let partner: ID<Partner>
    /// The first moment of the month.
    package let month: Instant
    package let kind: Commerce
    package let total: Money
    /// Which kinds of detail it has lines of.
    package let parts: [Part]
    package let closedAt: Instant

    /// Lines that can be asked for separately.
    package struct Part: Hashable, Codable, Sendable {
        package let detail: InvoiceLine.Detail
        package let family: Family
    }

    package init(
        id: String,
        partner: ID<Partner>,
        month: Instant,
        kind: Commerce,
        total: Money,
        parts: [Part],
        closedAt: Instant
    ) {
        (self.id, self.partner, self.month, self.kind) = (id, partner, month, kind)
        (self.total, self.parts, self.closedAt) = (total, parts, closedAt)
    }

    /// When the month was over, which is the day the invoice bears.
    package var end: Instant { month.adding(months: 1) }
}

/// How something was bought. Offers with a GUID are billed again and again on one kind of invoice, products with SKUs
/// on the other.
package enum Commerce: String, Codable, CaseIterable, Sendable { case recurring, oneTime }

extension Subscription {
    /// A product id that is no GUID belongs to the catalogue of products and SKUs.
    package var commerce: Commerce {
        productID.map { ID<Offer>($0) == nil } ?? false ? .oneTime : .recurring
    }

    /// The name of the product that carries Azure subscriptions.
    package static let azurePlan = (product: "DZH318Z0BPS6", sku: "0001")

    package var isAzurePlan: Bool { productID?.uppercased().hasPrefix(Self.azurePlan.product) ?? false }
}

/// One thing on an invoice, with everything that is to be read of it, as it was when the month closed.
package struct InvoiceLine: Hashable, Codable, Sendable {
    /// Whether a line is charged, or only shows a day of what another line charges.
    package enum Detail: String, Codable, CaseIterable, Sendable { case billing, usage }

    package let detail: Detail
    package let kind: StatementLine.Kind
    package let commerce: Commerce
    package let customer: Buyer
    package let subscription: ID<Subscription>
    package let subscriptionName: String
    package let product: String?
    package let sku: String?
    package let order: String?
    package let family: Family
    package let quantity: Int?
    package let term: Term?
    package let since: Instant
    package let service: String
    /// Used before a cut-over and reported after it.
    package let isLate: Bool
    /// The month whose statement it comes from; an earlier one than the invoice's where that was restated.
    package let month: Instant
    package let from: Instant
    package let to: Instant
    package var amount: Money

    /// Who uses what was bought, as it was called then.
    package struct Buyer: Hashable, Codable, Sendable {
        package let id: ID<Customer>
        package let name: String
        package let domain: String
        package let country: String

        package init(_ organization: Organization) {
            id = organization.id.as(Customer.self)
            (name, domain, country) = (organization.name, organization.domain, organization.country)
        }
    }

    package init(_ line: StatementLine, of subscription: Subscription, _ buyer: Buyer, in month: BillingMonth) {
        self.init(
            .billing,
            line.kind,
            subscription,
            buyer,
            service: line.service,
            isLate: line.bucket == .lateReported,
            in: month,
            line.interval,
            line.amount
        )
    }

    package init(_ day: UsageDay, of subscription: Subscription, _ buyer: Buyer, in month: BillingMonth) {
        self.init(
            .usage,
            .usage,
            subscription,
            buyer,
            service: day.service,
            isLate: day.bucket == .lateReported,
            in: month,
            day.interval,
            day.amount
        )
    }

    private init(
        _ detail: Detail,
        _ kind: StatementLine.Kind,
        _ subscription: Subscription,
        _ buyer: Buyer,
        service: String,
        isLate: Bool,
        in month: BillingMonth,
        _ interval: ChargeInterval,
        _ amount: Money
    ) {
        (self.detail, self.kind, commerce, customer) = (detail, kind, subscription.commerce, buyer)
        (self.subscription, subscriptionName) = (subscription.id, subscription.name)
        (product, sku, order) = (subscription.productID, subscription.skuID, subscription.orderID)
        family = kind == .usage ? .usage : subscription.family ?? .license
        (quantity, term, since) = (subscription.quantity, subscription.term, subscription.createdAt)
        (self.service, self.isLate, self.month) = (service, isLate, month.start)
        (from, to, self.amount) = (interval.from, interval.to, amount)
    }
}

extension InvoiceLine {
    /// What a restated month has in common with what was charged for it before.
    private struct Topic: Hashable {
        let subscription: ID<Subscription>
        let service: String
        let isLate: Bool
        let currency: Currency
    }

    private var topic: Topic {
        Topic(subscription: subscription, service: service, isLate: isLate, currency: amount.currency)
    }

    /// What `now` has more than `charged`, line by line; what is charged no more is given back.
    package static func difference(_ now: [InvoiceLine], _ charged: [InvoiceLine]) -> [InvoiceLine] {
        var rest = Dictionary(grouping: charged, by: \.topic)
        var lines: [InvoiceLine] = []
        for line in now {
            var line = line
            let before = rest.removeValue(forKey: line.topic) ?? []
            line.amount = Money(before.reduce(line.amount.amount) { $0 - $1.amount.amount }, line.amount.currency)
            if line.amount.amount != 0 { lines.append(line) }
        }
        for gone in charged {
            guard let same = rest.removeValue(forKey: gone.topic) else { continue }
            var line = gone
            line.amount = Money(-same.reduce(0) { $0 + $1.amount.amount }, gone.amount.currency)
            if line.amount.amount != 0 { lines.append(line) }
        }
        return lines
    }
}

extension [InvoiceLine] {
    /// One invoice for each currency and kind of commerce that something is charged in, with its lines.
    package func invoices(
        of partner: ID<Partner>,
        in month: BillingMonth,
        at now: Instant,
        name: (String) -> String
    ) -> [(Invoice, [InvoiceLine])] {
        let groups = Dictionary(grouping: self) { "\($0.commerce.rawValue) \($0.amount.currency)" }
        return groups.sorted { $0.key < $1.key }.compactMap { key, lines in
            let charged = lines.filter { $0.detail == .billing }
            guard let first = charged.first else { return nil }
            let letter = first.commerce == .recurring ? "D" : "G"
            let parts = Set(lines.map { Invoice.Part(detail: $0.detail, family: $0.family) })
            let invoice = Invoice(
                id: letter + name("\(partner) \(month) \(key)"),
                partner: partner,
                month: month.start,
                kind: first.commerce,
                total: Money(charged.reduce(0) { $0 + $1.amount.amount }, first.amount.currency),
                parts: parts.sorted {
                    ($0.detail.rawValue, $0.family.rawValue) < ($1.detail.rawValue, $1.family.rawValue)
                },
                closedAt: now
            )
            return (invoice, lines)
        }
    }
}
