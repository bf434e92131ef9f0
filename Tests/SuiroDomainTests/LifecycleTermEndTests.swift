import SuiroDomain
import Testing

/// What comes after the term: the extension of 2026 (LC-20), trials (LC-16), usage (LC-19), and what other channels
/// sold (LC-17).
@Suite struct LifecycleTermEndTests {
    private func ending(_ start: String, _ end: String, _ choice: EndOfTerm? = nil) throws -> Subscription {
        try Life.license(from: start, to: end, autoRenew: false, Course(endOfTerm: choice))
    }

    @Test func `LC-20 bought since April 2025 and ending since May 2026, it runs on by the month`() throws {
        let extended = try ending("2025-04-01", "2026-05-04")
        let state = try extended.state(Life.now("2026-05-04"))
        #expect((state.status, state.isExtended, state.isBilled) == (.active, true, true))
        #expect(
            try extended.state(Life.now("2026-08-10")).period
                == Sample.term("2026-08-04", "2026-09-04", autoRenew: true)
        )
        let bought = try ending("2025-03-31T23:59:59.999Z", "2026-05-04")
        #expect(try bought.state(Life.now("2026-05-04")).status == .expired)
        let ended = try ending("2025-04-01", "2026-05-03T23:59:59.999Z")
        #expect(try ended.state(Life.now("2026-05-04")).status == .expired)
        #expect(try extended.state(Life.then("2026-05-04")).status == .expired)
    }

    @Test func `LC-20 renewed since April 2025 counts as bought`() throws {
        let renewed = try Life.license(from: "2023-06-01", to: "2024-06-01")
            .changed(SubscriptionChange(autoRenew: false), Life.now("2025-07-01"))
        #expect(try renewed.state(Life.now("2026-06-01")).isExtended)
    }

    @Test(arguments: [Offering.perpetualSoftware, .softwareSubscription, .trial])
    func `LC-20 software and trials do not run on`(offering: Offering) throws {
        let sold = try Life.license(from: "2025-06-01", to: "2026-06-01", autoRenew: false, offering: offering)
        #expect(try sold.state(Life.now("2026-06-01")).status == .expired)
    }

    @Test func `LC-20 an extended subscription is cancelled at any time, prorated, and costs three per cent more`()
        throws
    {
        let extended = try ending("2025-06-01", "2026-06-01")
        let option = try extended.option(.cancel, Life.now("2026-07-16"))
        #expect((option.verdict, option.rule) == (.allowed, "LC-20"))
        // July from the 1st: 15 of 31 days have begun.
        #expect(try option.step(.receiveCredit)?.cost == Sample.money("16", "USD"))
        let manage = try extended.option(.manage, Life.now("2026-07-16"))
        #expect(try manage.step(.cancelExtension)?.cost == Sample.money("31.93", "USD"))
        let gone = try extended.changed(SubscriptionChange(status: .deleted), Life.now("2026-07-16"))
        #expect(try gone.state(Life.now("2026-07-16")).status == .deleted)
    }

    @Test func `LC-20 cancelled at the end of its term, access ends with it`() throws {
        let chosen = try ending("2025-06-01", "2026-06-01", .cancel)
        #expect(try chosen.state(Life.now("2026-05-31T23:59:59.999Z")).access == .everyone)
        let state = try chosen.state(Life.now("2026-06-01"))
        #expect((state.status, state.access, state.isBilled) == (.disabled, .nobody, false))
        #expect(try chosen.state(Life.now("2026-08-30")).status == .deleted)
    }

    @Test func `LC-20 the choice can be made since February 2026`() throws {
        let sold = try Life.license(from: "2025-06-01", to: "2026-06-01")
        let extend = SubscriptionChange(endOfTerm: .extend)
        let early = try #require(try sold.refusal(of: extend, Life.now("2026-02-15T23:59:59.999Z")))
        #expect((early.reason, early.rule) == (.endOfTermNotOffered, "LC-08"))
        #expect(early.availableFrom == (try Sample.instant("2026-02-16")))
        let chosen = try sold.changed(extend, Life.now("2026-02-16"))
        #expect((chosen.term?.autoRenew, chosen.course.endOfTerm) == (false, .extend))
        #expect(try sold.refusal(of: extend, Life.then("2026-02-16"))?.reason == .endOfTermNotOffered)
        let back = try chosen.changed(SubscriptionChange(endOfTerm: .renew), Life.now("2026-02-17"))
        #expect((back.term?.autoRenew, back.course.endOfTerm) == (true, nil))
        let cancel = try sold.changed(SubscriptionChange(endOfTerm: .cancel), Life.then("2026-02-16"))
        #expect((cancel.term?.autoRenew, cancel.course.endOfTerm) == (false, .cancel))
    }

    @Test func `OP-32 auto-renew that is merely off is no choice, and the price of that is told`() throws {
        let off = try Life.license(from: "2025-06-01", to: "2026-06-01")
            .changed(SubscriptionChange(autoRenew: false), Life.now("2026-03-01"))
        let step = try #require(try off.option(.manage, Life.now("2026-03-01")).step(.chooseEndOfTerm))
        #expect((step.date, step.cost) == (try Sample.instant("2026-06-01"), try Sample.money("31.93", "USD")))
        let made = try off.changed(SubscriptionChange(endOfTerm: .cancel), Life.now("2026-03-01"))
        #expect(try made.option(.manage, Life.now("2026-03-01")).next.map(\.action) == [.exportData])
    }

    @Test func `suspended beyond its term, it rests for the month it is in`() throws {
        let extended = try ending("2025-06-01", "2026-06-01")
        let suspended = try extended.changed(SubscriptionChange(status: .suspended), Life.now("2026-07-16"))
        #expect(try suspended.state(Life.now("2026-07-31T23:59:59.999Z")).status == .suspended)
        #expect(try suspended.state(Life.now("2026-08-01")).status == .disabled)
        let resumed = try suspended.changed(SubscriptionChange(status: .active), Life.now("2026-07-20"))
        #expect(try resumed.state(Life.now("2026-08-01")).isExtended)
    }

    @Test func `LC-16 a trial has 30 days and 25 seats, and turns into what is paid for`() throws {
        let offer = Offer(
            id: "T",
            name: "Trial",
            skuID: "T",
            family: .license,
            services: [],
            offering: .trial,
            convertsTo: ["PAID"]
        )
        var today = try Life.now("2026-06-01")
        let purchase = try Ordering.purchase(of: offer, seats: 25, line: 0, &today)
        #expect(purchase.term == (try Sample.term("2026-06-01", "2026-07-01", autoRenew: true)))
        #expect(try refusal { try Ordering.purchase(of: offer, seats: 26, line: 0, &today) }?.reason == .invalidInput)
        var trial = try Life.license(from: "2026-06-01", to: "2026-07-01", purchase.course)
        (trial.course, trial.quantity) = (purchase.course, 25)
        let more = SubscriptionChange(quantity: 26)
        #expect(try trial.refusal(of: more, Life.now("2026-06-30T23:59:59.999Z"))?.reason == .trialSeatLimit)
        var after = try Life.now("2026-07-01")
        let paid = try #require(try trial.converted(&after))
        #expect((paid.productID, paid.course.offering) == ("PAID", .onlineService))
        #expect(paid.term == (try Sample.term("2026-07-01", "2027-07-01", autoRenew: true)))
        #expect(try trial.changed(more, Life.now("2026-07-01")).productID == "PAID")
        // Cancelled for its end, it never turns.
        let off = try trial.changed(SubscriptionChange(autoRenew: false), Life.now("2026-06-15"))
        #expect(try off.converted(&after) == nil)
        #expect(try off.state(Life.now("2026-07-01")).status == .expired)
    }

    @Test func `LC-16 in 2017 a trial ends, and is converted by hand`() throws {
        let offer = Offer(
            id: "T",
            name: "T",
            skuID: "T",
            family: .license,
            services: [],
            offering: .trial,
            convertsTo: ["PAID"]
        )
        var rules = try Life.then("2017-06-09")
        let purchase = try Ordering.purchase(of: offer, seats: 1, line: 0, &rules)
        var trial = try Life.license(from: "2017-06-09", to: "2017-07-09", autoRenew: false)
        trial.course = purchase.course
        #expect(purchase.term?.autoRenew == false)
        #expect(try trial.state(Life.then("2017-07-09")).status == .expired)
        let situation = Sample.situation(trial)
        let option = try situation.conversion(to: "paid", of: offer, &rules)
        let paid = try situation.converting(to: "paid", seats: 3, by: option, &rules).subscription
        #expect((paid.productID, paid.quantity, paid.course.offering) == ("PAID", 3, .onlineService))
        #expect(try situation.conversion(to: "other", of: offer, &rules).reason == .noConversion)
        var late = try Life.then("2017-07-09")
        #expect(try situation.conversion(to: "paid", of: offer, &late).reason == .notActive)
    }

    @Test func `LC-19 usage that is cancelled is kept for 90 days today, and was gone at once`() throws {
        let cancel = SubscriptionChange(status: .deleted)
        let kept = try Life.usage().changed(cancel, Life.now("2026-01-01"))
        #expect(try kept.state(Life.now("2026-03-31T23:59:59.999Z")).status == .disabled)
        #expect(try kept.state(Life.now("2026-04-01")).status == .deleted)
        let back = SubscriptionChange(status: .active)
        #expect(try kept.changed(back, Life.now("2026-03-31T23:59:59.999Z")).status == .active)
        #expect(try kept.refusal(of: back, Life.now("2026-04-01"))?.reason == .cannotBeReactivated)
        #expect(
            try kept.option(.manage, Life.now("2026-02-01")).step(.reactivate)?.date == Sample.instant("2026-04-01")
        )
        #expect(try Life.usage().changed(cancel, Life.then("2026-01-01")).status == .deleted)
        #expect(try Life.usage().changed(cancel, Life.now("2023-12-31")).status == .deleted)
    }

    @Test(arguments: [
        (Channel.direct, 30, 90, 30, 90), (.advisor, 30, 90, 30, 90), (.open, 30, 90, 30, 90), (.ea, 90, 60, 30, 90),
    ])
    func `LC-17 what other channels sold expires, is disabled and is gone, and nobody drives it`(
        channel: Channel,
        expired: Int,
        disabled: Int,
        expiredToday: Int,
        disabledToday: Int
    ) throws {
        for (rules, expired, disabled) in [
            (Life.then, expired, disabled), (Life.now, expiredToday, disabledToday),
        ] {
            let held = try Sample.subscription(.license, channel, term: Sample.term("2024-03-01", "2025-03-01"))
            let end = try Sample.instant("2025-03-01")
            func status(_ days: Int, _ milliseconds: Int64) throws -> SubscriptionStatus {
                let at = end.adding(days: days).adding(milliseconds: milliseconds)
                return try held.state(rules(at.description)).status
            }
            #expect(try status(0, -1) == .active)
            #expect(try status(0, 0) == .expired)
            #expect(try status(expired, -1) == .expired)
            #expect(try status(expired, 0) == .disabled)
            #expect(try status(expired + disabled, -1) == .disabled)
            #expect(try status(expired + disabled, 0) == .deleted)
        }
    }

    @Test func `INV-04 what is only observed is never driven, whoever sold it`() throws {
        var observed = try Life.license(from: "2024-03-01", to: "2025-03-01")
        observed.source = .observed
        for change in [
            SubscriptionChange(status: .suspended), SubscriptionChange(status: .deleted),
            SubscriptionChange(quantity: 3),
            SubscriptionChange(autoRenew: false), SubscriptionChange(endOfTerm: .cancel),
            SubscriptionChange(friendlyName: "Ours"),
        ] {
            #expect(try observed.refusal(of: change, Life.then("2024-06-01"))?.reason == .observedOnly)
        }
        let elsewhere = try Sample.subscription(.license, .direct, term: Sample.term("2024-03-01", "2025-03-01"))
        let granted = Sample.situation(elsewhere, grant: try Sample.grant(from: "2024-01-01", until: "2026-01-01"))
        for change in [SubscriptionChange(status: .suspended), SubscriptionChange(autoRenew: true)] {
            var rules = try Life.then("2024-06-01")
            let refused = try refusal { try granted.making(change, &rules) }
            #expect(refused?.reason == .boughtElsewhere)
        }
    }
}
