import SuiroDomain
import Testing

@Suite struct InstantTests {
    @Test(arguments: ["2017-06-09T00:00:00.000Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])
    func `an instant reads back what it wrote`(text: String) throws {
        #expect(try #require(Instant(text)).description == text)
    }

    @Test(arguments: [
        "2017-02-29", "2017-13-01", "2017-06-09T24:00:00Z", "2017-06-09T10:00", "2017-6-9", "x", "",
        "2017-06-09T00:00:00.Z",
    ])
    func `a date that does not exist is refused, never moved`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `offsets are turned into UTC`() {
        #expect(Instant("2027-03-28T10:00:00+09:00")?.short == "2027-03-28T01:00:00Z")
    }

    @Test func `the end of January plus a month is the end of February`() throws {
        #expect(try #require(Instant("2024-01-31")).adding(months: 1).day == "2024-02-29")
        #expect(try #require(Instant("2023-01-31")).adding(months: 1).day == "2023-02-28")
    }

    @Test func `every day of four centuries survives the calendar`() throws {
        var instant = try #require(Instant("1970-01-01"))
        for _ in 0..<146_097 {
            #expect(CivilTime(instant).instant == instant)
            instant = instant.adding(days: 1)
        }
    }

    @Test func `durations are read as ISO 8601 writes them`() {
        #expect(CalendarDuration("P31D") == CalendarDuration(days: 31))
        #expect(CalendarDuration("P1Y2M3DT4H5M6S") == CalendarDuration(months: 14, days: 3, seconds: 14_706))
        #expect(CalendarDuration("P") == nil)
        #expect(CalendarDuration("P1.5D") == nil)
        #expect(CalendarDuration("31D") == nil)
    }

    @Test(arguments: [
        // A Friday morning, its evening, the weekend, and a Monday before and after work begins.
        ("2017-06-09T09:00:00Z", 8, "2017-06-09T17:00:00Z"),
        ("2017-06-09T11:30:00Z", 8, "2017-06-12T11:30:00Z"),
        ("2017-06-09T18:00:00Z", 8, "2017-06-12T17:00:00Z"),
        ("2017-06-10T12:00:00Z", 1, "2017-06-12T10:00:00Z"),
        ("2017-06-12T00:00:00Z", 20, "2017-06-14T13:00:00Z"),
        ("2017-06-12T03:00:00Z", 0, "2017-06-12T03:00:00Z"),
    ])
    func `SW-11 business hours are counted from Monday to Friday, nine to five`(
        from: String,
        hours: Int,
        until: String
    ) throws {
        #expect(try #require(Instant(from)).adding(businessHours: hours).short == until)
    }
}
