import SuiroDomain

/// A subscription as a dump tells of it.
struct SubscriptionRecord: Sendable {
    let item: DumpItem
    let id: ID<Subscription>
    let name: String
    let offerID: String
    let family: Family?
    let quantity: Int?
    let status: SubscriptionStatus
    let suspendedFor: SuspensionReason?
    let term: Term?
    let billingCycle: BillingCycle?
    let isTrial: Bool
    let orderID: String?
    let parent: ID<Subscription>?
    /// The partner on record, by the number of its network account.
    let partnerNumber: String?
    let entitlement: String?
    let createdAt: Instant?

    init?(_ item: DumpItem, _ notes: inout DumpNotes) {
        var fields = DumpFields(item)
        defer { notes.take(fields) }
        _ = fields.raw("customerId", "customerTenantId")
        let found: ID<Subscription>? = fields.id("id", "subscriptionId")
        let toldID = fields.require("id", found)
        let toldOffer = fields.require("offerId", fields.text("offerId"))
        let offerName = fields.text("offerName")
        let toldName = fields.text("friendlyName") ?? offerName ?? toldOffer
        let family = Self.family(&fields)
        let quantity = fields.whole("quantity", in: 0...10_000_000)
        let toldStatus = fields.require("status", fields.word("status", Self.statuses))
        let reasons = fields.raw("suspensionReasons")
        let term = Self.term(&fields, family)
        let cycle = fields.word("billingCycle", Self.cycles, whole: false)
        let isTrial = fields.flag("isTrial") ?? false
        let orderID = fields.text("orderId", limit: 100)
        let parent: ID<Subscription>? = fields.id("parentSubscriptionId", whole: false)
        let number = fields.text("partnerId", limit: 20, whole: false)
        let entitlement = fields.text("entitlementId", limit: 100, whole: false)
        let created = fields.instant("creationDate")
        if family != .usage { _ = fields.require("quantity", quantity) }
        guard !fields.isBroken, let id = toldID, let offerID = toldOffer, let name = toldName,
            let known = toldStatus
        else { return nil }
        guard let status = known else {
            fields.fault("status", .notCompleted, item.value["status"]?.shown ?? "")
            return nil
        }
        (self.item, self.id, self.name, self.offerID, self.family) = (item, id, name, offerID, family)
        self.quantity = family == .usage ? nil : quantity
        (self.status, self.term, billingCycle, self.isTrial) = (status, term, cycle ?? nil, isTrial)
        suspendedFor = status == .suspended ? Self.reason(reasons) : nil
        (self.orderID, self.parent, partnerNumber, createdAt) = (orderID, parent, number, created)
        self.entitlement = entitlement.flatMap { $0.lowercased() == "\(id)" ? nil : $0 }
    }

    /// In the order of their numbers; `nil` where nothing can be kept: none, and what is still being made.
    private static let statuses: [(String, SubscriptionStatus?)] = [
        ("none", nil), ("active", .active), ("suspended", .suspended), ("deleted", .deleted), ("expired", .expired),
        ("pending", nil), ("disabled", .disabled),
    ]

    /// In the order of their numbers.
    private static let cycles: [(String, BillingCycle?)] = [
        ("unknown", nil), ("monthly", .monthly), ("annual", .annual), ("none", BillingCycle.none),
        ("onetime", .oneTime), ("triennial", .triennial), ("biennial", .biennial),
    ]

    /// In the order of their numbers.
    private static let families: [(String, Family?)] = [("none", nil), ("usage", .usage), ("license", .license)]

    /// By how it is billed; what is not billed so by what it is counted in.
    private static func family(_ fields: inout DumpFields) -> Family? {
        let billed = fields.word("billingType", families)
        let unit = fields.text("unitType")?.lowercased()
        if let family = billed ?? nil { return family }
        if unit?.hasPrefix("usage") == true { return .usage }
        return unit?.hasPrefix("license") == true ? .license : nil
    }

    private static func reason(_ reasons: DumpValue?) -> SuspensionReason? {
        guard case .list(let items)? = reasons, case .text(let word)? = items.first else { return nil }
        return SuspensionReason.allCases.first { $0 != .base && $0.rawValue.lowercased() == word.foldedWord }
    }
}

// The term.
extension SubscriptionRecord {
    private static func term(_ fields: inout DumpFields, _ family: Family?) -> Term? {
        let (first, last) = (fields.instant("effectiveStartDate"), fields.instant("commitmentEndDate"))
        let duration = fields.text("termDuration", limit: 40, whole: false)
        let renews = fields.flag("autoRenewEnabled") ?? false
        guard let start = first, let end = last else { return nil }
        guard start < end else {
            fields.fault("commitmentEndDate", .endsBeforeStart, "\(end.short)")
            return nil
        }
        guard family != .usage else { return nil }
        let months = duration.flatMap(CalendarDuration.init).map(\.months)
        return current(start, end, months: months, renews)
    }

    /// The term that a subscription is in. The wire names the first day of the first term and the last day of this one; here
    /// a term ends when the day after begins, and begins where the one before it ended.
    static func current(_ start: Instant, _ end: Instant, months: Int?, _ renews: Bool) -> Term? {
        for end in [end, end.adding(days: 1)] {
            guard let whole = Term(start: start, end: end, autoRenew: renews)?.wholeMonths, whole > 0 else { continue }
            // Before terms could be chosen a term had twelve months.
            let length = months.flatMap { $0 > 0 ? $0 : nil } ?? (whole.isMultiple(of: 12) ? 12 : whole)
            guard whole.isMultiple(of: length) else { continue }
            return Term(start: start.adding(months: whole - length), end: end, autoRenew: renews)
        }
        return Term(start: start, end: end, autoRenew: renews)
    }
}
