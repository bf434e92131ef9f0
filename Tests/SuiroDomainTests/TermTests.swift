import SuiroDomain
import Testing

/// Terms end, begin again, and come to an end of time.
@Suite struct TermTests {
    @Test func `a term contains its start and not its end`() throws {
        let term = try Sample.term("2017-01-01", "2018-01-01")
        #expect(term.contains(term.start))
        #expect(!term.contains(term.end))
        #expect(Term(start: term.end, end: term.start, autoRenew: false) == nil)
        #expect(Term(start: term.end, end: term.end, autoRenew: false) == nil)
    }

    @Test(arguments: [
        ("2016-09-01", "2017-09-01", "2017-08-31T23:59:59.999Z", "2017-09-01"),
        ("2016-09-01", "2017-09-01", "2017-09-01", "2018-09-01"),
        ("2016-09-01", "2017-09-01", "2026-11-22", "2027-09-01"),
        ("2017-01-31", "2017-02-28", "2017-03-01", "2017-03-31"),
        ("2016-02-29", "2017-02-28", "2019-03-01", "2020-02-29"),
        ("2017-01-01", "2017-01-31", "2017-02-01", "2017-03-02"),
    ])
    func `a term that renews itself ends again after the same time`(
        start: String,
        end: String,
        at: String,
        expected: String
    ) throws {
        let term = try Sample.term(start, end, autoRenew: true)
        #expect(try term.nextEnd(after: Sample.instant(at)).day == expected)
    }

    @Test func `one that does not renew has one end`() throws {
        let term = try Sample.term("2016-09-01", "2017-09-01")
        #expect(try term.nextEnd(after: Sample.instant("2026-11-22")) == term.end)
    }

    @Test(arguments: ["9998-06-01", "9999-12-31", "9999-12-31T23:59:59.999Z"])
    func `at the end of the calendar it stops instead of searching forever`(at: String) throws {
        for (start, end) in [("9990-06-01", "9991-06-01"), ("9990-06-01", "9990-06-20")] {
            let term = try Sample.term(start, end, autoRenew: true)
            #expect(try term.nextEnd(after: Sample.instant(at)) >= Sample.instant(at))
        }
    }

    @Test func `options can be asked for any day there is`() throws {
        let term = try Sample.term("2016-09-01", "2017-09-01", autoRenew: true)
        let license = try Sample.subscription(.license, .open, term: term, monthlyCost: Sample.money("60000"))
        for day in ["2016-11-01", "2099-12-31", "9999-12-31T23:59:59.999Z"] {
            let answers = try Sample.situation(license).answers(Sample.rules(on: day))
            #expect(answers[.switchPartner]?.reason == .licenseSwitchForbidden)
        }
    }

    @Test(arguments: [Int.max, Int.min])
    func `adding more than the calendar holds stops at its end`(count: Int) throws {
        let end = count > 0 ? Instant.latest : .earliest
        #expect(try Sample.instant("2017-06-09").adding(days: count) == end)
        #expect(try Sample.instant("2017-06-09").adding(seconds: count) == end)
    }
}
