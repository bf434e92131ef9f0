import SuiroDomain
import Testing

/// SM-5a: licenses and usage as 2017 had them.
@Suite struct LifecycleLegacyTests {
    private func license(_ course: Course = Course()) throws -> Subscription {
        try Life.license(from: "2017-01-15", to: "2018-01-15", course)
    }

    @Test func `LC-01 it is suspended for three reasons, or for none that is named`() throws {
        for reason in [SuspensionReason.customerRequest, .nonPayment, .fraud, nil] {
            let change = SubscriptionChange(status: .suspended, reason: reason)
            let suspended = try license().changed(change, Life.then("2017-06-09"))
            #expect(suspended.status == .suspended)
            #expect(suspended.course.suspendedFor == reason)
        }
        let made = SubscriptionChange(status: .suspended, reason: .base)
        #expect(try license().refusal(of: made, Life.then("2017-06-09"))?.reason == .suspensionReasonNotAllowed)
        let wished = SubscriptionChange(status: .suspended, reason: .customerRequest)
        let later = try license().refusal(of: wished, Life.now("2023-10-01"))
        #expect(later?.reason == .suspensionReasonNotAllowed)
        #expect(try license().refusal(of: wished, Life.now("2023-09-30T23:59:59.999Z")) == nil)
    }

    @Test func `LC-02 while it is suspended administrators alone get in`() throws {
        let suspended = try license().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        let state = try suspended.state(Life.then("2017-06-10"))
        #expect((state.status, state.access) == (.suspended, .administrators))
        #expect(state.since == (try Sample.instant("2017-06-09")))
        #expect(try license().state(Life.then("2017-06-10")).access == .everyone)
    }

    @Test(arguments: [
        // Bought on 1 January, billed first on 1 February: 90 days and 31, of which 30 count.
        ("2017-01-01", 120), ("2017-01-15", 107), ("2017-01-31", 91), ("2017-02-01", 118),
    ])
    func `LC-03 data is kept for 90 days and those before the first bill, 120 at most`(
        bought: String,
        days: Int
    ) throws {
        var sold = try license()
        sold.createdAt = try Sample.instant(bought)
        sold.status = .suspended
        sold.course.statusAt = try Sample.instant("2017-06-09T10:00:00Z")
        let end = try Sample.instant("2017-06-09T10:00:00Z").adding(days: days)
        #expect(try sold.state(Life.then("2017-06-10")).until == end)
        #expect(try sold.state(Life.then(end.adding(milliseconds: -1).description)).status == .suspended)
        let gone = try sold.state(Life.then(end.description))
        #expect((gone.status, gone.access, gone.since) == (.deleted, .nobody, end))
    }

    @Test func `LC-04 while it is suspended it costs nothing, and can be taken up again until its data is gone`() throws
    {
        let suspended = try license().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        #expect(try !suspended.state(Life.then("2017-06-10")).isBilled)
        let until = try #require(try suspended.state(Life.then("2017-06-10")).until)
        let back = SubscriptionChange(status: .active)
        let active = try suspended.changed(back, Life.then(until.adding(milliseconds: -1).description))
        #expect((active.status, active.course.suspendedFor) == (.active, nil))
        #expect(active.term?.autoRenew == true)
        #expect(try suspended.refusal(of: back, Life.then(until.description))?.reason == .cannotBeReactivated)
    }

    @Test func `LC-05 the day on which its data is lost stands with suspending`() throws {
        let option = try license().option(.suspend, Life.then("2017-06-09"))
        let suspended = try license().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        let until = try suspended.state(Life.then("2017-06-09")).until
        #expect(until != nil)
        #expect(option.step(.reactivate)?.date == until)
        #expect(option.step(.payWhileSuspended) == nil)
        #expect(option.rule == "LC-01")
    }

    @Test func `LC-06 usage that is suspended is not billed`() throws {
        let suspended = try Life.usage().changed(SubscriptionChange(status: .suspended), Life.then("2017-06-09"))
        #expect(try !suspended.state(Life.then("2017-06-10")).isBilled)
        #expect(try Life.usage().state(Life.then("2017-06-10")).isBilled)
    }

    @Test func `LC-08 it is cancelled on any day, without a fee, and unused days are credited`() throws {
        for day in ["2017-01-15", "2017-01-22T00:00:00.001Z", "2017-06-09", "2018-01-14T23:59:59.999Z", "2019-03-01"] {
            let option = try license().option(.cancel, Life.then(day))
            #expect((option.verdict, option.rule) == (.allowed, "LC-08"))
        }
        // Billed ahead from 15 May to 15 June: 25 of 31 days have begun by the 9th.
        let credit = try license().option(.cancel, Life.then("2017-06-09")).step(.receiveCredit)
        #expect(try credit?.cost == Sample.money("6", "USD"))
        let whole = try license().option(.cancel, Life.then("2017-06-15")).step(.receiveCredit)
        #expect(try whole?.cost == Sample.money("31", "USD"))
        let cancelled = try license().changed(SubscriptionChange(status: .deleted), Life.then("2017-06-09"))
        #expect(try cancelled.state(Life.then("2017-06-09")).status == .deleted)
    }

    @Test func `LC-08 seats are added and taken away on any day`() throws {
        let fewer = try license().changed(SubscriptionChange(quantity: 1), Life.then("2017-11-09"))
        #expect(fewer.quantity == 1)
        #expect(try fewer.changed(SubscriptionChange(quantity: 500), Life.then("2017-11-10")).quantity == 500)
    }

    @Test func `LC-08 it renews for another twelve months, again and again`() throws {
        let state = try license().state(Life.then("2019-06-01"))
        #expect(state.status == .active)
        #expect(state.period?.start == (try Sample.instant("2019-01-15")))
        #expect(state.period?.end == (try Sample.instant("2020-01-15")))
    }

    @Test func `LIC-11 auto-renew that is switched off ends the term it is in, not the one it was bought for`() throws {
        let off = try license().changed(SubscriptionChange(autoRenew: false), Life.then("2019-06-01"))
        #expect(off.term == (try Sample.term("2019-01-15", "2020-01-15")))
        #expect(try off.state(Life.then("2020-01-14T23:59:59.999Z")).status == .active)
        #expect(try off.state(Life.then("2020-01-15")).status == .expired)
        let on = try off.changed(SubscriptionChange(autoRenew: true), Life.then("2020-01-14"))
        #expect(try on.state(Life.then("2020-01-15")).status == .active)
        let late = try off.refusal(of: SubscriptionChange(autoRenew: true), Life.then("2020-01-15"))
        #expect(late?.reason == .autoRenewNotPossible)
    }

    @Test func `what is sent back as it was is no wish`() throws {
        let sold = try license()
        let same = SubscriptionChange(
            friendlyName: sold.name,
            quantity: sold.quantity,
            status: .active,
            autoRenew: true,
            endOfTerm: .renew
        )
        #expect(try sold.changed(same, Life.then("2017-06-09")) == sold)
        var expired = try Life.license(from: "2016-01-15", to: "2017-01-15", autoRenew: false)
        expired.revision = 4
        // The wire calls it suspended, and so does whoever sends it back.
        #expect(try expired.changed(SubscriptionChange(status: .suspended), Life.then("2017-01-20")) == expired)
        let usage = try Life.usage()
        #expect(try usage.changed(SubscriptionChange(quantity: 1), Life.then("2017-06-09")).quantity == usage.quantity)
    }

    @Test func `a suspension of which nobody noted the day lasts`() throws {
        var suspended = try license()
        suspended.status = .suspended
        let state = try suspended.state(Life.then("2030-01-01"))
        #expect((state.status, state.until) == (.suspended, nil))
    }

    @Test func `rules that come later do not bring back what is gone`() throws {
        // Suspended under the rules of 2017 in a world that takes up today's rules in 2026.
        let book = try Sample.book(publishing: "2026", on: "2026-06-01")
        var sold = try Life.license(from: "2025-12-10", to: "2026-12-10")
        sold.createdAt = try Sample.instant("2025-12-10")
        sold.status = .suspended
        sold.course.statusAt = try Sample.instant("2026-01-01")
        #expect(try sold.state(Sample.rules(on: "2026-05-31", from: book)).status == .deleted)
        #expect(try sold.state(Sample.rules(on: "2026-06-02", from: book)).status == .deleted)
    }
}
