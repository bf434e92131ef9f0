import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    private static let ofCustomer = "/v1/customers/{customer_id}/subscriptions"
    private static let ofSubscription = ofCustomer + "/{subscription_id}"

    /// Registrations, activations, transitions and overage of subscriptions, and what becomes of orders.
    static let provisioning: [Operation] = settingUp + overage + transitions + orderChanges

    /// The actions of these operations (see `Operation.actions`).
    static let provisioningActions: [String: Set<Action>] = [
        "subscriptions.registrations.create": [.changeSubscription],
        "subscriptions.registrationStatus.get": [.readSubscriptions],
        "subscriptions.activate": [.changeSubscription],
        "subscriptions.activationLinks.list": [.readSubscriptions],
        "subscriptions.overage.get": [.readSales], "subscriptions.overage.update": [.changeSubscription],
        "subscriptions.transitionEligibilities.list": [.readOptions],
        "subscriptions.transitions.create": [.changeSubscription],
        "subscriptions.transitions.list": [.readSubscriptions],
        "orders.patch.addon": [.placeOrder, .changeSubscription], "orders.provisioningStatus.list": [.readOrders],
        "orders.lineItem.activationLinks": [.readOrders], "orders.activationLinks": [.readOrders],
    ]

    private static let settingUp: [Operation] = [
        Operation("subscriptions.registrations.create", .post, ofSubscription + "/registrations") { call in
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let id: ID<Subscription> = try call.id("subscription_id", .subscription)
            try await call.service.register(id, of: customer, call.context)
            let place = "/customers/\(customer)/subscriptions/\("\(id)".uppercased())/registrationstatus"
            return Reply(.accepted, headers: [.location: place])
        },
        Operation("subscriptions.registrationStatus.get", .get, ofSubscription + "/registrationstatus") { call in
            let id: ID<Subscription> = try call.id("subscription_id", .subscription)
            let status = try await call.service.registrationStatus(
                of: id,
                for: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writer in
                writer.member("subscriptionId", "\(id)".uppercased())
                writer.member("status", status.rawValue)
                attributes("SubscriptionRegistrationStatus", to: &writer)
            }
        },
        Operation("subscriptions.activate", .post, ofSubscription + "/activate") { call in
            let id = try await call.service.activate(
                call.id("subscription_id", .subscription),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writer in
                writer.member("subscriptionId", "\(id)".uppercased())
                writer.member("status", "Success")
            }
        },
        Operation("subscriptions.activationLinks.list", .get, ofSubscription + "/activationlinks") { call in
            let links = try await call.service.activationLinks(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            return Page(links, of: call).reply(call) { writer, one in writer.object { writeLink(one, to: &$0) } }
        },
    ]

    private static let overage: [Operation] = [
        Operation("subscriptions.overage.get", .get, ofCustomer + "/overage") { call in
            let overage = try await call.service.overage(of: call.id("customer_id", .customer), call.context)
            return Page([overage].compactMap(\.self), of: call).reply(call) { writer, overage in
                writer.object { writeOverage(overage, to: &$0) }
            }
        },
        Operation("subscriptions.overage.update", .put, ofCustomer + "/overage") { call in
            let overage = try await call.service.setOverage(
                OverageWish(call.fields()),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json { writeOverage(overage, to: &$0) }
        },
    ]

    private static let transitions: [Operation] = [
        Operation(
            "subscriptions.transitionEligibilities.list",
            .get,
            ofSubscription + "/transitionEligibilities"
        ) { call in
            let kind = call.exchange.query["eligibilityType"] ?? "immediate"
            guard ["immediate", "scheduled"].contains(kind.folded) else {
                throw BadInput("eligibilityType", .unknown, kind)
            }
            let found = try await call.service.transitionViews(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            // A transition is done when it is asked for, and never put off to the end of a term.
            let views = kind.folded == "immediate" ? found : []
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeEligibility(view, call, to: &$0) }
            }
        },
        Operation("subscriptions.transitions.create", .post, ofSubscription + "/transitions") { call in
            let transition = try await call.service.transition(
                call.id("subscription_id", .subscription),
                of: call.id("customer_id", .customer),
                TransitionWish(call.fields()),
                call.context
            )
            return Reply.json { writeTransition(transition, to: &$0) }
        },
        Operation("subscriptions.transitions.list", .get, ofSubscription + "/transitions") { call in
            let all = try await call.service.transitions(
                of: call.id("subscription_id", .subscription),
                for: call.id("customer_id", .customer),
                call.context
            )
            let wanted = call.exchange.query["operationId"]?.lowercased()
            let found = all.filter { wanted == nil || "\($0.id)" == wanted }
            return Page(found, of: call).reply(call) { writer, transition in
                writer.object { writeTransition(transition, to: &$0) }
            }
        },
    ]
}

extension OverageWish {
    fileprivate init(_ fields: Fields) throws {
        if let kind = try fields.text("type", limit: 60), kind.folded != Overage.kind.folded {
            throw BadInput("type", .unknown, kind)
        }
        self.init(
            entitlement: try fields.required("azureEntitlementId", fields.id("azureEntitlementId")),
            partner: try fields.text("partnerId", limit: 40),
            isEnabled: try fields.required("overageEnabled", fields.flag("overageEnabled"))
        )
    }
}

extension TransitionWish {
    fileprivate init(_ fields: Fields) throws {
        let duration = try fields.text("termDuration", limit: 20)?.uppercased()
        if let duration, CalendarDuration(duration) == nil { throw BadInput("termDuration", .malformed, duration) }
        // Into something that is there already is another thing; and no list knows a reduced price.
        for name in ["toSubscriptionId", "promotionId"] {
            if let text = try fields.text(name, limit: 200) { throw BadInput(name, .unknown, text) }
        }
        let seats = try fields.whole("quantity", in: 0...1_000_000)
        self.init(
            item: try fields.requiredText("toCatalogItemId", limit: 130),
            quantity: seats == 0 ? nil : seats,
            duration: duration.flatMap(CalendarDuration.init),
            cycle: try fields.wishedCycle(),
            kind: try fields.word("transitionType") ?? .withLicenseTransfer
        )
    }
}

extension Fields {
    /// A billing cycle, where one is wished for; `unknown` and `none` say nothing.
    func wishedCycle() throws -> BillingCycle? {
        guard let text = try text("billingCycle", limit: 20), !["unknown", "none"].contains(text.folded) else {
            return nil
        }
        return try word("billingCycle")
    }
}

func writeLink(_ one: ActivationLink, to writer: inout JSONWriter) {
    let id = "\(one.subscription)".uppercased()
    writer.member("lineItemNumber", one.line)
    link("link", "/customers/\(one.customer)/subscriptions/\(id)/activate", method: "POST", to: &writer)
}

private func writeOverage(_ overage: Overage, to writer: inout JSONWriter) {
    writer.member("azureEntitlementId", overage.entitlement)
    writer.member("partnerId", overage.partner)
    writer.member("overageEnabled", overage.isEnabled)
    writer.member("type", Overage.kind)
    writer.object("links") { link("overage", "/customers/\(overage.customer)/subscriptions/overage", to: &$0) }
    attributes("Overage", to: &writer)
}

private func writeEligibility(_ view: TransitionView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("catalogItemId", view.item)
    writer.member("title", view.upgrade.target.name)
    writer.member("description", view.upgrade.target.services.joined(separator: ", "))
    writer.member("quantity", view.upgrade.quantity)
    writer.array("eligibilities", [view.upgrade.obstacle]) { writer, obstacle in
        writer.object { writer in
            writer.member("isEligible", obstacle == nil)
            writer.member("transitionType", Transition.Kind.withLicenseTransfer.rawValue)
            writer.array("errors", [obstacle].compactMap(\.self)) { writer, option in
                writer.object { writer in
                    writer.member("code", transitionCode(option.reason))
                    writer.member("description", call.say("reason.\(option.reason.rawValue)", option.arguments))
                }
            }
        }
    }
    attributes("TransitionEligibility", to: &writer)
}

/// The wire's words for what keeps a license from giving way.
private func transitionCode(_ reason: Reason) -> String {
    switch reason {
    case .notActive: "SubscriptionStatusNotActive"
    case .addOnDepends: "SubscriptionAddOnsPresent"
    case .noUpgrade: "SubscriptionDoesNotHaveAnyTransitionedPaths"
    default: "Other"
    }
}

private func writeTransition(_ transition: Transition, to writer: inout JSONWriter) {
    writer.member("operationId", transition.id)
    writer.member("fromCatalogItemId", transition.fromItem)
    writer.member("fromSubscriptionId", "\(transition.from)".uppercased())
    writer.member("toCatalogItemId", transition.toItem)
    writer.member("toSubscriptionId", "\(transition.to)".uppercased())
    writer.member("quantity", transition.quantity)
    writer.member("termDuration", transition.term?.duration)
    writer.member("billingCycle", transition.cycle.rawValue)
    writer.member("transitionType", transition.kind.rawValue)
    writer.array("events", CollectionOfOne(transition.at)) { writer, moment in
        writer.object { writer in
            writer.member("name", "Conversion")
            writer.member("status", "Completed")
            writer.member("timestamp", moment)
            writer.array("errors", EmptyCollection<String>())
            attributes("TransitionEvent", to: &writer)
        }
    }
    attributes("Transition", to: &writer)
}
