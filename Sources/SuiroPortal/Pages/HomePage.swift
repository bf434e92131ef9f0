import FoundationEssentials
import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// What needs the person today, soonest first; not charts.
    func homePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let title = visit.say("portal.home.title")
        let greeting = visit.say("portal.home.greeting", ["person": .text(visitor.person.name)])
        let content =
            switch visitor.organization.kind {
            case .direct, .indirectProvider, .indirectReseller, .advisor: try await partnerQueue(visit, visitor)
            case .customer: try await customerQueue(visit, visitor)
            case .vendor: overview(visit, visitor)
            }
        return .page(
            Page(
                title: title,
                section: .home,
                content: """
                    <h1>\(title)</h1>
                    <p class="lead">\(greeting) \(visit.longDay(visit.now))</p>
                    \(content)\(try await news(visit, visitor))
                    """
            )
        )
    }

    private func partnerQueue(_ visit: Visit, _ visitor: Visitor) async throws -> HTML {
        let context = visit.context(visitor)
        let ending =
            visitor.may(.listCustomers, at: visit.now) ? try await service.endingAccess(within: 30, context) : []
        let requests =
            visitor.may(.readRelationshipRequests, at: visit.now)
            ? try await service.relationshipRequests(context).filter(\.isOpen) : []
        let moves = try await movesWaiting(visit, visitor)
        guard !ending.isEmpty || !requests.isEmpty || !moves.isEmpty else {
            return """
                <p>\(visit.say("portal.home.nothing"))</p>
                <p><a class="btn" href="\(Place.customers)">\(visit.say("portal.home.toCustomers"))</a></p>

                """
        }
        return waiting(moves, visit) + endings(ending, visit) + unanswered(requests, visit)
    }

    private func endings(_ rows: [(grant: AccessGrant, customer: String)], _ visit: Visit) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        let heads = [
            Head(visit.say("portal.home.deadline")), Head(visit.say("portal.home.customer")),
            Head(visit.say("portal.home.ends")), Head(visit.say("portal.home.next")),
        ]
        let body = HTML.each(rows) { row in
            let days = visit.say("portal.daysLeft", ["count": .count(row.grant.until.days(since: visit.now))])
            return """
                <tr><th scope="row">\(days)</th>\
                <td><a href="\(Place.customer(row.grant.customer))">\(row.customer)</a></td>\
                <td class="nw">\(visit.day(row.grant.until))</td>\
                <td><a href="\(Place.newRequest(customer: row.grant.customer))">\(visit.say("portal.home.renew"))\
                <span class="vh"> \(row.customer)</span></a></td></tr>

                """
        }
        return """
            <h2 id="ending">\(visit.say("portal.home.ending", ["count": .count(rows.count)]))</h2>
            \(visit.table(labelled: "ending", heads, body))
            """
    }

    private func unanswered(_ rows: [RequestView], _ visit: Visit) -> HTML {
        guard !rows.isEmpty else { return .nothing }
        return """
            <h2 id="unanswered">\(visit.say("portal.home.unanswered", ["count": .count(rows.count)]))</h2>
            \(requestTable(rows, labelled: "unanswered", visit))
            """
    }

    private func customerQueue(_ visit: Visit, _ visitor: Visitor) async throws -> HTML {
        let context = visit.context(visitor)
        let own = visitor.organization.id.as(Customer.self)
        let waiting =
            visitor.may(.readInvitation, at: visit.now) ? try await service.waitingInvitations(context) : []
        var content = HTML.each(waiting) { view in
            let title = visit.say("portal.home.invitation", ["code": .text(view.request.code)])
            let until = visit.say("portal.home.invitation.until", ["date": .day(view.request.expires)])
            return visit.note(
                title,
                .info,
                """
                <p>\(until) <a href="\(Place.invitation(view.request.code))">\
                \(visit.say("portal.home.invitation.read"))<span class="vh"> \(view.request.code)</span></a></p>
                """
            )
        }
        let moves = try await movesWaiting(visit, visitor)
        content = content + HTML.each(moves) { moveNote($0, visit) }
        if waiting.isEmpty, moves.isEmpty { content = "<p>\(visit.say("portal.home.noInvitations"))</p>\n" }
        guard visitor.may(.readAccess, in: .customer(own), at: visit.now) else { return content }
        let access = try await service.access(in: own, context)
        let live = access.grants.filter { $0.grant.isLive(at: access.now) }
        return """
            \(content)<h2 id="access">\(visit.say("portal.home.access"))</h2>
            \(accessTable(live, labelled: "access", visit, mayEnd: nil, customer: own))\
            <p><a href="\(Place.access(of: own))">\(visit.say("portal.home.access.all"))</a></p>

            """
    }

    private func overview(_ visit: Visit, _ visitor: Visitor) -> HTML {
        let sections = Section.allCases.filter { !$0.isWork && $0.isListed(for: visitor, at: visit.now) }
        let links = HTML.each(sections) { "<li><a href=\"\($0.address(visitor))\">\($0.title(visit))</a></li>" }
        return """
            <p>\(visit.say("portal.home.vendor"))</p>
            <ul>\(links)</ul>

            """
    }

    private func news(_ visit: Visit, _ visitor: Visitor) async throws -> HTML {
        let all = try await service.announcements(visit.context(visitor))
        guard !all.isEmpty else { return .nothing }
        let items = HTML.each(all.prefix(3)) { item in
            let title = item.title[visit.language] ?? ""
            return "<li><a href=\"\(Place.announcement(item.id))\">\(title)</a> \(visit.day(item.effective))</li>"
        }
        return """
            <h2>\(visit.say("portal.home.news"))</h2>
            <ul>\(items)</ul>

            """
    }
}

extension RequestView {
    /// Whether the customer can still answer it.
    var isOpen: Bool { ["draft", "sent", "opened"].contains(state) }
}
