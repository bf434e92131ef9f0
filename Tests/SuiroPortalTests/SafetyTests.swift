import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// What the portal keeps out.
@Suite struct SafetyTests {
    /// Everything that could have changed, as one value.
    private func state(_ world: World) async throws -> [String] {
        try await world.service.readAsSystem { tx in
            let entries = try tx.entries(
                concerning: nil,
                from: .earliest,
                to: .latest,
                customer: nil,
                before: nil,
                correlation: nil,
                limit: 10_000
            )
            let requests = try tx.relationshipRequests(of: world.tozai.as(Partner.self))
            let grants = try tx.grants(in: world.customer).map { "\($0.grant.id) \($0.grant.revision)" }
            // That a partner looked at a customer's data is on record (A-03), and is no change.
            let changes = entries.filter { $0.event != "customerRead" }
            return changes.map { "\($0.event) \($0.subject) \($0.at)" } + requests.map { "\($0.id) \($0.revision)" }
                + grants
                + [try tx.mails().count.description]
        }
    }

    @Test func `looking at pages changes nothing`() async throws {
        let world = try await World()
        let view = try await world.pending()
        let access = try await world.service.access(in: world.customer, Who.tanaka.context)
        let grant = try #require(access.grants.first?.grant.id)
        let before = try await state(world)
        let paths = [
            "/", "/customers", "/customers/\(world.customer)", "/customers/\(world.customer)/people-and-access",
            "/customers/\(world.customer)/access/\(grant)/end", "/requests", "/requests/new",
            "/requests/\(view.request.id)", "/requests/\(view.request.id)/eml", "/r", "/r/\(view.request.code)",
            "/r?partnerId=\(world.tozai)", "/announcements", "/policies", "/webhooks", "/audit", "/audit.csv",
            "/sign-in",
            "/sign-out",
            "/requests/\(view.request.id)/withdrawal", "/r/\(view.request.code)/acceptance?termsHash=x",
        ]
        for who in [nil, .hanako, .tanaka, .aoi, .sofia] as [Who?] {
            let browser = try await Browser(world, as: who)
            for path in paths { try await browser.get(path) }
        }
        #expect(try await state(world) == before)
    }

    @Test func `names are shown as text, whatever they are`() async throws {
        let world = try await World()
        let name = "<script>alert('x')</script> & \"Co\""
        let customer = world.mirai
        _ = try await world.service.writeAsSystem(in: .customer(world.customer)) { tx in
            guard var organization = try tx.organization(customer) else { return false }
            organization.name = name
            organization.revision += 1
            try tx.update(organization)
            return true
        }
        for (who, path) in [
            (Who.hanako, "/customers"), (.hanako, "/customers/\(customer)"), (.hanako, "/audit"),
            (.hanako, "/customers?q=\("<script>".percentEncoded)"), (.tanaka, "/"),
            (.tanaka, "/customers/\(customer)/people-and-access"), (.hanako, "/<script>"),
            (.hanako, "/customers/<script>"),
        ] {
            let browser = try await Browser(world, as: who)
            try await browser.get(path)
            #expect(!browser.page.contains("<script"), "\(path)")
            #expect(browser.page.contains("&lt;script&gt;"), "\(path)")
        }
    }

    @Test(arguments: [nil, "", "0000"])
    func `a form without this session's proof does nothing`(csrf: String?) async throws {
        let world = try await World()
        let request = try await world.pending().request
        let browser = try await Browser(world, as: .hanako)
        let path = "/requests/\(request.id)/withdrawal"
        try await browser.get("/requests/\(request.id)")
        let before = try await state(world)
        let fields =
            browser.hidden(in: path).filter { $0.name != "csrf" } + (csrf.map { [(name: "csrf", value: $0)] } ?? [])
        #expect(try await browser.submit(path, fields).status == .forbidden)
        #expect(try await state(world) == before)
    }

    @Test(arguments: ["cross-site", "same-site"])
    func `a form from another site does nothing`(site: String) async throws {
        let world = try await World()
        let request = try await world.pending().request
        let browser = try await Browser(world, as: .hanako)
        let path = "/requests/\(request.id)/withdrawal"
        try await browser.get("/requests/\(request.id)")
        #expect(try await browser.post(path, from: site).status == .forbidden)
        try await browser.get("/requests/\(request.id)")
        #expect(try await browser.post(path).status == .seeOther)
    }

    @Test func `nobody can be signed in by another site`() async throws {
        let browser = Browser(try await World())
        try await browser.get("/sign-in")
        #expect(try await browser.post("/sign-in", ["persona": "hanako"], from: "cross-site").status == .forbidden)
        #expect(browser.cookies["__Host-suiro_session"] == nil)
    }

    @Test(arguments: [
        "//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
    ])
    func `sign-in leads nowhere else`(next: String) async throws {
        let browser = Browser(try await World())
        try await browser.get("/sign-in?next=\(next.percentEncoded)")
        let reply = try await browser.submit("/sign-in", [("next", next), ("persona", "hanako")])
        #expect(reply.headers[.location] == "/")
    }

    @Test func `every page forbids scripts, frames and guessing, and is not kept`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        for path in [
            "/", "/customers", "/sign-in", "/no/such", "/customers/\(world.hikari)", "/audit.csv", "/r?lang=ja",
        ] {
            let headers = try await browser.get(path).headers
            let policy = headers[.contentSecurityPolicy] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; style-src 'self';"), "\(path)")
            #expect(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "\(path)")
            #expect(!policy.contains("unsafe"), "\(path)")
            #expect(headers[.xContentTypeOptions] == "nosniff", "\(path)")
            #expect(headers[.cacheControl] == "no-store", "\(path)")
        }
    }

    @Test func `the session cookie is for this site alone, and for https where the portal is`() async throws {
        let browser = Browser(try await World())
        try await browser.get("/sign-in")
        let reply = try await browser.post("/sign-in", ["persona": "hanako"])
        let cookie = try #require(reply.headers[values: .setCookie].first { $0.hasPrefix("__Host-suiro_session=") })
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Secure"] { #expect(cookie.contains("; \(part)")) }
    }

    @Test func `after signing out the cookie opens nothing`() async throws {
        let browser = try await Browser(try await World(), as: .hanako)
        try await browser.get("/")
        let reply = try await browser.post("/sign-out")
        #expect(reply.headers[.location] == "/sign-in")
        #expect(browser.cookies["__Host-suiro_session"] == nil)
        #expect(try await browser.get("/customers").headers[.location] == "/sign-in?next=%2Fcustomers")
    }

    @Test func `a body that is too large is refused with a page`() async throws {
        let browser = try await Browser(try await World(), as: .hanako)
        let reply = try await browser.submit("/requests/new", [("name", String(repeating: "x", count: 70_000))])
        #expect(reply.status == .contentTooLarge)
        #expect(reply.text.contains("<h1>"))
    }
}
