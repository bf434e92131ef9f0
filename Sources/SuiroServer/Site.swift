import Foundation
package import HTTPTypes
package import SuiroAPI
import SuiroDomain
package import SuiroHTTP
package import SuiroPortal
import SuiroService
import SuiroStore

/// Everything that answers at one origin: the API, the portal, health, and what a sandbox adds.
package struct Site: Sendable {
    private let api: API
    private let portal: Portal
    private let routes: RouteTable
    package let metrics: Metrics
    private let throttle: Throttle
    private let admission: Admission
    private let disturb: @Sendable (Exchange) async -> Reply?
    /// Listens to a request, and is told what was answered.
    package typealias Listener = @Sendable (inout Exchange) -> @Sendable (Reply) -> Void
    private let listen: Listener?

    /// Paths that begin so are the API's: an unknown one is answered as the API answers, not with a page.
    private static let apiPrefixes: Set<String> = [
        "v1", "v1.0", "beta", "multichannel", "webhooks", "auditactivity", "accountenrollments", "sandbox",
        "generatetoken", "openapi.yaml", "openapi.json",
    ]

    package init(
        api: API,
        portal: Portal,
        extra: [HTTPRoute] = [],
        throttle: Throttle = .open,
        admission: Admission = Admission(),
        disturb: @escaping @Sendable (Exchange) async -> Reply? = { _ in nil },
        listen: Listener? = nil
    ) {
        (self.api, self.portal, self.disturb) = (api, portal, disturb)
        (self.throttle, self.admission, self.listen) = (throttle, admission, listen)
        let metrics = Metrics()
        self.metrics = metrics
        routes = RouteTable(
            api.routes + extra + portal.routes.map(\.asPage)
                + Self.health(api.service) {
                    metrics.text(
                        throttle.lines + admission.lines + api.service.store.reading.lines
                            + (api.service.store.archive?.reading.lines(at: api.service.environment.now()) ?? [])
                    )
                }
        )
    }

    /// The routes that are served, for tests.
    package var patterns: [(HTTPRequest.Method, String)] { routes.routes.map { ($0.method, $0.pattern) } }

    /// Answers every request; nothing it does can throw.
    package func answer(_ exchange: Exchange) async -> Reply {
        let start = ContinuousClock.now
        var exchange = exchange
        let told = listen?(&exchange)
        let (reply, pattern, isPage) = await route(exchange)
        told?(reply)
        metrics.observe(exchange.method, pattern, reply.status, ContinuousClock.now - start)
        let headers = SafeHeaders(isSecure: api.service.environment.origin().hasPrefix("https:"))
        return headers.complete(reply, isPage: isPage)
    }

    private func route(_ exchange: Exchange) async -> (Reply, pattern: String, isPage: Bool) {
        if let fault = Outline.fault(exchange) {
            let isPage = exchange.headers[.accept]?.contains("text/html") == true && !isOfAPI(exchange)
            return (
                isPage ? await portal.turnedAway(exchange, fault.status) : api.turnedAway(exchange, fault), "unfit",
                false
            )
        }
        if let ordered = await disturb(exchange) { return (ordered, "fault", false) }
        switch routes.match(exchange.method, exchange.path) {
        case .found(let route, let parameters):
            var exchange = exchange
            exchange.parameters = parameters
            return (await admitted(exchange, to: route), route.pattern, route.isPage)
        case .otherMethods(let allowed):
            return (api.otherMethod(exchange, allowed: allowed), "other method", false)
        case .none:
            if isOfAPI(exchange) { return (api.noSuchRoute(exchange), "none", false) }
            return (await portal.notFound(exchange), "none", false)
        }
    }

    /// Whether the path lies where the API is, known or not.
    private func isOfAPI(_ exchange: Exchange) -> Bool {
        Self.apiPrefixes.contains(exchange.path.split(separator: "/").first.map { $0.lowercased() } ?? "")
    }

    /// The route's answer, if there is room for one more of its kind; 503 at once if not.
    private func admitted(_ exchange: Exchange, to route: HTTPRoute) async -> Reply {
        let (isPage, work) = (route.isPage, route.work)
        var exchange = exchange
        do {
            if work != .vital, exchange.isAnonymous, (try? throttle.take(.anonymous, "")) == nil { throw Overloaded() }
            guard let clearance = await Clearance(work, from: admission) else { throw Overloaded() }
            defer { clearance.leave() }
            exchange.body = clearance.body(exchange.body)
            if work == .export { return try await Leisure.with { [exchange] in try await route.answer(exchange) } }
            guard route.isList, api.service.store.hasReplica else { return try await route.answer(exchange) }
            return try await Replica.with { [exchange] in try await route.answer(exchange) }
        } catch is Overloaded where isPage {
            return await portal.turnedAway(exchange, .serviceUnavailable)
        } catch let overloaded as Overloaded {
            return api.turnedAway(exchange, Fault(overloaded))
        } catch {
            return isPage ? await portal.page(for: error, exchange) : Fault(error).reply(api.service.words, .en)
        }
    }

    private static func health(
        _ service: PartnerService,
        _ metrics: @escaping @Sendable () -> String
    ) -> [HTTPRoute] {
        [
            HTTPRoute(.get, "/healthz") { _ in Reply.json { $0.member("status", "ok") } },
            HTTPRoute(.get, "/readyz") { _ in
                do {
                    let edition = try await service.readAsSystem { tx in try tx.newestEdition() }
                    guard let edition else {
                        return Reply.json(.serviceUnavailable) { $0.member("status", "no policy") }
                    }
                    return Reply.json { writer in
                        writer.member("status", "ready")
                        writer.member("database", service.store.kind)
                        writer.member("cloud", service.cloud.rawValue)
                        writer.member("policyEdition", "\(edition)")
                        writer.member("now", service.environment.now())
                    }
                } catch {
                    return Reply.json(.serviceUnavailable) { $0.member("status", "database unavailable") }
                }
            },
            HTTPRoute(.get, "/metrics") { _ in
                Reply(
                    .ok,
                    headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: Array(metrics().utf8)
                )
            },
        ]
    }
}

extension Exchange {
    /// Whether it brings nothing that could say who asks.
    fileprivate var isAnonymous: Bool { headers[.authorization] == nil && headers[.cookie] == nil }
}
