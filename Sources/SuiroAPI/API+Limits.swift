import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension API {
    /// Parameters that may be named several times, each with one value of a list.
    private static let lists: Set<String> = ["licensegroupids"]

    /// Counts a call whose caller is known, before anything is read for it. What comes back is given back at the end.
    /// A parameter that is named twice has two meanings, and no client sends one (ASVS 15.3.7); a list is written so.
    func toll(_ exchange: Exchange, _ bearer: Bearer?, _ tariff: Tariff) async throws -> Seat? {
        var names: Set<String> = []
        for item in exchange.query.items
        where !Self.lists.contains(item.name) && !names.insert(item.name).inserted {
            throw BadInput(String(item.name.prefix(80)), .malformed)
        }
        guard throttle.isCounting else { return nil }
        if tariff.asksForCode { try throttle.take(.codes, exchange.neighbourhood) }
        guard let bearer else {
            if tariff.isTokenEndpoint { try throttle.take(.addresses, exchange.caller) }
            return nil
        }
        let (person, tenant) = ("\(bearer.person)", "\(bearer.tenant)")
        try throttle.take(.principal, person)
        try throttle.take(.partner, tenant)
        let work = tariff.work
        if tariff.isWrite, work != .vital { try throttle.take(.writes, tenant) }
        if let customer = exchange.parameters["customer_id"].flatMap({ UUID(uuidString: $0) })?.uuidString,
            ID<Tenant>(customer) != bearer.tenant, work != .vital
        {
            try throttle.take(.customer, "\(tenant) \(customer)")
            if bearer.isUser { try await round(customer, person, bearer) }
        }
        return work == .export ? try throttle.sit(person) : nil
    }

    /// The first time an agent is stopped on the way through all customers, the log says so (D-06).
    private func round(_ customer: String, _ person: String, _ bearer: Bearer) async throws {
        do {
            try throttle.visit(customer, by: person)
        } catch {
            if error.isNews {
                let context = CallContext(caller: bearer.caller, correlation: service.environment.newUUID())
                await service.noteEndedRound(context)
            }
            throw error
        }
    }

    /// Counts what one client asks of the token endpoint. The network is part of the key, so that nobody can use up
    /// another's share by naming its id.
    func toll(_ exchange: Exchange, _ tariff: Tariff, asking body: [UInt8]) throws {
        guard tariff.isTokenEndpoint else { return }
        let client = Query(String(decoding: body.prefix(4096), as: UTF8.self))["client_id"] ?? ""
        let named = client.isEmpty ? exchange.headers[.authorization] ?? "" : client
        try throttle.take(.clients, "\(exchange.caller) \(named.prefix(120))")
    }
}

/// What an operation is counted as.
struct Tariff: Sendable {
    let work: Work
    let isWrite: Bool
    let asksForCode: Bool
    let isTokenEndpoint: Bool

    init(_ operation: Operation) {
        work = Work(operation.method, operation.path, isPage: false)
        isWrite = operation.method != .get && operation.method != .head
        asksForCode = operation.path.hasPrefix("/multichannel/v1/invitations/{code}")
        isTokenEndpoint =
            operation.method == .post && operation.path.hasSuffix("/token") && operation.access == .anonymous
    }
}
