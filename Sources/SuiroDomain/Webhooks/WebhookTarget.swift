/// An address that a partner wants its events sent to, taken apart. Only what cannot be misread is one.
package struct WebhookTarget: Hashable, Sendable {
    package let text: String
    package let host: String
    package let port: Int
    package let isSecure: Bool

    /// Reads `http://` or `https://`, a host, perhaps a port, a path and a query. User names, fragments, backslashes,
    /// blanks and spellings of hosts that libraries read differently make it `nil`.
    package init?(_ text: String) {
        guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !text.utf8.contains(where: { "\"<>\\^`{|}#".utf8.contains($0) })
        else { return nil }
        let lowered = text.lowercased()
        isSecure = lowered.hasPrefix("https://")
        guard isSecure || lowered.hasPrefix("http://") else { return nil }
        let rest = lowered.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.taken(apart: authority, isSecure: isSecure) else { return nil }
        (self.text, self.host, self.port) = (text, host, port)
    }

    /// The address of a host that is written as one.
    package var address: NetworkAddress? { NetworkAddress(host) }

    /// Whether the host names this very machine.
    package var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || address?.place == .loopback
    }

    private static func taken(apart authority: Substring, isSecure: Bool) -> (String, Int)? {
        var (host, port) = (authority, authority.prefix(0))
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            let rest = authority[authority.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<close]
            port = rest.dropFirst()
            guard host.contains(":"), NetworkAddress(String(host)) != nil, rest.isEmpty == port.isEmpty else {
                return nil
            }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                (host, port) = (authority[..<colon], authority[authority.index(after: colon)...])
                guard !port.isEmpty else { return nil }
            }
            guard isName(host) || NetworkAddress(String(host)) != nil else { return nil }
        }
        guard !port.isEmpty else { return (String(host), isSecure ? 443 : 80) }
        guard port.utf8.count <= 5, port.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(port),
            (1...65535).contains(number)
        else { return nil }
        return (String(host), number)
    }

    /// Labels of letters, digits and hyphens; the last one no number, since that would be some address in disguise.
    private static func isName(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, let last = labels.last, let first = last.utf8.first, !(48...57).contains(first)
        else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        }
    }
}

/// Whom the server may be made to call (reliability W-01). A sandbox may also call the machine it runs on.
package struct TargetRule: Hashable, Sendable {
    package let allowsLoopback: Bool

    package init(allowsLoopback: Bool) {
        self.allowsLoopback = allowsLoopback
    }

    /// The target, if events may be sent there as far as its text can tell; where its name leads is asked anew at each
    /// attempt.
    package func target(_ text: String) throws(Refusal) -> WebhookTarget {
        guard let target = WebhookTarget(text) else { throw .webhookTargetNotAllowed(text) }
        if target.isLoopback {
            guard allowsLoopback else { throw .webhookTargetNotAllowed(text) }
            return target
        }
        guard target.isSecure, target.port == 443 || target.port == 8443, target.address?.place ?? .open == .open
        else { throw .webhookTargetNotAllowed(text) }
        return target
    }

    /// Whether a call for `target` may go to an address its name leads to.
    package func admits(_ address: NetworkAddress, for target: WebhookTarget) -> Bool {
        switch address.place {
        case .open: target.isSecure
        case .loopback: allowsLoopback
        case .closed: false
        }
    }
}
