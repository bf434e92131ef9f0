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
        var next = end
        while next <= instant, next < .latest {
            next = months > 0 ? next.adding(months: months) : next.adding(days: max(end.days(since: start), 1))
        }
        return next
    }

    private var wholeMonths: Int {
        let (first, last) = (CivilTime(start), CivilTime(end))
        let months = (last.year - first.year) * 12 + last.month - first.month
        return months > 0 && start.adding(months: months) == end ? months : 0
    }
}
