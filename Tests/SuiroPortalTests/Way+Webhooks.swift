import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Synchronization

extension World {
    /// Tozai wants to be told of much.
    func register() async throws {
        let wish = WebhookWish(
            url: "https://hooks.tozai-cloud.example/suiro",
            events: [.relationshipRequestCreated, .resellerAccepted, .subscriptionUpdated],
            signsInOwnHeader: false
        )
        _ = try await service.registerWebhook(wish, Who.hanako.context)
    }

    /// Sends what is due; the first receiver that is met answers with `status`, all others with 200.
    ///
    /// It works with numbers of its own, so that no page depends on how often it looked whether something is due; and it
    /// is given all the time that a busy machine needs, for what it left undone would go on behind the page.
    func deliver(_ status: Int) async throws {
        let surroundings = surroundings
        let numbers = Surroundings(now, from: 1 << 32)
        var environment = surroundings.environment
        environment.newUUID = numbers.environment.newUUID
        let service = PartnerService(
            store: service.store,
            cloud: service.cloud,
            words: words,
            environment: environment,
            isSandbox: service.isSandbox
        )
        let heard = Mutex(0)
        let dispatcher = WebhookDispatcher(
            service,
            transport: WebhookTransport { _ in
                heard.withLock { count in
                    count += 1
                    return count == 1
                }
                    ? .success(WebhookAnswer(status: status, body: "{\"error\":\"<busy>\"}"))
                    : .success(WebhookAnswer(status: 200, body: ""))
            },
            wall: { surroundings.now },
            compose: { outgoing, _ in WebhookCall(url: outgoing.registration.url, headers: [], body: []) }
        )
        guard await dispatcher.settle(within: .seconds(600)) else { throw Missing.value("the end of the deliveries") }
    }
}

extension Way {
    /// One delivery that waits after a failure, one that arrived, one that was never attempted.
    func webhooks() async throws -> Reply {
        try await world.register()
        _ = try await world.pending()
        _ = try await world.service.testWebhook(Who.hanako.context)
        try await world.deliver(503)
        _ = try await world.service.testWebhook(Who.hanako.context)
        return try await browser.get("/webhooks")
    }

    func webhookSecret() async throws -> Reply {
        try await world.register()
        try await browser.get("/webhooks")
        return try await browser.post("/webhooks/new-secret")
    }
}
