import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// J3: asking a customer for a relationship.
@Suite struct RequestTests {
    private let filled: KeyValuePairs<String, String> = [
        "mail": "ａｏｉ＠hikari.example", "name": " Aoi Mori ", "domain": "Hikari.Example", "language": "en",
        "kind": "access", "roles": "userAdministrator", "days": "９０",
    ]

    private func ask(_ world: World, _ fields: KeyValuePairs<String, String>) async throws -> (Browser, Reply) {
        let browser = try await Browser(world, as: .hanako)
        try await browser.get("/requests/new")
        return (browser, try await browser.post("/requests/new", fields))
    }

    @Test func `two steps: fill in, and the mail is out`() async throws {
        let world = try await World()
        let (browser, reply) = try await ask(world, filled)
        try await browser.follow(reply)
        let view = try #require(
            try await world.service.relationshipRequests(Who.hanako.context).first { $0.isTo("hikari.example") }
        )
        #expect(view.request.recipientMail == "aoi@hikari.example")
        #expect(view.request.recipientName == "Aoi Mori")
        #expect(view.request.scope.roles == ["userAdministrator"])
        #expect(view.request.scope.days == 90)
        #expect(view.state == "sent")
        #expect(browser.page.contains(view.url))
        #expect(browser.page.contains(view.draft.subject))
        let mails = try await world.service.readAsSystem { tx in try tx.mails().filter { $0.to == "aoi@hikari.example" }
        }
        #expect(mails.count == 1)
    }

    @Test func `sent twice is asked once`() async throws {
        let world = try await World()
        let (browser, first) = try await ask(world, filled)
        let second = try await browser.post("/requests/new", filled)
        #expect(first.headers[.location] == second.headers[.location])
        #expect(
            try await world.service.relationshipRequests(Who.hanako.context).filter { $0.isTo("hikari.example") }.count
                == 1
        )
    }

    @Test func `mistakes are shown at their fields, and nothing typed is lost`() async throws {
        let world = try await World()
        let before = try await world.service.relationshipRequests(Who.hanako.context).count
        let (browser, reply) = try await ask(
            world,
            ["mail": "aoi", "name": "Aoi", "domain": "hikari", "language": "ja", "kind": "access", "days": "0"]
        )
        #expect(reply.status == .badRequest)
        for field in ["mail", "domain", "roles", "days"] {
            #expect(browser.page.contains("href=\"#\(field)\""), "\(field)")
            #expect(browser.page.contains("id=\"\(field)-error\""), "\(field)")
        }
        for value in ["value=\"aoi\"", "value=\"Aoi\"", "value=\"hikari\"", "value=\"0\""] {
            #expect(browser.page.contains(value))
        }
        #expect(browser.page.contains("<title>Error: "))
        #expect(try await world.service.relationshipRequests(Who.hanako.context).count == before)
    }

    @Test func `GD-04 too many days are a mistake at that field`() async throws {
        let (browser, reply) = try await ask(
            try await World(),
            ["language": "en", "kind": "access", "roles": "userAdministrator", "days": "99999"]
        )
        #expect(reply.status == .badRequest)
        #expect(browser.page.contains("href=\"#days\""))
    }

    @Test func `S-26 a partner cannot be asked, and the page says why and by which rule`() async throws {
        let (_, reply) = try await ask(
            try await World(),
            [
                "domain": "hokusei.example", "language": "en", "kind": "access", "roles": "userAdministrator",
                "days": "30",
            ]
        )
        #expect(reply.status == .conflict)
        #expect(reply.text.contains("S-26"))
        #expect(reply.text.contains(reply.correlation))
    }

    @Test func `a reminder and a withdrawal, from the page of the request`() async throws {
        let world = try await World()
        let request = try await world.pending().request
        let browser = try await Browser(world, as: .hanako)
        for (word, reminders, state) in [("reminder", 1, "sent"), ("withdrawal", 1, "withdrawn")] {
            try await browser.get("/requests/\(request.id)")
            let reply = try await browser.post("/requests/\(request.id)/\(word)")
            try await browser.follow(reply)
            #expect(browser.page.contains("role=\"status\""))
            let view = try await world.service.relationshipRequest(request.id, Who.hanako.context)
            #expect((view.request.reminders, view.state) == (reminders, state))
        }
        #expect(browser.hidden(in: "/requests/\(request.id)/withdrawal").isEmpty, "nothing left to withdraw")
    }

    @Test func `the mail can be saved as a draft for any mail program`() async throws {
        let world = try await World()
        let request = try await world.pending(to: nil).request
        let reply = try await Browser(world, as: .hanako).get("/requests/\(request.id)/eml")
        #expect(reply.headers[.contentType] == "message/rfc822")
        #expect(reply.headers[.contentDisposition] == "attachment; filename=\"suiro-\(request.code).eml\"")
        #expect(reply.text.hasPrefix("X-Unsent: 1\r\n"))
    }

    @Test func `another partner's request does not exist`() async throws {
        let world = try await World()
        let request = try await world.pending().request
        let browser = try await Browser(world, as: .rival)
        for path in ["/requests/\(request.id)", "/requests/\(request.id)/eml", "/requests/not-an-id"] {
            #expect(try await browser.get(path).status == .notFound, "\(path)")
        }
    }
}

extension RequestView {
    fileprivate func isTo(_ domain: String) -> Bool { request.customerDomain == domain }
}
