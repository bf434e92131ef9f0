package import Foundation

/// Speaks to one server: knows its address, who asks, and in which language.
package struct Client: Sendable {
    package let connection: Connection
    package let language: Language
    package let transport: Transport
    package let trace: Trace?
    package let requestID: @Sendable () -> String

    package init(
        _ connection: Connection,
        language: Language,
        transport: Transport,
        trace: Trace? = nil,
        requestID: @escaping @Sendable () -> String
    ) {
        self.connection = connection
        self.language = language
        self.transport = transport
        self.trace = trace
        self.requestID = requestID
    }

    package struct Body: Equatable, Sendable {
        package let type: String
        package let data: Data

        package init(type: String, data: Data) {
            self.type = type
            self.data = data
        }

        package static func json(_ json: JSON) -> Body {
            Body(type: "application/json", data: Data(json.compact.utf8))
        }
    }

    package func get(_ path: Path, query: [QueryItem] = []) async throws -> JSON {
        try await call("GET", path, query: query).json ?? .null
    }

    /// A write. Its `MS-RequestId` makes it safe to repeat: the server acts once per id.
    @discardableResult
    package func send(_ method: String, _ path: Path, _ json: JSON? = nil) async throws -> JSON {
        try await call(method, path, body: json.map(Body.json)).json ?? .null
    }

    /// One request. Throws a `Problem` for every status that says no, redirects included.
    package func call(
        _ method: String,
        _ path: Path,
        query: [QueryItem] = [],
        headers: [Header] = [],
        body: Body? = nil
    ) async throws -> Answer {
        let call = try request(method, path, query: query, headers: headers, body: body)
        trace?.sending(call)
        let answer: Answer
        do {
            answer = try await transport.send(call)
        } catch {
            trace?.failed(error)
            throw noAnswer(to: call)
        }
        trace?.received(answer)
        guard (200..<300).contains(answer.status) else { throw Problem(answer) }
        return answer
    }

    package func request(
        _ method: String,
        _ path: Path,
        query: [QueryItem] = [],
        headers extra: [Header] = [],
        body: Body? = nil
    ) throws -> Call {
        let origin = connection.address
        let tail = query.map(\.encoded).joined(separator: "&")
        let joint = tail.isEmpty ? "" : path.encoded.contains("?") ? "&" : "?"
        guard path.encoded.hasPrefix("/"), let url = URL(string: origin + path.encoded + joint + tail) else {
            throw Failure(.usage, "api.path", ["path": path.encoded])
        }
        var call = Call(method: method, url: url, headers: [], body: body?.data)
        var headers = [Header("Accept", "application/json"), Header("X-Locale", language.locale)]
        headers.append(Header("User-Agent", "suiro/\(Version.current)"))
        if let secret = try secret(for: path, overridden: extra["Authorization"] != nil) {
            headers.append(Header("Authorization", "Bearer " + secret))
        }
        if let body { headers.append(Header("Content-Type", body.type)) }
        if !call.isRead { headers.append(Header("MS-RequestId", requestID())) }
        // A header given by hand replaces ours; one given without value removes it.
        call.headers = headers.filter { extra[$0.name] == nil } + extra.filter { !$0.value.isEmpty }
        return call
    }

    /// The sandbox's own routes take the sandbox token, all others the caller's.
    private func secret(for path: Path, overridden: Bool) throws -> String? {
        if overridden { return nil }
        if path.encoded.hasPrefix("/sandbox/") {
            guard let token = connection.sandboxToken else { throw Failure(.signInNeeded, "signIn.noSandboxToken") }
            return token
        }
        if let token = connection.token { return token }
        if Self.openPrefixes.contains(where: path.encoded.hasPrefix) { return nil }
        if let ready = connection.ready, !ready.personas.isEmpty {
            let names = ready.personas.map(\.name).joined(separator: ", ")
            throw Failure(.signInNeeded, "signIn.noPersona", ["known": names])
        }
        throw Failure(.signInNeeded, "signIn.noToken", ["url": connection.address])
    }

    /// What anyone may read.
    private static let openPrefixes = ["/openapi.", "/healthz", "/readyz", "/metrics", "/generatetoken"]

    /// Without an answer a write may or may not have happened; the same id finds out safely.
    private func noAnswer(to call: Call) -> Failure {
        let origin = connection.address
        if !call.isRead, let id = call[header: "MS-RequestId"] {
            return Failure(.failed, "network.noAnswer.write", ["url": origin, "id": id])
        }
        return Failure(.failed, "network.noAnswer", ["url": origin])
    }
}
