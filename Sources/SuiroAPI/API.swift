import FoundationEssentials
package import HTTPTypes
import SuiroDomain
package import SuiroHTTP
package import SuiroService

/// The API as routes: authentication, correlation, idempotency keys and errors are done here once for all.
package struct API: Sendable {
    package let service: PartnerService
    package let gate: TokenGate

    package init(service: PartnerService, gate: TokenGate) {
        (self.service, self.gate) = (service, gate)
    }

    package var routes: [HTTPRoute] { Operation.all.map(route) }

    /// An operation as a route of this server.
    package func route(_ operation: Operation) -> HTTPRoute {
        HTTPRoute(operation.method, operation.path) { exchange in
            let conversation = Conversation(exchange, newUUID: service.environment.newUUID)
            do {
                let bearer = try authenticate(exchange, operation.access)
                let body = operation.streams ? [] : try await exchange.body.collect(limit: operation.limit)
                let call = Call(
                    exchange: exchange,
                    service: service,
                    bearer: bearer,
                    correlation: conversation.correlation,
                    requestID: conversation.request,
                    language: conversation.language,
                    body: body
                )
                return conversation.finish(try await operation.answer(call))
            } catch {
                return conversation.finish(Fault(error).reply(service.words, conversation.language))
            }
        }
    }

    /// The answer for a path below the API that is no operation.
    package func noSuchRoute(_ exchange: Exchange) -> Reply {
        let conversation = Conversation(exchange, newUUID: service.environment.newUUID)
        return conversation.finish(Fault.noSuchRoute.reply(service.words, conversation.language))
    }

    /// The answer for an operation's path with another method.
    package func otherMethod(_ exchange: Exchange, allowed: [HTTPRequest.Method]) -> Reply {
        let conversation = Conversation(exchange, newUUID: service.environment.newUUID)
        var reply = conversation.finish(Fault.methodNotAllowed.reply(service.words, conversation.language))
        reply.headers[.allow] = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        return reply
    }

    private func authenticate(_ exchange: Exchange, _ access: Operation.Access) throws -> Bearer? {
        guard access != .anonymous else { return nil }
        let headers = exchange.headers[values: .authorization]
        guard headers.count == 1, let header = headers.first else { throw TokenFault.missing }
        let bearer = try gate.verify(authorization: header, at: service.environment.now())
        if access == .userOnly, !bearer.isUser { throw Refusal.accessDenied(missing: "app+user token") }
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

    init(_ exchange: Exchange, newUUID: () -> UUID) {
        request = exchange.headers[.msRequestID].flatMap { UUID(uuidString: $0) }
        echoedRequest = request ?? newUUID()
        correlation = exchange.headers[.msCorrelationID].flatMap { UUID(uuidString: $0) } ?? newUUID()
        // Partner Center's default is en-US; Accept-Language is not read here, so that SDKs see what they always saw.
        language = exchange.headers[.xLocale]?.lowercased().hasPrefix("ja") == true ? .ja : .en
        isHead = exchange.method == .head
    }

    func finish(_ reply: Reply) -> Reply {
        var reply = reply
        reply.headers[.msRequestID] = echoedRequest.uuidString.lowercased()
        reply.headers[.msCorrelationID] = correlation.uuidString.lowercased()
        reply.headers[.xLocale] = language.locale
        reply.headers[.contentLanguage] = language.rawValue
        reply.headers[.cacheControl] = "no-store"
        if isHead { reply.body = [] }
        return reply
    }
}

extension HTTPField.Name {
    private static func named(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .accept }
    package static let msRequestID = named("MS-RequestId")
    package static let msCorrelationID = named("MS-CorrelationId")
    package static let xLocale = named("X-Locale")
    package static let msContinuationToken = named("MS-ContinuationToken")
}
