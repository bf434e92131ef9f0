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

    /// The first end of term at or after `instant`: a term that renews itself ends again after the same number of days.
    package func nextEnd(after instant: Instant) -> Instant {
        guard instant >= end, autoRenew else { return end }
        let months = wholeMonths
        let days = max(end.days(since: start), 1)
        var next = end
        var periods = 1
        while next <= instant {
            periods += 1
            // Counted from the start, so that the 31st comes back after a short month.
            let later = months > 0 ? start.adding(months: months * periods) : next.adding(days: days)
            guard next < later else { return .latest }
            next = later
        }
        return next
    }

    private var wholeMonths: Int {
        let (first, last) = (CivilTime(start), CivilTime(end))
        let months = (last.year - first.year) * 12 + last.month - first.month
        return months > 0 && start.adding(months: months) == end ? months : 0
    }
}
