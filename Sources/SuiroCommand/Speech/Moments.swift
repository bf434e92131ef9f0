package import Foundation

/// Dates as people read them: always absolute, 24 hours, the zone named.
package struct Moments: Sendable {
    package let language: Language
    package let zone: TimeZone

    package init(_ language: Language, zone: TimeZone) {
        self.language = language
        self.zone = zone
    }

    /// `31 Mar 2027`, `2027/03/31`. A date without time belongs to no zone and is not moved.
    package func day(_ text: String) -> String {
        if let day = Self.civilDay(text) { return written(day) }
        guard let instant = Self.instant(text) else { return text }
        return written(calendar.dateComponents([.year, .month, .day], from: instant))
    }

    /// `31 Mar 2027, 18:05 JST`, `2027/03/31 18:05 JST`; text that is no instant stays as it is.
    package func instant(_ text: String) -> String {
        if Self.civilDay(text) != nil { return day(text) }
        guard let instant = Self.instant(text) else { return text }
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: instant)
        let clock = Self.padded(parts.hour) + ":" + Self.padded(parts.minute) + " " + zoneName(at: instant)
        switch language {
        case .english: return written(parts) + ", " + clock
        case .japanese: return written(parts) + " " + clock
        }
    }

    /// Reads RFC 3339, with or without fractions of a second; a time without zone is UTC, as everywhere in this API.
    package static func instant(_ text: String) -> Date? {
        guard text.contains("T") else { return nil }
        let isZoned = text.wholeMatch(of: /.*T.*(Z|z|[+-]\d\d:?\d\d)/) != nil
        let zoned = isZoned ? text : text + "Z"
        // Servers write up to seven digits of fractions; no one reads them here.
        return try? Date(zoned.replacing(/\.\d+/, with: ""), strategy: .iso8601)
    }

    private static func civilDay(_ text: String) -> DateComponents? {
        guard let match = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)/) else { return nil }
        return DateComponents(year: Int(match.1), month: Int(match.2), day: Int(match.3))
    }

    private func written(_ parts: DateComponents) -> String {
        let year = String(parts.year ?? 0)
        switch language {
        case .english:
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            let month = parts.month ?? 0
            let name = months.indices.contains(month - 1) ? months[month - 1] : Self.padded(month)
            return "\(parts.day ?? 0) \(name) \(year)"
        case .japanese:
            return "\(year)/\(Self.padded(parts.month))/\(Self.padded(parts.day))"
        }
    }

    /// Linux knows `JST` only as `GMT+9`, so the zone most readers live in has its name here.
    private func zoneName(at instant: Date) -> String {
        let seconds = zone.secondsFromGMT(for: instant)
        if zone.identifier == "Asia/Tokyo" || zone.identifier == "Japan" { return "JST" }
        if seconds == 0 { return "UTC" }
        let minutes = abs(seconds) / 60
        let sign = seconds < 0 ? "-" : "+"
        return "UTC" + sign + Self.padded(minutes / 60) + ":" + Self.padded(minutes % 60)
    }

    private var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }

    private static func padded(_ number: Int?) -> String {
        let digits = String(number ?? 0)
        return digits.count < 2 ? "0" + digits : digits
    }
}
