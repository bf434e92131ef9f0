package import FoundationEssentials

extension Money {
    /// This much a month, for the part of the calendar from `start` to `end`: whole months, and the rest by days of
    /// the month it falls in; rounded half up to the currency's minor unit.
    package func forPeriod(from start: Instant, to end: Instant) -> Money {
        guard start < end else { return .zero(currency) }
        var months = 0
        var last = start
        while true {
            let next = start.adding(months: months + 1)
            guard last < next, next <= end else { break }
            months += 1
            last = next
        }
        let days = end.days(since: last)
        let civil = CivilTime(last)
        let length = CivilTime.daysInMonth(civil.month, of: civil.year)
        let exact = amount * Decimal(months) + amount * Decimal(days) / Decimal(length)
        return Money(exact.rounded(digits: currency.minorDigits), currency)
    }
}

extension Decimal {
    /// Half away from zero to `digits` decimals.
    package func rounded(digits: Int) -> Decimal {
        var scale = Decimal(1)
        for _ in 0..<digits { scale *= 10 }
        let half = Decimal(string: "0.5") ?? 0
        let shifted = (self < 0 ? -self : self) * scale + half
        let whole = shifted.plain().split(separator: ".").first.map(String.init) ?? "0"
        let magnitude = (Decimal(string: whole) ?? 0) / scale
        return self < 0 ? -magnitude : magnitude
    }
}
