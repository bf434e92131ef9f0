package import Foundation

/// Where requests go and as whom. A stored secret is only ever sent to the origin it was stored for.
package struct Connection: Equatable, Sendable {
    package let origin: URL
    package let token: String?
    package let sandboxToken: String?
    package let persona: String?
    package let ready: ReadyFile?

    package var address: String { origin.absoluteString }

    /// Options come before variables, variables before the stored profile; for each of the two the more exact one
    /// (`--token`) comes before the derived one (`--as`).
    package init(_ options: GlobalOptions, in surroundings: Surroundings) throws {
        let profile = try Profile.stored(at: Profile.path(in: surroundings))
        let ready = try Self.ready(options, profile: profile, in: surroundings)
        let address =
            options.url ?? options.readyFile.flatMap { _ in ready?.url } ?? surroundings.variable("SUIRO_URL")
            ?? ready?.url ?? profile?.url
        guard let address else { throw Failure(.signInNeeded, "signIn.noAddress") }
        let origin = try Self.origin(of: address)

        let kept = profile.flatMap { Self.isSame(origin, $0.url) ? $0 : nil }
        let readyHere = ready.flatMap { Self.isSame(origin, $0.url) ? $0 : nil }

        self.origin = origin
        self.ready = ready
        sandboxToken =
            options.sandboxToken ?? surroundings.variable("SUIRO_SANDBOX_TOKEN") ?? readyHere?.sandboxToken
            ?? kept?.sandboxToken
        if let given = options.token {
            (token, persona) = (given, nil)
        } else if let name = options.persona {
            (token, persona) = (try Self.token(of: name, from: ready, at: origin), name)
        } else if let given = surroundings.variable("SUIRO_TOKEN") {
            (token, persona) = (given, nil)
        } else if let name = surroundings.variable("SUIRO_AS") {
            (token, persona) = (try Self.token(of: name, from: ready, at: origin), name)
        } else {
            token = profile.flatMap { Self.current($0, ready: readyHere) } ?? kept?.token
            persona = token == nil ? nil : profile?.persona
        }
    }

    private static func token(of name: String, from ready: ReadyFile?, at origin: URL) throws -> String? {
        guard let ready else { throw Failure(.usage, "persona.noReadyFile", ["name": name]) }
        guard isSame(origin, ready.url) else {
            throw Failure(.usage, "ready.otherOrigin", ["origin": origin.absoluteString, "url": ready.url])
        }
        return try ready.persona(name)["token"].text
    }

    /// A ready file that was named has to be there. One that only the profile remembers is read when it is needed.
    private static func ready(
        _ options: GlobalOptions,
        profile: Profile?,
        in surroundings: Surroundings
    ) throws -> ReadyFile? {
        if let path = options.readyFile ?? surroundings.variable("SUIRO_READY_FILE") {
            return try ReadyFile(path: path)
        }
        guard let path = profile?.readyFile else { return nil }
        let isNeeded = options.persona != nil || surroundings.variable("SUIRO_AS") != nil
        return isNeeded ? try ReadyFile(path: path) : try? ReadyFile(path: path)
    }

    /// The token that the persona kept in the profile has now: a sandbox that was started again hands out new ones.
    private static func current(_ profile: Profile, ready: ReadyFile?) -> String? {
        guard let ready, ready.path == profile.readyFile, let persona = profile.persona else { return nil }
        return try? ready.persona(persona)["token"].text
    }

    /// Scheme, host and port: the API is at the root of its origin, so a path in the address has no meaning.
    package static func origin(of address: String) throws -> URL {
        var parts = URLComponents()
        guard
            let given = URLComponents(string: address),
            let scheme = given.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = given.host, !host.isEmpty
        else { throw Failure(.usage, "url.malformed", ["url": address]) }
        parts.scheme = scheme
        parts.host = host.lowercased()
        parts.port = given.port
        guard let url = parts.url else { throw Failure(.usage, "url.malformed", ["url": address]) }
        return url
    }

    /// Whether an address has that origin; `localhost` and 127.0.0.1 are the same machine.
    package static func isSame(_ origin: URL, _ address: String) -> Bool {
        guard let other = try? Self.origin(of: address) else { return false }
        func facts(_ url: URL) -> [String] {
            let port = url.port ?? (url.scheme == "https" ? 443 : 80)
            let host = url.host() == "localhost" ? "127.0.0.1" : url.host() ?? ""
            return [url.scheme ?? "", host, String(port)]
        }
        return facts(origin) == facts(other)
    }
}
