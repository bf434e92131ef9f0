import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import SuiroHTTP
package import SuiroStore
import UnixSignals

/// The site behind a socket. Every wait has an end: an idle connection, a body that drips, and the drain itself.
package struct WebServer: Sendable {
    package struct Settings: Sendable {
        package var host: String
        package var port: Int
        /// Time for a whole body to arrive, unless the route streams it.
        package var bodyDeadline: Duration = .seconds(30)
        package var idleTimeout: TimeAmount = .seconds(60)
        /// After SIGTERM, time for requests under way; then the process ends whoever still drips.
        package var drain: Duration = .seconds(7)
        /// Connections at once; more wait to be accepted.
        package var connections = 2000
        package var proxies = Proxies.none
        /// For how many days an archive can be gone back in.
        package var archiveDays = 14

        package init(host: String, port: Int) {
            (self.host, self.port) = (host, port)
        }

        package init(_ settings: ServerSettings) {
            self.init(host: settings.host, port: settings.port)
            (connections, proxies) = (settings.limits.connections, settings.proxies)
            archiveDays = settings.archiveDays
        }
    }

    private let settings: Settings
    private let site: Site
    private let logger: Logger
    private let sweep: @Sendable () async throws -> Void
    private let deliver: @Sendable () async -> Void
    private let archive: LogArchive?

    /// `sweep` announces what time has ended, every half minute; nothing depends on it having run. `deliver` sends
    /// webhooks for as long as the server runs. `archive` copies what was written to another place, where one is named.
    package init(
        _ site: Site,
        settings: Settings,
        logger: Logger,
        sweep: @escaping @Sendable () async throws -> Void,
        deliver: @escaping @Sendable () async -> Void,
        archive: LogArchive? = nil
    ) {
        (self.site, self.settings, self.logger) = (site, settings, logger)
        (self.sweep, self.deliver, self.archive) = (sweep, deliver, archive)
    }

    /// Serves until SIGTERM or SIGINT. `onReady` is called with the port once the server has answered a request of its
    /// own through its socket.
    package func run(onReady: @escaping @Sendable (Int) async throws -> Void) async throws {
        let application = Application(
            responder: Responder(
                site: site,
                bodyDeadline: settings.bodyDeadline,
                proxies: settings.proxies,
                logger: logger
            ),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ContinueHandler()],
                    idleTimeout: settings.idleTimeout
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                serverName: "Suiro",
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                // Accepting begins when this closure has returned, so the knock must not be waited for here.
                Task {
                    do {
                        try await Self.knock(host: settings.host, port: port)
                        try await onReady(port)
                    } catch {
                        let words = "The server cannot answer on its own port: \(error)\n"
                        FileHandle.standardError.write(Data(words.utf8))
                        exit(1)
                    }
                }
            },
            logger: logger
        )
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: Sweeping(sweep: sweep, logger: logger)),
                    .init(service: Delivering(deliver: deliver)),
                    .init(service: Archiving(archive: archive, days: settings.archiveDays, logger: logger)),
                    .init(service: Drain(limit: settings.drain, logger: logger)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch let error as IOError {
            throw Opening.Fault.address(
                "\(settings.host):\(settings.port)",
                reason: String(cString: strerror(error.errnoCode))
            )
        }
    }

    /// Asks the server for its readiness as any client would.
    private static func knock(host: String, port: Int) async throws {
        let target = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: target, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let request = "GET /readyz HTTP/1.1\r\nHost: \(target)\r\nConnection: close\r\n\r\n"
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ""
            for try await piece in inbound {
                answer += String(buffer: piece)
                if answer.contains("\r\n") { break }
            }
            guard answer.hasPrefix("HTTP/1.1 200") else { throw NotReady(answer: String(answer.prefix(40))) }
        }
    }

    private struct NotReady: Error {
        let answer: String
    }
}

/// Announces, now and then, what time alone has changed.
private struct Sweeping: Service {
    let sweep: @Sendable () async throws -> Void
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await Leisure.with { try await sweep() }
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("the sweep did not finish", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(30))
            }
        }
    }
}

/// Tells partners of what happens, until the server ends.
private struct Delivering: Service {
    let deliver: @Sendable () async -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown { await deliver() }
    }
}

/// Copies what was written every fifteen seconds, and once more at the end: what a lost machine takes with it is less than
/// a minute's work even where a copy is slow.
private struct Archiving: Service {
    let archive: LogArchive?
    let days: Int
    let logger: Logger

    func run() async throws {
        guard let archive else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await keepUp(archive)
                try? await Task.sleep(for: .seconds(15))
            }
        }
        await keepUp(archive)
    }

    private func keepUp(_ archive: LogArchive) async {
        do {
            try await archive.keepUp(days: days)
        } catch {
            logger.error("the archive is behind", metadata: ["error": "\(error)"])
        }
    }
}

/// Ends the process when requests outlast the drain: a client that drips an upload would hold it for ever (F6). What
/// was acknowledged is on disk already.
private struct Drain: Service {
    let limit: Duration
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()
        let (limit, logger) = (limit, logger)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: Double(limit.components.seconds))
            logger.warning("requests outlasted the drain and were cut off")
            exit(0)
        }
    }
}

/// A request's surroundings: where it came from.
private struct Arrival: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: String?

    init(source: Source) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

/// Between Hummingbird's request and ours.
private struct Responder: HTTPResponder {
    let site: Site
    let bodyDeadline: Duration
    let proxies: Proxies
    let logger: Logger

    func respond(to request: Request, context: Arrival) async throws -> Response {
        let start = ContinuousClock.now
        var exchange = Exchange(
            method: request.method,
            uri: request.head.path ?? "/",
            headers: request.headers,
            body: body(of: request),
            authority: request.head.authority
        )
        let forwarded = HTTPField.Name("X-Forwarded-For").map { request.headers[values: $0] } ?? []
        exchange.caller = proxies.caller(peer: context.peer, forwarded: forwarded)
        let reply = await site.answer(exchange)
        log(exchange, reply, ContinuousClock.now - start)
        var headers = reply.headers
        headers[.contentLength] = nil
        // An answer to HEAD has the headers of GET and nothing else.
        let bytes = request.method == .head ? ByteBuffer() : ByteBuffer(bytes: reply.body)
        guard let pieces = reply.pieces, request.method != .head else {
            return Response(status: reply.status, headers: headers, body: .init(byteBuffer: bytes))
        }
        let body = ResponseBody { writer in
            try await writer.write(bytes)
            while let piece = try await pieces() { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
        return Response(status: reply.status, headers: headers, body: body)
    }

    /// One line a request; never bodies, tokens or names.
    private func log(_ exchange: Exchange, _ reply: Reply, _ took: Duration) {
        logger.info(
            "request",
            metadata: [
                "method": "\(exchange.method.rawValue)", "path": "\(exchange.path.withoutCodes.prefix(200))",
                "status": "\(reply.status.code)",
                "ms": "\(took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000)",
                "correlation": "\(HTTPField.Name("MS-CorrelationId").flatMap { reply.headers[$0] } ?? "")",
            ]
        )
    }

    private func body(of request: Request) -> SuiroHTTP.Body {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if length == nil, request.headers[.transferEncoding] == nil { return .bytes([]) }
        if length == 0 { return .bytes([]) }
        let deadline = bodyDeadline
        return .stream { limit, each in
            if let length, length > limit { throw BodyFault.tooLarge(limit: limit) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    var total = 0
                    var pieces = request.body.makeAsyncIterator()
                    while let piece = try await Self.next(of: &pieces) {
                        total += piece.readableBytes
                        guard total <= limit else { throw BodyFault.tooLarge(limit: limit) }
                        try await each(Array(piece.readableBytesView))
                    }
                }
                group.addTask {
                    // A file may take longer than a form, but not for ever.
                    try await Task.sleep(for: limit > 100_000_000 ? .seconds(3600) : deadline)
                    throw BodyFault.tooSlow
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }

    private static func next(of pieces: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await pieces.next()
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw BodyCutOff()
        }
    }
}

extension String {
    /// A path without what opens something: codes of invitations and of enrolment are told to one person, and not to the
    /// log (I-05).
    fileprivate var withoutCodes: String {
        var hidesNext = false
        return split(separator: "/", omittingEmptySubsequences: false).map { part in
            // Doubled slashes count as one, here as for the routes.
            if part.isEmpty { return "" }
            defer { hidesNext = ["r", "invitations", "enrol"].contains(part.lowercased()) }
            return hidesNext ? "…" : String(part)
        }.joined(separator: "/")
    }
}
