import SuiroDomain
import SuiroStore

// What a customer holds: subscriptions, and the orders that brought them.
extension PartnerService {
    func bringSubscriptions(_ arrival: inout Arrival, _ tx: Transaction) throws {
        let held = try tx.everySubscription(of: arrival.id)
        let kept = Dictionary(held.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let bases = Set(kept.keys).union(arrival.customer.subscriptions.map(\.id))
        for record in arrival.customer.subscriptions {
            if let holder = try tx.holder(ofSubscription: record.id), holder != arrival.id {
                arrival.report.leave(out: record.item, .heldByAnotherCustomer, "id", "\(record.id)")
                continue
            }
            let subscription = try sale(record, bases, &arrival, tx)
            if let known = kept[record.id] {
                compare(subscription, known, record.item, &arrival)
                arrival.report.know(.subscription)
                continue
            }
            try tx.insert(subscription)
            try tx.record(
                .subscriptionRecorded(subscription.id),
                arrival.remark(["name": subscription.name, "channel": Channel.csp.rawValue])
            )
            arrival.report.take(.subscription)
        }
    }

    /// The partner's own sale. What the catalogue knows of the offer is taken from there; what it does not know is kept as it
    /// was told, and nothing is made orderable by that.
    private func sale(
        _ record: SubscriptionRecord,
        _ bases: Set<ID<Subscription>>,
        _ arrival: inout Arrival,
        _ tx: Transaction
    ) throws -> Subscription {
        let item = try CatalogItemID(record.offerID).flatMap { try tx.catalogItem($0) }
        let offer = try tx.offer(item?.sku.offer ?? record.offerID)
        if offer == nil { arrival.report.unknownOffers.insert(record.offerID) }
        var base = record.parent
        if let parent = base, !bases.contains(parent) {
            arrival.report.leftOut.append(
                record.item.leftOut(.unknownParent, "parentSubscriptionId", "\(parent)", whole: false)
            )
            base = nil
        }
        let seller = Party(kind: .partner, id: arrival.partner.id, name: arrival.partner.name)
        let offering: Offering = record.isTrial ? .trial : offer?.offering ?? .onlineService
        return Subscription(
            id: record.id,
            customer: arrival.id,
            name: record.name,
            productID: record.offerID,
            skuID: offer?.skuID,
            family: record.family ?? offer?.family,
            channel: .csp,
            source: .managed,
            seller: seller,
            billOwner: seller,
            partnerOfRecord: try partnerOfRecord(record, arrival, tx) ?? seller,
            supportContact: seller,
            quantity: record.quantity,
            status: record.status,
            term: record.term,
            aliases: [record.entitlement].compactMap(\.self),
            orderID: record.orderID,
            dependsOn: base,
            course: Course(
                offering: offering,
                convertsTo: record.isTrial ? offer?.convertsTo.first : nil,
                suspendedFor: record.suspendedFor
            ),
            billingCycle: record.billingCycle,
            createdAt: record.createdAt ?? tx.permit.intent.at
        )
    }

    /// By its number in the partner network; somebody who is not here has the number for a name.
    private func partnerOfRecord(
        _ record: SubscriptionRecord,
        _ arrival: Arrival,
        _ tx: Transaction
    ) throws -> Party? {
        guard let number = record.partnerNumber, number != arrival.partner.mpnID else { return nil }
        guard let partner = try tx.partners(numbered: number).first else {
            return Party(kind: .other, id: nil, name: number)
        }
        return Party(kind: .partner, id: partner.id, name: partner.name)
    }

    private func compare(
        _ told: Subscription,
        _ here: Subscription,
        _ item: DumpItem,
        _ arrival: inout Arrival
    ) {
        func say(_ value: (some CustomStringConvertible)?) -> String { value.map { "\($0)" } ?? "none" }
        let fields: [(String, String, String)] = [
            ("friendlyName", here.name, told.name),
            ("offerId", say(here.productID), say(told.productID)),
            ("quantity", say(here.quantity), say(told.quantity)),
            ("status", here.status.rawValue, told.status.rawValue),
            ("effectiveStartDate", say(here.term?.start.short), say(told.term?.start.short)),
            ("commitmentEndDate", say(here.term?.end.short), say(told.term?.end.short)),
            ("autoRenewEnabled", say(here.term?.autoRenew), say(told.term?.autoRenew)),
            ("billingCycle", say(here.billingCycle?.rawValue), say(told.billingCycle?.rawValue)),
            ("orderId", say(here.orderID), say(told.orderID)),
        ]
        for (name, kept, new) in fields { arrival.report.differ(item, name, here: kept, told: new) }
    }

    func bringOrders(_ arrival: inout Arrival, _ tx: Transaction) throws {
        for record in arrival.customer.orders {
            if let holder = try tx.holder(ofOrder: record.id) {
                if holder == arrival.id {
                    arrival.report.know(.order)
                } else {
                    arrival.report.leave(out: record.item, .heldByAnotherCustomer, "id", record.id)
                }
                continue
            }
            let order = Order(
                id: record.id,
                customer: arrival.id,
                partner: arrival.seller,
                billingCycle: record.billingCycle,
                currency: record.currency,
                lines: record.lines,
                subscriptions: record.subscriptions,
                at: record.at
            )
            try tx.insert(order)
            try tx.record(
                .orderPlaced(order.id),
                arrival.remark(["lines": "\(order.lines.count)", "placed": order.at.short])
            )
            arrival.report.take(.order)
        }
    }
}
