import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What the wire hangs on a subscription: add-ons, provisioning, the support contact, conversions and upgrades.
extension Operation {
    private static let base = "/v1/customers/{customer_id}/subscriptions/{subscription_id}"

    static let around: [Operation] = [
        Operation("subscriptions.addons.list", .get, base + "/addons") { call in
            let views = try await call.service.addOns(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeSubscription(view, to: &$0) }
            }
        },
        Operation("subscriptions.provisioningStatus.get", .get, base + "/provisioningstatus", .userOnly) { call in
            let provisioning = try await call.service.provisioning(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writer in
                writer.member("skuId", provisioning.productID)
                writer.member("status", provisioning.isUsable ? "success" : "none")
                writer.member("quantity", provisioning.quantity)
                writer.member("endDate", provisioning.end)
                attributes("SubscriptionProvisioningStatus", to: &writer)
            }
        },
        Operation("subscriptions.supportContact.get", .get, base + "/supportcontact", .userOnly) { call in
            let contact = try await call.service.supportContact(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writeContact(contact, to: &$0) }
        },
        Operation("subscriptions.supportContact.update", .put, base + "/supportcontact", .userOnly) { call in
            let fields = try call.fields()
            let wish = SupportContactWish(
                tenant: try fields.required("supportTenantId", fields.id("supportTenantId")),
                mpnID: try fields.text("supportMpnId", limit: 20)
            )
            let contact = try await call.service.designateSupportContact(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                wish,
                call.context
            )
            return Reply.json { writeContact(contact, to: &$0) }
        },
        Operation("subscriptions.conversions.list", .get, base + "/conversions", .userOnly) { call in
            let conversions = try await call.service.conversions(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Page(conversions, of: call).reply(call) { writer, conversion in
                writer.object { writer in
                    writer.member("offerId", conversion.offerID)
                    writer.member("targetOfferId", conversion.target.id)
                    writer.member("orderId", conversion.orderID)
                    writer.member("quantity", conversion.quantity)
                    writer.member("billingCycle", "monthly")
                    attributes("Conversion", to: &writer)
                }
            }
        },
        Operation("subscriptions.conversions.create", .post, base + "/conversions", .userOnly) { call in
            let id: ID<Subscription> = try call.id("subscription_id", .subscription)
            let fields = try call.fields()
            let target = try fields.requiredText("targetOfferId", limit: 100)
            let obstacle = try await obstacle {
                _ = try await call.service.convert(
                    id,
                    of: call.id("customer_id", .customer),
                    to: target,
                    seats: try fields.whole("quantity", in: 0...1_000_000),
                    call.context
                )
            }
            let offer = try fields.text("offerId", limit: 100)
            return Reply.json { writer in
                writer.member("subscriptionId", "\(id)".uppercased())
                writer.member("offerId", offer)
                writer.member("targetOfferId", target)
                if let obstacle {
                    writer.object("error") { writer in
                        // A number here: the .NET SDK takes numbers and names, the Java SDK neither name.
                        writer.member("code", obstacle.reason == .noConversion ? 1 : 0)
                        writer.member("description", sentence(obstacle, call))
                    }
                }
                attributes("ConversionResult", to: &writer)
            }
        },
        Operation("subscriptions.upgrades.list", .get, base + "/upgrades") { call in
            let upgrades = try await call.service.upgrades(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Page(upgrades, of: call).reply(call) { writer, upgrade in
                writer.object { writer in
                    writer.object("targetOffer") { writeOffer(upgrade.target, call, to: &$0) }
                    writer.member("upgradeType", "upgrade_only")
                    writer.member("isEligible", upgrade.obstacle == nil)
                    writer.member("quantity", upgrade.quantity)
                    writeUpgradeErrors(upgrade.obstacle, call, to: &writer)
                    attributes("Upgrade", to: &writer)
                }
            }
        },
        Operation("subscriptions.upgrades.create", .post, base + "/upgrades") { call in
            let id: ID<Subscription> = try call.id("subscription_id", .subscription)
            let fields = try call.fields()
            let offer = try fields.required("targetOffer", fields.object("targetOffer"))
            let target = try offer.requiredText("id", limit: 100)
            var replacement: Replacement?
            let obstacle = try await obstacle {
                replacement = try await call.service.upgrade(
                    id,
                    of: call.id("customer_id", .customer),
                    to: target,
                    call.context
                )
            }
            let made = replacement
            return Reply.json { writer in
                writer.member("sourceSubscriptionId", "\(id)".uppercased())
                writer.member("targetSubscriptionId", made.map { "\($0.to)".uppercased() })
                writer.member("upgradeType", "upgrade_only")
                writeUpgradeErrors(obstacle, call, to: &writer)
                writer.array("licenseErrors", EmptyCollection<String>())
                attributes("UpgradeResult", to: &writer)
            }
        },
    ]

    /// What a conversion or an upgrade runs into is told inside of a success, as the wire has it; everything else is an
    /// error.
    private static func obstacle(_ body: () async throws -> Void) async throws -> Option? {
        do {
            try await body()
            return nil
        } catch Refusal.notAllowed(let option) {
            return option
        }
    }

    private static func sentence(_ option: Option, _ call: Call) -> String {
        call.say("reason.\(option.reason.rawValue)", option.arguments)
    }

    private static func writeUpgradeErrors(_ option: Option?, _ call: Call, to writer: inout JSONWriter) {
        writer.array("upgradeErrors", [option].compactMap(\.self)) { writer, option in
            writer.object { writer in
                writer.member("code", upgradeCode(option.reason))
                writer.member("description", sentence(option, call))
                writer.member("additionalDetails", "\(option.rule)")
                attributes("UpgradeError", to: &writer)
            }
        }
    }

    /// Names, because the Java SDK reads nothing else here.
    private static func upgradeCode(_ reason: Reason) -> String {
        switch reason {
        case .notActive: "SubscriptionStatusNotActive"
        case .addOnDepends: "SubscriptionAddOnsPresent"
        case .noUpgrade: "SubscriptionDoesNotHaveAnyUpgradePaths"
        default: "Other"
        }
    }

    private static func writeContact(_ contact: SupportContactView, to writer: inout JSONWriter) {
        let id = "\(contact.subscription)".uppercased()
        writer.member("supportTenantId", contact.tenant)
        writer.member("supportMpnId", contact.mpnID)
        writer.member("name", contact.name)
        writer.object("links") { writer in
            link("self", "/customers/\(contact.customer)/subscriptions/\(id)/supportcontact", to: &writer)
        }
        attributes("SupportContact", to: &writer)
    }
}
