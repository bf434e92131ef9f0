import SuiroDomain
import Testing

/// SM-5b: licenses of new commerce, and what stays as it was.
@Suite struct LifecycleTodayTests {
    private let purchase = "2024-03-10T14:30:00Z"
    private let deadline = "2024-03-17T14:30:00Z"
    private let lastMoment = "2024-03-17T14:29:59.999Z"
    private let termEnd = "2025-03-10T14:30:00Z"

    private func license(_ course: Course = Course()) throws -> Subscription {
        try Life.license(from: purchase, to: termEnd, course)
    }

    @Test func `LC-09 what was bought or renewed since 2022 lives under new commerce`() throws {
        let old = try Life.license(from: "2021-12-31T23:59:59.999Z", to: "2022-12-31T23:59:59.999Z")
        #expect(try old.option(.cancel, Life.now("2022-06-01")).verdict == .allowed)
        let new = try Life.license(from: "2022-01-01", to: "2023-01-01")
        #expect(try new.option(.cancel, Life.now("2022-06-01")).reason == .cancelWindowOver)
        // Renewed on the last moment of 2022, the old one is new as well.
        #expect(try old.option(.cancel, Life.now("2023-06-01")).reason == .cancelWindowOver)
        #expect(try new.option(.cancel, Life.then("2022-06-01")).verdict == .allowed)
    }

    @Test func `LC-10 it is cancelled within 168 hours of purchase, and not a moment later`() throws {
        let inTime = try license().option(.cancel, Life.now(lastMoment))
        #expect((inTime.verdict, inTime.rule) == (.allowed, "LC-10"))
        let step = try #require(inTime.step(.cancelInTime))
        #expect(step.date == (try Sample.instant(deadline)))
        #expect(step.arguments["deadline"] == .moment(try Sample.instant(deadline)))
        // Seven of the month's 31 days have begun.
        #expect(try step.cost == Sample.money("24", "USD"))
        let late = try license().option(.cancel, Life.now(deadline))
        #expect((late.verdict, late.reason) == (.refused, .cancelWindowOver))
        #expect(late.availableFrom == (try Sample.instant(termEnd)))
        #expect(late.step(.cancelAtTermEnd)?.date == (try Sample.instant(termEnd)))
        #expect(try license().refusal(of: SubscriptionChange(status: .deleted), Life.now(deadline)) == late)
        #expect(try license().option(.cancel, Life.then(deadline)).verdict == .allowed)
    }

    @Test func `LC-10 seats are given back within 168 hours of purchase, or of their own increase`() throws {
        let fewer = SubscriptionChange(quantity: 100)
        #expect(try license().refusal(of: fewer, Life.now(lastMoment)) == nil)
        let refused = try #require(try license().refusal(of: fewer, Life.now(deadline)))
        #expect((refused.reason, refused.rule) == (.decreaseWindowOver, "LC-10"))
        #expect(refused.availableFrom == (try Sample.instant(termEnd)))

        let more = try license().changed(SubscriptionChange(quantity: 150), Life.now("2024-05-01T08:00:00Z"))
        let edge = "2024-05-08T07:59:59.999Z"
        let option = try more.option(.changeQuantity, Life.now(edge))
        let step = try #require(option.step(.removeSeats))
        #expect(option.verdict == .allowed)
        #expect((step.date, step.arguments["count"]) == (try Sample.instant("2024-05-08T08:00:00Z"), .count(30)))
        #expect(try more.refusal(of: SubscriptionChange(quantity: 120), Life.now(edge)) == nil)
        #expect(try more.refusal(of: SubscriptionChange(quantity: 119), Life.now(edge))?.reason == .decreaseWindowOver)
        let after = try more.option(.changeQuantity, Life.now("2024-05-08T08:00:00Z"))
        #expect((after.verdict, after.next.isEmpty) == (.allowed, true))
        #expect(
            try more.refusal(of: SubscriptionChange(quantity: 149), Life.now("2024-05-08T08:00:00Z"))?.reason
                == .decreaseWindowOver
        )
        #expect(try more.refusal(of: SubscriptionChange(quantity: 149), Life.then("2024-05-08T08:00:00Z")) == nil)
    }

    @Test func `OP-33 seats that are given back come off the newest increase first`() throws {
        var seats = try license().changed(SubscriptionChange(quantity: 130), Life.now("2024-05-01"))
        seats = try seats.changed(SubscriptionChange(quantity: 150), Life.now("2024-05-03"))
        seats = try seats.changed(SubscriptionChange(quantity: 135), Life.now("2024-05-04"))
        let additions = [
            SeatAddition(at: try Sample.instant("2024-05-01"), seats: 10),
            SeatAddition(at: try Sample.instant("2024-05-03"), seats: 5),
        ]
        #expect(seats.course.additions == additions)
        let steps = try seats.option(.changeQuantity, Life.now("2024-05-07")).next
        #expect(steps.map(\.date) == [try Sample.instant("2024-05-08"), try Sample.instant("2024-05-10")])
        #expect(try seats.option(.changeQuantity, Life.now("2024-05-09")).next.map(\.arguments["count"]) == [.count(5)])
    }

    @Test func `LC-11 suspended it costs on, auto-renew goes off and stays off, and it can be resumed to its end`()
        throws
    {
        let option = try license().option(.suspend, Life.now("2024-06-10T14:30:00Z"))
        #expect((option.verdict, option.rule) == (.allowed, "LC-11"))
        let paid = try #require(option.step(.payWhileSuspended))
        #expect((paid.date, paid.cost) == (try Sample.instant(termEnd), try Sample.money("279", "USD")))
        #expect(option.step(.reactivate)?.date == (try Sample.instant(termEnd)))
        #expect(option.step(.turnOnAutoRenew) != nil)

        let change = SubscriptionChange(status: .suspended, reason: .nonPayment)
        let suspended = try license().changed(change, Life.now("2024-06-10T14:30:00Z"))
        #expect(suspended.term?.autoRenew == false)
        let state = try suspended.state(Life.now("2024-06-11"))
        #expect((state.isBilled, state.access) == (true, .administrators))
        let end = try Sample.instant(termEnd)
        let resumed = try suspended.changed(
            SubscriptionChange(status: .active),
            Life.now(end.adding(milliseconds: -1).description)
        )
        #expect((resumed.status, resumed.term?.autoRenew) == (.active, false))
        let late = try suspended.refusal(of: SubscriptionChange(status: .active), Life.now(termEnd))
        #expect(late?.reason == .cannotBeReactivated)
        // OP-30: that it will not renew is asked after resuming.
        let manage = try resumed.option(.manage, Life.now("2025-01-01"))
        #expect(manage.next.map(\.action) == [.turnOnAutoRenew])
        let on = SubscriptionChange(autoRenew: true)
        #expect(try suspended.refusal(of: on, Life.now("2024-06-11"))?.reason == .autoRenewNotPossible)
        #expect(try resumed.changed(on, Life.now("2025-01-01")).term?.autoRenew == true)
    }

    @Test func `LC-12 a term that ends expires for 30 days, is disabled for 90, and is gone`() throws {
        let ended = try Life.license(from: "2023-03-10", to: "2024-03-10", autoRenew: false)
        for (day, status, access) in [
            ("2024-03-09T23:59:59.999Z", SubscriptionStatus.active, LifecycleState.Access.everyone),
            ("2024-03-10", .expired, .everyone), ("2024-04-08T23:59:59.999Z", .expired, .everyone),
            ("2024-04-09", .disabled, .administrators), ("2024-07-07T23:59:59.999Z", .disabled, .administrators),
            ("2024-07-08", .deleted, .nobody),
        ] {
            let state = try ended.state(Life.now(day))
            #expect((state.status, state.access) == (status, access), "\(day)")
            #expect(state.isBilled == (status == .active))
        }
        for day in ["2024-03-10", "2024-04-09", "2024-07-08"] {
            let change = SubscriptionChange(status: .active)
            #expect(try ended.refusal(of: change, Life.now(day))?.reason == .cannotBeReactivated)
        }
    }

    @Test func `LC-12 what is suspended when its term ends is disabled for 120 days`() throws {
        let suspended = try Life.license(from: "2023-03-10", to: "2024-03-10")
            .changed(SubscriptionChange(status: .suspended), Life.now("2023-09-01"))
        #expect(try suspended.state(Life.now("2024-03-09T23:59:59.999Z")).status == .suspended)
        let state = try suspended.state(Life.now("2024-03-10"))
        #expect((state.status, state.isBilled) == (.disabled, false))
        #expect(try suspended.state(Life.now("2024-07-07T23:59:59.999Z")).status == .disabled)
        #expect(try suspended.state(Life.now("2024-07-08")).status == .deleted)
    }

    @Test func `LC-13 cancelled it is gone at once, with seven days to export`() throws {
        let option = try license().option(.cancel, Life.now("2024-03-12"))
        #expect(option.step(.exportData)?.date == (try Sample.instant("2024-03-19")))
        let cancelled = try license().changed(SubscriptionChange(status: .deleted), Life.now("2024-03-12"))
        #expect(cancelled.status == .deleted)
        let back = try cancelled.refusal(of: SubscriptionChange(status: .active), Life.now("2024-03-12"))
        #expect(back?.reason == .cannotBeReactivated)
        #expect(try license().option(.cancel, Life.then("2024-03-12")).step(.exportData) == nil)
    }

    @Test(arguments: [
        (Offering.perpetualSoftware, "2024-04-09T14:30:00Z"), (.softwareSubscription, "2024-03-17T14:30:00Z"),
        (.marketplaceMonthly, "2024-03-11T14:30:00Z"), (.marketplaceYearly, "2024-03-24T14:30:00Z"),
    ])
    func `LC-14 software and the marketplace have windows of their own`(offering: Offering, deadline: String) throws {
        let bought = try Life.license(from: purchase, to: termEnd, offering: offering)
        let end = try Sample.instant(deadline)
        let inTime = try bought.option(.cancel, Life.now(end.adding(milliseconds: -1).description))
        #expect((inTime.verdict, inTime.rule, inTime.step(.cancelInTime)?.date) == (.allowed, "LC-14", end))
        #expect(try bought.option(.cancel, Life.now(deadline)).reason == .cancelWindowOver)
        let paid = inTime.step(.cancelInTime)?.cost
        #expect((paid == (try Sample.money("31", "USD"))) == (offering != .softwareSubscription))
    }

    @Test func `LC-15 at renewal the windows open again, at the instant of the renewal`() throws {
        let end = try Sample.instant(termEnd)
        let sold = try license()
        let before = try sold.option(.cancel, Life.now(end.adding(milliseconds: -1).description))
        #expect(before.reason == .cancelWindowOver)
        let after = try sold.option(.cancel, Life.now(termEnd))
        #expect((after.verdict, after.step(.cancelInTime)?.date) == (.allowed, end.adding(days: 7)))
        #expect(try sold.option(.cancel, Life.now(end.adding(days: 7).description)).reason == .cancelWindowOver)
        let fewer = try sold.changed(SubscriptionChange(quantity: 3), Life.now(end.adding(days: 6).description))
        #expect(fewer.quantity == 3)
    }

    @Test func `OP-46 whether the term or the cancellation came first is a question of the instant`() throws {
        let last = try Life.license(from: "2023-03-10", to: "2024-03-10", autoRenew: false)
        let cancel = SubscriptionChange(status: .deleted)
        #expect(try last.refusal(of: cancel, Life.then("2024-03-09T23:59:59.999Z")) == nil)
        #expect(try last.refusal(of: cancel, Life.then("2024-03-10"))?.reason == .notActive)
    }

    @Test(arguments: [
        ("2024-02-29", "2025-02-28", "2025-03-01", "2026-02-28"),
        ("2024-02-29", "2025-02-28", "2028-02-29", "2029-02-28"),
        ("2024-02-29", "2025-02-28", "2028-02-28T23:59:59.999Z", "2028-02-29"),
        ("2024-01-31", "2024-02-29", "2024-03-15", "2024-03-31"),
    ])
    func `OP-47 a term of 29 February or the 31st ends on a day that exists, and comes back to its own`(
        start: String,
        end: String,
        at: String,
        expected: String
    ) throws {
        let sold = try Life.license(from: start, to: end)
        #expect(try sold.state(Life.now(at)).period?.end == Sample.instant(expected))
    }

    @Test func `OP-47 168 hours are hours, whatever the calendar does`() throws {
        let leap = try Life.license(from: "2024-02-25T23:00:00Z", to: "2025-02-25T23:00:00Z")
        let step = try leap.option(.cancel, Life.now("2024-02-28")).step(.cancelInTime)
        #expect(step?.date == (try Sample.instant("2024-03-03T23:00:00Z")))
    }
}
