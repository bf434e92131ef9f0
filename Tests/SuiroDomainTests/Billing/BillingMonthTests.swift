import SuiroDomain
import Testing

/// Months, and the days that something is charged to.
@Suite struct BillingMonthTests {
    @Test(arguments: [
        ("2026-09", "2026-09-01", "2026-10-01"), ("2026-12", "2026-12-01", "2027-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"), ("0001-01", "0001-01-01", "0001-02-01"),
    ])
    func `a month begins with its first day and ends where the next begins`(
        text: String,
        start: String,
        end: String
    ) throws {
        let month = try #require(BillingMonth(text))
        #expect(month.start == (try Sample.instant(start)))
        #expect(month.end == (try Sample.instant(end)))
        #expect(month.description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-9", "2026-13", "2026-00", "0000-01", "2026-09-01", "2026/09", "26-09", "2026-0９",
        " 2026-09", "9999-12",
    ])
    func `anything else is no month`(text: String) {
        #expect(BillingMonth(text) == nil)
    }

    @Test(arguments: [
        ("2024-09-18T22:00:00Z", "2024-09-18T23:00:00Z", "2024-09-18", "2024-09-19"),
        ("2024-09-06T23:00:00Z", "2024-09-07T00:00:00Z", "2024-09-06", "2024-09-07"),
        ("2024-09-06T23:00:00Z", "2024-09-07T00:00:00.001Z", "2024-09-06", "2024-09-08"),
        ("2024-09-01T00:00:00Z", "2024-10-01T00:00:00Z", "2024-09-01", "2024-10-01"),
        ("2024-09-05T10:00:00Z", "2024-09-05T10:00:00Z", "2024-09-05", "2024-09-06"),
    ])
    func `a charge is kept by the days it touches`(from: String, to: String, first: String, end: String) throws {
        let days = try #require(ChargeInterval.days(from: Sample.instant(from), to: Sample.instant(to)))
        #expect(days.from == (try Sample.instant(first)))
        #expect(days.to == (try Sample.instant(end)))
    }

    @Test func `a charge does not end before it begins`() throws {
        #expect(
            ChargeInterval.days(from: try Sample.instant("2024-09-02"), to: try Sample.instant("2024-09-01")) == nil
        )
        let day = try Sample.instant("2024-09-02")
        #expect(ChargeInterval(from: day, to: day) == nil)
    }
}
