import HTTPTypes
import SuiroDomain
import SuiroHTTP
import Testing

@Suite struct SignInTests {
    @Test func `whoever must sign in comes back to where they were going`() async throws {
        let world = try await World()
        let browser = Browser(world)
        let away = try await browser.get("/requests?show=open")
        #expect(away.headers[.location] == "/sign-in?next=%2Frequests%3Fshow%3Dopen")
        try await browser.follow(away)
        let back = try await browser.post("/sign-in", ["persona": "hanako"])
        #expect(back.headers[.location] == "/requests?show=open")
        #expect(try await browser.follow(back).status == .ok)
    }

    @Test func `without personas an access token opens the door`() async throws {
        let browser = Browser(try await World(hasPersonas: false))
        try await browser.get("/sign-in")
        #expect(browser.page.contains("<textarea id=\"token\""))
        #expect(try await browser.post("/sign-in", ["token": " token-hanako "]).status == .seeOther)
        #expect(try await browser.get("/customers").status == .ok)
    }

    @Test func `beside personas, people who are not listed use a token`() async throws {
        let browser = Browser(try await World())
        try await browser.get("/sign-in")
        #expect(browser.page.contains("name=\"persona\"") && browser.page.contains("<textarea id=\"token\""))
        #expect(try await browser.post("/sign-in", ["token": "token-nobody"]).status == .forbidden)
        #expect(browser.page.contains("href=\"#token\""))
        #expect(try await browser.post("/sign-in", ["token": "token-hanako"]).status == .seeOther)
        #expect(try await browser.get("/customers").status == .ok)
    }

    @Test(arguments: ["persona", "token"])
    func `what opens nothing is answered alike, whatever it was`(field: String) async throws {
        let browser = Browser(try await World(hasPersonas: field == "persona"))
        for value in ["", "nobody", "token-nobody", "HANAKO"] {
            try await browser.get("/sign-in")
            let reply = try await browser.submit("/sign-in", [("next", "/"), (field, value)])
            #expect(reply.status == .forbidden)
            #expect(reply.text.contains("href=\"#\(field)\""))
            #expect(reply.headers[.setCookie] == nil)
        }
    }

    @Test func `the language is what was chosen, then the person's, then the browser's, then English`() async throws {
        let world = try await World()
        let browser = Browser(world)
        func language(_ accept: String? = nil) async throws -> String? {
            var headers: HTTPFields = [:]
            headers[.acceptLanguage] = accept
            return try await browser.get("/sign-in", headers: headers).headers[.contentLanguage]
        }
        #expect(try await language() == "en")
        #expect(try await language("fr, ja-JP;q=0.8, en;q=0.7") == "ja")
        #expect(try await language("ja;q=0, en-GB") == "en")
        try await browser.post("/sign-in", ["persona": "hanako"])
        #expect(try await language("en") == "ja")
        let chosen = try await browser.get("/customers?q=mi&lang=en")
        #expect(chosen.headers[.location] == "/customers?q=mi")
        #expect(try await language("ja") == "en")
    }

    @Test func `the link to the other language keeps the page`() async throws {
        let browser = try await Browser(try await World(), as: .hanako)
        try await browser.get("/audit?from=2026-11-01")
        #expect(browser.page.contains("href=\"/audit?from=2026-11-01&amp;lang=ja\""))
    }

    @Test func `people see in the navigation what they can use`() async throws {
        let world = try await World()
        for (who, listed, unlisted) in [
            (Who.hanako, ["/customers", "/requests", "/audit"], ["/r"]),
            (.biller, ["/customers"], ["/requests", "/audit"]),
            (.suzuki, ["/r", "/customers/\(world.mirai)"], ["/audit", "/customers/\(world.mirai)/people-and-access"]),
            (.sofia, ["/policies", "/audit"], ["/customers", "/requests", "/r"]),
        ] {
            let browser = try await Browser(world, as: who)
            let links = Document(try await browser.get("/").text).links
            for path in listed { #expect(links.contains(path), "\(who) \(path)") }
            for path in unlisted { #expect(!links.contains(path), "\(who) \(path)") }
        }
    }

    @Test func `the style sheet is kept for good under its version, and asked for again under none`() async throws {
        let browser = Browser(try await World())
        let page = try await browser.get("/sign-in").text
        let address = try #require(page.firstMatch(of: /\/style\.css\?v=[0-9a-f]+/)).output
        let sheet = try await browser.get(String(address))
        #expect(sheet.headers[.cacheControl]?.contains("immutable") == true)
        #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
        #expect(sheet.text.contains(":root"))
        var headers: HTTPFields = [:]
        headers[.ifNoneMatch] = sheet.headers[.eTag]
        #expect(try await browser.get("/style.css", headers: headers).status == .notModified)
    }
}
