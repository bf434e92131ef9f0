import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// A page for everybody.
    func page(
        _ pattern: String,
        _ handler: @escaping @Sendable (Visit) async throws -> Answer
    ) -> HTTPRoute {
        HTTPRoute(.get, pattern) { exchange in
            if let doorstep = doorstep(exchange) { return doorstep }
            let visit = try await visit(exchange)
            if let answer = languageSwitch(visit) { return reply(answer, visit) }
            return try await answering(visit) { try await handler(visit) }
        }
    }

    /// A page for people who have signed in; others sign in first and come back.
    func page(
        _ pattern: String,
        _ handler: @escaping @Sendable (Visit, Visitor) async throws -> Answer
    ) -> HTTPRoute {
        page(pattern) { visit in
            guard let visitor = visit.visitor else { return .seeOther(Place.signIn(next: visit.address)) }
            return try await handler(visit, visitor)
        }
    }

    /// What a page posts. It must come from this portal, in the session it was shown in. What gives or takes rights asks
    /// for a sign-in of the last five minutes (ASVS 7.5.3); then one comes back to the page.
    func form(
        _ pattern: String,
        limit: Int = Form.usualLimit,
        isDangerous: Bool = false,
        _ handler: @escaping @Sendable (Visit, Visitor, Form) async throws -> Answer
    ) -> HTTPRoute {
        HTTPRoute(.post, pattern) { exchange in
            let form = try await Form(exchange, limit: limit)
            let visit = try await visit(exchange, as: form.request)
            return try await answering(visit) {
                guard let visitor = visit.visitor else { return .seeOther(Place.signIn(next: visit.page)) }
                guard isFromHere(exchange), form.typed("csrf").equalsInConstantTime(visitor.session.csrf),
                    form.request != nil
                else { throw PortalFault.foreignForm }
                if isDangerous, !visitor.hasJustSignedIn(at: visit.now) {
                    return .seeOther(Place.signIn(again: visit.page))
                }
                return try await handler(visit, visitor, form)
            }
        }
    }

    /// Reads who asks, and in which language to answer; changes nothing. `request` is the one-time number of a form,
    /// under which everything it did can be found again, however often it was posted.
    func visit(_ exchange: Exchange, as request: UUID? = nil) async throws -> Visit {
        let cookies = exchange.headers[.cookie]
        let visitor = try await visitor(Cookie.value(Cookie.session, in: cookies, isSecure: isSecure))
        let language =
            Cookie.value(Cookie.language, in: cookies, isSecure: isSecure).flatMap(Language.init(rawValue:))
            ?? visitor?.person.language ?? Language(accepting: exchange.headers[.acceptLanguage]) ?? .en
        let named = HTTPField.Name("MS-CorrelationId").flatMap { exchange.headers[$0] }.flatMap { UUID(uuidString: $0) }
        return Visit(
            exchange: exchange,
            language: language,
            words: words,
            visitor: visitor,
            correlation: request ?? named ?? service.environment.newUUID(),
            now: service.environment.now(),
            newUUID: service.environment.newUUID
        )
    }

    func visitor(_ cookie: String?) async throws -> Visitor? {
        guard let cookie, let (session, use) = try await service.liveSession(cookie) else { return nil }
        let token = ID<Token>(sessionCookie: cookie)
        let context = CallContext(
            caller: .person(session.person, of: session.tenant, token: token),
            correlation: token.uuid
        )
        guard let found = try? await service.whoAmI(context) else { return nil }
        return Visitor(
            person: found.person,
            organization: found.organization,
            session: session,
            use: use,
            token: token
        )
    }

    /// `?lang=` on any page: remembered, and the same page again.
    private func languageSwitch(_ visit: Visit) -> Answer? {
        guard let language = visit.exchange.query["lang"].flatMap(Language.init(rawValue:)),
            !visit.exchange.path.lowercased().hasSuffix(".csv")
        else { return nil }
        let query = visit.query(without: "lang")
        return .seeOther(
            visit.page + (query.isEmpty ? "" : "?" + query),
            cookies: [Cookie.set(Cookie.language, to: language.rawValue, for: 31_536_000, isSecure: isSecure)]
        )
    }

    /// A browser says from which site a form comes, in one header or two; what is said must be us. One that says nothing
    /// is none that could be misled.
    func isFromHere(_ exchange: Exchange) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ exchange.headers[$0] }) {
            guard site == "same-origin" || site == "none" else { return false }
        }
        guard let origin = exchange.headers[.origin] else { return true }
        if Self.oneLoopback(origin) == Self.oneLoopback(service.environment.origin()) { return true }
        // Reached by another name of the machine: then by the same one the page came from.
        guard let host = exchange.authority?.lowercased() else { return false }
        return origin.lowercased() == (isSecure ? "https://" : "http://") + host
    }

    /// A machine calls itself by two names.
    private static func oneLoopback(_ origin: String) -> String {
        origin.lowercased().replacing("://localhost", with: "://127.0.0.1")
    }

    var isSecure: Bool { service.environment.origin().hasPrefix("https:") }
}

extension Visit {
    /// Path and query, to come back to.
    var address: String {
        let query = query(without: "lang")
        return page + (query.isEmpty ? "" : "?" + query)
    }
}

extension ID<Token> {
    fileprivate init(sessionCookie cookie: String) {
        let digits = Array("portal session \(cookie)".sha256.prefix(32))
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        self.init(UUID(uuidString: groups.map { String($0) }.joined(separator: "-")) ?? UUID())
    }
}
