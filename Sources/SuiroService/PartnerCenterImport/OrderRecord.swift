import SuiroDomain

/// An order as a dump tells of it.
struct OrderRecord: Sendable {
    let item: DumpItem
    let id: String
    let billingCycle: String
    let currency: String
    let lines: [OrderLine]
    /// What each line has brought, in the order of the lines.
    let subscriptions: [ID<Subscription>]
    let at: Instant

    init?(_ item: DumpItem, _ notes: inout DumpNotes) {
        var fields = DumpFields(item)
        defer { notes.take(fields) }
        _ = fields.raw("customerId", "referenceCustomerId")
        let toldID = fields.require("id", fields.text("id", "orderId", limit: 100))
        let cycle = fields.word("billingCycle", Self.cycles, whole: false) ?? "unknown"
        let code = fields.require("currencyCode", fields.text("currencyCode", limit: 10))?.uppercased()
        if let code, Currency(code) == nil { fields.fault("currencyCode", .unknownWord, code) }
        let created = fields.require("creationDate", fields.instant("creationDate"))
        if let status = fields.text("status"), !["completed", "none", "unknown", "0"].contains(status.foldedWord) {
            fields.fault("status", .notCompleted, status)
        }
        var lines: [OrderLine] = []
        var subscriptions: [ID<Subscription>] = []
        for (index, part) in fields.parts("lineItems").enumerated() {
            var part = part
            if let (line, subscription) = Self.line(&part, index) {
                lines.append(line)
                subscriptions.append(subscription)
            }
            fields.take(part)
        }
        if lines.isEmpty, !fields.isBroken { fields.fault("lineItems", .required) }
        guard !fields.isBroken, let id = toldID, let currency = code, let at = created else { return nil }
        (self.item, self.id, billingCycle, self.currency) = (item, id, cycle, currency)
        (self.lines, self.subscriptions, self.at) = (lines, subscriptions, at)
    }

    /// In the order of their numbers, as the wire spells them.
    private static let cycles: [(String, String)] = [
        ("unknown", "unknown"), ("monthly", "monthly"), ("annual", "annual"), ("none", "none"),
        ("onetime", "one_time"), ("triennial", "triennial"), ("biennial", "biennial"),
    ]

    private static func line(_ fields: inout DumpFields, _ index: Int) -> (OrderLine, ID<Subscription>)? {
        let number = fields.whole("lineItemNumber", in: 0...100_000) ?? index
        let toldOffer = fields.require("offerId", fields.text("offerId"))
        let found: ID<Subscription>? = fields.id("subscriptionId")
        let toldQuantity = fields.require("quantity", fields.whole("quantity", in: 0...10_000_000))
        let name = fields.text("friendlyName")
        let record = fields.text("partnerIdOnRecord", limit: 20, whole: false)
        let base: ID<Subscription>? = fields.id("parentSubscriptionId", whole: false)
        let duration = fields.text("termDuration", limit: 40, whole: false)
        if found == nil, !fields.isBroken { fields.fault("subscriptionId", .lineWithoutSubscription, toldOffer ?? "") }
        guard let offer = toldOffer, let quantity = toldQuantity, let subscription = found else { return nil }
        let line = OrderLine(
            number: number,
            offerID: offer,
            friendlyName: name,
            quantity: quantity,
            partnerIDOnRecord: record,
            base: base,
            item: CatalogItemID(offer),
            duration: duration
        )
        return (line, subscription)
    }
}
