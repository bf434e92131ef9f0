/// An ISO 8601 duration such as `P31D`, `P1Y` or `PT1H30M`: calendar months, days and seconds kept apart.
package struct CalendarDuration: Hashable, Sendable {
    package var months = 0
    package var days = 0
    package var seconds = 0

    package init(months: Int = 0, days: Int = 0, seconds: Int = 0) {
        (self.months, self.days, self.seconds) = (months, days, seconds)
    }

    /// Reads `P[nY][nM][nW][nD][T[nH][nM][nS]]` with whole numbers up to 9,999 years in all.
    package init?(_ text: String) {
        self.init()
        guard text.utf8.first == UInt8(ascii: "P"), text.utf8.count > 2 else { return nil }
        var inTime = false
        var number = 0
        var digits = 0
        var units = 0
        for byte in text.utf8.dropFirst() {
            if (48...57).contains(byte) {
                digits += 1
                guard digits <= 9 else { return nil }
                number = number * 10 + Int(byte - 48)
                continue
            }
            if byte == UInt8(ascii: "T") {
                guard !inTime, digits == 0 else { return nil }
                inTime = true
                continue
            }
            guard digits > 0 else { return nil }
            switch (byte, inTime) {
            case (UInt8(ascii: "Y"), false): months += number * 12
            case (UInt8(ascii: "M"), false): months += number
            case (UInt8(ascii: "W"), false): days += number * 7
            case (UInt8(ascii: "D"), false): days += number
            case (UInt8(ascii: "H"), true): seconds += number * 3600
            case (UInt8(ascii: "M"), true): seconds += number * 60
            case (UInt8(ascii: "S"), true): seconds += number
            default: return nil
            }
            (number, digits, units) = (0, 0, units + 1)
        }
        guard digits == 0, units > 0, months < 120_000, days < 3_660_000, seconds < 316_000_000_000 else { return nil }
    }
}

extension Instant {
    package func adding(_ duration: CalendarDuration) -> Instant {
        adding(months: duration.months).adding(days: duration.days).adding(seconds: duration.seconds)
    }
}
