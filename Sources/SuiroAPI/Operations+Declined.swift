import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    /// What a declined operation is about; the catalogue of words says what to use instead.
    package enum Declined: String, CaseIterable, Sendable {
        case migrations, attachments, promotions, margins, partnerRoles, internalApp, analytics, accountSettings,
            signInReports, fraud, selfServe, sandboxResellers, referrals, signatures, priceSheets
    }

    /// Operations of the vendor that are answered by a documented refusal: whoever calls them learns that they are known,
    /// that nothing was done, and what to use instead.
    static let declined: [Operation] = declinedRoutes.map { route in
        Operation(route.id, route.method, route.path, route.access) { call in
            // A token that has been revoked is refused before anything is said.
            _ = try await call.service.whoAmI(call.context)
            throw Fault.declined(route.topic)
        }
    }

    /// The actions of these operations (see `Operation.actions`).
    static let declinedActions: [String: Set<Action>] = Dictionary(
        uniqueKeysWithValues: declinedRoutes.map { ($0.id, [.readSelf]) }
    )

    private struct DeclinedRoute: Sendable {
        let topic: Declined
        let id: String
        let method: HTTPRequest.Method
        let path: String
        let access: Access

        init(_ topic: Declined, _ id: String, _ method: HTTPRequest.Method, _ path: String, _ access: Access) {
            (self.topic, self.id, self.method, self.path, self.access) = (topic, id, method, path, access)
        }
    }

    private static let declinedRoutes: [DeclinedRoute] = [
        DeclinedRoute(
            .migrations,
            "migrations.validate",
            .post,
            "/v1/customers/{customer_id}/migrations/newcommerce/validate",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.create",
            .post,
            "/v1/customers/{customer_id}/migrations/newcommerce",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.get",
            .get,
            "/v1/customers/{customer_id}/migrations/newcommerce/{migration_id}",
            .appOrUser
        ),
        DeclinedRoute(.migrations, "migrations.list", .get, "/v1/migrations/newcommerce", .appOrUser),
        DeclinedRoute(
            .migrations,
            "migrations.events.list",
            .get,
            "/v1/customers/{customer_id}/migrations/newcommerce/events",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.schedules.create",
            .post,
            "/v1/customers/{customer_id}/migrations/newcommerce/schedules",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.schedules.get",
            .get,
            "/v1/customers/{customer_id}/migrations/newcommerce/schedules/{schedule_id}",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.schedules.update",
            .put,
            "/v1/customers/{customer_id}/migrations/newcommerce/schedules/{schedule_id}",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.schedules.cancel",
            .post,
            "/v1/customers/{customer_id}/migrations/newcommerce/schedules/{schedule_id}/cancel",
            .appOrUser
        ),
        DeclinedRoute(
            .migrations,
            "migrations.schedules.list",
            .get,
            "/v1/migrations/newcommerce/schedules",
            .appOrUser
        ),
        DeclinedRoute(
            .attachments,
            "orders.attachments.list",
            .get,
            "/v1/customers/{customer_id}/orders/{order_id}/attachments",
            .appOrUser
        ),
        DeclinedRoute(
            .attachments,
            "orders.attachments.upload",
            .post,
            "/v1/customers/{customer_id}/orders/{order_id}/attachment",
            .appOrUser
        ),
        DeclinedRoute(
            .attachments,
            "orders.attachments.download",
            .get,
            "/v1/customers/{customer_id}/orders/{order_id}/attachment/{attachment_id}",
            .appOrUser
        ),
        DeclinedRoute(.promotions, "promotions.list", .get, "/v1/productpromotions", .appOrUser),
        DeclinedRoute(.promotions, "promotions.get", .get, "/v1/productpromotions/{promotion_id}", .appOrUser),
        DeclinedRoute(
            .promotions,
            "promotions.eligibilities",
            .post,
            "/v1/customers/{customer_id}/promotionEligibilities",
            .appOrUser
        ),
        DeclinedRoute(.margins, "margins.list", .get, "/v1/margins", .appOrUser),
        DeclinedRoute(.margins, "margins.download", .get, "/v1/margins/download", .appOrUser),
        DeclinedRoute(.partnerRoles, "partner.roles.list", .get, "/v1/roles", .userOnly),
        DeclinedRoute(.partnerRoles, "partner.roles.get", .get, "/v1/roles/{role_id}", .userOnly),
        DeclinedRoute(.partnerRoles, "partner.roles.members", .get, "/v1/roles/{role_id}/usermembers", .userOnly),
        DeclinedRoute(
            .internalApp,
            "webhooks.internalApp.get",
            .get,
            "/webhooks/v1/internalApp/registration",
            .userOnly
        ),
        DeclinedRoute(
            .internalApp,
            "webhooks.internalApp.put",
            .put,
            "/webhooks/v1/internalApp/registration",
            .userOnly
        ),
        DeclinedRoute(
            .internalApp,
            "webhooks.internalApp.post",
            .post,
            "/webhooks/v1/internalApp/registration",
            .userOnly
        ),
        DeclinedRoute(
            .internalApp,
            "webhooks.internalApp.getevents",
            .get,
            "/webhooks/v1/internalApp/registration/events",
            .userOnly
        ),
        DeclinedRoute(
            .internalApp,
            "webhooks.internalApp.postvalidationEvents",
            .post,
            "/webhooks/v1/internalApp/registration/validationEvents",
            .userOnly
        ),
        DeclinedRoute(
            .internalApp,
            "webhooks.internalApp.getvalidationEventscorrelation_id",
            .get,
            "/webhooks/v1/internalApp/registration/validationEvents/{correlation_id}",
            .userOnly
        ),
        DeclinedRoute(.analytics, "analytics.azureUsage", .get, "/partner/v1/analytics/usage/azure", .userOnly),
        DeclinedRoute(
            .analytics,
            "analytics.indirectResellers",
            .get,
            "/partner/v1/analytics/indirectresellers",
            .userOnly
        ),
        DeclinedRoute(.analytics, "analytics.subscriptions", .get, "/partner/v1/analytics/subscriptions", .userOnly),
        DeclinedRoute(.analytics, "analytics.search", .get, "/partner/v1/analytics/search", .userOnly),
        DeclinedRoute(.analytics, "analytics.referrals", .get, "/partner/v1/analytics/referrals", .userOnly),
        DeclinedRoute(.accountSettings, "accountSettings.get", .get, "/v1/accountsettings/{setting}", .userOnly),
        DeclinedRoute(.accountSettings, "accountSettings.update", .put, "/v1/accountsettings/{setting}", .userOnly),
        DeclinedRoute(.accountSettings, "enrolledPrograms.get", .get, "/v1/enrolledprograms/{type}", .userOnly),
        DeclinedRoute(.signInReports, "mfa.adoption", .get, "/v1/applicationmfaadoptionstatus", .userOnly),
        DeclinedRoute(.signInReports, "mfa.partnerRequests", .get, "/v1/partnerRequests", .userOnly),
        DeclinedRoute(.signInReports, "mfa.nonCompliant", .get, "/v1/nonMfaCompliantPartnerPrincipals", .userOnly),
        DeclinedRoute(.fraud, "fraud.list", .get, "/v1/fraudEvents", .userOnly),
        DeclinedRoute(
            .fraud,
            "fraud.update",
            .post,
            "/v1/fraudEvents/subscription/{subscription_id}/status",
            .userOnly
        ),
        DeclinedRoute(.selfServe, "selfServe.list", .get, "/v1/SelfServePolicy", .userOnly),
        DeclinedRoute(.selfServe, "selfServe.get", .get, "/v1/SelfServePolicy/{id}", .userOnly),
        DeclinedRoute(.selfServe, "selfServe.create", .post, "/v1/SelfServePolicy", .userOnly),
        DeclinedRoute(.selfServe, "selfServe.update", .put, "/v1/SelfServePolicy/{id}", .userOnly),
        DeclinedRoute(.selfServe, "selfServe.delete", .delete, "/v1/SelfServePolicy/{id}", .userOnly),
        DeclinedRoute(.sandboxResellers, "sandboxResellers.create", .post, "/v1/sandboxIndirectReseller", .userOnly),
        DeclinedRoute(
            .sandboxResellers,
            "sandboxResellers.delete",
            .delete,
            "/v1/sandboxIndirectReseller/{reseller_id}",
            .userOnly
        ),
        DeclinedRoute(
            .signatures,
            "partners.validateResellers",
            .post,
            "/v1/partners/validateresellers",
            .appOrUser
        ),
        DeclinedRoute(.signatures, "agreements.byType", .get, "/v1/agreements/{agreement_type}", .userOnly),
        DeclinedRoute(
            .signatures,
            "agreements.signatures",
            .get,
            "/v1/agreements/{agreement_type}/signatures",
            .userOnly
        ),
        DeclinedRoute(
            .signatures,
            "agreements.signaturesByVersion",
            .get,
            "/v1/agreements/{agreement_type}/signatures/{version}",
            .userOnly
        ),
        DeclinedRoute(
            .priceSheets,
            "pricesheets.get",
            .get,
            "/v1.0/sales/pricesheets(Market='{market}',PricesheetView='{view}')/$value",
            .userOnly
        ),
        DeclinedRoute(
            .priceSheets,
            "fxrates.get",
            .get,
            "/v1.0/sales/fxrates(Month='{month}')/$value",
            .userOnly
        ),
        DeclinedRoute(.referrals, "referrals.list", .get, "/v1.0/engagements/referrals", .userOnly),
        DeclinedRoute(.referrals, "referrals.get", .get, "/v1.0/engagements/referrals/{id}", .userOnly),
        DeclinedRoute(.referrals, "referrals.create", .post, "/v1.0/engagements/referrals", .userOnly),
        DeclinedRoute(.referrals, "referrals.update", .put, "/v1.0/engagements/referrals/{id}", .userOnly),
    ]
}
