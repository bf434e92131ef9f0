import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// J11: a rule is changed with a date, its impact seen first, and everybody told; in three steps.
@Suite struct PolicyMakingTests {
    private static let text = """
        package: no-open
        title: { en: The Open program ends, ja: Open プログラムの終了 }
        summary: { en: Open is no eligible channel any more., ja: Open は対象のチャンネルではなくなります。 }
        source: a test
        rows:
          - { id: no-open, key: multichannel.channels, value: [direct, ea], from: 2017-01-01, rule: S-10 }
        """

    private func editions(_ world: World) async throws -> Int? {
        try await world.service.readAsSystem { tx in try tx.newestEdition() }
    }

    @Test func `J11 draft, impact and publication are three steps, and then it is news`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        try await browser.get("/policies/packages/new")
        let drafted = try await browser.follow(try await browser.post("/policies/packages/new", ["text": Self.text]))
        #expect(drafted.text.contains("The draft has been kept"))
        #expect(drafted.text.contains("direct, advisor, open, ea, thirdParty"))
        let links = Document(drafted.text).links
        let impact = try #require(links.first { $0.hasSuffix("/impact") })
        let publish = try #require(links.first { $0.hasSuffix("/publish") })
        #expect(try await browser.get(impact).text.contains("株式会社みらい商事"))
        #expect(
            try await browser.get("\(impact).csv").headers[.contentDisposition] == "attachment; filename=\"impact.csv\""
        )
        try await browser.get("\(publish)?effective=2026-12-24")
        #expect(browser.page.contains("Open プログラムの終了") && browser.page.contains("The Open program ends"))
        #expect(try await editions(world) == 1)
        let news = try await browser.follow(try await browser.post(publish))
        #expect(news.text.contains("The package has been published and announced."))
        #expect(try await editions(world) == 2)
        let reader = try await Browser(world, as: .hanako, in: .ja)
        try await reader.get("/announcements")
        let entry = try #require(Document(reader.page).links.first { $0.hasPrefix("/announcements/") })
        let page = try await reader.get(entry).text
        #expect(page.contains("Open プログラムの終了") && page.contains("株式会社みらい商事"))
        let file = try await reader.get("\(entry)/affected.csv")
        #expect(file.body.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(file.text.contains("CHANNEL_NOT_ELIGIBLE"))
        let rival = try await Browser(world, as: .rival)
        #expect(try await !rival.get(entry).text.contains("Hikari"))
    }

    @Test func `chosen as the day of publication, today means now`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        let draft = try await world.service.draftPackage(Self.text, Who.sofia.context)
        let place = "/policies/packages/\(draft.id)/publish"
        #expect(try await browser.get("\(place)?effective=2026-11-22").status == .ok)
        world.surroundings.now = world.now.adding(seconds: 90)
        let reply = try await browser.post(place)
        #expect(reply.status == .seeOther)
        let made = try await world.service.announcements(Who.sofia.context).first
        #expect(made?.effective == world.now)
    }

    @Test func `SM-14 an announced package is taken back behind a page that says what that means`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        let draft = try await world.service.draftPackage(Self.text, Who.sofia.context)
        let place = "/policies/packages/\(draft.id)"
        #expect(try await browser.get("\(place)/withdraw").status == .conflict)
        let day = world.now.adding(days: 30)
        _ = try await world.service.publishPackage(draft.id, effective: day, Who.sofia.context)
        #expect(try await browser.get(place).text.contains("\(place)/withdraw"))
        #expect(try await browser.get("\(place)/withdraw").status == .ok)
        let news = try await browser.follow(try await browser.post("\(place)/withdraw"))
        #expect(news.text.contains("Withdrawn: The Open program ends"))
        #expect(try await editions(world) == 3)
    }

    @Test func `X-02 a switch is set behind a page that says what will happen`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        let place = "/policies/switches/multichannel.enabled"
        try await browser.get(place)
        let fields: KeyValuePairs<String, String> = [
            "value": "false", "reason-en": "Grants ended early.", "reason-ja": "アクセスが早く終わる障害のためです。",
        ]
        let check = try await browser.post("\(place)/check", fields)
        #expect(check.status == .ok && check.text.contains("It holds at once for everybody in this cloud."))
        #expect(try await editions(world) == 1)
        let news = try await browser.follow(try await browser.post(place))
        #expect(news.text.contains("Grants ended early."))
        #expect(try await editions(world) == 2)
        let reader = try await Browser(world, as: .tanaka, in: .ja)
        #expect(try await reader.get("/announcements").text.contains("アクセスが早く終わる障害のためです。"))
        #expect(try await browser.get("/policies/switches").text.contains("Grants ended early."))
    }

    @Test func `only the policy owner sees packages, drafts and switches`() async throws {
        let world = try await World()
        let draft = try await world.service.draftPackage(Self.text, Who.sofia.context)
        let paths = [
            "/policies/packages/new", "/policies/packages/\(draft.id)", "/policies/packages/\(draft.id)/impact",
            "/policies/packages/\(draft.id)/impact.csv", "/policies/packages/\(draft.id)/publish",
            "/policies/packages/\(draft.id)/withdraw", "/policies/switches", "/policies/switches/moves.enabled",
        ]
        for who in [Who.hanako, .tanaka, .aoi, .biller] {
            let browser = try await Browser(world, as: who)
            for path in paths { #expect(try await browser.get(path).status == .forbidden, "\(who) \(path)") }
            #expect(try await !browser.get("/policies").text.contains("/policies/packages/"))
        }
    }

    @Test func `looking at the pages of policy changes nothing`() async throws {
        let world = try await World()
        let draft = try await world.service.draftPackage(Self.text, Who.sofia.context)
        let browser = try await Browser(world, as: .sofia)
        let before = try await world.service.readAsSystem { tx in try tx.entries().map(\.hash) }
        for path in [
            "/policies", "/policies/packages/new", "/policies/packages/2026", "/policies/packages/\(draft.id)",
            "/policies/packages/\(draft.id)/impact", "/policies/packages/\(draft.id)/impact.csv",
            "/policies/packages/\(draft.id)/publish", "/policies/packages/\(draft.id)/publish?effective=2027-01-01",
            "/policies/switches", "/policies/switches/moves.enabled",
        ] { #expect(try await browser.get(path).status == .ok, "\(path)") }
        #expect(try await world.service.readAsSystem { tx in try tx.entries().map(\.hash) } == before)
        #expect(try await editions(world) == 1)
    }

    @Test func `forms of policy without this session's proof do nothing`() async throws {
        let world = try await World()
        let draft = try await world.service.draftPackage(Self.text, Who.sofia.context)
        let browser = try await Browser(world, as: .sofia)
        let request = ID<Person>(number: 77).uuid.uuidString
        for path in [
            "/policies/packages/new", "/policies/packages/\(draft.id)/publish",
            "/policies/packages/\(draft.id)/withdraw", "/policies/switches/moves.enabled",
            "/policies/switches/moves.enabled/check",
        ] {
            let fields = [("value", "false"), ("text", Self.text), ("request", request)].map {
                (name: $0.0, value: $0.1)
            }
            #expect(try await browser.submit(path, fields).status == .forbidden, "\(path)")
        }
        #expect(try await editions(world) == 1)
    }

    @Test func `the timeline is narrowed by a word, a day and what holds`() async throws {
        let world = try await World()
        let draft = try await world.service.draftPackage(Self.text, Who.sofia.context)
        let day = world.now.adding(days: 30)
        _ = try await world.service.publishPackage(draft.id, effective: day, Who.sofia.context)
        let browser = try await Browser(world, as: .hanako)
        func count(_ query: String) async throws -> Int {
            try await browser.get("/announcements?\(query)").text.matches(of: /<article/).count
        }
        #expect(try await count("") == 1)
        #expect(try await count("key=channels") == 1)
        #expect(try await count("key=open+program") == 1)
        #expect(try await count("key=refund") == 0)
        #expect(try await count("show=coming") == 1)
        #expect(try await count("show=holds") == 0)
        #expect(try await count("from=2026-12-22") == 1)
        #expect(try await count("from=2026-12-23") == 0)
    }
}
