import FoundationEssentials
import HTTPTypes
package import SuiroAPI
import SuiroDomain
package import SuiroHTTP
package import SuiroService
import SuiroStore

/// Builds worlds for tests: clock, parties, subscriptions, outbox, snapshots, faults, tokens. A library that only the
/// sandbox program links; `suirod` has no flag that could switch it on.
package struct Sandbox: Sendable {
    package let service: PartnerService
    package let gate: TokenGate
    package let clock: TravellingClock
    package let token: String
    package let faults = FaultInjector()
    package let recorder: RequestRecorder
    /// Sends every webhook that is due by the test clock.
    let deliver: @Sendable () async -> Void

    /// The sandbox's own token is kept in the database, so that it survives a restart.
    package init(
        service: PartnerService,
        gate: TokenGate,
        clock: TravellingClock,
        deliver: @escaping @Sendable () async -> Void = {}
    ) async throws {
        (self.service, self.gate, self.clock, self.deliver) = (service, gate, clock, deliver)
        recorder = RequestRecorder { clock.now }
        let fresh = service.environment.newSecret()
        token = try await service.writeAsSystem { tx in try tx.secret("sandboxToken", or: fresh) }
    }

    /// The routes below `/sandbox/v1`.
    package var routes: [HTTPRoute] {
        operations.map { operation in
            HTTPRoute(operation.method, "/sandbox/v1" + operation.path) { exchange in
                do {
                    guard exchange.headers[.authorization] == "Bearer \(token)" else { throw TokenFault.missing }
                    let body = try await exchange.body.collect(limit: 10_485_760)
                    return try await operation.answer(exchange, body)
                } catch {
                    return Fault(error).reply(service.words, .en)
                }
            }
        }
    }

    struct Operation: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let answer: @Sendable (Exchange, [UInt8]) async throws -> Reply

        init(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ answer: @escaping @Sendable (Exchange, [UInt8]) async throws -> Reply
        ) {
            (self.method, self.path, self.answer) = (method, path, answer)
        }
    }

    private var operations: [Operation] {
        time + world + access + mails + copies + disturbances + incidents + recording + limits
    }

    /// An object from a body; an empty body is an object without members.
    static func fields(_ body: [UInt8]) throws -> Fields {
        guard !JSONReader.isBlank(body) else { return try Fields(.object([])) }
        return try Fields(JSONReader.read(body))
    }

    static func id<Subject>(_ exchange: Exchange, _ thing: Refusal.Thing) throws -> ID<Subject> {
        let text = exchange.parameters["id"] ?? ""
        guard let id = ID<Subject>(text) else { throw Refusal.notFound(thing, String(text.prefix(80))) }
        return id
    }
}
