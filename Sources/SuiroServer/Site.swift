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
    private let portalPatterns: Set<String>
    package let metrics: Metrics
    private let disturb: @Sendable (Exchange) async -> Reply?

    /// Paths that begin so are the API's: an unknown one is answered as the API answers, not with a page.
    private static let apiPrefixes: Set<String> = [
        "v1", "v1.0", "beta", "multichannel", "webhooks", "auditactivity", "accountenrollments", "sandbox",
        "generatetoken", "openapi.yaml", "openapi.json",
    ]

    package init(
        api: API,
        portal: Portal,
        extra: [HTTPRoute] = [],
        disturb: @escaping @Sendable (Exchange) async -> Reply? = { _ in nil }
    ) {
        (self.api, self.portal, self.disturb) = (api, portal, disturb)
        let metrics = Metrics()
        self.metrics = metrics
        portalPatterns = Set(portal.routes.map(\.pattern))
        routes = RouteTable(api.routes + extra + portal.routes + Self.health(api.service, metrics))
    }

    /// The routes that are served, for tests.
    package var patterns: [(HTTPRequest.Method, String)] { routes.routes.map { ($0.method, $0.pattern) } }

    /// Answers every request; nothing it does can throw.
    package func answer(_ exchange: Exchange) async -> Reply {
        let start = ContinuousClock.now
        let (reply, pattern) = await route(exchange)
        metrics.observe(exchange.method, pattern, reply.status, ContinuousClock.now - start)
        return reply
    }

    private func route(_ exchange: Exchange) async -> (Reply, String) {
        if let ordered = await disturb(exchange) { return (ordered, "fault") }
        switch routes.match(exchange.method, exchange.path) {
        case .found(let route, let parameters):
            var exchange = exchange
            exchange.parameters = parameters
            do {
                return (try await route.answer(exchange), route.pattern)
            } catch {
                if portalPatterns.contains(route.pattern) {
                    return (await portal.page(for: error, exchange), route.pattern)
                }
                return (Fault(error).reply(api.service.words, .en), route.pattern)
            }
        case .otherMethods(let allowed):
            return (api.otherMethod(exchange, allowed: allowed), "other method")
        case .none:
            let first = exchange.path.split(separator: "/").first.map { $0.lowercased() } ?? ""
            if Self.apiPrefixes.contains(first) { return (api.noSuchRoute(exchange), "none") }
            return (await portal.notFound(exchange), "none")
        }
    }

    private static func health(_ service: PartnerService, _ metrics: Metrics) -> [HTTPRoute] {
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
                    body: Array(metrics.text().utf8)
                )
            },
        ]
    }
}
