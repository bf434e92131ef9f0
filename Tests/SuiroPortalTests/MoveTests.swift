import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// J8, J9: three parties agree to what they read, and to nothing else.
@Suite struct MoveTests {
    private func moves(_ world: World, _ who: Who = .hanako) async throws -> [MoveView] {
        try await world.service.moves(role: nil, state: nil, who.context)
    }

    private func wizard(_ world: World, _ subscription: ID<Subscription>, _ more: String = "") -> String {
        "/switches/new?customer=\(world.customer)&subscription=\(subscription)\(more)"
    }

    private func place(_ view: MoveView) -> String { "/switches/\(view.move.id)" }

    @Test func `four pages, and nothing is written before the last one is sent, once`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        try await browser.get("/switches/new?customer=\(world.customer)")
        for step in 2...4 { #expect(try await browser.get(wizard(world, world.usage, "&step=\(step)")).status == .ok) }
        #expect(try await moves(world).isEmpty)
        let first = try await browser.post("/switches/new")
        let second = try await browser.post("/switches/new")
        #expect(first.status == .seeOther)
        #expect(
            first.headers[.location]?.split(separator: "?").first
                == second.headers[.location]?.split(separator: "?").first
        )
        #expect(try await moves(world).count == 1)
        try await browser.follow(first)
        #expect(browser.page.contains("Partner switch at 株式会社みらい商事: Azure Plan"))
    }

    @Test func `everything that was said stands in the address`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .tanaka)
        let said = "&kind=replaceLicense&plan=wait&to=\(world.tozai)&cutover=2027-01-15"
        try await browser.get(wizard(world, world.license, said + "&step=3"))
        let links = Document(browser.page).links.filter { $0.hasPrefix("/switches/new?") }
            .map { $0.replacing("&amp;", with: "&") }
        #expect(links.count >= 3)
        for part in ["subscription=\(world.license)", "plan=wait", "to=\(world.tozai)", "cutover=2027-01-15"] {
            #expect(links.allSatisfy { $0.contains(part) || $0.contains("lang=") }, "\(part)")
        }
    }

    @Test func `what has changed between reading and asking is read again, and nothing is asked`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        try await browser.get(wizard(world, world.usage, "&step=4"))
        let fields = browser.hidden(in: "/switches/new").map { name, value in
            (name: name, value: name == "seen" ? "0123" : value)
        }
        let reply = try await browser.submit("/switches/new", fields)
        #expect(reply.status == .conflict)
        #expect(reply.text.contains("has changed since you read it"))
        #expect(try await moves(world).isEmpty)
    }

    @Test func `S-16, S-17 a licence shows its refusal and the two plans, and each plan can be previewed`() async throws
    {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        let page = try await browser.get(wizard(world, world.license, "&kind=switchPartner&step=3")).text
        #expect(page.contains("Rule S-16"))
        #expect(!page.contains("step=4"), "it cannot be asked for")
        let plans = Document(page).links.filter { $0.contains("plan=") && $0.contains("kind=replaceLicense") }
        #expect(plans.count == 2)
        for plan in plans {
            let target = try await browser.get(plan.replacing("&amp;", with: "&"))
            #expect(target.status == .ok)
            #expect(target.text.contains(" checked"), "the plan is chosen already")
            let preview = try await browser.get(plan.replacing("&amp;", with: "&") + "&step=3").text
            #expect(preview.contains("step=4"), "it can be asked for")
            #expect(!preview.contains("Rule S-16"))
        }
    }

    @Test func `INV-03 the periods of the bill touch`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        let page = try await browser.get(wizard(world, world.usage, "&cutover=2026-12-10&step=3")).text
        let table = page.components(separatedBy: "aria-labelledby=\"billing\"")[1].components(separatedBy: "</table>")[
            0
        ]
        let times = table.matches(of: /datetime="([^"]+)"/).map { String($0.output.1) }
        #expect(times.count == 4)
        #expect(times[1] == times[2])
        #expect(times[1] == "2026-12-10")
    }

    @Test func `a preview can be opened again as it was`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        try await browser.get(wizard(world, world.usage, "&step=3"))
        let again = try #require(Document(browser.page).links.first { $0.contains("edition=") })
        world.surroundings.now = world.now.adding(days: 3)
        let later = try await Browser(world, as: .hanako)
        let reply = try await later.get(again.replacing("&amp;", with: "&"))
        #expect(reply.status == .ok)
        #expect(reply.text.contains("22 Nov 2026, 01:00 UTC"))
        #expect(!reply.text.contains("step=4"), "an old preview cannot be asked for")
    }

    @Test func `answering takes two steps, with nothing chosen beforehand`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .tanaka)
        try await browser.get(place(view))
        #expect(!browser.page.contains(" checked"))
        #expect(try await browser.post("\(place(view))/check").status == .badRequest)
        try await browser.get(place(view))
        try await browser.post("\(place(view))/check", ["answer": "approve"])
        #expect(try await moves(world)[0].awaited == [.customer, .source], "an answer is not yet a decision")
        let reply = try await browser.post("\(place(view))/acceptance")
        #expect(reply.status == .seeOther)
        #expect(try await moves(world)[0].awaited == [.source])
    }

    @Test func `terms that nobody was shown cannot be approved`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .tanaka)
        try await browser.get(place(view))
        try await browser.post("\(place(view))/check", ["answer": "approve"])
        let reply = try await browser.post("\(place(view))/acceptance", ["termsHash": "0123"])
        #expect(reply.status == .conflict)
        #expect(reply.text.contains("href=\"\(place(view))\""), "the way back to the terms")
        #expect(try await moves(world)[0].awaited == [.customer, .source])
    }

    @Test func `OP-10 whoever declines ends it, and all parties read why`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .rival)
        try await browser.get(place(view))
        try await browser.post("\(place(view))/check", ["answer": "decline"])
        try await browser.post("\(place(view))/refusal", ["reason": "Not <this> year"])
        for who in [Who.hanako, .tanaka, .rival] {
            let page = try await Browser(world, as: who).get(place(view)).text
            #expect(page.contains("Not &lt;this&gt; year"), "\(who)")
            #expect(!page.contains("name=\"answer\""), "\(who)")
        }
    }

    @Test func `an approval can be taken back while others have not answered`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .hanako)
        try await browser.get(place(view))
        #expect(try await browser.post("\(place(view))/retraction").status == .seeOther)
        #expect(try await moves(world)[0].awaited == [.customer, .source, .target])
    }

    @Test func `calling it off takes a page of its own, and it can be asked for again`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .tanaka)
        try await browser.get("\(place(view))/withdraw")
        #expect(try await moves(world)[0].state == .awaitingConsent)
        try await browser.follow(try await browser.post("\(place(view))/withdraw", ["reason": "Later"]))
        #expect(try await moves(world)[0].state == .withdrawn)
        let again = try await browser.post("\(place(view))/renewal")
        #expect(again.status == .seeOther)
        #expect(try await moves(world).contains { $0.move.renews == view.move.id })
    }

    @Test func `TR-04 people without the right to bind their company are told who has it, and have no form`()
        async throws
    {
        let world = try await World()
        let wish = MoveWish(subscriptions: [world.usage], target: world.tozai.as(Partner.self))
        let view = try await world.service.requestMove(wish, of: world.customer, Who.tanaka.context)
        let browser = try await Browser(world, as: .biller)
        let page = try await browser.get(place(view)).text
        #expect(page.contains("answered by somebody with this role: Admin agent"))
        #expect(!page.contains("name=\"answer\""))
        // Not by hand either.
        let fields = browser.hidden(in: "/sign-out") + [(name: "termsHash", value: view.termsHash)]
        #expect(try await browser.submit("\(place(view))/acceptance", fields).status == .forbidden)
        #expect(try await moves(world)[0].awaited == [.source, .target])
    }

    @Test func `who has no part in a move learns nothing of it`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .aoi)
        for below in ["", "/calendar", "/withdraw", "/steps/openRequest"] {
            let reply = try await browser.get(place(view) + below)
            #expect(reply.status == .notFound, "\(below)")
            #expect(!reply.text.contains("Azure Plan"))
        }
        let subscription = "/customers/\(world.customer)/subscriptions/\(world.usage)"
        #expect(try await Browser(world, as: .rival).get(subscription).text.contains(place(view)))
    }

    @Test func `it waits for those whose turn it is, and for nobody else`() async throws {
        let world = try await World()
        let view = try await world.agreed()
        for (who, waits) in [(Who.rival, true), (.hanako, false), (.tanaka, false)] {
            let page = try await Browser(world, as: who).get("/").text
            #expect(page.contains(place(view)) == waits, "\(who)")
        }
    }

    @Test func `SM-14 a newer edition is told, and does not change what was begun`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .tanaka)
        #expect(try await !browser.get(place(view)).text.contains("A newer policy edition exists"))
        let draft = try await world.service.draftPackage(try world.service.shippedPackage("2026"), Who.sofia.context)
        _ = try await world.service.publishPackage(draft.id, effective: world.now.adding(days: 30), Who.sofia.context)
        let page = try await browser.get(place(view)).text
        #expect(page.contains("A newer policy edition exists"))
        #expect(page.contains("Computed under policy 2017-06"))
        try await browser.post("\(place(view))/check", ["answer": "approve"])
        #expect(try await browser.post("\(place(view))/acceptance").status == .seeOther)
    }

    @Test func `OP-06 its dates go into a calendar`() async throws {
        let world = try await World()
        let view = try await world.requested()
        let reply = try await Browser(world, as: .tanaka).get("\(place(view))/calendar")
        #expect(reply.headers[.contentType] == "text/calendar; charset=utf-8")
        #expect(reply.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
        #expect(reply.text.contains("SUMMARY:"))
    }

    @Test(arguments: [nil, "", "0000"])
    func `a form without this session's proof does nothing`(csrf: String?) async throws {
        let world = try await World()
        let view = try await world.requested()
        let browser = try await Browser(world, as: .hanako)
        try await browser.get(place(view))
        let path = "\(place(view))/retraction"
        let fields =
            browser.hidden(in: path).filter { $0.name != "csrf" } + (csrf.map { [(name: "csrf", value: $0)] } ?? [])
        #expect(try await browser.submit(path, fields).status == .forbidden)
        #expect(try await moves(world)[0].awaited == [.customer, .source])
    }

    @Test(arguments: Shown.aboutMoves)
    func `no link on a page about moves leads nowhere`(page: Shown) async throws {
        let world = try await World()
        let browser = try await Browser(world, as: page.who)
        _ = try await Way(world, browser).go(to: page)
        let main = browser.page.components(separatedBy: "<main")[1].components(separatedBy: "</main>")[0]
        let links = Set(Document(main).links.filter { $0.hasPrefix("/") && !$0.contains("lang=") })
        for link in links.sorted() {
            let reply = try await browser.get(link.replacing("&amp;", with: "&"))
            #expect(reply.status == .ok, "\(link)")
        }
    }
}
