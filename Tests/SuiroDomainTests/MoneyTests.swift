import FoundationEssentials
import SuiroDomain
import Testing

/// Amounts are exact, and parts of a month are counted in days of that month.
@Suite struct MoneyTests {
    @Test(arguments: [
        ("2017-07-01", "2017-09-01", "60000", "JPY", "120000"),
        ("2017-07-01", "2017-07-01", "60000", "JPY", "0"),
        ("2017-09-01", "2017-07-01", "60000", "JPY", "0"),
        ("2017-06-01", "2017-06-02", "30", "USD", "1.00"),
        ("2017-07-01", "2017-07-06", "165", "USD", "26.61"),
        ("2017-07-01", "2017-07-12", "132", "USD", "46.84"),
        ("2017-07-01", "2017-07-11", "198", "USD", "63.87"),
        ("2017-07-01", "2017-07-06", "110", "USD", "17.74"),
        ("2017-01-31", "2017-02-28", "100", "USD", "100.00"),
        ("2016-02-01", "2016-02-02", "29", "USD", "1.00"),
        ("2017-07-01T12:00:00Z", "2017-07-02", "31", "EUR", "1.00"),
        ("2017-06-01", "2017-06-16", "0.001", "KWD", "0.001"),
        ("2017-06-01", "2017-06-02", "15", "JPY", "1"),
        ("2017-06-01", "2017-06-02", "14", "JPY", "0"),
    ])
    func `a price a month for a part of the calendar`(
        from: String,
        to: String,
        monthly: String,
        currency: String,
        expected: String
    ) throws {
        let part = try Sample.money(monthly, currency).forPeriod(from: Sample.instant(from), to: Sample.instant(to))
        #expect(part.text == expected)
        #expect(part.currency.description == currency)
    }

    @Test func `the end of the calendar is reached, not overrun`() throws {
        let part = try Sample.money("1").forPeriod(from: Sample.instant("2026-12-22"), to: .latest)
        #expect(part.amount > 95_000)
        #expect(part.amount < 96_000)
    }

    @Test(arguments: [("0.5", 0, "1"), ("-0.5", 0, "-1"), ("2.345", 2, "2.35"), ("2.344", 2, "2.34"), ("0", 2, "0")])
    func `half rounds away from zero`(text: String, digits: Int, expected: String) throws {
        #expect(try #require(Decimal(exactly: text)).rounded(digits: digits).plain() == expected)
    }

    @Test func `what does not fit thirty digits, or is no decimal, is refused and never rounded`() {
        #expect(Decimal(exactly: "123456789012345678901234567890")?.plain() == "123456789012345678901234567890")
        for text in ["1234567890123456789012345678901", "", ".", "-", "1,000", "1e3", "1.2.3", " 1", "NaN", "１"] {
            #expect(Decimal(exactly: text) == nil, "\(text)")
        }
    }

    @Test(arguments: [("JPY", "1234"), ("USD", "1234.00"), ("KWD", "1234.000")])
    func `an amount has the decimals of its currency`(code: String, expected: String) throws {
        #expect(try Sample.money("1234", code).text == expected)
    }

    @Test(arguments: ["jpy", "JP", "YEN4", "", "¥"])
    func `a currency is three capital letters`(code: String) {
        #expect(Currency(code) == nil)
    }
}
