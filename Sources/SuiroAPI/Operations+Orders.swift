import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    static let orders: [Operation] = [
        Operation("orders.create", .post, "/v1/customers/{customer_id}/orders") { call in
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let order = try await call.service.placeOrder(try OrderWish(call.fields()), for: customer, call.context)
            return Reply.json(.created) { writeOrder(order, to: &$0) }
        },
        Operation("orders.list", .get, "/v1/customers/{customer_id}/orders") { call in
            let orders = try await call.service.orders(for: call.id("customer_id", .customer), call.context)
            return Page(orders, of: call).reply(call) { writer, order in writer.object { writeOrder(order, to: &$0) } }
        },
        Operation("orders.get", .get, "/v1/customers/{customer_id}/orders/{order_id}") { call in
            let orders = try await call.service.orders(for: call.id("customer_id", .customer), call.context)
            let wanted = call.text("order_id").uppercased()
            guard let order = orders.first(where: { $0.id.uppercased() == wanted }) else {
                throw Refusal.notFound(.order, String(wanted.prefix(80)))
            }
            return Reply.json { writeOrder(order, to: &$0) }
        },
        Operation("offers.list", .get, "/v1/offers") { call in
            if call.shelf() != nil {
                return try await Self.offers(at: .country(call.exchange.query["country"] ?? "US"), call)
            }
            let offset = try call.exchange.query.whole("offset", in: 0...1_000_000) ?? 0
            let size = try call.size(default: 1000, maximum: 1000)
            let offers = try await call.service.offers(offset: offset, limit: size, call.context)
            return Page(offers, of: call).reply(call) { writer, offer in
                writer.object { writeOffer(offer, call, to: &$0) }
            }
        },
        Operation("offers.get", .get, "/v1/offers/{offer_id}") { call in
            let offer = try await call.service.offer(call.text("offer_id"), call.context)
            return Reply.json { writeOffer(offer, call, to: &$0) }
        },
    ]
}

extension OrderWish {
    fileprivate init(_ fields: Fields) throws {
        let items = try fields.required("lineItems", fields.array("lineItems", limit: 100))
        guard !items.isEmpty else { throw BadInput("lineItems", .required) }
        let lines = try items.enumerated().map { index, item in
            let line = try Fields(item.value, path: item.path)
            return OrderLine(
                number: try line.whole("lineItemNumber", in: 0...1000) ?? index,
                offerID: try line.requiredText("offerId", limit: 100),
                friendlyName: try line.text("friendlyName", limit: 300),
                quantity: try line.required("quantity", line.whole("quantity", in: 1...1_000_000)),
                partnerIDOnRecord: try line.text("partnerIdOnRecord", limit: 20),
                base: try line.id("parentSubscriptionId")
            )
        }
        let currency = try fields.text("currencyCode")?.uppercased() ?? "USD"
        guard Currency(currency) != nil else { throw BadInput("currencyCode", .unknown, currency) }
        let cycle = try fields.text("billingCycle") ?? "monthly"
        let cycles = ["monthly", "annual", "onetime", "none", "unknown"]
        guard cycles.contains(cycle.folded) else { throw BadInput("billingCycle", .unknown, cycle) }
        let spoken = ["unknown", "none"].contains(cycle.folded) ? "monthly" : cycle.folded
        self.init(billingCycle: spoken == "onetime" ? "one_time" : spoken, currency: currency, lines: lines)
    }
}

func writeOrder(_ order: Order, to writer: inout JSONWriter) {
    let path = "/customers/\(order.customer)/orders/\(order.id)"
    writer.member("id", order.id)
    writer.member("referenceCustomerId", order.customer)
    writer.member("billingCycle", order.billingCycle)
    writer.member("currencyCode", order.currency)
    writer.array("lineItems", zip(order.lines, order.subscriptions)) { writer, pair in
        let (line, subscription) = pair
        writer.object { writer in
            writer.member("lineItemNumber", line.number)
            writer.member("offerId", line.item?.description ?? line.offerID)
            writer.member("subscriptionId", "\(subscription)".uppercased())
            writer.member("friendlyName", line.friendlyName)
            writer.member("quantity", line.quantity)
            writer.member("partnerIdOnRecord", line.partnerIDOnRecord)
            writer.member("termDuration", line.duration)
            writer.member("billingCycle", line.cycle?.rawValue)
            writer.member("parentSubscriptionId", line.base.map { "\($0)".uppercased() })
            writer.object("links") { writer in
                link(
                    "subscription",
                    "/customers/\(order.customer)/subscriptions/\("\(subscription)".uppercased())",
                    to: &writer
                )
            }
            attributes("OrderLineItem", to: &writer)
        }
    }
    writer.member("creationDate", order.at)
    writer.member("status", order.canceledAt == nil ? "completed" : "cancelled")
    writer.member("transactionType", "New")
    writer.object("links") { link("self", path, to: &$0) }
    attributes("Order", etag: etag(order.id.lowercased(), 1), to: &writer)
}

func writeOffer(_ offer: Offer, _ call: Call, to writer: inout JSONWriter) {
    let country = call.exchange.query["country"]?.uppercased() ?? "US"
    writer.member("id", offer.id)
    writer.member("name", offer.name)
    writer.member("description", offer.services.joined(separator: ", "))
    writer.member("minimumQuantity", 1)
    writer.member("maximumQuantity", 1_000_000)
    writer.object("category") { writer in
        writer.member("id", offer.category.rawValue)
        writer.member("name", call.say("offerCategory.\(offer.category.rawValue)"))
        writer.member("rank", offer.category.rank)
        writer.member("locale", call.language.locale)
        writer.member("country", country)
    }
    writer.member("locale", call.language.locale)
    writer.member("country", country)
    writer.member("isAddOn", !offer.standsOn.isEmpty)
    writer.member("isAvailableForPurchase", offer.family != nil)
    writer.member("billing", offer.family == .usage ? "usage" : offer.family == .license ? "license" : "none")
    writer.array("supportedBillingCycles", ["monthly"])
    writer.member("isAutoRenewable", offer.family == .license && offer.offering != .perpetualSoftware)
    writer.member("isInternal", false)
    writer.member("isMicrosoftProduct", true)
    writer.member("unitType", offer.family == .usage ? "Usage" : "Licenses")
    writer.member("hasAddOns", false)
    writer.member("isTrial", offer.offering == .trial)
    if !offer.standsOn.isEmpty { writer.array("prerequisiteOffers", offer.standsOn) }
    if !offer.convertsTo.isEmpty { writer.array("conversionTargetOffers", offer.convertsTo) }
    if !offer.upgradesTo.isEmpty { writer.array("upgradeTargetOffers", offer.upgradesTo) }
    writer.object("product") { writer in
        writer.member("id", offer.skuID)
        writer.member("name", offer.name)
        writer.member("unit", "Licenses")
    }
    writer.object("links") { link("self", "/offers/\(offer.id)?country=\(country)", to: &$0) }
    attributes("Offer", to: &writer)
}
