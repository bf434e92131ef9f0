import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Moves the visitor's organization takes part in: those still open by how soon something is due, then the others.
    func movesPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let isPartner = visitor.organization.kind.isPartner
        let role = isPartner ? visit.exchange.query["role"].flatMap(MoveRole.init(rawValue:)) : nil
        let state = visit.exchange.query["state"].flatMap(MoveState.init(rawValue:))
        let found = try await service.moves(role: role?.party, state: state, visit.context(visitor))
        let title = visit.say("portal.moves.title")
        return .page(
            Page(
                title: title,
                section: .moves,
                content: """
                    <div class="head"><h1 id="moves">\(title)</h1>\(newMoveButton(visit, visitor))</div>
                    <p class="lead">\(visit.say(isPartner ? "portal.moves.lead" : "portal.moves.lead.own"))</p>
                    \(HTML.when(isPartner, views(role, state, visit)))\(filter(role, state, visit))\
                    \(list(sorted(found, at: visit.now), isFiltered: role != nil || state != nil, visit))\
                    \(visit.elsewhere(commands))
                    """
            )
        )
    }

    /// The way to a new move.
    func newMoveButton(_ visit: Visit, _ visitor: Visitor, of customer: ID<Customer>? = nil) -> HTML {
        let scope = Scope.customer(customer ?? visitor.organization.id.as(Customer.self))
        guard visitor.may(.requestMove, in: scope, at: visit.now) else { return .nothing }
        let button = visit.button(visit.say("portal.newMove.title"), to: Place.newMove(of: customer), isMain: true)
        return "<p class=\"row noprint\">\(button)</p>"
    }

    private func sorted(_ moves: [MoveView], at now: Instant) -> [MoveView] {
        let open = moves.filter { $0.move.isOpen(at: now) }
            .sorted { ($0.deadline ?? .latest, $0.move.createdAt) < ($1.deadline ?? .latest, $1.move.createdAt) }
        return open + moves.filter { !$0.move.isOpen(at: now) }
    }

    private func views(_ role: MoveRole?, _ state: MoveState?, _ visit: Visit) -> HTML {
        let links: [(MoveRole?, String)] = [
            (nil, visit.say("portal.moves.all")), (.incoming, visit.say("portal.moves.incoming")),
            (.outgoing, visit.say("portal.moves.outgoing")),
        ]
        return """
            <nav class="views noprint" aria-label="\(visit.say("portal.moves.views"))">\
            \(links.map { link, text in
                let current = HTML.when(link == role, " aria-current=\"page\"")
                return "<a href=\"\(Place.moves(role: link?.rawValue, state: state))\"\(current)>\(text)</a>" as HTML
            }.joined(by: " "))</nav>

            """
    }

    private func filter(_ role: MoveRole?, _ state: MoveState?, _ visit: Visit) -> HTML {
        let all = Choice(value: "", label: visit.say("portal.moves.everyState"), isChosen: state == nil)
        let states = MoveState.allCases.map {
            Choice(value: $0.rawValue, label: visit.say("moveState.\($0.rawValue)"), isChosen: $0 == state)
        }
        return """
            <form class="filter noprint" action="\(Place.moves)">\
            \(role.map { "<input type=\"hidden\" name=\"role\" value=\"\($0.rawValue)\">" as HTML })\
            \(visit.select("state", label: visit.say("portal.moves.state"), [all] + states))\
            <button type="submit">\(visit.say("portal.filter"))</button></form>

            """
    }

    private func list(_ moves: [MoveView], isFiltered: Bool, _ visit: Visit) -> HTML {
        guard moves.isEmpty else { return moveTable(moves, labelled: "moves", visit) }
        guard isFiltered else { return "<p>\(visit.say("portal.moves.empty"))</p>\n" }
        return """
            <p>\(visit.say("portal.moves.none")) <a href="\(Place.moves)">\(visit.say("portal.filter.clear"))</a></p>

            """
    }

    /// Moves as a table; its first cell leads to each.
    func moveTable(_ moves: [MoveView], labelled id: String, _ visit: Visit) -> HTML {
        let heads = [
            "portal.moves.what", "portal.home.customer", "portal.moves.kind", "portal.moves.way", "portal.moves.state",
            "portal.home.next", "portal.home.deadline",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(moves) { view in
            let way = visit.say(
                "portal.moves.fromTo",
                [
                    "source": view.move.source.map { .text($0.name) } ?? .words("move.noSource"),
                    "target": .text(view.move.target.name),
                ]
            )
            return """
                <tr><th scope="row"><a href="\(Place.move(view.move.id))">\(visit.products(view.preview))</a><br>\
                <span class="id">\("\(view.move.id)".prefix(8).description)</span></th>\
                <td>\(view.customerName)</td><td>\(visit.kind(view.move.procedure))</td><td>\(way)</td>\
                <td>\(visit.state(view.state))</td><td>\(turn(view, visit))</td>\
                <td>\(view.deadline.map(visit.deadline) ?? visit.none)</td></tr>

                """
        }
        return visit.table(labelled: id, heads, rows)
    }

    /// What comes next and who does it.
    private func turn(_ view: MoveView, _ visit: Visit) -> HTML {
        let awaited = view.awaited
        guard awaited.isEmpty else {
            let names = awaited.map { visit.say("moveParty.\($0.rawValue)") }
            let text = visit.say("portal.moves.awaits", ["parties": .text(visit.list(names))])
            return "\(text)\(mine(view, visit))"
        }
        guard let step = view.next else { return visit.none }
        return """
            \(visit.say("moveStep.\(step.step.rawValue)"))<br>\
            <span class="hint">\(visit.say("moveParty.\(step.who.rawValue)"))</span>\(mine(view, visit))
            """
    }

    private func mine(_ view: MoveView, _ visit: Visit) -> HTML {
        HTML.when(view.waitsForAsker, "<br>\(visit.badge(visit.say("portal.moves.yourTurn"), .warning))")
    }

    private var commands: [String] {
        [
            "suiro move list",
            "curl -H \"Authorization: Bearer $TOKEN\" \(service.environment.origin())/multichannel/v1/moves",
        ]
    }
}

/// From which side a partner looks.
private enum MoveRole: String {
    case incoming, outgoing

    var party: MoveParty {
        switch self {
        case .incoming: .target
        case .outgoing: .source
        }
    }
}
