import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// W15: where events are sent, and what became of them.
@Suite struct WebhookPageTests {
    private func deliveries(_ world: World) async throws -> [WebhookDelivery] {
        try await world.service.webhookDeliveries(DeliveryQuery(), Who.hanako.context).map(\.delivery)
    }

    @Test func `a test event is on its way after one press of a button`() async throws {
        let world = try await World()
        try await world.register()
        let browser = try await Browser(world, as: .hanako)
        try await browser.get("/webhooks")
        try await browser.follow(try await browser.post("/webhooks/test-event"))
        #expect(browser.page.contains("role=\"status\""))
        #expect(browser.page.contains("test-created"))
        #expect(try await deliveries(world).map(\.name) == [.testCreated])
    }

    @Test func `the third test event in a minute is refused with a page that says how long to wait`() async throws {
        let world = try await World()
        try await world.register()
        let browser = try await Browser(world, as: .hanako)
        for _ in 0..<2 {
            try await browser.get("/webhooks")
            try await browser.post("/webhooks/test-event")
        }
        try await browser.get("/webhooks")
        let refused = try await browser.post("/webhooks/test-event")
        #expect(refused.status == .tooManyRequests)
        #expect(refused.text.contains("60"))
    }

    @Test func `an event can be sent again from its row, and everything that failed at once`() async throws {
        let world = try await World()
        try await world.register()
        _ = try await world.pending()
        for _ in 0..<10 {
            try await world.deliver(503)
            world.surroundings.now = world.now.adding(seconds: 30_000)
        }
        #expect(try await deliveries(world).map(\.state) == [.failed])
        let browser = try await Browser(world, as: .hanako)
        try await browser.get("/webhooks?state=failed")
        let form = browser.hidden(in: "/webhooks/resending").filter { $0.name != "delivery" }
        #expect(try await browser.submit("/webhooks/resending", form).status == .seeOther)
        #expect(try await deliveries(world).map(\.state) == [.waiting])
        try await world.deliver(200)
        #expect(try await deliveries(world).map(\.state) == [.delivered])
        let id = try #require(try await deliveries(world).first?.id)
        try await browser.get("/webhooks")
        try await browser.post("/webhooks/resending", ["delivery": "\(id)"])
        #expect(try await deliveries(world).map(\.state) == [.waiting])
        try await browser.get("/webhooks")
        #expect(try await browser.post("/webhooks/resending", ["delivery": "nothing"]).status == .notFound)
    }

    @Test func `a new secret is shown once and counts at once`() async throws {
        let world = try await World()
        try await world.register()
        let before = try await world.service.webhook(Who.hanako.context)?.secret
        let browser = try await Browser(world, as: .hanako)
        try await browser.get("/webhooks")
        #expect(!browser.page.contains("whsec_"))
        let shown = try await browser.post("/webhooks/new-secret").text
        let after = try #require(try await world.service.webhook(Who.hanako.context)?.secret)
        #expect(after != before)
        #expect(shown.contains(after))
        try await browser.get("/webhooks")
        #expect(!browser.page.contains("whsec_"))
    }

    @Test func `only administrators of a partner find the page`() async throws {
        let world = try await World()
        for who in [Who.biller, .tanaka, .sofia] {
            let browser = try await Browser(world, as: who)
            try await browser.get("/")
            #expect(!browser.page.contains("href=\"/webhooks\""))
            #expect(try await browser.get("/webhooks").status == .forbidden)
        }
        let browser = try await Browser(world, as: .hanako)
        try await browser.get("/")
        #expect(browser.page.contains("href=\"/webhooks\""))
    }
}
