package import FoundationEssentials
import HTTPTypes
package import SuiroAssets
package import SuiroDomain
package import SuiroHTTP
package import SuiroService
import SuiroStore

/// One request on its way to being answered.
package struct Call: Sendable {
    package let exchange: Exchange
    package let service: PartnerService
    package let gate: TokenGate
    package let bearer: Bearer?
    package let correlation: UUID
    package let requestID: UUID?
    package let language: Language
    /// The collected body; empty where the operation streams.
    package let body: [UInt8]

    package var words: Words { service.words }

    /// The call as the service wants it. A write that names a request is done once.
    package var context: CallContext {
        get throws {
            guard let bearer else { throw TokenFault.missing }
            var key: RequestKey?
            if let requestID, exchange.method != .get, exchange.method != .head {
                key = RequestKey(id: oneOf(requestID), digest: body.sha256)
            }
            var context = CallContext(
                caller: bearer.caller,
                request: key,
                correlation: correlation,
                language: language
            )
            context.issued = bearer.issued
            return context
        }
    }

    /// A request id counts for one method and path (reliability 2.6): clients may send one id with all their calls.
    private func oneOf(_ id: UUID) -> UUID {
        let path = exchange.path.lowercased().split(separator: "/").joined(separator: "/")
        let digits = Array("\(id) \(exchange.method.rawValue) \(path)".sha256)
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return UUID(uuidString: groups.map { String($0) }.joined(separator: "-")) ?? id
    }

    /// A GUID in the path. What is not one names nothing, so it is not found.
    package func id<Subject>(_ name: String, _ thing: Refusal.Thing) throws -> ID<Subject> {
        let text = exchange.parameters[name] ?? ""
        guard let id = ID<Subject>(text) else { throw Refusal.notFound(thing, String(text.prefix(80))) }
        return id
    }

    package func text(_ name: String) -> String { exchange.parameters[name] ?? "" }

    /// The body as an object.
    package func fields() throws -> Fields { try Fields(JSONReader.read(body)) }

    /// The body as an object; an empty body or `null` is an object without members.
    package func optionalFields() throws -> Fields {
        guard !JSONReader.isBlank(body), try JSONReader.read(body) != .null else {
            return try Fields(.object([]))
        }
        return try fields()
    }

    package var at: Instant? {
        get throws {
            guard let text = exchange.query["at"] else { return nil }
            guard let instant = Instant(text) else { throw BadInput("at", .malformed, text) }
            return instant
        }
    }

    func requireFreshSignIn() throws {
        guard let bearer else { throw TokenFault.missing }
        let now = service.environment.now()
        try Operation.requireFresh(bearer, at: now, trustsUndated: gate.settings.isSandbox)
    }

    /// A sentence in the caller's language.
    package func say(_ key: String, _ arguments: [String: Argument] = [:]) -> String {
        words.say(key, language, arguments)
    }
}
