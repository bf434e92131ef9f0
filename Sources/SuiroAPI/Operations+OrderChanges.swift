import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    private static let ofOrder = "/v1/customers/{customer_id}/orders/{order_id}"

    /// What becomes of an order once it is placed.
    static let orderChanges: [Operation] = [
        // One route for every change of an order: add-ons, the billing cycle, and taking it back.
        Operation("orders.patch.addon", .patch, ofOrder) { call in
            let order = try await call.service.change(
                order: call.text("order_id"),
                of: call.id("customer_id", .customer),
                OrderChange(call.fields()),
                call.context
            )
            return Reply.json { writeOrder(order, to: &$0) }
        },
        Operation("orders.provisioningStatus.list", .get, ofOrder + "/provisioningstatus", .userOnly) { call in
            let lines = try await call.service.provisioning(
                ofOrder: call.text("order_id"),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Page(lines, of: call).reply(call) { writer, line in
                writer.object { writer in
                    writer.member("lineItemNumber", line.line)
                    writer.member("status", line.status.rawValue)
                    writer.array("quantityProvisioningInformation", CollectionOfOne(line)) { writer, line in
                        writer.object { writer in
                            writer.member("quantity", line.quantity)
                            writer.member("status", line.status.rawValue)
                        }
                    }
                    attributes("OrderLineItemProvisioningStatus", to: &writer)
                }
            }
        },
        Operation(
            "orders.lineItem.activationLinks",
            .get,
            ofOrder + "/lineitems/{line_item_number}/activationlinks"
        ) { call in
            try await links(of: call, line: call.text("line_item_number"))
        },
        Operation("orders.activationLinks", .get, ofOrder + "/activationlinks") { call in
            try await links(of: call, line: nil)
        },
    ]

    private static func links(of call: Call, line: String?) async throws -> Reply {
        let links = try await call.service.activationLinks(
            ofOrder: call.text("order_id"),
            line: line,
            for: call.id("customer_id", .customer),
            call.context
        )
        return Page(links, of: call).reply(call) { writer, one in writer.object { writeLink(one, to: &$0) } }
    }
}

extension OrderChange {
    /// SDKs send the whole order back; members that say nothing (`none`, `unknown`) are not wishes.
    fileprivate init(_ fields: Fields) throws {
        var isCanceled = false
        if let word = try fields.text("status", limit: 20) {
            switch word.folded {
            case "cancelled", "canceled": isCanceled = true
            case "none", "unknown", "completed", "pending": break
            default: throw BadInput("status", .unknown, word)
            }
        }
        let items = try fields.array("lineItems", limit: 100) ?? []
        self.init(
            lines: try items.enumerated().map { place, item in
                try Line(Fields(item.value, path: item.path), at: place)
            },
            cycle: try fields.wishedCycle(),
            isCanceled: isCanceled
        )
    }
}

extension OrderChange.Line {
    fileprivate init(_ fields: Fields, at place: Int) throws {
        let duration = try fields.text("termDuration", limit: 20)?.uppercased()
        if let duration, CalendarDuration(duration) == nil {
            throw BadInput(fields.path(of: "termDuration"), .malformed, duration)
        }
        self.init(
            place: place,
            number: try fields.whole("lineItemNumber", in: 0...1000),
            subscription: try fields.id("subscriptionId"),
            base: try fields.id("parentSubscriptionId"),
            item: try fields.text("offerId", limit: 130),
            friendlyName: try fields.text("friendlyName", limit: 300),
            quantity: try fields.whole("quantity", in: 1...1_000_000),
            partnerIDOnRecord: try fields.text("partnerIdOnRecord", limit: 20),
            duration: duration
        )
    }
}
