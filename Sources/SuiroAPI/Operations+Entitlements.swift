import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What a customer bought once and is entitled to since.
extension Operation {
    static let purchases: [Operation] = [
        Operation("entitlements.list", .get, "/v1/customers/{customer_id}/entitlements", .userOnly) { call in
            let word = call.exchange.query["entitlementtype"]
            let kind = EntitlementKind.allCases.first { $0.rawValue.folded == word?.folded }
            if let word, kind == nil { throw BadInput("entitlementType", .unknown, word) }
            let showsExpiry = call.exchange.query["showexpiry"]?.lowercased() == "true"
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let found = try await call.service.purchaseEntitlements(of: customer, kind, call.context)
            return Page(found, of: call).reply(call) { writer, entitlement in
                writer.object { write(entitlement, showsExpiry, to: &$0) }
            }
        },
        Operation(
            "entitlements.reservedInstance.get",
            .get,
            "/v1/customers/{customer_id}/artifacts/reservedinstance/groups/{group_id}/lineitems/{line_item_id}"
                + "/resource/{resource_id}",
            .userOnly
        ) { call in
            let found = try await call.service.reservation(
                call.text("resource_id"),
                in: call.text("group_id"),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writer in
                writer.member("type", "reservedinstance")
                writer.array("reservations", [found]) { writer, found in
                    writer.object { writer in
                        writer.member("displayName", found.name)
                        writer.member("reservationId", found.id)
                        writer.array("appliedScopes", [String]())
                        writer.member("scopeType", "Shared")
                        writer.member("quantity", found.quantity ?? 1)
                        writer.member("expiryDateTime", found.term?.end.short ?? noDate)
                        writer.member("effectiveDateTime", found.term?.start ?? found.createdAt)
                        writer.member("provisioningState", "Succeeded")
                    }
                }
                let path = artifact(of: found)
                writer.object("links") { link("self", path, to: &$0) }
            }
        },
    ]

    private static func artifact(of subscription: Subscription) -> String {
        "/customers/\(subscription.customer)/artifacts/reservedinstance/groups/\(subscription.orderID ?? "0")"
            + "/lineitems/0/resource/\(subscription.id)"
    }

    private static func write(_ entitlement: PurchaseEntitlement, _ showsExpiry: Bool, to writer: inout JSONWriter) {
        let subscription = entitlement.subscription
        let order = subscription.orderID ?? "0"
        writer.array("includedEntitlements", EmptyCollection<String>())
        writer.object("referenceOrder") { writer in
            writer.member("id", order)
            writer.member("lineItemId", "0")
            writer.object("links") { link("self", "/customers/\(subscription.customer)/orders/\(order)", to: &$0) }
        }
        writer.member("productId", subscription.productID)
        writer.member("skuId", subscription.skuID)
        writer.member("quantity", subscription.quantity ?? 1)
        writer.array("quantityDetails", [subscription]) { writer, subscription in
            writer.object { writer in
                writer.member("quantity", subscription.quantity ?? 1)
                writer.member("status", subscription.status == .active ? "valid" : "invalid")
            }
        }
        let reservations = entitlement.kind == .reservedInstance ? [subscription] : []
        writer.array("entitledArtifacts", reservations) { writer, subscription in
            writer.object { writer in
                writer.member("artifactType", "reservedinstance")
                writer.member("resourceId", subscription.id)
                link("link", artifact(of: subscription), to: &writer)
                writer.object("dynamicAttributes") { $0.member("reservationType", "virtualmachines") }
            }
        }
        writer.member("entitlementType", entitlement.kind.rawValue)
        writer.member("fulfillmentState", "Succeeded")
        if showsExpiry { writer.member("expiryDate", subscription.term?.end) }
    }
}
