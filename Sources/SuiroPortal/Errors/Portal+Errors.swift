import FoundationEssentials
import HTTPTypes
import SuiroDomain
package import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// The page that says what went wrong, for an error that was thrown while an exchange was being answered.
    package func page(for error: any Error, _ exchange: Exchange) async -> Reply {
        let visit = await visitOrStranger(exchange)
        return reply(.page(await problem(error, visit)), visit)
    }

    /// The page for a path that leads nowhere.
    package func notFound(_ exchange: Exchange) async -> Reply {
        let visit = await visitOrStranger(exchange)
        let page = Page(
            title: visit.say("portal.notFound.title"),
            status: .notFound,
            content: """
                <h1>\(visit.say("portal.notFound.title"))</h1>
                <p>\(visit.say("portal.notFound.text", ["path": .text(exchange.path)]))</p>
                <p><a class="btn" href="\(Place.home)">\(visit.say("portal.notFound.home"))</a></p>

                """
        )
        return reply(.page(page), visit)
    }

    /// Answers, or explains why not. What nobody expected goes on to the server, which keeps it for its operator.
    func answering(_ visit: Visit, _ handler: () async throws -> Answer) async throws -> Reply {
        do {
            var seat: Seat?
            defer { seat?.leave() }
            if let visitor = visit.visitor {
                try await toll(visit, visitor)
                if visit.exchange.path.lowercased().hasSuffix(".csv") {
                    seat = try throttle.sit("\(visitor.person.id)")
                }
            }
            return reply(try await handler(), visit)
        } catch let error where Self.isExpected(error) {
            return reply(.page(await problem(error, visit)), visit)
        }
    }

    private static func isExpected(_ error: any Error) -> Bool {
        switch error {
        case is Refusal, is BadInput, is PortalFault, is BodyFault, is Throttled, is RoundEnded: true
        case let fault as StoreError:
            switch fault {
            case .stale, .contention, .duplicate: true
            case .unavailable, .corrupt, .unrecorded: false
            }
        default: false
        }
    }

    private func visitOrStranger(_ exchange: Exchange) async -> Visit {
        if let visit = try? await visit(exchange) { return visit }
        return stranger(exchange)
    }

    /// A visit of whom nothing is known, and nothing asked of the database.
    func stranger(_ exchange: Exchange) -> Visit {
        Visit(
            exchange: exchange,
            language: Language(accepting: exchange.headers[.acceptLanguage]) ?? .en,
            words: words,
            visitor: nil,
            correlation: service.environment.newUUID(),
            now: service.environment.now(),
            newUUID: service.environment.newUUID
        )
    }
}
