/// How long a relationship shall last, as the partner wrote it: `P730D`, `P2Y`.
package struct GrantDuration: Hashable, Sendable {
    package let text: String
    package let calendar: CalendarDuration

    /// `nil` unless it is an ISO 8601 duration.
    package init?(_ text: String) {
        guard let calendar = CalendarDuration(text) else { return nil }
        (self.text, self.calendar) = (text, calendar)
    }

    /// Its length in days as the limits count it: a year is 365 of them (GD-04: `P2Y` and `P730D` are the same limit).
    /// `nil` when it is not whole days.
    package var days: Int? {
        calendar.seconds == 0 ? calendar.months * 365 / 12 + calendar.days : nil
    }
}

extension GrantDuration: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let duration = GrantDuration(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a duration")
        }
        self = duration
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
