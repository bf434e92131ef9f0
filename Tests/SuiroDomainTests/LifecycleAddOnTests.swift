import SuiroDomain
import Testing

/// LC-21, upgrades, and what else hangs on a subscription.
@Suite struct LifecycleAddOnTests {
    private func base() throws -> Subscription { try Life.license(from: "2017-01-15", to: "2018-01-15") }

    private func addOn() throws -> Subscription {
        var addOn = try base()
        addOn.dependsOn = addOn.id
        return addOn
    }

    private func following(
        _ addOn: Subscription,
        _ change: SubscriptionChange,
        on base: Subscription,
        _ rules: Deliberation
    ) throws -> Subscription? {
        var rules = rules
        let changed = try Sample.situation(base).making(change, &rules)
        return try addOn.following(changed, &rules)
    }

    @Test func `LC-21 an add-on rests with its base, and wakes with it`() throws {
        let rules = try Life.then("2017-06-09")
        for status in [SubscriptionStatus.suspended, .deleted] {
            let rested = try following(addOn(), SubscriptionChange(status: status), on: base(), rules)
            #expect((rested?.status, rested?.course.suspendedFor) == (.suspended, .base))
        }
        let suspended = try base().changed(SubscriptionChange(status: .suspended), rules)
        let rested = try #require(
            try following(addOn(), SubscriptionChange(status: .suspended), on: base(), rules)
        )
        let back = SubscriptionChange(status: .active)
        let woken = try following(rested, back, on: suspended, Life.then("2017-06-10"))
        #expect((woken?.status, woken?.course.suspendedFor) == (.active, nil))
        #expect(try following(addOn(), SubscriptionChange(quantity: 3), on: base(), rules) == nil)
    }

    @Test func `LC-21 an add-on that was suspended for itself stays so`() throws {
        let rules = try Life.then("2017-06-09")
        let own = try addOn().changed(SubscriptionChange(status: .suspended, reason: .fraud), rules)
        #expect(try following(own, SubscriptionChange(status: .suspended), on: base(), rules) == nil)
        let suspended = try base().changed(SubscriptionChange(status: .suspended), rules)
        #expect(try following(own, SubscriptionChange(status: .active), on: suspended, rules) == nil)
    }

    @Test func `LC-21 another partner's add-on, or one that is only observed, is not driven`() throws {
        let rules = try Life.then("2017-06-09")
        var other = try addOn()
        other.seller = Sample.seller(.csp, soldByAsker: false)
        #expect(try following(other, SubscriptionChange(status: .suspended), on: base(), rules) == nil)
        var observed = try addOn()
        observed.source = .observed
        #expect(try following(observed, SubscriptionChange(status: .suspended), on: base(), rules) == nil)
    }

    @Test func `LC-21 no add-on is taken up again before its base`() throws {
        var rules = try Life.then("2017-06-10")
        let suspended = try base().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        let addOn = try addOn().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        let resting = Situation(
            subscription: addOn,
            asker: Sample.asker(),
            buyer: .customer,
            grant: nil,
            base: suspended
        )
        let refused = try refusal { try resting.making(SubscriptionChange(status: .active), &rules) }
        #expect(refused?.reason == .baseNotActive)
        #expect(refused?.next.map(\.action) == [.reactivateBase])
        let awake = Situation(
            subscription: addOn,
            asker: Sample.asker(),
            buyer: .customer,
            grant: nil,
            base: try base()
        )
        #expect(try awake.making(SubscriptionChange(status: .active), &rules).subscription.status == .active)
    }

    @Test func `under new commerce an add-on that rests does not renew either`() throws {
        let (base, addOn) = (
            try Life.license(from: "2024-01-15", to: "2025-01-15"),
            try Life.license(from: "2024-01-15", to: "2025-01-15")
        )
        let rested = try following(addOn, SubscriptionChange(status: .suspended), on: base, Life.now("2024-02-01"))
        #expect(rested?.term?.autoRenew == false)
    }

    @Test func `a license is upgraded in place in 2017, keeps its term, and not under new commerce`() throws {
        let offer = Offer(id: "E1", name: "E1", skuID: "E1", family: .license, services: [], upgradesTo: ["E3"])
        let better = Offer(id: "E3", name: "E3", skuID: "E3", family: .license, services: [])
        var rules = try Life.then("2018-06-09")
        var sold = try base()
        (sold.productID, sold.name) = ("E1", "E1")
        let situation = Sample.situation(sold)
        let option = try situation.upgrade(to: "e3", of: offer, hasAddOns: false, &rules)
        let (old, new) = try situation.upgrading(to: better, of: offer, as: Sample.id(77), by: option, &rules)
        #expect((old.subscription.status, old.status) == (.deleted, .deleted))
        #expect((new.productID, new.name, new.quantity) == ("E3", "E3", sold.quantity))
        #expect(new.term == (try Sample.term("2018-01-15", "2019-01-15", autoRenew: true)))
        #expect(try situation.upgrade(to: "E3", of: offer, hasAddOns: true, &rules).reason == .addOnDepends)
        #expect(try situation.upgrade(to: "E5", of: offer, hasAddOns: false, &rules).reason == .noUpgrade)
        let new2022 = Sample.situation(try Life.license(from: "2024-01-15", to: "2025-01-15"))
        var today = try Life.now("2024-06-09")
        #expect(try new2022.upgrade(to: "E3", of: offer, hasAddOns: false, &today).reason == .noUpgrade)
    }

    @Test func `OP-31 what is suspended and costs on keeps the relationship today`() throws {
        let suspended = try Life.license(from: "2024-01-15", to: "2025-01-15")
            .changed(SubscriptionChange(status: .suspended), Life.now("2024-06-01"))
        var today = try Life.now("2024-06-02")
        let kept = try refusal { try Removal.check(by: Sample.asker(), active: [suspended], &today) }
        #expect(kept?.reason == .removalBlocked)
        var over = try Life.now("2025-01-15")
        try Removal.check(by: Sample.asker(), active: [suspended], &over)
        let legacy = try base().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        var then = try Life.then("2017-06-10")
        try Removal.check(by: Sample.asker(), active: [legacy], &then)
    }
}
