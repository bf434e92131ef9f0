import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Synchronization
import Testing

/// Registering and being told, with a receiver that the test plays.
@Suite(.serialized) struct WebhookTests {
    /// Answers what it is told to, and remembers what it was asked.
    private final class Receiver: Sendable {
        private let answers: Mutex<[Result<WebhookAnswer, DeliveryFailure>]>
        private let heard = Mutex<[String]>([])

        init(_ answers: [Result<WebhookAnswer, DeliveryFailure>] = []) {
            self.answers = Mutex(answers)
        }

        var calls: [String] { heard.withLock { $0 } }

        var transport: WebhookTransport {
            WebhookTransport { call in
                self.heard.withLock { $0.append(String(decoding: call.body, as: UTF8.self)) }
                await Task.yield()
                return self.answers.withLock { $0.isEmpty ? .success(.ok) : $0.removeFirst() }
            }
        }
    }

    private struct Cast {
        let world: TestWorld
        let agent: Person
        let customer: Organization
        let admin: Person

        init(_ driver: TestDriver, events: Set<WebhookEventName> = [.resellerAccepted]) async throws {
            world = try await TestWorld(on: driver)
            let (_, agents) = try await world.add(.direct, "P", domain: "p.example", roles: [[.adminAgent]])
            let (customer, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
            (agent, self.customer, admin) = (agents[0], customer, admins[0])
            let wish = WebhookWish(url: "http://127.0.0.1:9/", events: events, signsInOwnHeader: false)
            _ = try await world.service.registerWebhook(wish, world.context(agents[0]))
        }

        func dispatcher(_ receiver: Receiver) -> WebhookDispatcher {
            WebhookDispatcher(world.service, transport: receiver.transport, complain: { Issue.record($0) }) {
                outgoing,
                _ in
                WebhookCall(url: outgoing.registration.url, headers: [], body: Array("\(outgoing.delivery.id)".utf8))
            }
        }

        func deliveries() async throws -> [DeliveryRow] {
            try await world.service.webhookDeliveries(DeliveryQuery(limit: 500), world.context(agent))
        }
    }

    @Test(arguments: TestDriver.available)
    func `a receiver that fails twice is tried until it takes the event`(driver: TestDriver) async throws {
        let cast = try await Cast(driver)
        let receiver = Receiver([.success(.failed), .failure(DeliveryFailure(.timedOut))])
        let dispatcher = cast.dispatcher(receiver)
        try await cast.world.relate(cast.agent, cast.customer, cast.admin)
        await dispatcher.settle(within: .seconds(60))
        #expect(receiver.calls.count == 1)
        cast.world.clock.now = cast.world.clock.now.adding(seconds: 3)
        await dispatcher.settle(within: .seconds(60))
        #expect(receiver.calls.count == 1, "not before its time")
        for (seconds, calls) in [(4, 2), (20, 2), (20, 3), (86_400, 3)] {
            cast.world.clock.now = cast.world.clock.now.adding(seconds: seconds)
            await dispatcher.settle(within: .seconds(60))
            #expect(receiver.calls.count == calls)
        }
        let row = try #require(try await cast.deliveries().first)
        #expect(row.delivery.state == .delivered)
        #expect(row.delivery.attempts == 3)
        #expect(row.last?.status == 200)
        #expect(Set(receiver.calls).count == 1, "every attempt tells the same delivery")
    }

    @Test(arguments: TestDriver.available)
    func `two servers on one database tell each event once`(driver: TestDriver) async throws {
        let cast = try await Cast(driver, events: [.orderPlaced])
        let count = 60
        let partner = cast.agent.tenant.as(Partner.self)
        for number in 0..<count {
            _ = try await cast.world.service.writeAsSystem(in: .customer(cast.customer.id.as(Customer.self))) { tx in
                try tx.record(.orderPlaced("\(number)"), Remark(partner: partner))
                return true
            }
        }
        let receiver = Receiver()
        let settled = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                let dispatcher = cast.dispatcher(receiver)
                group.addTask { await dispatcher.settle(within: .seconds(300)) }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(settled)
        #expect(receiver.calls.count == count)
        #expect(Set(receiver.calls).count == count)
        #expect(Set(try await cast.deliveries().map(\.delivery.state)) == [.delivered])
    }

    @Test func `after ten attempts an event waits for a person`() async throws {
        let cast = try await Cast(.sqlite)
        let receiver = Receiver(Array(repeating: .success(.failed), count: 11))
        let dispatcher = cast.dispatcher(receiver)
        try await cast.world.relate(cast.agent, cast.customer, cast.admin)
        for _ in 0..<20 {
            await dispatcher.settle(within: .seconds(60))
            cast.world.clock.now = cast.world.clock.now.adding(seconds: 30_000)
        }
        #expect(receiver.calls.count == 10)
        let row = try #require(try await cast.deliveries().first)
        #expect(row.delivery.state == .failed)
        let context = cast.world.context(cast.agent)
        #expect(try await cast.world.service.resendFailedWebhooks(context) == 1)
        await dispatcher.settle(within: .seconds(60))
        #expect(try await cast.deliveries().first?.delivery.state == .failed, "one more attempt, and no more")
        _ = try await cast.world.service.resendWebhook(row.delivery.id, cast.world.context(cast.agent))
        await dispatcher.settle(within: .seconds(60))
        #expect(try await cast.deliveries().first?.delivery.state == .delivered)
        #expect(receiver.calls.count == 12)
    }

    @Test func `a partner has one registration, and its secret is told once`() async throws {
        let cast = try await Cast(.sqlite)
        let (service, context) = (cast.world.service, cast.world.context(cast.agent))
        let wish = WebhookWish(url: "https://hooks.example/", events: [.invoiceReady], signsInOwnHeader: true)
        await #expect(throws: Refusal.webhookExists) { try await service.registerWebhook(wish, context) }
        let before = try #require(try await service.webhook(context))
        let changed = try await service.changeWebhook(to: wish, cast.world.context(cast.agent))
        #expect(changed.newSecret == nil)
        #expect(changed.registration.secret == before.secret)
        #expect(changed.registration.id == before.id)
        let renewed = try await service.renewWebhookSecret(cast.world.context(cast.agent))
        #expect(renewed.newSecret == renewed.registration.secret)
        #expect(renewed.registration.secret != before.secret)
        #expect(renewed.registration.events == [.invoiceReady])
    }

    @Test func `only administrators of a partner may see or change it`() async throws {
        let world = try await TestWorld(on: .sqlite)
        let (_, people) = try await world.add(
            .direct,
            "P",
            domain: "p.example",
            roles: [[.adminAgent], [.globalAdmin], [.app], [.salesAgent], [.helpdeskAgent], [.billingAdmin]]
        )
        let (_, customers) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        for person in people[0...2] { #expect(try await world.service.webhook(world.context(person)) == nil) }
        for person in people[3...] + customers {
            await #expect(throws: Refusal.self) { try await world.service.webhook(world.context(person)) }
        }
    }

    @Test func `two test events a minute, and their results`() async throws {
        let cast = try await Cast(.sqlite)
        let (service, world) = (cast.world.service, cast.world)
        let first = try await service.testWebhook(world.context(cast.agent))
        world.clock.now = world.clock.now.adding(seconds: 20)
        let second = try await service.testWebhook(world.context(cast.agent))
        #expect(first != second)
        await #expect(throws: Refusal.tooManyTestEvents(seconds: 40)) {
            try await service.testWebhook(world.context(cast.agent))
        }
        world.clock.now = world.clock.now.adding(seconds: 40)
        _ = try await service.testWebhook(world.context(cast.agent))
        await cast.dispatcher(Receiver()).settle(within: .seconds(60))
        let test = try await service.webhookTest(first, world.context(cast.agent))
        #expect(test.delivery.state == .delivered)
        #expect(test.attempts.map(\.status) == [200])
    }

    @Test func `the seal is made once, and what is signed with it differs by body`() async throws {
        let world = try await TestWorld(on: .sqlite)
        let (first, second) = (try await world.service.webhookSeal(), try await world.service.webhookSeal())
        #expect(first.certificate == second.certificate)
        #expect(try first.signature(of: [1]) == second.signature(of: [1]))
        #expect(try first.signature(of: [1]) != first.signature(of: [2]))
    }

    @Test func `the second signature is the one of the Standard Webhooks specification`() {
        // The example of the specification's own libraries.
        let signature = WebhookSeal.signature(
            of: Array(#"{"test": 2432232314}"#.utf8),
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            seconds: 1_614_265_330,
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `the indirect provider hears of an acceptance under its own name`() async throws {
        let world = try await TestWorld(on: .sqlite)
        let (provider, providers) = try await world.add(
            .indirectProvider,
            "Provider",
            domain: "pr.example",
            roles: [[.adminAgent]]
        )
        let (reseller, agents) = try await world.add(
            .indirectReseller,
            "R",
            domain: "r.example",
            roles: [[.adminAgent]]
        )
        _ = try await world.service.writeAsSystem { tx in
            var partnered = reseller
            partnered.provider = provider.id.as(Partner.self)
            partnered.revision += 1
            try tx.update(partnered)
            return true
        }
        let (house, admins) = try await world.add(.customer, "C", domain: "c.example", roles: [[.globalAdmin]])
        let wanted: Set<WebhookEventName> = [.resellerAccepted, .indirectResellerAccepted]
        for person in [providers[0], agents[0]] {
            let wish = WebhookWish(url: "http://127.0.0.1:9/", events: wanted, signsInOwnHeader: false)
            _ = try await world.service.registerWebhook(wish, world.context(person))
        }
        var wish = world.wish(house)
        wish.provider = provider.id.as(Partner.self)
        let view = try await world.service.requestRelationship(wish, world.context(agents[0]))
        let terms = try await world.service.invitation(view.request.code, world.context(admins[0])).terms
        let hash = terms.hash
        _ = try await world.service.acceptInvitation(view.request.code, termsHash: hash, world.context(admins[0]))
        func names(_ person: Person) async throws -> [WebhookEventName] {
            try await world.service.webhookDeliveries(DeliveryQuery(), world.context(person)).map(\.delivery.name)
        }
        #expect(try await names(agents[0]) == [.resellerAccepted])
        #expect(try await names(providers[0]) == [.indirectResellerAccepted])
    }
}

extension WebhookAnswer {
    fileprivate static let ok = WebhookAnswer(status: 200, body: "")
    fileprivate static let failed = WebhookAnswer(status: 500, body: "out of order")
}
