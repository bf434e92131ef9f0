import Foundation
import HTTPTypes
import SuiroDomain
package import SuiroHTTP

/// Keeps the last requests that came, with what was answered, so that a test suite can look at what its program really
/// sent. Tokens, cookies and what is sent to get a token are not kept.
package final class RequestRecorder: @unchecked Sendable {
    struct Entry: Sendable {
        let number: Int
        let at: Instant
        let method: String
        let path: String
        let query: String
        let headers: [(name: String, value: String)]
        let body: String?
        let status: Int
        let milliseconds: Int
    }

    /// As many requests are kept, and as many bytes of each body.
    static let capacity = 2000
    static let longestBody = 16_384

    private static let secrets: Set<String> = ["authorization", "cookie", "proxy-authorization"]
    private let lock = NSLock()
    private var entries: [Entry] = []
    private var last = 0
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    /// Listens to a request; what it answers is told to the closure that comes back.
    package func listen(to exchange: inout Exchange) -> @Sendable (Reply) -> Void {
        let request = exchange
        guard !request.path.lowercased().hasPrefix("/sandbox/") else { return { _ in } }
        let body = Tape(limit: Self.longestBody)
        if !Self.asksForToken(request.path) { exchange.body = body.taping(exchange.body) }
        let (start, at) = (ContinuousClock.now, now())
        return { [self] reply in
            let elapsed = (ContinuousClock.now - start).components
            keep(
                request,
                body.text,
                reply,
                at: at,
                Int(elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000)
            )
        }
    }

    /// What came after the request of this number, the oldest first.
    func recorded(after number: Int) -> [Entry] {
        lock.withLock { entries.filter { $0.number > number } }
    }

    func clear() {
        lock.withLock { entries = [] }
    }

    private func keep(_ request: Exchange, _ body: String?, _ reply: Reply, at: Instant, _ milliseconds: Int) {
        let headers = request.headers.filter { !Self.secrets.contains($0.name.canonicalName) }.map {
            (name: $0.name.rawName, value: String($0.value.prefix(1000)))
        }
        lock.withLock {
            last += 1
            entries.append(
                Entry(
                    number: last,
                    at: at,
                    method: request.method.rawValue,
                    path: String(request.path.prefix(2000)),
                    query: Self.asksForToken(request.path) ? "" : String(request.query.text.prefix(4000)),
                    headers: headers,
                    body: body,
                    status: reply.status.code,
                    milliseconds: milliseconds
                )
            )
            if entries.count > Self.capacity { entries.removeFirst(entries.count - Self.capacity) }
        }
    }

    private static func asksForToken(_ path: String) -> Bool {
        let path = path.lowercased()
        return path.contains("token") || path.contains("signin") || path.contains("sign-in")
            || path.contains("authorize")
    }

    /// The beginning of a body as it goes by.
    private final class Tape: @unchecked Sendable {
        private let lock = NSLock()
        private let limit: Int
        private var bytes: [UInt8] = []

        init(limit: Int) {
            self.limit = limit
        }

        var text: String? { lock.withLock { bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) } }

        func taping(_ body: Body) -> Body {
            .stream { limit, each in
                try await body.forEach(limit: limit) { piece in
                    self.take(piece)
                    try await each(piece)
                }
            }
        }

        private func take(_ piece: [UInt8]) {
            lock.withLock { bytes += piece.prefix(limit - bytes.count) }
        }
    }
}

extension Sandbox {
    var recording: [Operation] {
        [
            Operation(.get, "/requests") { exchange, _ in
                let number = try exchange.query.whole("after", in: 0...Int.max) ?? 0
                let found = recorder.recorded(after: number)
                return Reply.json { writer in
                    writer.member("totalCount", found.count)
                    writer.array("items", found) { writer, entry in writer.object { write(entry, to: &$0) } }
                }
            },
            Operation(.delete, "/requests") { _, _ in
                recorder.clear()
                return Reply(.noContent)
            },
        ]
    }

    private func write(_ entry: RequestRecorder.Entry, to writer: inout JSONWriter) {
        writer.member("number", entry.number)
        writer.member("at", entry.at)
        writer.member("method", entry.method)
        writer.member("path", entry.path)
        writer.member("query", entry.query)
        writer.array("headers", entry.headers) { writer, header in
            writer.object { writer in
                writer.member("key", header.name)
                writer.member("value", header.value)
            }
        }
        writer.member("body", entry.body)
        writer.member("status", entry.status)
        writer.member("milliseconds", entry.milliseconds)
    }
}
