import FoundationEssentials
package import HTTPTypes
import SuiroDomain
package import SuiroHTTP
package import SuiroService

/// The API as routes: authentication, correlation, idempotency keys and errors are done here once for all.
package struct API: Sendable {
    package let service: PartnerService
    package let gate: TokenGate
    let throttle: Throttle

    package init(service: PartnerService, gate: TokenGate, throttle: Throttle = .open) {
        (self.service, self.gate, self.throttle) = (service, gate, throttle)
    }

    package var routes: [HTTPRoute] { Operation.all.map(route) }

    /// An operation as a route of this server.
    package func route(_ operation: Operation) -> HTTPRoute {
        // What has no entry at all may intend nothing either.
        let actions = operation.actions ?? []
        let tariff = Tariff(operation)
        return HTTPRoute(operation.method, operation.path) { exchange in
            let conversation = Conversation(exchange, newUUID: service.environment.newUUID)
            do {
                let bearer = try await authenticate(exchange, operation)
                let seat = try await toll(exchange, bearer, tariff)
                defer { seat?.leave() }
                let body = operation.streams ? [] : try await exchange.body.collect(limit: operation.limit)
                try toll(exchange, tariff, asking: body)
                let call = Call(
                    exchange: exchange,
                    service: service,
                    gate: gate,
                    bearer: bearer,
                    correlation: conversation.correlation,
                    requestID: conversation.request,
                    language: conversation.language,
                    body: body
                )
                let answer = try await RouteEntry.$actions.withValue(actions) {
                    try await operation.answer(call)
                }
                return conversation.finish(answer)
            } catch {
                return conversation.answer(Fault(error), service)
            }
        }
    }

    /// The answer for a path below the API that is no operation.
    package func noSuchRoute(_ exchange: Exchange) -> Reply {
        let conversation = Conversation(exchange, newUUID: service.environment.newUUID)
        return conversation.answer(.noSuchRoute, service)
    }

    /// The answer for what is turned away before it reaches an operation.
    package func turnedAway(_ exchange: Exchange, _ fault: Fault) -> Reply {
        Conversation(exchange, newUUID: service.environment.newUUID).answer(fault, service)
    }

    /// The answer for an operation's path with another method.
    package func otherMethod(_ exchange: Exchange, allowed: [HTTPRequest.Method]) -> Reply {
        let conversation = Conversation(exchange, newUUID: service.environment.newUUID)
        var reply = conversation.answer(.methodNotAllowed, service)
        reply.headers[.allow] = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        return reply
    }

    private func authenticate(_ exchange: Exchange, _ operation: Operation) async throws -> Bearer? {
        guard operation.access != .anonymous else { return nil }
        let headers = exchange.headers[values: .authorization]
        guard headers.count == 1, let header = headers.first else { throw TokenFault.missing }
        let now = service.environment.now()
        let bearer = try await gate.verify(authorization: header, at: now)
        try operation.admit(bearer, at: now, trustsUndated: gate.settings.isSandbox)
        return bearer
    }
}

/// What is echoed with every answer: request id, correlation id, language.
private struct Conversation {
    let request: UUID?
    let correlation: UUID
    let language: Language
    private let echoedRequest: UUID
    private let isHead: Bool
    private let isGraph: Bool
    private let clientRequest: String?

    init(_ exchange: Exchange, newUUID: () -> UUID) {
        request = exchange.headers[.msRequestID].flatMap { UUID(uuidString: $0) }
        echoedRequest = request ?? newUUID()
        correlation = exchange.headers[.msCorrelationID].flatMap { UUID(uuidString: $0) } ?? newUUID()
        // Partner Center's default is en-US; Accept-Language is not read here, so that SDKs see what they always saw.
        language = exchange.headers[.xLocale]?.lowercased().hasPrefix("ja") == true ? .ja : .en
        isHead = exchange.method == .head
        isGraph = exchange.isGraph
        clientRequest = exchange.headers[.clientRequestID].flatMap { UUID(uuidString: $0) }?.lowercased
    }

    /// An error in the shape of the interface that was called.
    func answer(_ fault: Fault, _ service: PartnerService) -> Reply {
        guard isGraph else { return finish(fault.reply(service.words, language)) }
        return finish(
            fault.graphReply(
                service.words,
                language,
                request: correlation.lowercased,
                clientRequest: clientRequest,
                at: service.environment.now()
            )
        )
    }

    func finish(_ reply: Reply) -> Reply {
        var reply = reply
        if isGraph {
            reply.headers[.requestID] = correlation.lowercased
            reply.headers[.clientRequestID] = clientRequest ?? correlation.lowercased
        }
        reply.headers[.msRequestID] = echoedRequest.lowercased
        reply.headers[.msCorrelationID] = correlation.lowercased
        reply.headers[.xLocale] = language.locale
        reply.headers[.contentLanguage] = language.rawValue
        reply.headers[.cacheControl] = "no-store"
        if isHead { (reply.body, reply.pieces) = ([], nil) }
        return reply
    }
}

extension HTTPField.Name {
    private static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .accept }
    package static let msRequestID = named("MS-RequestId")
    package static let msCorrelationID = named("MS-CorrelationId")
    package static let xLocale = named("X-Locale")
    package static let requestID = named("request-id")
    package static let clientRequestID = named("client-request-id")
    package static let msContinuationToken = named("MS-ContinuationToken")
    /// As many write it (conventions, section 17).
    static let msContinuationTokenMisspelt = named("MS-Continuation-Token")
}
