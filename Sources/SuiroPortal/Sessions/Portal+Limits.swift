package import HTTPTypes
import SuiroDomain
package import SuiroHTTP
import SuiroService

extension Portal {
    /// Counts what somebody who has signed in asks for.
    func toll(_ visit: Visit, _ visitor: Visitor) async throws {
        try throttle.take(.principal, "\(visitor.person.id)")
        try throttle.take(.partner, "\(visitor.organization.id)")
        if visit.exchange.method == .post { try throttle.take(.writes, "\(visitor.organization.id)") }
        guard visit.exchange.path.lowercased().hasPrefix("/customers/"),
            let customer: ID<Tenant> = visit.exchange.parameters["id"].flatMap({ ID($0) }),
            customer != visitor.organization.id, visit.exchange.method != .post
        else { return }
        try throttle.take(.customer, "\(visitor.organization.id) \(customer)")
        do {
            try throttle.visit("\(customer)", by: "\(visitor.person.id)")
        } catch {
            if error.isNews { await service.noteEndedRound(visit.context(visitor)) }
            throw error
        }
    }

    /// The page for a request that is turned away before anything was read for it: not even who asks.
    package func turnedAway(_ exchange: Exchange, _ status: HTTPResponse.Status) async -> Reply {
        let visit = stranger(exchange)
        var page = await problem(TurnedAway(status: status), visit)
        if status == .serviceUnavailable { page.retryAfter = 1 }
        return reply(.page(page), visit)
    }
}

/// What the server has said no to by its outside.
struct TurnedAway: Error {
    let status: HTTPResponse.Status
}

extension TurnedAway {
    func why(_ visit: Visit) -> String {
        switch status {
        case .serviceUnavailable: visit.say("portal.problem.overloaded")
        case .uriTooLong: visit.say("portal.problem.uriTooLong")
        default: visit.say("portal.problem.unfit")
        }
    }
}
