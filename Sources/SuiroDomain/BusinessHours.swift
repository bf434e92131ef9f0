extension Instant {
    /// Later by hours in which people work: Monday to Friday, 09:00 to 17:00 UTC, as an answer time is promised (SW-11).
    /// Outside of them the clock stands still, so it begins with the next working hour.
    package func adding(businessHours hours: Int) -> Instant {
        var at = self
        var left = Int64(max(hours, 0)) * Self.hour
        while left > 0, at < .latest {
            let opens = at.startOfDay.adding(milliseconds: 9 * Self.hour)
            let closes = at.startOfDay.adding(milliseconds: 17 * Self.hour)
            guard at.isWorkday, at < closes else {
                at = at.startOfDay.adding(days: 1)
                continue
            }
            let begin = max(at, opens)
            let open = closes.milliseconds - begin.milliseconds
            if left <= open { return begin.adding(milliseconds: left) }
            left -= open
            at = at.startOfDay.adding(days: 1)
        }
        return at
    }

    private static let hour: Int64 = 3_600_000

    /// 1970-01-01 was a Thursday.
    private var isWorkday: Bool {
        let days = startOfDay.milliseconds / 86_400_000
        let weekday = ((days + 3) % 7 + 7) % 7
        return weekday < 5
    }
}
