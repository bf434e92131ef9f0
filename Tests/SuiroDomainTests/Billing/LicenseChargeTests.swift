import FoundationEssentials
import SuiroDomain
import Testing

/// The price of a licence is billed ahead; when the bill changes hands in the month, the rest goes with it.
@Suite struct LicenseChargeTests {
    private func lines(
        _ cost: String,
        _ currency: String = "USD",
        month: String = "2017-06",
        term: Term? = nil,
        passing cutOvers: [(String, Int)] = []
    ) throws -> [String] {
        let subscription = try Bills.subscription(
            family: .license,
            monthlyCost: Sample.money(cost, currency),
            term: term
        )
        let turns = try cutOvers.map { at, owner in try Bills.cutOver(at, to: Bills.partners[owner]) }
        return try Bills.statements(month, subscription, turns).lines
    }

    @Test func `a licence that stays is charged for the month`() throws {
        #expect(try lines("12.34") == ["Tozai charge regular 2017-06-01 2017-07-01 12.34"])
    }

    @Test(arguments: [("USD", "10.00", "6.67"), ("JPY", "10", "7"), ("KWD", "10.000", "6.667")])
    func `LT-07 the old owner gets the rest of the month back, and the new one pays it`(
        currency: String,
        whole: String,
        rest: String
    ) throws {
        #expect(
            try lines("10", currency, passing: [("2017-06-11", 1)]) == [
                "Tozai charge regular 2017-06-01 2017-07-01 \(whole)",
                "Tozai credit regular 2017-06-11 2017-07-01 -\(rest)",
                "Harbor charge regular 2017-06-11 2017-07-01 \(rest)",
            ]
        )
    }

    @Test func `through two cut-overs each rest is passed on`() throws {
        #expect(
            try lines("30", passing: [("2017-06-11", 1), ("2017-06-21", 0)]) == [
                "Tozai charge regular 2017-06-01 2017-07-01 30.00",
                "Tozai charge regular 2017-06-21 2017-07-01 10.00",
                "Tozai credit regular 2017-06-11 2017-07-01 -20.00",
                "Harbor charge regular 2017-06-11 2017-07-01 20.00",
                "Harbor credit regular 2017-06-21 2017-07-01 -10.00",
            ]
        )
    }

    @Test(arguments: [("2017-06-01", "Harbor"), ("2017-07-01", "Tozai")])
    func `a cut-over at the turn of the month divides nothing`(at: String, payer: String) throws {
        #expect(try lines("10", passing: [(at, 1)]) == ["\(payer) charge regular 2017-06-01 2017-07-01 10.00"])
    }

    @Test func `a term that begins or ends in the month is charged for its part of it`() throws {
        let begins = try Sample.term("2017-06-16", "2018-06-16", autoRenew: true)
        #expect(try lines("10", term: begins) == ["Tozai charge regular 2017-06-16 2017-07-01 5.00"])
        #expect(try lines("10", month: "2017-05", term: begins) == [])
        #expect(try lines("10", month: "2018-06", term: begins) == ["Tozai charge regular 2018-06-01 2018-07-01 10.00"])
        let ends = try Sample.term("2016-06-16", "2017-06-16")
        #expect(try lines("10", term: ends) == ["Tozai charge regular 2017-06-01 2017-06-16 5.00"])
        #expect(try lines("10", month: "2017-07", term: ends) == [])
    }

    @Test func `without a term it is charged from the month on in which it was recorded`() throws {
        #expect(try lines("10", month: "2016-12") == [])
        #expect(try lines("10", month: "2017-01") == ["Tozai charge regular 2017-01-01 2017-02-01 10.00"])
    }

    @Test func `only licences of the program are billed ahead, and not where usage was reported`() throws {
        let price = try Sample.money("10", "USD")
        let usage = try Bills.subscription(family: .usage, monthlyCost: price)
        #expect(try Bills.statements("2017-06", usage).isEmpty)
        let elsewhere = try Bills.subscription(family: .license, channel: .open, monthlyCost: price, source: .observed)
        #expect(try Bills.statements("2017-06", elsewhere).isEmpty)
        let licence = try Bills.subscription(family: .license, monthlyCost: price)
        let line = try Bills.line("2017-06-01", "2017-06-02", "3")
        #expect(
            try Bills.statements("2017-06", licence, usage: [line]).lines
                == ["Tozai usage regular 2017-06-01 2017-06-02 3.00"]
        )
    }
}
