package import HTTPTypes

/// What kind of work a route is: who is served first when not everybody can be (P14).
package enum Work: Int, CaseIterable, Comparable, Sendable {
    /// Files, searches of the log and whole imports.
    case export
    case read
    case write
    /// People at a browser.
    case portal
    /// Health, and everything that takes rights away: never behind anything else.
    case vital

    package static func < (left: Work, right: Work) -> Bool { left.rawValue < right.rawValue }

    package init(_ method: HTTPRequest.Method, _ pattern: String, isPage: Bool) {
        let isWrite = method != .get && method != .head && method != .options
        let parts = pattern.lowercased().split(separator: "/")
        if Self.health.contains(pattern) || pattern.hasPrefix("/sandbox/") {
            self = .vital
        } else if isWrite, Self.revokes(method, parts) {
            self = .vital
        } else if Self.isExport(parts) {
            self = .export
        } else if isPage {
            self = .portal
        } else {
            self = isWrite ? .write : .read
        }
    }

    private static let health: Set = ["/healthz", "/readyz", "/metrics"]

    private static func revokes(_ method: HTTPRequest.Method, _ parts: [Substring]) -> Bool {
        guard let last = parts.last else { return false }
        if ["termination", "killswitches", "end", "sign-out", "sessions"].contains(String(last)) { return true }
        if parts.starts(with: ["policies", "switches"]) { return true }
        return method == .delete && parts.contains { $0 == "access" || $0 == "accessassignments" }
    }

    private static func isExport(_ parts: [Substring]) -> Bool {
        guard let last = parts.last else { return false }
        return last.hasSuffix(".csv")
            || ["auditrecords", "impact", "affected", "usage", "catalog"].contains(String(last))
            || parts.contains("statements")
    }
}
