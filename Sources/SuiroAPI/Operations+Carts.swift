import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    private static let ofCustomer = "/v1/customers/{customer_id}/carts"

    /// Carts up to checkout.
    static let carts: [Operation] = [
        Operation("carts.create", .post, ofCustomer) { call in
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let cart = try await call.service.createCart(try CartWish(call.fields()), for: customer, call.context)
            return Reply.json(.created) { writeCart(cart, call, to: &$0) }
        },
        Operation("carts.get", .get, ofCustomer + "/{cart_id}") { call in
            let cart = try await call.service.cart(
                call.id("cart_id", .cart),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writeCart(cart, call, to: &$0) }
        },
        Operation("carts.update", .put, ofCustomer + "/{cart_id}") { call in
            let cart = try await call.service.updateCart(
                call.id("cart_id", .cart),
                CartWish(call.fields()),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writeCart(cart, call, to: &$0) }
        },
        Operation("carts.checkout", .post, ofCustomer + "/{cart_id}/checkout") { call in
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let orders = try await call.service.checkOut(call.id("cart_id", .cart), of: customer, call.context)
            return Reply.json(.created) { writer in
                writer.array("orders", orders) { writer, order in writer.object { writeOrder(order, to: &$0) } }
                writer.array("orderErrors", EmptyCollection<String>())
                attributes("CartCheckoutResult", to: &writer)
            }
        },
    ]

    /// The actions of these operations (see `Operation.actions`).
    static let cartsActions: [String: Set<Action>] = [
        "carts.create": [.placeOrder, .readSelf], "carts.get": [.readSales], "carts.update": [.placeOrder],
        "carts.checkout": [.placeOrder, .readSelf],
    ]
}

extension CartWish {
    fileprivate init(_ fields: Fields) throws {
        let items = try fields.required("lineItems", fields.array("lineItems", limit: 50))
        guard !items.isEmpty else { throw BadInput("lineItems", .required) }
        self.init(
            lines: try items.map { item in try CartLine(Fields(item.value, path: item.path), isBase: true) },
            attestation: try fields.flag("partnerOnRecordAttestationAccepted") ?? false
        )
    }
}

extension CartLine {
    fileprivate init(_ fields: Fields, isBase: Bool) throws {
        let addOns = isBase ? try fields.array("addonItems", limit: 50) ?? [] : []
        let participants = try fields.array("participants", limit: 10) ?? []
        // Tables of the documentation say `catalogId`, every program says `catalogItemId`.
        let item = try fields.text("catalogItemId", limit: 130) ?? fields.requiredText("catalogId", limit: 130)
        let duration = try fields.text("termDuration", limit: 20)?.uppercased()
        if let duration, CalendarDuration(duration) == nil {
            throw BadInput(fields.path(of: "termDuration"), .malformed, duration)
        }
        let cycle = try fields.spokenCycle()
        self.init(
            number: try fields.whole("id", in: 0...10_000) ?? 0,
            item: item,
            friendlyName: try fields.text("friendlyName", limit: 300),
            quantity: try fields.required("quantity", fields.whole("quantity", in: 1...1_000_000)),
            currency: try fields.text("currencyCode", limit: 3)?.uppercased(),
            cycle: cycle,
            duration: duration,
            promotion: try fields.text("promotionId", limit: 200),
            participants: try participants.map { one in
                let one = try Fields(one.value, path: one.path)
                return Participant(
                    role: try one.requiredText("key", limit: 60),
                    mpnID: try one.requiredText("value", limit: 20)
                )
            },
            provisioning: try fields.object("provisioningContext")?.texts() ?? [:],
            addOns: try addOns.map { try CartLine(Fields($0.value, path: $0.path), isBase: false) }
        )
    }
}

extension Fields {
    /// A billing cycle by its name or its number; `unknown` is monthly.
    fileprivate func spokenCycle() throws -> BillingCycle {
        if case .number(let digits)? = value("billingCycle") {
            let byNumber: [String: BillingCycle] = [
                "0": .monthly, "1": .monthly, "2": .annual, "3": BillingCycle.none, "4": .oneTime, "5": .triennial,
                "6": .biennial,
            ]
            guard let cycle = byNumber[digits] else { throw BadInput(path(of: "billingCycle"), .unknown, digits) }
            return cycle
        }
        guard let text = try text("billingCycle", limit: 20) else { return .monthly }
        if text.folded == "unknown" { return .monthly }
        return try required("billingCycle", word("billingCycle", BillingCycle.self))
    }

    /// Every member that is a text, under its name with a small first letter.
    fileprivate func texts() throws -> [String: String] {
        var found: [String: String] = [:]
        for member in members.prefix(20) {
            guard let text = try text(member.name, limit: 300) else { continue }
            found[member.name.prefix(1).lowercased() + member.name.dropFirst()] = text
        }
        return found
    }
}

private func writeCart(_ cart: Cart, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", cart.id)
    writer.member("creationTimestamp", cart.createdAt)
    writer.member("lastModifiedTimestamp", cart.changedAt)
    writer.member("expirationTimestamp", cart.expires)
    writer.member("lastModifiedUser", cart.changedBy)
    switch cart.state {
    case .active: writer.member("status", "Active")
    case .ordered: writer.member("status", "Ordered")
    }
    writer.array("lineItems", cart.lines) { writer, line in
        writer.object { writeCartLine(line, call, to: &$0) }
    }
    writer.member("partnerOnRecordAttestationAccepted", cart.attestation)
    writer.object("links") { link("self", "/customers/\(cart.customer)/carts/\(cart.id)", to: &$0) }
    attributes("Cart", etag: etag("\(cart.id)", cart.revision), to: &writer)
}

private func writeCartLine(_ line: CartLine, _ call: Call, to writer: inout JSONWriter) {
    writer.member("id", line.number)
    writer.member("catalogItemId", line.item)
    writer.member("friendlyName", line.friendlyName)
    writer.member("quantity", line.quantity)
    writer.member("currencyCode", line.currency)
    writer.member("billingCycle", line.cycle.rawValue)
    writer.member("termDuration", line.duration)
    writer.member("promotionId", line.promotion)
    writer.array("participants", line.participants) { writer, one in
        writer.object { writer in
            writer.member("key", one.role)
            writer.member("value", one.mpnID)
        }
    }
    writer.object("provisioningContext") { writer in
        for (key, value) in line.provisioning.sorted(by: { $0.key < $1.key }) { writer.member(key: key, value) }
    }
    writer.member("orderGroup", line.group)
    if !line.addOns.isEmpty {
        writer.array("addonItems", line.addOns) { writer, addOn in
            writer.object { writeCartLine(addOn, call, to: &$0) }
        }
    }
    if let error = line.error {
        writer.object("error") { writer in
            writer.member("errorCode", error.number)
            writer.member("errorDescription", call.say("cartError.\(error.rawValue)"))
        }
    }
}
