import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// J4: a customer's administrator reads, decides, and can take it back.
@Suite struct ConsentTests {
    private func opened(_ world: World, as who: Who = .aoi) async throws -> (Browser, RelationshipRequest) {
        let request = try await world.pending().request
        let browser = try await Browser(world, as: who)
        try await browser.get("/r/\(request.code)")
        return (browser, request)
    }

    private func state(_ request: RelationshipRequest, _ world: World) async throws -> String {
        try await world.service.relationshipRequest(request.id, Who.hanako.context).state
    }

    private func grants(_ world: World) async throws -> [GrantRow] {
        try await world.service.access(in: world.hikari.as(Customer.self), Who.aoi.context).grants
    }

    @Test func `three steps: read, answer, approve`() async throws {
        let world = try await World()
        let (browser, request) = try await opened(world)
        #expect(!browser.page.contains(" checked"), "nothing is preselected")
        try await browser.post("/r/\(request.code)", ["answer": "accept"])
        #expect(try await grants(world).isEmpty, "an answer is not yet a decision")
        let reply = try await browser.post("/r/\(request.code)/acceptance")
        #expect(reply.status == .seeOther)
        try await browser.follow(reply)
        #expect(browser.page.contains(reply.correlation))
        #expect(try await state(request, world) == "accepted")
        #expect(Set(try await grants(world).map(\.grant.kind)) == [.resellerTie, .dap])
    }

    @Test func `declining gives nothing, and the partner reads the reason`() async throws {
        let world = try await World()
        let (browser, request) = try await opened(world)
        try await browser.post("/r/\(request.code)", ["answer": "decline"])
        try await browser.post("/r/\(request.code)/refusal", ["reason": "Not <this> year"])
        #expect(try await state(request, world) == "declined")
        #expect(try await grants(world).isEmpty)
        let partner = try await Browser(world, as: .hanako)
        try await partner.get("/requests/\(request.id)")
        #expect(partner.page.contains("Not &lt;this&gt; year"))
    }

    @Test func `asking changes nothing`() async throws {
        let world = try await World()
        let (browser, request) = try await opened(world)
        let reply = try await browser.post("/r/\(request.code)", ["answer": "ask"])
        #expect(reply.text.contains("https://partner.example/r/\(request.code)"))
        #expect(try await state(request, world) == "opened")
    }

    @Test func `sent twice is decided once`() async throws {
        let world = try await World()
        let (browser, request) = try await opened(world)
        try await browser.post("/r/\(request.code)", ["answer": "accept"])
        let first = try await browser.post("/r/\(request.code)/acceptance")
        let second = try await browser.post("/r/\(request.code)/acceptance")
        #expect(first.headers[.location] == second.headers[.location])
        #expect(try await grants(world).count == 2)
    }

    @Test func `who comes second sees what was decided`() async throws {
        let world = try await World()
        let (first, request) = try await opened(world)
        let second = try await Browser(world, as: .aoi)
        for browser in [first, second] {
            try await browser.get("/r/\(request.code)")
            try await browser.post("/r/\(request.code)", ["answer": browser === first ? "accept" : "decline"])
        }
        try await first.post("/r/\(request.code)/acceptance")
        let reply = try await second.post("/r/\(request.code)/refusal")
        try await second.follow(reply)
        #expect(second.page.contains("has been approved"))
        #expect(try await state(request, world) == "accepted")
    }

    @Test func `S-07 terms that nobody was shown cannot be approved`() async throws {
        let world = try await World()
        let (browser, request) = try await opened(world)
        try await browser.post("/r/\(request.code)", ["answer": "accept"])
        let reply = try await browser.post("/r/\(request.code)/acceptance", ["termsHash": "0123"])
        #expect(reply.status == .conflict)
        #expect(reply.text.contains("href=\"/r/\(request.code)\""), "the way back to the terms")
        #expect(try await grants(world).isEmpty)
    }

    @Test func `REL-08 whoever may not decide is told who can, and has no form`() async throws {
        let world = try await World()
        let wish = RelationshipWish(
            customerDomain: "mirai-shoji.example",
            customer: nil,
            recipientName: nil,
            recipientMail: nil,
            language: .ja,
            delegatedAdmin: nil,
            roles: [],
            days: nil
        )
        let code = try await world.service.requestRelationship(wish, Who.hanako.context).request.code
        let browser = try await Browser(world, as: .suzuki)
        let page = try await browser.get("/r/\(code)").text
        #expect(page.contains("田中 一郎"))
        #expect(!page.contains("name=\"answer\""))
        #expect(page.contains("https://partner.example/r/\(code)"))
        // Not by hand either.
        let csrf = browser.hidden(in: "/sign-out")
        let reply = try await browser.submit("/r/\(code)/acceptance", csrf + [("termsHash", "x")])
        #expect(reply.status == .forbidden)
    }

    @Test func `GD-06 another organization learns that it is not meant, and nothing more`() async throws {
        let world = try await World()
        let (browser, request) = try await opened(world, as: .tanaka)
        #expect(!browser.page.contains("hikari"))
        #expect(!browser.page.contains("Aoi"))
        #expect(!browser.page.contains("name=\"answer\""))
        let reply = try await browser.submit("/r/\(request.code)/acceptance", browser.hidden(in: "/sign-out"))
        #expect(reply.status == .forbidden)
    }

    @Test func `before sign-in the page says who asks, not whom or what for`() async throws {
        let world = try await World()
        let request = try await world.pending().request
        let browser = Browser(world)
        let page = try await browser.get("/r/\(request.code.lowercased().replacing("-", with: " ").percentEncoded)")
            .text
        #expect(page.contains("東西クラウド株式会社"))
        for secret in ["hikari", "Aoi", "User administrator", "180"] { #expect(!page.contains(secret)) }
        #expect(page.contains("/sign-in?next=%2Fr%2F\(request.code)"))
    }

    @Test func `REL-03 signing in to answer counts as opening, following the link does not`() async throws {
        let world = try await World()
        let request = try await world.pending().request
        let browser = Browser(world)
        try await browser.get("/r/\(request.code)")
        try await browser.get("/sign-in?next=/r/\(request.code)")
        #expect(try await state(request, world) == "sent")
        try await browser.post("/sign-in", ["persona": "aoi"])
        #expect(try await state(request, world) == "opened")
    }

    @Test func `a code that does not exist says so`() async throws {
        let browser = Browser(try await World())
        #expect(try await browser.get("/r/AAAA-BBBB-CCCC").status == .notFound)
        #expect(try await browser.get("/r/nonsense!").status == .notFound)
        #expect(try await browser.get("/r?code=aaaabbbbccc0").headers[.location] == "/r/AAAA-BBBB-CCC0")
    }

    @Test func `REL-04 a reusable link leads to a request of one's own`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .aoi)
        try await browser.get("/r?invType=ResellerRelationship&partnerId=\(world.tozai)&msppId=0")
        let first = try await browser.post("/r")
        let again = try await browser.post("/r")
        #expect(first.headers[.location]?.hasPrefix("/r/") == true)
        #expect(first.headers[.location] == again.headers[.location])
        #expect(try await grants(world).isEmpty)
        #expect(try await browser.follow(first).text.contains("name=\"answer\""))
    }

    @Test func `REL-18 the customer ends a path, and the partner is out at once`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .tanaka)
        let rows = try await world.service.access(in: world.customer, Who.tanaka.context).grants
        let tie = try #require(
            rows.first { $0.grant.kind == .resellerTie && $0.grant.partner == world.tozai.as(Partner.self) }
        )
        let path = "/customers/\(world.customer)/access/\(tie.grant.id)/end"
        try await browser.get(path)
        let reply = try await browser.post(path)
        try await browser.follow(reply)
        #expect(browser.page.contains("role=\"status\""))
        let partner = try await Browser(world, as: .hanako)
        #expect(try await partner.get("/customers/\(world.customer)").status == .forbidden)
    }
}
