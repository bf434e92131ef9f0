/// A month of the calendar in UTC: what a cost statement is about.
package struct BillingMonth: Hashable, Sendable {
    package let start: Instant
    /// The month is over at this instant.
    package let end: Instant

    /// Reads `2026-09`.
    package init?(_ text: String) {
        guard text.utf8.count == 7, let start = Instant(text + "-01") else { return nil }
        let end = start.adding(months: 1)
        // December of the last year has no end that could be written down.
        guard start < end else { return nil }
        (self.start, self.end) = (start, end)
    }
}

extension BillingMonth {
    /// The month that an instant lies in.
    package init?(containing instant: Instant) {
        self.init(String(instant.day.prefix(7)))
    }

    /// The one after it.
    package var next: BillingMonth? { BillingMonth(containing: end) }
}

extension BillingMonth: CustomStringConvertible {
    package var description: String { String(start.day.prefix(7)) }
}

/// A stretch of time that something was charged for. Half-open and never empty.
package struct ChargeInterval: Hashable, Codable, Sendable {
    package let from: Instant
    package let to: Instant

    /// `nil` when nothing would be between the two.
    package init?(from: Instant, to: Instant) {
        guard from < to else { return nil }
        (self.from, self.to) = (from, to)
    }

    /// The whole days, UTC, that the stretch touches; a moment is charged to its day.
    package static func days(from: Instant, to: Instant) -> ChargeInterval? {
        guard from <= to else { return nil }
        let first = from.startOfDay
        let last = to.startOfDay
        let end = last < to ? last.adding(days: 1) : last
        return ChargeInterval(from: first, to: max(end, first.adding(days: 1)))
    }

    /// From the first beginning to the last end of the two.
    func union(_ other: ChargeInterval) -> ChargeInterval {
        ChargeInterval(from: min(from, other.from), to: max(to, other.to)) ?? self
    }

    var milliseconds: Int64 { to.milliseconds - from.milliseconds }
}
