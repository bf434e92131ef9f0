import HTTPTypes
import SuiroHTTP

/// What every answer says to browsers and to whatever keeps copies on the way, whoever answered (ASVS 3.4, N-09). What a
/// page says more strictly or more exactly of itself stays.
struct SafeHeaders: Sendable {
    let isSecure: Bool

    /// `isPage` says what another caller would be told apart by: a browser's cookie, or a program's token.
    func complete(_ reply: Reply, isPage: Bool) -> Reply {
        var reply = reply
        // What is there already is looked for once: an answer has few headers, and this many are to be added.
        let there = reply.headers.map(\.name)
        for (name, value) in Self.always where !there.contains(name) {
            reply.headers.append(HTTPField(name: name, value: value))
        }
        if isSecure { reply.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        let variesBy = isPage ? "Cookie" : "Authorization"
        guard let vary = reply.headers[.vary] else {
            reply.headers[.vary] = variesBy
            return reply
        }
        if !vary.lowercased().contains(variesBy.lowercased()) {
            reply.headers[.vary] = vary.isEmpty ? variesBy : "\(vary), \(variesBy)"
        }
        return reply
    }

    private static let always: [(HTTPField.Name, String)] = [
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cache-Control", "no-store"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
