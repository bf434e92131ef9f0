import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// The wire's subscriptions: what the calling partner sold. Everything else a customer holds is under `/multichannel`.
extension Operation {
    static let subscriptions: [Operation] =
        [
            Operation("subscriptions.list", .get, "/v1/customers/{customer_id}/subscriptions") { call in
                let views = try await call.service.subscriptions(of: call.id("customer_id", .customer), call.context)
                let order = call.exchange.query["order_id"]?.uppercased()
                let own = views.filter { $0.isOwn && (order == nil || $0.subscription.orderID?.uppercased() == order) }
                return Page(own, of: call).reply(call) { writer, view in
                    writer.object { writeSubscription(view, to: &$0) }
                }
            },
            Operation("subscriptions.get", .get, "/v1/customers/{customer_id}/subscriptions/{subscription_id}") {
                call in
                let view = try await call.service.subscription(
                    call.id("subscription_id", .subscription),
                    of: call.id("customer_id", .customer),
                    call.context
                )
                guard view.isOwn else { throw Refusal.notFound(.subscription, call.text("subscription_id")) }
                return Reply.json { writeSubscription(view, to: &$0) }
            },
            Operation("subscriptions.patch", .patch, "/v1/customers/{customer_id}/subscriptions/{subscription_id}") {
                call in
                let fields = try call.fields()
                let view = try await call.service.change(
                    call.id("subscription_id", .subscription),
                    of: call.id("customer_id", .customer),
                    try SubscriptionChange(fields, seen: call.seenRevision(fields)),
                    call.context
                )
                return Reply.json { writeSubscription(view, to: &$0) }
            },
        ]
        + around
}

extension SubscriptionChange {
    /// SDKs send the whole subscription back; members that say nothing (`none`, `unknown`) are not wishes.
    fileprivate init(_ fields: Fields, seen: Int?) throws {
        var status: SubscriptionStatus?
        let reasons = try fields.texts("suspensionReasons") ?? []
        let reason = try reasons.first.flatMap { word in
            guard let reason = SuspensionReason.allCases.first(where: { $0.rawValue.folded == word.folded }) else {
                throw BadInput("suspensionReasons[0]", .unknown, word)
            }
            // Ours, for add-ons that rest with their base: sent back, and never asked for.
            return reason == .base ? nil : reason
        }
        if let word = try fields.text("status"), word.folded != "none" {
            switch word.folded {
            case "active": status = .active
            case "suspended": status = .suspended
            case "deleted": status = .deleted
            default: throw BadInput("status", .unknown, word)
            }
        }
        self.init(
            friendlyName: try fields.text("friendlyName", limit: 300),
            quantity: try fields.whole("quantity", in: 0...1_000_000).flatMap { $0 == 0 ? nil : $0 },
            status: status,
            reason: reason,
            autoRenew: try fields.flag("autoRenewEnabled"),
            endOfTerm: try fields.word("endOfTermAction"),
            revision: seen
        )
    }
}

func writeSubscription(_ view: SubscriptionView, to writer: inout JSONWriter) {
    let subscription = view.subscription
    let id = "\(subscription.id)".uppercased()
    let path = "/customers/\(subscription.customer)/subscriptions/\(id)"
    let base = subscription.dependsOn.map { "\($0)".uppercased() }
    let period = view.lifecycle?.period ?? subscription.term
    writer.member("id", id)
    writer.member("offerId", subscription.productID)
    writer.member("offerName", subscription.name)
    writer.member("friendlyName", subscription.name)
    writer.member("quantity", subscription.quantity ?? 1)
    writer.member("unitType", subscription.family == .usage ? "Usage" : "Licenses")
    writer.member("parentSubscriptionId", base)
    writer.member("hasPurchasableAddons", false)
    writer.member("creationDate", subscription.createdAt)
    writer.member("effectiveStartDate", period?.start ?? subscription.createdAt)
    writer.member("commitmentEndDate", period?.end)
    writer.member("cancellationAllowedUntilDate", view.cancelUntil)
    writer.member("status", wireStatus(view.status))
    writer.member("autoRenewEnabled", subscription.term?.autoRenew ?? false)
    writer.member("endOfTermAction", subscription.course.endOfTerm?.rawValue)
    writer.member("isTrial", subscription.course.offering == .trial)
    writer.member("billingType", subscription.family == .usage ? "usage" : "license")
    writer.member("billingCycle", (subscription.billingCycle ?? .monthly).rawValue)
    writer.member("termDuration", period?.duration ?? "P1M")
    writer.member("isMicrosoftProduct", true)
    writer.member("contractType", "subscription")
    writer.member("publisherName", "Microsoft")
    writer.member("orderId", subscription.orderID)
    if view.status == .suspended, let reason = subscription.course.suspendedFor {
        writer.array("suspensionReasons", [reason.rawValue])
    }
    writer.member("attentionNeeded", false)
    writer.member("actionTaken", false)
    writer.object("links") { writer in
        if let offer = subscription.productID { link("offer", "/offers/\(offer)?country=US", to: &writer) }
        if let base {
            link("parentSubscription", "/customers/\(subscription.customer)/subscriptions/\(base)", to: &writer)
        }
        link("self", path, to: &writer)
    }
    attributes("Subscription", etag: etag("\(subscription.id)", subscription.revision), to: &writer)
}

extension Term {
    /// As ISO 8601 writes it: `P1Y`, `P1M`, `P30D`.
    var duration: String {
        switch wholeMonths {
        case 0: "P\(end.days(since: start))D"
        case let months where months % 12 == 0: "P\(months / 12)Y"
        case let months: "P\(months)M"
        }
    }
}

/// The four words the SDKs know; Java fails on any other.
private func wireStatus(_ status: SubscriptionStatus) -> String {
    switch status {
    case .active: "active"
    case .suspended, .expired, .disabled: "suspended"
    case .deleted: "deleted"
    }
}
