/// A length of time as policy writes it: `PT168H`, `P30D`; or without an end.
package enum Span: Hashable, Sendable {
    case anytime
    case lasting(CalendarDuration)

    package init?(_ text: String) {
        if text == "anytime" {
            self = .anytime
            return
        }
        guard let duration = CalendarDuration(text) else { return nil }
        self = .lasting(duration)
    }

    /// When it is over, counted from an instant; `nil` when never.
    package func end(from start: Instant) -> Instant? {
        switch self {
        case .anytime: nil
        case .lasting(let duration): start.adding(duration)
        }
    }
}

/// A day from which something holds, as policy writes it: `2025-04-01`, or `never`.
package enum Onset: Hashable, Sendable {
    case never
    case from(Instant)

    package init?(_ text: String) {
        if text == "never" {
            self = .never
            return
        }
        guard let day = Instant(text) else { return nil }
        self = .from(day)
    }

    package func covers(_ instant: Instant) -> Bool {
        switch self {
        case .never: false
        case .from(let day): day <= instant
        }
    }
}
