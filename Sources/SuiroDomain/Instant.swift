/// A moment in UTC, exact to the millisecond.
///
/// Whole milliseconds compare exactly and sort as text when written, which a floating-point date does not promise.
package struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The years this system can speak of: 0001 to 9999.
    package static let earliest = Instant(milliseconds: -62_135_596_800_000)
    package static let latest = Instant(milliseconds: 253_402_300_799_999)

    private static let day: Int64 = 86_400_000

    /// Later by whole days of 24 hours. Stops at the ends of the calendar instead of overflowing.
    package func adding(days: Int) -> Instant {
        adding(days, times: Self.day)
    }

    package func adding(seconds: Int) -> Instant {
        adding(seconds, times: 1000)
    }

    private func adding(_ count: Int, times unit: Int64) -> Instant {
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: unit)
        if overflow { return count > 0 ? .latest : .earliest }
        return adding(milliseconds: product)
    }

    package func adding(milliseconds more: Int64) -> Instant {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        if overflow { return more > 0 ? .latest : .earliest }
        return min(max(Instant(milliseconds: sum), .earliest), .latest)
    }

    /// Whole days from `earlier` to here, rounded up: a part of a day still counts as a day left.
    package func days(since earlier: Instant) -> Int {
        let distance = milliseconds - earlier.milliseconds
        return Int(distance > 0 ? (distance + Self.day - 1) / Self.day : distance / Self.day)
    }
}

/// The parts of an instant in the proleptic Gregorian calendar, UTC.
package struct CivilTime: Equatable, Sendable {
    package var year: Int, month: Int, day: Int
    package var hour = 0, minute = 0, second = 0, millisecond = 0

    package init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    package static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 by Howard Hinnant's algorithm (era of 400 years, March first).
    private var dayNumber: Int64 {
        let y = Int64(month <= 2 ? year - 1 : year)
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package var instant: Instant {
        let seconds = dayNumber * 86_400 + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
        return Instant(milliseconds: seconds * 1000 + Int64(millisecond))
    }

    package init(_ instant: Instant) {
        var days = instant.milliseconds / 86_400_000
        var rest = instant.milliseconds % 86_400_000
        if rest < 0 {
            rest += 86_400_000
            days -= 1
        }
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        hour = Int(rest / 3_600_000)
        minute = Int(rest / 60_000 % 60)
        second = Int(rest / 1000 % 60)
        millisecond = Int(rest % 1000)
    }
}

extension Instant {
    /// Later by calendar months; the 31st becomes the last day of a shorter month.
    package func adding(months: Int) -> Instant {
        var civil = CivilTime(self)
        let total = civil.year * 12 + civil.month - 1 + min(max(months, -120_000), 120_000)
        civil.year = min(max(total / 12, 1), 9999)
        civil.month = ((total % 12) + 12) % 12 + 1
        civil.day = min(civil.day, CivilTime.daysInMonth(civil.month, of: civil.year))
        return civil.instant
    }

    /// Midnight UTC of the same day.
    package var startOfDay: Instant {
        let civil = CivilTime(self)
        return CivilTime(year: civil.year, month: civil.month, day: civil.day).instant
    }
}
