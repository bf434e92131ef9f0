import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    private static let registration = "/webhooks/v1/registration"
    private static let deliveries = "/multichannel/v1/webhooks/deliveries"

    static let webhooks: [Operation] = [
        Operation("webhooks.registration.get", .get, registration) { call in
            guard let webhook = try await call.service.webhook(call.context) else {
                throw Refusal.notFound(.webhook, "registration")
            }
            return Reply.json { writeWebhook(webhook, newSecret: nil, to: &$0) }
        },
        Operation("webhooks.registration.create", .post, registration) { call in
            let made = try await call.service.registerWebhook(try WebhookWish(call.fields()), call.context)
            return Reply.json { writeWebhook(made.registration, newSecret: made.newSecret, to: &$0) }
        },
        Operation("webhooks.registration.update", .put, registration) { call in
            let made = try await call.service.changeWebhook(to: try WebhookWish(call.fields()), call.context)
            return Reply.json { writeWebhook(made.registration, newSecret: made.newSecret, to: &$0) }
        },
        // A bare list of names, as the SDKs expect it.
        Operation("webhooks.events", .get, registration + "/events") { call in
            _ = try await call.service.webhook(call.context)
            var writer = JSONWriter()
            writer.array(WebhookEventName.allCases.map(\.rawValue)) { writer, name in writer.value(name) }
            return Reply.json(bytes: writer.bytes)
        },
        Operation("webhooks.validation.create", .post, registration + "/validationEvents") { call in
            let id = try await call.service.testWebhook(call.context)
            return Reply.json { $0.member("correlationId", id) }
        },
        Operation("webhooks.validation.get", .get, registration + "/validationEvents/{correlation_id}") { call in
            let test = try await call.service.webhookTest(call.id("correlation_id", .webhookDelivery), call.context)
            return Reply.json { writeTest(test, call, to: &$0) }
        },
        Operation("webhooks.certificate", .get, WebhookMessage.certificatePath, .anonymous) { call in
            let bytes = try await call.service.webhookSeal().certificate
            return Reply(.ok, headers: [.contentType: "application/pkix-cert"], body: bytes)
        },
        Operation("multichannel.webhooks.deliveries.list", .get, deliveries) { call in
            try await DeliveryList.answer(call)
        },
        Operation("multichannel.webhooks.deliveries.resend", .post, deliveries + "/{delivery_id}/resend") { call in
            let delivery = try await call.service.resendWebhook(
                call.id("delivery_id", .webhookDelivery),
                call.context
            )
            return Reply.json { writeDelivery(DeliveryRow(delivery: delivery, last: nil), call, to: &$0) }
        },
    ]
}

extension WebhookWish {
    /// `WebhookUrl`, `WebhookEvents` and `SignatureTokenToMsSignatureHeader`, as clients of Partner Center send them;
    /// `RotateSigningSecret` is ours.
    fileprivate init(_ fields: Fields) throws {
        let url = try fields.requiredText("WebhookUrl", limit: 2000)
        guard let names = try fields.texts("WebhookEvents", limit: 200), !names.isEmpty else {
            throw BadInput("WebhookEvents", .required)
        }
        let events = names.map { WebhookEventName(spelled: $0) }
        let unknown = zip(names, events).filter { $1 == nil }.map(\.0)
        guard unknown.isEmpty else { throw Refusal.webhookEventUnknown(unknown) }
        self.init(
            url: url,
            events: Set(events.compactMap(\.self)),
            signsInOwnHeader: try fields.flag("SignatureTokenToMsSignatureHeader") ?? false,
            wantsNewSecret: try fields.flag("RotateSigningSecret") ?? false
        )
    }
}

/// Partner Center writes this one resource with capitals.
private func writeWebhook(_ webhook: WebhookRegistration, newSecret: String?, to writer: inout JSONWriter) {
    writer.member("SubscriberId", webhook.id)
    writer.member("WebhookUrl", webhook.url)
    writer.array("WebhookEvents", webhook.events.map(\.rawValue).sorted())
    writer.member("SignatureTokenToMsSignatureHeader", webhook.signsInOwnHeader)
    writer.member("lastModifiedTimestamp", webhook.changedAt)
    writer.member("signingSecretCreated", webhook.secretSince)
    writer.member("signingSecret", newSecret)
}

private func writeTest(_ test: WebhookTestView, _ call: Call, to writer: inout JSONWriter) {
    writer.member("correlationId", test.delivery.id)
    writer.member("partnerId", test.delivery.tenant)
    writer.member("status", test.delivery.state == .waiting ? "inProgress" : "completed")
    writer.member("callbackUrl", test.registration.url)
    writer.array("results", test.attempts) { writer, attempt in
        writer.object { writer in
            writer.member("responseCode", attempt.status.map { "\($0)" } ?? "")
            let message = attempt.cause.map { call.say("deliveryCause.\($0.rawValue)") }
            writer.member("responseMessage", message ?? "")
            writer.member("systemError", attempt.status == nil)
            writer.member("dateTimeUtc", attempt.at)
        }
    }
}

private enum DeliveryList {
    /// What a continuation token carries.
    struct Question: PagedQuestion {
        var state: DeliveryState?
        var name: WebhookEventName?
        var size: Int
        var after: DeliveryPosition?
    }

    static func answer(_ call: Call) async throws -> Reply {
        var question = try await call.continuation(Question.self) ?? first(call)
        let rows = try await call.service.webhookDeliveries(
            DeliveryQuery(
                state: question.state,
                name: question.name,
                position: question.after,
                limit: question.size + 1
            ),
            call.context
        )
        let page = Array(rows.prefix(question.size))
        question.after = page.last.map { DeliveryPosition(at: $0.delivery.recordedAt, id: $0.delivery.id) }
        let token = rows.count > question.size ? try call.token(question) : nil
        return Page(page, of: call, token: token).reply(call) { writer, row in
            writer.object { writeDelivery(row, call, to: &$0) }
        }
    }

    private static func first(_ call: Call) throws -> Question {
        let state = try call.exchange.query["state"].map { text in
            guard let state = DeliveryState(rawValue: text.lowercased()) else {
                throw BadInput("state", .unknown, text)
            }
            return state
        }
        let name = try call.exchange.query["event"].map { text in
            guard let name = WebhookEventName(spelled: text) else { throw BadInput("event", .unknown, text) }
            return name
        }
        return Question(
            state: state,
            name: name,
            size: try call.size(default: Question.largestPage, maximum: Question.largestPage),
            after: nil
        )
    }
}

private func writeDelivery(_ row: DeliveryRow, _ call: Call, to writer: inout JSONWriter) {
    let delivery = row.delivery
    writer.member("id", delivery.id)
    writer.member("event", delivery.name.rawValue)
    writer.member("state", delivery.state.rawValue)
    writer.member("stateText", call.say("deliveryState.\(delivery.state.rawValue)"))
    writer.member("recordedAt", delivery.recordedAt)
    writer.member("auditRecordId", delivery.entry)
    writer.member("attempts", delivery.attempts)
    writer.member("maximumAttempts", RetrySchedule.usual.attempts)
    writer.member("nextAttemptAt", delivery.nextAt)
    if let last = row.last {
        writer.object("lastAttempt") { writer in
            writer.member("number", last.number)
            writer.member("at", last.at)
            writer.member("status", last.status)
            writer.member("cause", last.cause?.rawValue)
            writer.member("causeText", last.cause.map { call.say("deliveryCause.\($0.rawValue)") })
            writer.member("milliseconds", last.milliseconds)
            writer.member("response", last.response)
        }
    }
    attributes("WebhookDelivery", to: &writer)
}
