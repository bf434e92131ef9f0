import SuiroDomain
import Testing

/// Before a term ends that nobody has decided about (OP-32), what comes by itself (LC-12, LC-20), and on which days it
/// is told.
@Suite struct TermAlertTests {
    private func ending(_ start: String, _ end: String, _ choice: EndOfTerm? = nil) throws -> Subscription {
        try Life.license(from: start, to: end, autoRenew: false, Course(endOfTerm: choice))
    }

    private func alert(_ subscription: Subscription, _ rules: Deliberation) throws -> TermAlert? {
        var rules = rules
        return try subscription.termAlert(&rules)
    }

    private func outlook(_ subscription: Subscription, _ rules: Deliberation) throws -> TermOutlook? {
        var rules = rules
        return try subscription.outlook(&rules)
    }

    // The term ends on 1 October 2026.
    @Test(
        arguments: [
            ("2026-08-01T23:59:59.999Z", nil), ("2026-08-02", 60), ("2026-08-03", 60), ("2026-08-31T23:59:59.999Z", 60),
            ("2026-09-01", 30), ("2026-09-23T23:59:59.999Z", 30), ("2026-09-24", 7), ("2026-09-30T23:59:59.999Z", 7),
            ("2026-10-01", nil),
        ] as [(String, Int?)]
    )
    func `OP-32 sixty, thirty and seven days before, and of days that have passed only the latest`(
        day: String,
        due: Int?
    ) throws {
        let license = try ending("2025-10-01", "2026-10-01")
        #expect(try alert(license, Life.now(day))?.day == due)
        #expect(try alert(license, Life.then(day))?.day == due)
    }

    @Test(arguments: EndOfTerm.allCases)
    func `OP-32 whoever has chosen is not asked again`(choice: EndOfTerm) throws {
        let now = try Life.now("2026-09-01")
        let decided = try ending("2025-10-01", "2026-10-01").changed(SubscriptionChange(endOfTerm: choice), now)
        #expect(try alert(decided, now) == nil)
    }

    @Test func `OP-32 only what is active, a partner's own sale, and does not renew`() throws {
        let now = try Life.now("2026-09-01")
        let renewing = try Life.license(from: "2025-10-01", to: "2026-10-01")
        #expect(try alert(renewing, now) == nil)
        let off = try renewing.changed(SubscriptionChange(autoRenew: false), now)
        #expect(try alert(off, now)?.day == 30)
        let resting = try off.changed(SubscriptionChange(status: .suspended, reason: .fraud), now)
        #expect(try alert(resting, now) == nil)
        var observed = off
        observed.source = .observed
        #expect(try alert(observed, now) == nil)
    }

    @Test func `OP-32 a term shorter than the days before its end is told of when it has begun`() throws {
        let month = try ending("2026-09-01", "2026-10-01")
        #expect(try alert(month, Life.now("2026-09-01"))?.day == 30)
        let february = try ending("2026-06-05", "2026-07-01")
        #expect(try alert(february, Life.now("2026-06-23T23:59:59.999Z")) == nil)
        #expect(try alert(february, Life.now("2026-06-24"))?.day == 7)
    }

    @Test
    func `LC-20 it runs on for three per cent more, where it was bought since April 2025 and ends since May 2026`()
        throws
    {
        let extended = try ending("2025-05-04", "2026-05-04")
        guard case .runsOn(let month)? = try outlook(extended, Life.now("2026-04-04"))?.turn else {
            Issue.record("it does not run on")
            return
        }
        #expect(try month.cost == Sample.money("31.93", "USD"))
        #expect((month.uplift, month.upliftWithoutPlan) == (3, 23))
        #expect(try alert(extended, Life.now("2026-04-04"))?.choices == [.renew, .extend, .cancel])
        let before = try ending("2025-04-01", "2026-05-03T23:59:59.999Z")
        let access = try Sample.instant("2026-06-02T23:59:59.999Z")
        let data = try Sample.instant("2026-08-31T23:59:59.999Z")
        let stops = TermOutlook.Turn.stops(accessUntil: access, dataUntil: data)
        #expect(try outlook(before, Life.now("2026-04-04"))?.turn == stops)
        #expect(try outlook(before, Life.then("2026-04-04"))?.turn == stops)
    }

    @Test func `LC-20 what was chosen is what comes, and cancelled at the end access goes with it`() throws {
        let chosen = try outlook(ending("2025-10-01", "2026-10-01", .cancel), Life.now("2026-09-01"))
        let (end, data) = (try Sample.instant("2026-10-01"), try Sample.instant("2026-12-30"))
        #expect(chosen?.turn == .stops(accessUntil: end, dataUntil: data))
        #expect(chosen?.chosen == .cancel)
    }
}
