import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// How long somebody stays signed in, and when they have to sign in once more.
@Suite struct SessionTests {
    /// Signed in as people are outside the sandbox.
    private func browser(_ world: World, _ who: Who) async throws -> Browser {
        let browser = Browser(world)
        try await browser.get("/sign-in")
        #expect(try await browser.post("/sign-in", ["token": "token-\(who.rawValue)"]).status == .seeOther)
        return browser
    }

    private func isIn(_ browser: Browser) async throws -> Bool {
        try await browser.get("/accessibility").text.contains("class=\"who\"")
    }

    @Test(arguments: [(Who.hanako, 15), (.biller, 60)])
    func `ASVS 7.3.1: a session that nobody uses ends to the second`(who: Who, minutes: Int) async throws {
        let world = try await World()
        let browser = try await browser(world, who)
        world.surroundings.now = world.now.adding(milliseconds: Int64(minutes) * 60_000 - 1)
        #expect(try await isIn(browser))
        world.surroundings.now = world.now.adding(seconds: minutes * 60)
        #expect(try await !isIn(browser))
    }

    @Test(arguments: [(Who.hanako, 12), (.biller, 24)])
    func `ASVS 7.3.2: a session that is used all the time ends too`(who: Who, hours: Int) async throws {
        let world = try await World()
        let begin = world.now
        let browser = try await browser(world, who)
        for minutes in stride(from: 10, to: hours * 60, by: 10) {
            world.surroundings.now = begin.adding(seconds: minutes * 60)
            #expect(try await isIn(browser), "\(minutes)")
        }
        world.surroundings.now = begin.adding(milliseconds: Int64(hours) * 3_600_000 - 1)
        #expect(try await isIn(browser))
        world.surroundings.now = begin.adding(seconds: hours * 3600)
        #expect(try await !isIn(browser))
    }

    @Test func `of six sessions the oldest ends`() async throws {
        let world = try await World()
        var browsers: [Browser] = []
        for _ in 1...6 {
            browsers.append(try await browser(world, .hanako))
            world.surroundings.now = world.now.adding(seconds: 1)
        }
        #expect(try await !isIn(browsers[0]))
        for browser in browsers.dropFirst() { #expect(try await isIn(browser)) }
    }

    @Test func `ASVS 7.5.3: who signed in six minutes ago does so again before an access is ended, and comes back`()
        async throws
    {
        let world = try await World()
        let browser = try await browser(world, .tanaka)
        let access = "/customers/\(world.mirai)/people-and-access"
        let page = try await browser.get(access).text
        let address = String(
            try #require(page.firstMatch(of: /\/customers\/[0-9a-f-]+\/access\/[0-9a-f-]+\/end/)).output
        )
        world.surroundings.now = world.now.adding(milliseconds: 300_001)
        try await browser.get(address)
        let away = try await browser.post(address)
        #expect(away.headers[.location] == "/sign-in?again=1&next=\(address.percentEncoded)")
        #expect(try await browser.get(access).text.contains(address), "nothing was ended")
        try await browser.follow(away)
        #expect(browser.page.contains("5 分以内"))
        let back = try await browser.post("/sign-in", ["token": "token-tanaka"])
        #expect(back.headers[.location] == address)
        try await browser.follow(back)
        world.surroundings.now = world.now.adding(milliseconds: 300_000)
        #expect(try await browser.post(address).headers[.location]?.hasPrefix("/sign-in") != true)
    }
}
