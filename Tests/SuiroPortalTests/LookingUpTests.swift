import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// Lists, their filters and pages; the audit log and its explanations.
@Suite struct LookingUpTests {
    /// So many more customers, each with a tie to Tozai.
    private func grow(_ world: World, by count: Int) async throws {
        for number in 0..<count {
            let wish = NewCustomer(
                name: "Customer \(1000 + number)",
                domain: "c\(number).example",
                country: "JP",
                language: .en,
                mail: nil,
                billing: nil
            )
            _ = try await world.service.createCustomer(wish, Who.hanako.context)
        }
    }

    @Test func `customers come fifty at a time, every one once`() async throws {
        let world = try await World()
        try await grow(world, by: 60)
        let browser = try await Browser(world, as: .hanako)
        var seen: [String] = []
        var path: String? = "/customers"
        var pages = 0
        while let next = path {
            let document = Document(try await browser.get(next).text)
            seen += document.links.filter { $0.hasPrefix("/customers/") && !$0.contains("?") }
            path = browser.page.firstMatch(of: /rel="next" href="([^"]+)"/)
                .map { String($0.output.1).replacing("&amp;", with: "&") }
            pages += 1
        }
        #expect(pages == 2)
        #expect(seen.count == 61)
        #expect(Set(seen).count == 61)
    }

    @Test func `a name, a domain and an id all lead to the customer`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        for text in ["株式会社みらい", "mirai-shoji.ex"] {
            #expect(
                try await browser.get("/customers?q=\(text.percentEncoded)").text.contains("/customers/\(world.mirai)")
            )
        }
        let id = "{\("\(world.mirai)".uppercased())}"
        #expect(
            try await browser.get("/customers?q=\(id.percentEncoded)").headers[.location] == "/customers/\(world.mirai)"
        )
    }

    @Test func `AUD-01 the log can be narrowed by days and customer, and says when a day is none`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        func rows(_ query: String) async throws -> Int {
            try await browser.get("/audit\(query)").text.matches(of: /<tr><td/).count
        }
        let all = try await rows("")
        #expect(all > 4)
        #expect(try await rows("?from=2026-11-22&to=2026-11-22") == all)
        #expect(try await rows("?to=2026-11-21") == 0)
        #expect(try await rows("?customer=\(world.hikari)") == 0)
        #expect(try await browser.get("/audit?from=2026-02-30").status == .badRequest)
        #expect(browser.page.contains("value=\"2026-02-30\""))
    }

    @Test func `the file opens in Japanese Excel, and no cell is a formula`() async throws {
        let world = try await World()
        let customer = world.mirai
        _ = try await world.service.writeAsSystem(in: .customer(world.customer)) { tx in
            guard var organization = try tx.organization(customer) else { return false }
            organization.name = "=HYPERLINK(\"x\")"
            organization.revision += 1
            try tx.update(organization)
            return true
        }
        let browser = try await Browser(world, as: .hanako)
        let japanese = try await browser.get("/audit.csv?lang=ja")
        #expect(japanese.body.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(japanese.text.contains("影響を受ける顧客"))
        let english = try await browser.get("/audit.csv?lang=en")
        #expect(english.text.hasPrefix("Time,Event,Affected customer,"))
        #expect(english.text.contains("\"'=HYPERLINK(\"\"x\"\")\""))
        #expect(english.headers[.contentDisposition] == "attachment; filename=\"audit.csv\"")
    }

    @Test func `C1 a refusal can be explained by its number, and only to those it concerns`() async throws {
        let world = try await World()
        let partner = try await Browser(world, as: .hanako)
        try await partner.get("/requests/new")
        let refused = try await partner.post(
            "/requests/new",
            [
                "domain": "hokusei.example", "language": "en", "kind": "access", "roles": "userAdministrator",
                "days": "30",
            ]
        )
        let explained = try await partner.get("/audit/explain/\(refused.correlation)")
        #expect(explained.status == .ok)
        #expect(explained.text.contains("RESALE_CSP_TO_CSP_FORBIDDEN"))
        #expect(explained.text.contains("resale.cspToCsp"))
        let other = try await Browser(world, as: .rival)
        #expect(try await other.get("/audit/explain/\(refused.correlation)").status == .notFound)
    }

    @Test func `every rule a verdict links to can be read there`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        let links = Set(
            Document(try await browser.get("/customers/\(world.customer)").text).links.filter {
                $0.contains("/policies?")
            }
        )
        #expect(links.count > 3)
        for link in links {
            let reply = try await browser.get(link.replacing("&amp;", with: "&"))
            #expect(reply.status == .ok)
            #expect(reply.text.contains("<tr id="), "\(link)")
            if let row = link.split(separator: "#").dropFirst().first { #expect(reply.text.contains("id=\"\(row)\"")) }
        }
    }

    @Test func `S-17 a licence shows both ways out, with their day and price`() async throws {
        let world = try await World()
        let browser = try await Browser(world, as: .hanako)
        let page = try await browser.get("/customers/\(world.customer)").text
        #expect(page.contains("Date: Mon 22 Mar 2027. Cost: ¥0."))
        #expect(page.contains("Date: Sun 22 Nov 2026. Cost: ¥73,728."))
    }
}
