import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import Testing

/// Signing in with password and code, and letting programs act for oneself, through the pages.
@Suite struct IdentityPageTests {
    private func scene(as who: Who? = nil) async throws -> (World, Browser, Way) {
        let world = try await World(hasPersonas: who != nil)
        let browser = try await Browser(world, as: who)
        return (world, browser, Way(world, browser))
    }

    @Test func `password and code open a session that leads back to where one was going`() async throws {
        let (world, browser, way) = try await scene()
        let link = try await way.newcomer()
        let secret = try #require(try await world.service.enrolment(link)).secret
        try await browser.get("/enrol/\(link)")
        let early = way.code(of: secret, ahead: -1)
        #expect(try await browser.post("/enrol/\(link)", ["password": Way.password, "code": early]).status == .ok)
        let away = try await browser.get("/r")
        #expect(away.status == .ok)
        let first = try await browser.submit(
            "/sign-in",
            [("next", "/requests?show=open"), ("mail", "MAI@hikari.example"), ("password", Way.password)]
        )
        #expect(first.headers[.location] == "/sign-in/code?next=%2Frequests%3Fshow%3Dopen")
        try await browser.follow(first)
        let back = try await browser.post("/sign-in/code", ["code": way.code(of: secret)])
        #expect(back.headers[.location] == "/requests?show=open")
        #expect(browser.cookies["__Host-suiro_session"] != nil && browser.cookies["__Host-suiro_step"] == nil)
        #expect(try await browser.get("/").status == .ok)
    }

    @Test func `K-13: a link of enrolment opens nothing once it was used, however its path is written`() async throws {
        let (_, browser, way) = try await scene()
        let link = try await way.newcomer()
        let secret = try #require(try await way.world.service.enrolment(link)).secret
        try await browser.get("/enrol/\(link)")
        let fields = [("password", Way.password), ("code", way.code(of: secret))]
        #expect(try await browser.submit("/enrol/\(link)", fields).status == .ok)
        for path in ["/enrol/\(link)", "/enrol/\(link)/", "//enrol//\(link)", "/ENROL/\(link)"] {
            #expect(try await browser.get(path).status == .notFound, "\(path)")
            #expect(try await browser.submit(path, fields).status == .notFound, "\(path)")
        }
        #expect(try await browser.get("/enrol/\(link)%2e").status == .notFound)
        #expect(try await browser.submit("/enrol/\(link)", fields, from: "cross-site").status == .forbidden)
    }

    @Test func `K-15: unknown, wrong and held off are one answer`() async throws {
        let (_, browser, way) = try await scene()
        _ = try await way.enrolled()
        func attempt(_ mail: String, _ password: String) async throws -> String {
            try await browser.get("/sign-in")
            let reply = try await browser.submit("/sign-in", [("next", "/"), ("mail", mail), ("password", password)])
            #expect(reply.status == .forbidden && reply.headers[.setCookie] == nil)
            return reply.text.replacing(mail, with: "")
        }
        let unknown = try await attempt("nobody@hikari.example", "not this one")
        for _ in 0..<5 { #expect(try await attempt("mai@hikari.example", "not this one") == unknown) }
        #expect(try await attempt("mai@hikari.example", Way.password) == unknown, "held off")
    }

    @Test func `whoever allows it sends the browser back with a code, the state and the issuer`() async throws {
        let (_, browser, way) = try await scene(as: .hanako)
        let address = try await way.authorization()
        let page = try await browser.get(address)
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.contains("form-action 'self' https://billing.example;"))
        let form = try #require(browser.page.firstMatch(of: /action="(\/[^"]*authorize[^"]*)"/)).output.1
        let action = String(form).replacing("&amp;", with: "&")
        var hidden = browser.hidden(in: String(form))
        let denied = try await browser.submit(action, hidden + [("decision", "deny")])
        #expect(denied.headers[.location]?.contains("?error=access_denied&state=a%20b&iss=") == true)
        try await browser.get(address)
        hidden = browser.hidden(in: String(form))
        let allowed = try await browser.submit(action, hidden + [("decision", "allow")])
        let location = try #require(allowed.headers[.location])
        #expect(location.hasPrefix("https://billing.example/back?code="))
        #expect(location.hasSuffix("&state=a%20b&iss=https%3A%2F%2Fissuer.example%2F"))
        let foreign = try await browser.submit(action, hidden + [("decision", "allow")], from: "cross-site")
        #expect(foreign.status == .forbidden)
    }

    @Test(arguments: [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request"),
        ("&code_challenge_method=S256", "", "invalid_request"),
        ("offline_access", "https%3A%2F%2Fmanagement.azure.com%2F.default", "invalid_scope"),
        ("&state", "&prompt=none&state", "interaction_required"), ("&state", "&scope=openid&state", "invalid_request"),
        ("&state", "&response_mode=fragment&state", "invalid_request"),
    ])
    func `what is wrong with a request goes back to the program`(old: String, new: String, error: String) async throws {
        let (_, browser, way) = try await scene(as: .hanako)
        let address = try await way.authorization().replacing(old, with: new)
        let location = try await browser.get(address).headers[.location] ?? ""
        #expect(location.hasPrefix("https://billing.example/back?error=\(error)&state="), "\(location)")
    }

    @Test func `a program that is not known sends the browser nowhere`() async throws {
        let (world, browser, way) = try await scene(as: .hanako)
        let address = try await way.authorization()
        for (old, new) in [
            ("billing.example%2Fback", "billing.example%2Fback%2F"), ("client_id=", "client_id=0"),
            ("\(world.tozai)/oauth2", "\(world.hokusei)/oauth2"), ("&state", "&client_id=x&state"),
        ] {
            let reply = try await browser.get(address.replacing(old, with: new))
            #expect(reply.status == .badRequest && reply.headers[.location] == nil, "\(new)")
        }
        let other = try await Browser(world, as: .rival)
        #expect(try await other.get(address).status == .badRequest, "another organization's program")
        let stranger = Browser(world)
        #expect(try await stranger.get(address).headers[.location]?.hasPrefix("/sign-in?next=%2F") == true)
    }
}
