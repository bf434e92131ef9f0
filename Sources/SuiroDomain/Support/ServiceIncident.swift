/// Something wrong with one of the vendor's services, or news about it: what a status page shows.
package struct ServiceIncident: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        case incident
        case messageCenter = "message_center"
    }

    /// How bad it is, from best to worst.
    package enum Severity: String, Hashable, Codable, CaseIterable, Comparable, Sendable {
        case normal, information, warning, critical

        package static func < (one: Severity, other: Severity) -> Bool {
            (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
        }
    }

    package struct Message: Hashable, Codable, Sendable {
        package let at: Instant
        package let text: String

        package init(at instant: Instant, text: String) {
            (at, self.text) = (instant, text)
        }
    }

    package let id: String
    package let kind: Kind
    /// The service, such as "Exchange Online".
    package let workload: String
    package let severity: Severity
    /// What of the service it is about.
    package let area: String
    package let started: Instant
    package let ended: Instant?
    package let messages: [Message]
    /// How many customers it reaches.
    package let reach: Int

    package init(
        id: String,
        kind: Kind,
        workload: String,
        severity: Severity,
        area: String,
        started: Instant,
        ended: Instant?,
        messages: [Message],
        reach: Int
    ) {
        (self.id, self.kind, self.workload, self.severity) = (id, kind, workload, severity)
        (self.area, self.started, self.ended) = (area, started, ended)
        (self.messages, self.reach) = (messages, reach)
    }

    package var isResolved: Bool { ended != nil }
}
