import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Every request the partner has made, newest first, with what became of it.
    func requestsPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let context = visit.context(visitor)
        let all = try await service.relationshipRequests(context)
        let onlyOpen = visit.exchange.query["show"] == "open"
        let shown = onlyOpen ? all.filter(\.isOpen) : all
        let title = visit.say("portal.requests.title")
        return .page(
            Page(
                title: title,
                section: .requests,
                content: """
                    <div class="head"><h1 id="requests">\(title)</h1>\
                    \(requestButton(visit))</div>
                    \(filter(onlyOpen, visit))\(list(shown, all.isEmpty, visit))\
                    \(await reusableLink(visit, visitor))\
                    \(visit.elsewhere(commands))
                    """
            )
        )
    }

    /// The way to a new request.
    func requestButton(_ visit: Visit) -> HTML {
        let button = visit.button(visit.say("portal.requestForm.title"), to: Place.newRequest(), isMain: true)
        return "<p class=\"row noprint\">\(button)</p>"
    }

    private func filter(_ onlyOpen: Bool, _ visit: Visit) -> HTML {
        let current: HTML = " aria-current=\"page\""
        return """
            <nav class="views noprint" aria-label="\(visit.say("portal.requests.views"))">\
            <a href="\(Place.requests)"\(HTML.when(!onlyOpen, current))>\(visit.say("portal.requests.all"))</a> \
            <a href="\(Place.requests)?show=open"\(HTML.when(onlyOpen, current))>\
            \(visit.say("portal.requests.open"))</a></nav>

            """
    }

    private func list(_ rows: [RequestView], _ isFirst: Bool, _ visit: Visit) -> HTML {
        guard rows.isEmpty else { return requestTable(rows, labelled: "requests", visit) }
        return "<p>\(visit.say(isFirst ? "portal.requests.empty" : "portal.requests.none"))</p>\n"
    }

    /// Requests as a table; its first cell leads to each.
    func requestTable(_ rows: [RequestView], labelled id: String, _ visit: Visit) -> HTML {
        let heads = [
            "portal.requests.to", "portal.requests.state", "portal.requests.created", "portal.requests.opened",
            "portal.requests.expires", "portal.requests.reminders",
        ].map { Head(visit.say($0)) }
        let body = HTML.each(rows) { view in
            let request = view.request
            let opened: HTML = if case .opened(let at) = request.state { visit.day(at) } else { visit.none }
            let name = request.recipientName ?? request.recipientMail ?? request.customerDomain ?? request.code
            return """
                <tr><th scope="row"><a href="\(Place.request(request.id))">\(name)</a><br>\
                <span class="hint">\(request.customerDomain ?? request.code)</span></th>\
                <td>\(visit.state(view.state))</td><td class="nw">\(visit.day(request.createdAt))</td>\
                <td class="nw">\(opened)</td><td class="nw">\(visit.day(request.expires))</td>\
                <td class="n">\(request.reminders)</td></tr>

                """
        }
        return visit.table(labelled: id, heads, body)
    }

    /// The link that names the partner and nobody else, where policy has one.
    private func reusableLink(_ visit: Visit, _ visitor: Visitor) async -> HTML {
        guard visitor.may(.readReusableLink, at: visit.now),
            let link = try? await service.reusableLink(visit.context(visitor))
        else { return .nothing }
        return """
            <h2>\(visit.say("portal.requests.link"))</h2>
            <p>\(visit.say("portal.requests.link.text"))</p>
            <code class="chip">\(link)</code>

            """
    }

    private var commands: [String] {
        let path = "\(service.environment.origin())/multichannel/v1/relationshiprequests"
        return ["suiro relationship list", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }
}

extension Visit {
    func state(_ name: String) -> HTML {
        let tone: Tone =
            switch name {
            case "accepted": .good
            case "declined", "expired": .warning
            case "withdrawn", "superseded": .plain
            default: .info
            }
        return badge(say("requestState.\(name)"), tone)
    }
}
