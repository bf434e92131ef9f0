import Foundation
import HTTPTypes
import SuiroAPI
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// The API on a fresh database, with a small cast; keeps a transcript in which every name that differs from run to run
/// is replaced by what it stands for.
final class Stage: @unchecked Sendable {
    let world: TestWorld
    private let gate: TokenGate
    private let table: RouteTable
    private(set) var tokens: [String: String] = [:]
    private var names: [(String, String)] = []
    private var transcript = ""
    private var answer: JSONValue = .null
    private var agent: Person?
    private var admin: Person?
    private var customer: Organization?

    init(_ driver: TestDriver) async throws {
        world = try await TestWorld(on: driver)
        gate = try await TokenGate(service: world.service)
        table = RouteTable(API(service: world.service, gate: gate).routes)
    }

    /// A direct partner, a customer with four people, and two subscriptions bought in other channels.
    func build() async throws {
        let (partner, agents) = try await world.add(
            .direct,
            "東西クラウド株式会社",
            domain: "tozai-cloud.example",
            roles: [[.adminAgent], [.app]]
        )
        let (customer, people) = try await world.add(
            .customer,
            "株式会社みらい商事",
            domain: "mirai-shoji.example",
            roles: [[.globalAdmin], [.user]]
        )
        (agent, admin, self.customer) = (agents[0], people[0], customer)
        names = [
            ("\(partner.id)", "partner"), ("\(customer.id)", "customer"), ("\(agents[0].id)", "agent"),
            ("\(people[0].id)", "admin"), ("\(people[1].id)", "user"),
        ]
        for (key, person) in [("agent", agents[0]), ("app", agents[1]), ("admin", people[0]), ("user", people[1])] {
            tokens[key] = try gate.sign(
                TokenGate.Claims(
                    person: person.id,
                    tenant: person.tenant,
                    token: ID(person.id.uuid),
                    isUser: key != "app",
                    amr: ["mfa"],
                    issued: world.clock.now,
                    expires: world.clock.now.adding(days: 3650)
                )
            )
        }
        let admin = world.context(people[0])
        for (key, family, channel) in [("license", Family.license, Channel.open), ("usage", .usage, .ea)] {
            let term = Term(
                start: world.clock.now.adding(months: -6),
                end: world.clock.now.adding(months: 6),
                autoRenew: false
            )
            let observed = ObservedSubscription(
                name: key,
                productID: nil,
                skuID: nil,
                family: family,
                channel: channel,
                sellerName: nil,
                quantity: family == .license ? 120 : nil,
                term: family == .license ? term : nil,
                monthlyCost: Currency("JPY").map { Money(324_000, $0) },
                aliases: []
            )
            let view = try await world.service.record(observed, for: customer.id.as(Customer.self), admin)
            names.append(("\(view.subscription.id)", key))
            // Lists are ordered by the instant things were recorded.
            world.clock.now = world.clock.now.adding(seconds: 1)
        }
    }

    func relate() async throws {
        guard let agent, let admin, let customer else { return }
        try await world.relate(agent, customer, admin)
    }

    func answer(_ method: HTTPRequest.Method, _ path: String, token: String?, body: String?, locale: String? = nil)
        async -> Reply
    {
        var headers: HTTPFields = [:]
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let locale { headers[.xLocale] = locale }
        var exchange = Exchange(
            method: method,
            uri: path,
            headers: headers,
            body: .bytes(Array((body ?? "").utf8))
        )
        guard case .found(let route, let parameters) = table.match(method, exchange.path) else {
            return Reply(.notFound)
        }
        exchange.parameters = parameters
        do {
            return try await route.answer(exchange)
        } catch {
            Issue.record(error)
            return Reply(.internalServerError)
        }
    }

    /// Sends one request and writes it down with its answer. `{name}` stands for the id of that name.
    func say(_ method: String, _ path: String, as who: String, _ body: String? = nil, locale: String? = nil)
        async throws
    {
        let named = names.reduce(path) { $0.replacing("{\($1.1)}", with: $1.0) }
        let verb = try #require(HTTPRequest.Method(method))
        let reply = await answer(verb, named, token: tokens[who], body: body, locale: locale)
        answer = (try? JSONReader.read(reply.body)) ?? .null
        transcript += "\(who): \(method) \(path)\(locale.map { " (\($0))" } ?? "")\n\(reply.status.code)\n"
        transcript += try pretty(reply.body) + "\n\n"
    }

    /// The id of that name.
    func id(_ name: String) -> String? { names.first { $0.1 == name }?.0 }

    /// A member of the last answer.
    func last(_ name: String) -> String? { try? Fields(answer).text(name, limit: 10_000) }

    func compare(with name: String) throws {
        try Golden.compare(masked(transcript), with: "\(name).txt", beside: #filePath)
    }

    private func pretty(_ bytes: [UInt8]) throws -> String {
        guard !bytes.isEmpty else { return "" }
        let object = try JSONSerialization.jsonObject(with: Data(bytes))
        let data = try JSONSerialization.data(
            withJSONObject: object,
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        )
        return String(decoding: data, as: UTF8.self)
    }

    /// Ids, hashes, codes and tags become the order in which they first appear.
    private func masked(_ text: String) -> String {
        var text = text
        for (id, name) in names {
            text = text.replacing(id, with: "<\(name)>").replacing(id.uppercased(), with: "<\(name.uppercased())>")
        }
        // Mail drafts carry the code in Base64; the words beside them are compared.
        text = text.replacing(#/"eml" : "[^"]*"/#, with: "\"eml\" : \"…\"")
        text = text.replacing(#/"etag" : "[^"]*"/#, with: "\"etag\" : \"…\"")
        let pattern =
            #/[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-f]{64}|[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2,6}/#
        var seen: [String] = []
        for match in text.matches(of: pattern) {
            let found = String(match.0).lowercased()
            if !seen.contains(found) { seen.append(found) }
        }
        return text.replacing(pattern) { match in
            "#\((seen.firstIndex(of: String(match.0).lowercased()) ?? 0) + 1)"
        }
    }
}
