import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import Testing

/// Tables of policy are as long as the rules are many; the pages stay small.
@Suite struct LongTableTests {
    private static func rows(_ page: String) -> Int { page.matches(of: /<tr><th scope="row">/).count }

    @Test func `every row of a long package is reached from page to page`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        let all = try await world.service.package("2017-06", Who.sofia.context).package.rows
        var address = "/policies/packages/2017-06"
        var values: [Substring] = []
        for _ in 0..<20 {
            let page = try await browser.get(address).text
            #expect(page.utf8.count < 60_000)
            #expect(Self.rows(page) <= 20)
            values += page.matches(of: /<\/th><td><code>([^<]*)<\/code>/).map(\.output.1)
            guard let next = page.firstMatch(of: /rel="next" href="([^"#]+)#rows"/) else { break }
            address = String(next.output.1)
        }
        #expect(all.count > 60)
        #expect(values.count == all.count)
        #expect(address.hasSuffix("?rows=\((all.count + 19) / 20)"))
    }

    @Test func `a number of a page that is none leads to the nearest one there is`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        let place = "/policies/packages/2017-06?rows="
        for (asked, row) in [
            ("0", "Rows 1 to 20 "), ("-3", "Rows 1 to 20 "), ("x", "Rows 1 to 20 "), ("2", "Rows 21 to"),
        ] {
            #expect(try await browser.get(place + asked).text.contains(row), "\(asked)")
        }
        let last = try await browser.get(place + "99999999999").text
        #expect(last.contains("?rows=1#rows") && !last.contains("Rows 1 to 20 ") && !last.contains("#rows\">Next"))
    }

    @Test func `the page keeps what else its address says, but not what has just been done`() async throws {
        let world = try await World()
        let draft = try await world.service.draftPackage(
            world.service.shippedPackage("2026"),
            Who.sofia.context
        )
        let browser = try await Browser(world, as: .sofia)
        let page = try await browser.get(
            "/policies/packages/\(draft.id)?done=packageDrafted&ref=0&changes-restated=1&rows=2"
        ).text
        #expect(page.contains("<details class=\"fold\" open>"))
        #expect(page.contains("?changes-restated=1&amp;rows=2&amp;changes=2#changes\""))
        #expect(page.contains("?changes-restated=1&amp;rows=3#rows\""))
    }

    @Test func `the policies are a list of keys with what is in force, and each leads to its rows`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        let page = try await browser.get("/policies").text
        let views = try await world.service.policies(at: nil, Who.hanako.context)
        let keys = Set(views.map(\.row.key))
        #expect(Self.rows(page) == keys.count)
        for view in views where view.isInForce { #expect(page.contains("<code>\(view.row.value.text)</code>")) }
        for key in keys {
            #expect(page.contains("href=\"/policies?key=\(key)\""), "\(key)")
            let rows = try await browser.get("/policies?key=\(key)").text
            for view in views where view.row.key == key {
                #expect(rows.contains("<tr id=\"\(view.row.id.rawValue)\">"))
            }
            #expect(rows.utf8.count < 60_000)
        }
    }

    @Test func `a day that is none has no outcomes, and no links that carry it`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .sofia)
        let place = "/policies/packages/2026/impact"
        let page = try await browser.get("\(place)?effective=soon")
        #expect(page.status == .badRequest)
        #expect(Document(page.text).links.filter { $0.contains("effective=soon") && !$0.contains("lang=") } == [])
        #expect(!page.text.contains("impact.csv"))
        #expect(try await browser.get("\(place)?effective=2026-12-24").text.contains("impact.csv?effective=2026-12-24"))
    }
}
