import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore
import Testing

/// SM-6 … SM-8c: steps and their forms, and what is left behind.
@Suite struct MoveStepTests {
    private func place(_ view: MoveView) -> String { "/switches/\(view.move.id)" }

    private func now(_ view: MoveView, _ world: World) async throws -> MoveView {
        try await world.service.move(view.move.id, Who.tanaka.context)
    }

    @Test func `only the party whose turn it is has a form`() async throws {
        let world = try await World()
        let view = try await world.agreed()
        for (who, has) in [(Who.rival, true), (.hanako, false), (.tanaka, false)] {
            let page = try await Browser(world, as: who).get(place(view)).text
            #expect(page.contains("action=\"\(place(view))/steps/openRequest\"") == has, "\(who)")
        }
    }

    @Test func `a note stands with the step for everybody`() async throws {
        let world = try await World()
        let view = try await world.agreed()
        let browser = try await Browser(world, as: .rival)
        try await browser.get(place(view))
        let reply = try await browser.post("\(place(view))/steps/openRequest", ["evidence": "Ticket <17>"])
        #expect(reply.status == .seeOther)
        let page = try await Browser(world, as: .tanaka).get(place(view)).text
        #expect(page.contains("Ticket &lt;17&gt;"))
    }

    @Test func `S-31 every service needs a verdict, and what was chosen is kept`() async throws {
        let world = try await World()
        try await world.used()
        let view = try await world.agreed(world.elsewhere)
        let browser = try await Browser(world, as: .hanako)
        let path = "\(place(view))/steps/assess"
        try await browser.get(place(view))
        let wrong = try await browser.post(path, ["verdict-0": "", "verdict-1": "leave"])
        #expect(wrong.status == .badRequest)
        #expect(wrong.text.contains("<option value=\"leave\" selected>"))
        #expect(try await now(view, world).next?.step == .assess)
        try await browser.post(
            path,
            ["verdict-0": "rebuild", "verdict-1": "leave", "service-new": "Fax", "verdict-new": "leave"]
        )
        let after = try await now(view, world)
        #expect(after.next?.step == .createTarget)
        #expect(after.move.progress?.inventory.map(\.verdict) == [.rebuild, .leave, .leave])
    }

    @Test func `S-21 details that are missing are named at their fields, and nothing has to be typed twice`()
        async throws
    {
        let world = try await World()
        let view = try await world.played(try await world.agreed(world.elsewhere), until: .enterDetails)
        let browser = try await Browser(world, as: .hanako)
        let path = "\(place(view))/steps/enterDetails"
        try await browser.get(place(view))
        #expect(
            browser.page.contains("name=\"detail-name\" type=\"text\" value=\"Azure\""),
            "what is known is filled in"
        )
        let wrong = try await browser.post(
            path,
            [
                "detail-name": "Azure", "detail-oldSubscriptionId": "\(world.elsewhere)", "detail-services": "none",
                "detail-regions": "Japan East", "detail-contacts": "",
            ]
        )
        #expect(wrong.status == .badRequest)
        #expect(wrong.text.contains("id=\"detail-contacts-error\""))
        #expect(wrong.text.contains("value=\"Japan East\""))
        try await browser.post(
            path,
            [
                "detail-name": "Azure", "detail-oldSubscriptionId": "\(world.elsewhere)", "detail-services": "none",
                "detail-regions": "Japan East", "detail-contacts": "Tanaka",
            ]
        )
        #expect(try await now(view, world).move.progress?.details["contacts"] == "Tanaka")
    }

    @Test func `what to cancel is chosen, never presumed`() async throws {
        let world = try await World()
        let entered = try await world.played(try await world.agreed(world.elsewhere), until: .enterDetails)
        var input = StepInput()
        input.details = ["regions": "Japan East", "contacts": "Tanaka"]
        _ = try await world.service.doStep(.enterDetails, of: entered.move.id, input, Who.hanako.context)
        let moved = try await world.service.doStep(.moveServices, of: entered.move.id, StepInput(), Who.hanako.context)
        #expect(moved.next?.step == .chooseCancelScope)
        let browser = try await Browser(world, as: .tanaka)
        try await browser.get(place(moved))
        #expect(!browser.page.contains(" checked"))
        let path = "\(place(moved))/steps/chooseCancelScope"
        #expect(try await browser.post(path).status == .badRequest)
        try await browser.get(place(moved))
        try await browser.post(path, ["scope": "services"])
        #expect(try await now(moved, world).move.progress?.scope == .services)
    }

    @Test func `OP-02 access is given after a second look`() async throws {
        let world = try await World()
        let view = try await world.handedOver()
        let browser = try await Browser(world, as: .tanaka)
        let path = "\(place(view))/steps/grantAccess"
        try await browser.get(place(view))
        try await browser.post(path, ["evidence": "Board of 3 March"])
        #expect(try await now(view, world).next?.step == .grantAccess, "nothing has been given yet")
        let reply = try await browser.post(path)
        #expect(reply.status == .seeOther)
        let after = try await now(view, world)
        #expect(after.next?.step == .verifyAccess)
        #expect(after.steps.first { $0.step == .grantAccess }?.record?.note == "Board of 3 March")
    }

    @Test func `SM-8c the old access goes after the new one was tried, unless it is cut on purpose`() async throws {
        let world = try await World()
        let view = try await world.handedOver()
        let id = try world.leftover(view)
        let browser = try await Browser(world, as: .tanaka)
        let path = "/customers/\(world.customer)/leftovers/\(id)"
        try await browser.get("\(path)?decision=remove")
        #expect(!browser.page.contains(" checked"))
        let refused = try await browser.post(path)
        #expect(refused.status == .badRequest)
        #expect(refused.text.contains("id=\"immediate-error\""))
        #expect(try await now(view, world).leftovers.allSatisfy(\.isOpen))
        let reply = try await browser.post(path, ["immediate": "yes"])
        #expect(reply.headers[.location]?.hasPrefix(place(view)) == true)
        #expect(try await now(view, world).leftovers.filter(\.isOpen).count == view.leftovers.count - 1)
    }

    @Test func `INV-06 what may stay needs a reason, and everybody concerned reads it`() async throws {
        let world = try await World()
        let view = try await world.handedOver()
        let id = try world.leftover(view)
        let browser = try await Browser(world, as: .tanaka)
        let path = "/customers/\(world.customer)/leftovers/\(id)"
        try await browser.get("\(path)?decision=signOff")
        #expect(try await browser.post(path).status == .badRequest)
        try await browser.post(path, ["reason": "Does our <backups>"])
        for who in [Who.hanako, .tanaka, .rival] {
            #expect(
                try await Browser(world, as: who).get(place(view)).text.contains("Does our &lt;backups&gt;"),
                "\(who)"
            )
        }
        let again = try await browser.get("\(path)?decision=remove")
        #expect(again.status == .conflict, "it has been decided")
    }

    @Test func `partners read what is left, and only the customer decides`() async throws {
        let world = try await World()
        let view = try await world.handedOver()
        let id = try world.leftover(view)
        for who in [Who.hanako, .rival] {
            let browser = try await Browser(world, as: who)
            try await browser.get(place(view))
            #expect(browser.page.contains("id=\"leftovers\""))
            #expect(!browser.page.contains("/leftovers/\(id)"))
            #expect(try await browser.get("/customers/\(world.customer)/leftovers/\(id)").status == .forbidden)
        }
    }

    @Test func `SW-14 after the cut-over both ids stand on the page, and who bills since when`() async throws {
        let world = try await World()
        let view = try await world.handedOver()
        let alias = try #require(view.move.progress?.items.first?.alias)
        let browser = try await Browser(world, as: .tanaka)
        let page = try await browser.get("/customers/\(world.customer)/subscriptions/\(world.usage)").text
        #expect(page.contains(alias) && page.contains("\(world.usage)"))
        let table = page.components(separatedBy: "aria-labelledby=\"bills\"")[1].components(separatedBy: "</table>")[0]
        #expect(table.contains("Hokusei Systems") && table.contains("東西クラウド株式会社"))
        let times = table.matches(of: /datetime="([^"]+)"/).map { String($0.output.1) }
        #expect(times.count == 2 && times[0] == times[1], "one ends where the other begins")
        #expect(try await browser.get("/customers/\(world.customer)/subscriptions/\(alias)").status == .ok)
    }
}
