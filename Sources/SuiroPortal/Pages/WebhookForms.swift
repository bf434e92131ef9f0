import SuiroDomain
import SuiroHTTP
import SuiroService

// What the page of webhooks posts.
extension Portal {
    func testWebhook(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        _ = try await service.testWebhook(visit.context(visitor, form))
        return .seeOther(visit.done(.webhookTested, at: Place.webhooks()))
    }

    /// One delivery, or everything that was given up.
    func resendWebhook(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let context = visit.context(visitor, form)
        if form.has("delivery") {
            guard let id = ID<WebhookDelivery>(form.typed("delivery")) else {
                throw Refusal.notFound(.webhookDelivery, String(form.typed("delivery").prefix(80)))
            }
            _ = try await service.resendWebhook(id, context)
        } else {
            _ = try await service.resendFailedWebhooks(context)
        }
        return .seeOther(visit.done(.webhookResent, at: Place.webhooks()))
    }

    /// The new secret stands on the answer to the form, and nowhere else.
    func renewWebhookSecret(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let renewed = try await service.renewWebhookSecret(visit.context(visitor, form))
        let title = visit.say("portal.webhookSecret.title")
        return .page(
            Page(
                title: title,
                section: .webhooks,
                crumbs: [Crumb(address: Place.webhooks(), title: visit.say("portal.webhooks.title"))],
                content: """
                    <h1>\(title)</h1>
                    <p>\(visit.say("portal.webhookSecret.text"))</p>
                    <code class="chip">\(renewed.newSecret ?? "")</code>
                    <p>\(visit.button(visit.say("portal.webhookSecret.back"), to: Place.webhooks()))</p>

                    """
            )
        )
    }
}
