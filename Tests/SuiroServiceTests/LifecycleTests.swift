import Foundation
import SuiroAssets
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// What partners do with what they sold, kept and read back, on every database.
@Suite struct LifecycleTests {
    static let license = "91FD106F-4B2C-4938-95AC-F54F74E9A239"
    static let better = "796B6B5F-613C-4E24-A17C-EBA730D49C02"
    static let addOn = "0C266DFF-15DD-4B49-8397-2BB16070ED52"
    static let trial = "C38088A5-DB22-4F4B-9A3E-5B1C7D60E2F4"

    struct Scene {
        let world: TestWorld
        let partner: Organization
        let agent: Person
        let customer: Organization
        let admin: Person
        var customerID: ID<Customer> { customer.id.as(Customer.self) }

        init(_ driver: TestDriver, at day: String = "2017-06-09") async throws {
            world = try await TestWorld(on: driver, at: try #require(Instant(day)))
            let (partner, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
            let (customer, people) = try await world.add(
                .customer,
                "Mirai",
                domain: "m.example",
                roles: [[.globalAdmin]]
            )
            (self.partner, agent, self.customer, admin) = (partner, agents[0], customer, people[0])
            try await world.relate(agent, customer, admin)
        }

        func order(
            _ offer: String,
            seats: Int = 5,
            on base: ID<Subscription>? = nil
        ) async throws -> ID<Subscription> {
            let line = OrderLine(
                number: 0,
                offerID: offer,
                friendlyName: nil,
                quantity: seats,
                partnerIDOnRecord: nil,
                base: base
            )
            return try await world.service.placeOrder(
                OrderWish(billingCycle: "monthly", currency: "JPY", lines: [line]),
                for: customerID,
                world.context(agent)
            ).subscriptions[0]
        }

        @discardableResult
        func change(_ id: ID<Subscription>, _ change: SubscriptionChange) async throws -> SubscriptionView {
            try await world.service.change(id, of: customerID, change, world.context(agent))
        }

        func view(_ id: ID<Subscription>) async throws -> SubscriptionView {
            try await world.service.subscription(id, of: customerID, world.context(agent))
        }

        func listed() async throws -> [ID<Subscription>] {
            try await world.service.subscriptions(of: customerID, world.context(agent)).map(\.subscription.id)
        }

        func refusal(_ body: () async throws -> Void) async throws -> Reason? {
            do {
                try await body()
                return nil
            } catch let refusal as Refusal {
                return refusal.reason
            }
        }

        /// Today's rules hold from now on.
        func publishToday() async throws {
            let now = world.clock.now
            _ = try await world.service.writeAsSystem { tx in
                let book = try #require(try tx.book(1))
                let package = try PolicyFiles.shipped("2026")
                try tx.insert(book.publishing(package, effective: now), from: package.name, effective: now)
                return true
            }
        }

        func travel(_ day: String) throws {
            world.clock.now = try #require(Instant(day))
        }
    }

    @Test(arguments: TestDriver.available)
    func `LC-18 what is gone by time alone is not shown any more, and buying it anew is something else`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let first = try await scene.order(Self.license)
        try await scene.change(first, SubscriptionChange(status: .suspended, reason: .nonPayment))
        let kept = try await scene.view(first)
        #expect((kept.status, kept.subscription.course.suspendedFor) == (.suspended, .nonPayment))
        let until = try #require(kept.lifecycle?.until)
        scene.world.clock.now = until.adding(milliseconds: -1)
        #expect(try await scene.listed() == [first])
        scene.world.clock.now = until
        #expect(try await scene.listed() == [])
        #expect(try await scene.view(first).status == .deleted)
        let second = try await scene.order(Self.license)
        #expect(try await scene.listed() == [second])
        #expect(second != first)
        let revived = try await scene.refusal { try await scene.change(first, SubscriptionChange(status: .active)) }
        #expect(revived == .cannotBeReactivated)
    }

    @Test(arguments: TestDriver.available)
    func `LC-21 an add-on rests and wakes with its base, and both are on record`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let base = try await scene.order(Self.license)
        let none = try await scene.refusal { _ = try await scene.order(Self.addOn) }
        #expect(none == .invalidInput)
        let addOn = try await scene.order(Self.addOn, on: base)
        let context = scene.world.context(scene.agent)
        let found = try await scene.world.service.addOns(of: base, for: scene.customerID, context)
        #expect(found.map(\.subscription.id) == [addOn])
        try await scene.change(base, SubscriptionChange(status: .suspended, reason: .fraud))
        #expect(try await scene.view(addOn).subscription.course.suspendedFor == .base)
        let alone = try await scene.refusal { try await scene.change(addOn, SubscriptionChange(status: .active)) }
        #expect(alone == .baseNotActive)
        try await scene.change(base, SubscriptionChange(status: .active))
        #expect(try await scene.view(addOn).status == .active)
        try await scene.change(base, SubscriptionChange(status: .deleted))
        #expect(try await scene.view(addOn).status == .suspended)
        let changes = try await scene.world.service.audit(
            AuditQuery(customer: scene.customerID),
            scene.world.context(scene.agent)
        ).filter { $0.entry.event == "subscriptionChanged" }
        #expect(changes.filter { $0.entry.subject == "\(addOn)" }.map { $0.entry.details["base"] }.count == 3)
        let reasons = changes.filter { $0.entry.subject == "\(base)" }.compactMap { $0.entry.details["reason"] }
        #expect(reasons == ["fraud"])
    }

    @Test(arguments: TestDriver.available)
    func `LC-10 the window is measured by the instant of the intent, and the refusal can be explained`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver, at: "2024-02-28T12:00:00Z")
        try await scene.publishToday()
        let (first, second) = (try await scene.order(Self.license), try await scene.order(Self.license))
        try scene.travel("2024-03-06T11:59:59.999Z")
        #expect(try await scene.view(first).cancelUntil == Instant("2024-03-06T12:00:00Z"))
        #expect(try await scene.change(first, SubscriptionChange(status: .deleted)).status == .deleted)
        try scene.travel("2024-03-06T12:00:00Z")
        let context = scene.world.context(scene.agent)
        await #expect(throws: Refusal.self) {
            let change = SubscriptionChange(status: .deleted)
            _ = try await scene.world.service.change(second, of: scene.customerID, change, context)
        }
        #expect(try await scene.view(second).cancelUntil == nil)
        let read = try await scene.world.service.decisions(context.correlation, scene.world.context(scene.agent))
        #expect(
            read.contains { $0.read.key == "license.cancel.window" && $0.read.verdict.contains("CANCEL_WINDOW_OVER") }
        )
    }

    @Test(arguments: TestDriver.available)
    func `OP-32 the choice for the end of the term is kept, and time does the rest`(driver: TestDriver) async throws {
        let scene = try await Scene(driver, at: "2026-03-01")
        try await scene.publishToday()
        let (plain, chosen) = (try await scene.order(Self.license), try await scene.order(Self.license))
        try await scene.change(plain, SubscriptionChange(autoRenew: false))
        let view = try await scene.change(chosen, SubscriptionChange(endOfTerm: .cancel))
        #expect((view.subscription.term?.autoRenew, view.subscription.course.endOfTerm) == (false, .cancel))
        try scene.travel("2027-03-01")
        #expect(try await scene.view(plain).lifecycle?.isExtended == true)
        #expect(try await scene.view(chosen).status == .disabled)
    }

    @Test(arguments: TestDriver.available)
    func `a stale revision changes nothing, and nothing is recorded where nothing changes`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let id = try await scene.order(Self.license)
        let before = try await scene.view(id)
        let same = SubscriptionChange(quantity: 5, status: .active, autoRenew: true, revision: 1)
        #expect(try await scene.change(id, same).subscription == before.subscription)
        try await scene.change(id, SubscriptionChange(quantity: 6, revision: 1))
        await #expect(throws: StoreError.stale) {
            try await scene.change(id, SubscriptionChange(quantity: 7, revision: 1))
        }
        let after = try await scene.view(id).subscription
        #expect((after.quantity, after.revision) == (6, 2))
        #expect(after.course.additions.map(\.seats) == [1])
    }

    @Test(arguments: TestDriver.available)
    func `LC-16 a trial is converted in place, or turns by itself where policy says so`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let (service, context) = (scene.world.service, scene.world.context(scene.agent))
        let tooMany = try await scene.refusal { _ = try await scene.order(Self.trial, seats: 26) }
        #expect(tooMany == .invalidInput)
        let trial = try await scene.order(Self.trial, seats: 25)
        let ways = try await service.conversions(of: trial, for: scene.customerID, context)
        let target = try #require(ways.first?.target.id)
        #expect(ways.count == 1)
        let wrong = try await scene.refusal {
            _ = try await service.convert(trial, of: scene.customerID, to: Self.better, seats: nil, context)
        }
        #expect(wrong == .noConversion)
        _ = try await service.convert(trial, of: scene.customerID, to: target, seats: 12, context)
        let paid = try await scene.view(trial).subscription
        #expect((paid.productID, paid.quantity, paid.course.offering) == (target, 12, .onlineService))
        #expect(try await service.conversions(of: trial, for: scene.customerID, context).isEmpty)

        let today = try await Scene(driver, at: "2026-06-01")
        try await today.publishToday()
        let later = try await today.order(Self.trial, seats: 2)
        try today.travel("2026-07-01")
        let turned = try await today.view(later)
        #expect((turned.status, turned.subscription.productID) == (.active, target))
        try await today.change(later, SubscriptionChange(quantity: 40))
        #expect(try await today.view(later).subscription.quantity == 40)
    }

    @Test(arguments: TestDriver.available)
    func `an upgrade replaces the license in one act, and not while an add-on stands on it`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let (service, context) = (scene.world.service, scene.world.context(scene.agent))
        let old = try await scene.order(Self.license, seats: 7)
        let addOn = try await scene.order(Self.addOn, on: old)
        let ways = try await service.upgrades(of: old, for: scene.customerID, context)
        #expect(ways.count == 2)
        #expect(ways.allSatisfy { $0.obstacle?.reason == .addOnDepends })
        let blocked = try await scene.refusal {
            _ = try await service.upgrade(old, of: scene.customerID, to: Self.better, context)
        }
        #expect(blocked == .addOnDepends)
        try await scene.change(addOn, SubscriptionChange(status: .deleted))
        let made = try await service.upgrade(old, of: scene.customerID, to: Self.better, context)
        let new = try await scene.view(made.to).subscription
        #expect((new.productID, new.quantity, new.name) == (Self.better, 7, "Office 365 E3"))
        #expect(try await scene.view(old).status == .deleted)
        #expect(try await scene.listed() == [made.to])
    }

    @Test(arguments: TestDriver.available)
    func `SUP-09 the support contact is a fact of its own, and no stranger`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (service, context) = (scene.world.service, scene.world.context(scene.agent))
        let id = try await scene.order(Self.license)
        let first = try await service.supportContact(of: id, for: scene.customerID, context)
        #expect(first.tenant == scene.partner.id)
        let (other, agents) = try await scene.world.add(.advisor, "Minami", domain: "n.example", roles: [[.adminAgent]])
        let wish = SupportContactWish(tenant: other.id, mpnID: nil)
        func designate(_ wish: SupportContactWish) async throws -> SupportContactView {
            try await service.designateSupportContact(of: id, for: scene.customerID, wish, context)
        }
        #expect(try await scene.refusal { _ = try await designate(wish) } == .noRelationship)
        try await scene.world.relate(agents[0], scene.customer, scene.admin)
        let before = try await scene.view(id).subscription
        #expect(try await designate(wish).name == "Minami")
        var after = try await scene.view(id).subscription
        #expect(after.supportContact?.id == other.id)
        (after.supportContact, after.revision) = (before.supportContact, before.revision)
        #expect(after == before)
        let unknown = SupportContactWish(tenant: scene.customer.id, mpnID: nil)
        #expect(try await scene.refusal { _ = try await designate(unknown) } == .invalidInput)
        let misnamed = SupportContactWish(tenant: other.id, mpnID: "1")
        #expect(try await scene.refusal { _ = try await designate(misnamed) } == .invalidInput)
    }

    @Test(arguments: TestDriver.available)
    func `what others sold, or another channel, is not on the wire and is not driven`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let context = scene.world.context(scene.agent)
        let observed = try await scene.world.service.record(
            ObservedSubscription(
                name: "Office 365 E1",
                productID: nil,
                skuID: nil,
                family: .license,
                channel: .direct,
                sellerName: nil,
                quantity: 3,
                term: Term(
                    start: try #require(Instant("2016-01-01")),
                    end: try #require(Instant("2017-01-01")),
                    autoRenew: false
                ),
                monthlyCost: nil,
                aliases: []
            ),
            for: scene.customerID,
            context
        ).subscription.id
        // LC-17: 159 days after its end its data is gone; it stays in sight all the same.
        #expect(try await scene.view(observed).status == .deleted)
        #expect(try await scene.listed() == [observed])
        for body in [
            { _ = try await scene.world.service.provisioning(of: observed, for: scene.customerID, context) },
            { _ = try await scene.world.service.upgrades(of: observed, for: scene.customerID, context) },
            { _ = try await scene.world.service.addOns(of: observed, for: scene.customerID, context) },
        ] as [() async throws -> Void] {
            #expect(try await scene.refusal(body) == .notFound)
        }
        let driven = try await scene.refusal { try await scene.change(observed, SubscriptionChange(autoRenew: true)) }
        #expect(driven == .boughtElsewhere)
    }
}
