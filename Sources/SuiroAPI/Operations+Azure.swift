import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Azure under a plan: what may be spent, what runs, what it costs, and how to come to one.
extension Operation {
    private static let ofCustomer = "/v1/customers/{customer_id}"
    private static let entitlements = ofCustomer + "/subscriptions/{subscription_id}/azureEntitlements"

    static let azure: [Operation] =
        [
            Operation("azure.usageBudget.get", .get, ofCustomer + "/usagebudget") { call in
                let budget = try await call.service.budget(of: call.id("customer_id", .customer), call.context)
                return Reply.json { writeBudget(budget, to: &$0) }
            },
            Operation("azure.usageBudget.update", .patch, ofCustomer + "/usagebudget") { call in
                let budget = try await call.service.setBudget(
                    amount(call.fields()),
                    of: call.id("customer_id", .customer),
                    call.context
                )
                return Reply.json { writeBudget(budget, to: &$0) }
            },
            Operation("azure.entitlements.list", .get, entitlements) { call in
                let found = try await call.service.entitlements(
                    of: call.id("subscription_id", .subscription),
                    for: call.id("customer_id", .customer),
                    call.context
                )
                return Page(found, of: call).reply(call) { writer, entitlement in
                    writer.object { writeEntitlement(entitlement, call, to: &$0) }
                }
            },
            Operation("azure.entitlements.get", .get, entitlements + "/{entitlement_id}") { call in
                let found = try await call.service.entitlement(
                    call.text("entitlement_id"),
                    of: call.id("subscription_id", .subscription),
                    for: call.id("customer_id", .customer),
                    call.context
                )
                return Reply.json { writeEntitlement(found, call, to: &$0) }
            },
            Operation("azure.entitlements.cancel", .post, entitlements + "/{entitlement_id}/cancel") { call in
                let reason = try call.optionalFields().text("cancellationReason", limit: 300)
                return try await set(false, reason, call)
            },
            Operation("azure.entitlements.reactivate", .post, entitlements + "/{entitlement_id}/reactivate") { call in
                try await set(true, nil, call)
            },
            Operation("azure.rateCard", .get, "/v1/ratecards/azure") { call in try await rateCard(call) },
            Operation("azure.rateCardShared", .get, "/v1/ratecards/azure-shared") { call in try await rateCard(call) },
        ] + upgrades

    private static let upgrades: [Operation] = [
        Operation("azure.productUpgrades.eligibility", .post, "/v1/productUpgrades/eligibility", .userOnly) { call in
            let wish = try UpgradeWish(call.fields())
            let found = try await call.service.upgradeEligibility(of: wish.customer, call.context)
            return Reply.json { writer in
                writer.member("customerId", wish.customer)
                writer.member("isEligible", found.obstacle == nil)
                if let obstacle = found.obstacle {
                    writer.member("reason", call.say("reason.\(obstacle.reason.rawValue)"))
                }
                writer.member("productFamily", wish.family)
                if found.obstacle == .alreadyUpgraded { writer.member("upgradeId", found.upgrade) }
            }
        },
        Operation("azure.productUpgrades.create", .post, "/v1/productUpgrades", .userOnly) { call in
            let wish = try UpgradeWish(call.fields())
            let upgrade = try await call.service.upgradeProducts(of: wish.customer, call.context)
            return Reply(.accepted, headers: [.location: "/productUpgrades/\(upgrade.id)"])
        },
        Operation(
            "azure.productUpgrades.status",
            .post,
            "/v1/productUpgrades/{upgrade_id}/status",
            .userOnly
        ) { call in
            let wish = try UpgradeWish(call.fields())
            let upgrade = try await call.service.productUpgrade(
                call.id("upgrade_id", .upgrade),
                of: wish.customer,
                call.context
            )
            return Reply.json { writer in
                writer.member("id", upgrade.id)
                writer.member("productFamily", wish.family)
                writer.member("status", "completed")
                writer.array("lineItems", upgrade.items) { writer, item in
                    writer.object { writer in
                        writer.object("sourceProduct") { writer in
                            writer.member("id", "\(item.subscription)".uppercased())
                            writer.member("name", item.name)
                        }
                        writer.object("targetProduct") { writer in
                            writer.member("id", "\(item.subscription)")
                            writer.member("name", "Azure plan")
                        }
                        writer.member("upgradedDate", upgrade.at)
                        writer.member("status", "completed")
                    }
                }
            }
        },
    ]

    private static func set(_ isActive: Bool, _ reason: String?, _ call: Call) async throws -> Reply {
        let entitlement = try await call.service.setEntitlement(
            call.text("entitlement_id"),
            of: call.id("subscription_id", .subscription),
            for: call.id("customer_id", .customer),
            isActive: isActive,
            reason: reason,
            call.context
        )
        return Reply.json(.accepted) { writeEntitlement(entitlement, call, to: &$0) }
    }

    /// `null` takes a budget away.
    private static func amount(_ fields: Fields) throws -> Decimal? {
        guard let value = fields.value("amount"), value != .null else { return nil }
        let text: String? =
            switch value {
            case .number(let digits): digits
            case .string(let text): text
            case .null, .bool, .array, .object: nil
            }
        guard let text else { throw BadInput("amount", .wrongType) }
        guard let amount = Decimal(exactly: text) else { throw BadInput("amount", .malformed, text) }
        guard amount >= 0 else { throw BadInput("amount", .outOfRange, text) }
        return amount
    }

    private static func writeEntitlement(_ found: AzureEntitlement, _ call: Call, to writer: inout JSONWriter) {
        let path = "/customers/\(call.text("customer_id"))/subscriptions/\(call.text("subscription_id"))"
        writer.member("id", found.id)
        writer.member("friendlyName", found.name)
        writer.member("status", found.status.rawValue)
        writer.member("subscriptionId", "\(found.subscription)")
        writer.object("links") { link("self", "\(path)/azureEntitlements/\(found.id)", to: &$0) }
    }

    /// What meters have cost lately, as prices of one unit.
    private static func rateCard(_ call: Call) async throws -> Reply {
        let wanted = try call.currency("currency")
        if let region = call.exchange.query["region"], !region.uppercased().isCountry {
            throw BadInput("region", .malformed, region)
        }
        let rates = try await call.service.meterRates(wanted, call.context)
        let currency = wanted ?? rates.first?.currency ?? .dollar
        return Reply.json { writer in
            writer.member("locale", call.language.locale)
            writer.member("currency", currency.description)
            writer.member("isTaxIncluded", false)
            writer.array("meters", rates.filter { $0.currency == currency }) { writer, rate in
                writer.object { writer in
                    writer.member("id", rate.meter.id)
                    writer.member("name", rate.meter.name)
                    writer.object("rates") { $0.member("0", number: rate.rate) }
                    writer.array("tags", [String]())
                    writer.member("category", rate.service)
                    writer.member("subcategory", rate.meter.subcategory)
                    writer.member("region", rate.meter.region)
                    writer.member("unit", rate.meter.unit)
                    writer.member("includedQuantity", number: 0)
                    writer.member("effectiveDate", rate.since)
                }
            }
            writer.array("offerTerms", EmptyCollection<String>())
            attributes("AzureRateCard", to: &writer)
        }
    }
}

/// Which customer's products are to be upgraded. Azure is the one family there is.
private struct UpgradeWish {
    let customer: ID<Customer>
    let family: String

    init(_ fields: Fields) throws {
        customer = try fields.required("customerId", fields.id("customerId"))
        family = try fields.requiredText("productFamily", limit: 50)
        guard family.folded == "azure" else { throw BadInput("productFamily", .unknown, family) }
    }
}
