/// The period a subscription was bought for. Half-open: it has ended at `end`.
package struct Term: Hashable, Codable, Sendable {
    package let start: Instant
    package let end: Instant
    package let autoRenew: Bool

    /// `nil` when the term would end before it starts.
    package init?(start: Instant, end: Instant, autoRenew: Bool) {
        guard start < end else { return nil }
        (self.start, self.end, self.autoRenew) = (start, end, autoRenew)
    }

    package func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

    /// The first end of term after `instant`: a term that renews itself ends again after the same time.
    package func nextEnd(after instant: Instant) -> Instant {
        let end = period(at: instant).end
        return autoRenew && end <= instant ? .latest : end
    }

    /// The period that an instant falls in: the first before it began, the last after it has ended.
    package func period(at instant: Instant) -> Term {
        guard instant >= end, autoRenew else { return self }
        let months = wholeMonths
        let days = max(end.days(since: start), 1)
        var (first, last) = (start, end)
        var periods = 1
        while last <= instant {
            periods += 1
            // Counted from the start, so that the 31st comes back after a short month.
            let later = months > 0 ? start.adding(months: months * periods) : last.adding(days: days)
            guard last < later else { break }
            (first, last) = (last, later)
        }
        return Term(start: first, end: last, autoRenew: autoRenew) ?? self
    }

    /// Calendar months from start to end; zero where it is not a whole number of them.
    package var wholeMonths: Int {
        let (first, last) = (CivilTime(start), CivilTime(end))
        let months = (last.year - first.year) * 12 + last.month - first.month
        return months > 0 && start.adding(months: months) == end ? months : 0
    }
}
