import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// One move: where it stands, whose turn it is, what was agreed, and what is left to do.
    func movePage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let view = try await service.move(visit.id("id", .move), visit.context(visitor))
        return .page(try await page(of: view, [], visit, visitor))
    }

    /// The page, with what was wrong about something posted to it.
    func page(
        of view: MoveView,
        _ mistakes: [Mistake],
        status: HTTPResponse.Status = .badRequest,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> Page {
        let title = title(view, visit)
        let rules = RuleLinks(try await service.policies(at: nil, visit.context(visitor)))
        let isUndecided = !view.awaited.isEmpty
        let agreed = view.move.progress == nil ? "portal.move.proposed" : "portal.move.agreed"
        let work = try await work(view, mistakes, visit, visitor)
        let terms: HTML = """
            \(visit.blockers(of: view.preview, rules))\(visit.consequences(of: view.preview, rules))\
            \(visit.billing(of: view.preview))\(visit.survivingAccess(of: view.preview))
            """
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : status,
            section: .moves,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: Place.moves, title: visit.say("portal.moves.title"))],
            content: """
                \(visit.summary(mistakes))\(visit.done)<h1>\(title)</h1>
                \(visit.facts(facts(view, visit, visitor)))\(turn(view, visit))\(newer(view, visit))\
                \(isUndecided ? terms : work)\(consents(view, visit))\
                \(isUndecided ? work : "<h2>\(visit.say(agreed))</h2>\n" + terms)\
                \(question(view, mistakes, visit, visitor))\(ways(view, visit, visitor))\
                \(visit.elsewhere(commands(view)))
                """
        )
    }

    func title(_ view: MoveView, _ visit: Visit) -> String {
        visit.say(
            "portal.move.title",
            [
                "kind": .words("moveKind.\(view.move.kind.rawValue)"), "customer": .text(view.customerName),
                "products": .text(visit.products(view.preview)),
            ]
        )
    }

    private func facts(_ view: MoveView, _ visit: Visit, _ visitor: Visitor) -> [(String, HTML)] {
        let move = view.move
        let asked = visit.say(
            "portal.move.askedBy",
            ["person": .text(move.createdByName), "party": .text(visit.party(move.initiator, of: view.preview))]
        )
        var facts: [(String, HTML)] = [
            (visit.say("portal.moves.state"), visit.state(view.state)),
            (visit.say("portal.moves.what"), "\(visit.products(view.preview))"),
            (visit.say("portal.moves.kind"), "\(visit.kind(move.procedure))"),
            (visit.say("portal.home.customer"), "\(view.customerName)"),
            (visit.say("moveParty.source"), "\(move.source?.name ?? visit.say("move.noSource"))"),
            (visit.say("moveParty.target"), "\(move.target.name)"),
            visit.cutover(of: view.preview, fixed: move.progress?.cutover),
            (visit.say("portal.move.asked"), "\(visit.minute(move.createdAt)) \(asked)"),
        ]
        if !view.awaited.isEmpty { facts.append((visit.say("portal.move.expires"), visit.deadline(move.expires))) }
        if case .closed(let ending, let at, _) = move.phase {
            facts.append((visit.say("portal.move.ended"), self.ending(ending, at, view, visit)))
        }
        if let old = move.renews {
            let text = visit.say("portal.move.renews.open")
            facts.append((visit.say("portal.move.renews"), "<a href=\"\(Place.move(old))\">\(text)</a>"))
        }
        let edition: [String: Argument] = [
            "edition": .text(view.preview.editionName), "time": .moment(view.preview.at),
        ]
        facts.append((visit.say("portal.announcements.edition"), "\(visit.say("portal.newMove.computed", edition))"))
        return facts
    }

    private func ending(_ ending: MoveEnding, _ at: Instant, _ view: MoveView, _ visit: Visit) -> HTML {
        switch ending {
        case .completed, .finishedWithErrors, .expired: visit.minute(at)
        case .withdrawn(let party, let reason), .declined(let party, let reason):
            """
            \(visit.minute(at)) \(visit.party(party, of: view.preview))<br>\
            \(visit.say("portal.check.decline.reason")): \(reason ?? visit.say("move.noReason"))
            """
        }
    }

    /// Whose turn it is, said to the one whose turn it is.
    private func turn(_ view: MoveView, _ visit: Visit) -> HTML {
        guard view.waitsForAsker, let party = view.party else { return .nothing }
        func note(_ title: String, _ address: String, _ text: String) -> HTML {
            let link: HTML = "<p><a href=\"\(address)\">\(text)</a></p>"
            return "<div class=\"noprint\">\(visit.note(title, .info, link))</div>"
        }
        guard view.awaited.contains(party) else {
            let step = view.next.map { visit.say("moveStep.\($0.step.rawValue)") } ?? ""
            return note(visit.say("portal.move.turn.step"), "#step", step)
        }
        return note(visit.say("portal.move.turn.answer"), "#question", visit.say("portal.move.turn.answer.link"))
    }

    /// A newer edition does not change what was begun; it may be worth beginning anew.
    private func newer(_ view: MoveView, _ visit: Visit) -> HTML {
        guard let edition = view.newerEdition else { return .nothing }
        let text = visit.say(view.wouldChange ? "portal.move.newer.changes" : "portal.move.newer.same")
        let title = visit.say("portal.move.newer", ["edition": .text(edition)])
        return visit.note(title, view.wouldChange ? .warning : .info, "<p>\(text)</p>")
    }

    private func consents(_ view: MoveView, _ visit: Visit) -> HTML {
        let items = HTML.each(view.move.consents) { consent in
            """
            <li>\(visit.party(consent.party, of: view.preview)) \(state(consent, view, visit))</li>
            """
        }
        return """
            <h2>\(visit.say("portal.move.consents"))</h2>
            <ul>\(items)</ul>

            """
    }

    private func state(_ consent: MoveConsent, _ view: MoveView, _ visit: Visit) -> HTML {
        switch consent.state {
        case .approved(_, _, let name, let at) where consent.isApproved(of: view.termsHash):
            """
            \(visit.badge(visit.say("portal.move.consent.approved"), .good)) \(visit.minute(at)) \(name)
            """
        case .approved: visit.badge(visit.say("portal.move.consent.changed"), .warning)
        case .pending where view.awaited.isEmpty: visit.badge(visit.say("portal.move.consent.none"), .plain)
        case .pending: visit.badge(visit.say("portal.move.consent.pending"), .warning)
        case .declined(_, _, let name, let at):
            """
            \(visit.badge(visit.say("portal.move.consent.declined"), .bad)) \(visit.minute(at)) \(name)
            """
        }
    }

    /// What can be done with the whole of it.
    private func ways(_ view: MoveView, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let move = view.move
        let scope = Scope.customer(move.customer)
        let isOpen = move.isOpen(at: visit.now)
        var ways: [HTML] = []
        if let party = view.party, view.awaited.isEmpty == false, !view.awaited.contains(party),
            move.consents.contains(where: { $0.party == party }),
            visitor.may(.decideMove, in: scope, at: visit.now)
        {
            ways.append(button("retraction", visit.say("portal.move.retract"), view, visit, visitor))
        }
        if isOpen, visitor.may(.withdrawMove, in: scope, at: visit.now), view.mayCallOff {
            ways.append(visit.button(visit.say("portal.move.withdraw"), to: Place.withdrawMove(move.id)))
        }
        if !isOpen, view.state != .completed, visitor.may(.requestMove, in: scope, at: visit.now) {
            ways.append(button("renewal", visit.say("portal.move.renew"), view, visit, visitor))
        }
        if isOpen { ways.append(visit.button(visit.say("portal.move.calendar"), to: Place.moveCalendar(move.id))) }
        let audit: HTML = HTML.when(
            visitor.may(.readAudit, at: visit.now),
            " <a href=\"\(Place.audit(of: move.customer))\">\(visit.say("portal.customer.events.all"))</a>"
        )
        return """
            <div class="row noprint">\(ways.joined())</div>
            <p class="noprint">\(visit.say("portal.consent.print"))\(audit)</p>

            """
    }

    private func button(
        _ below: String,
        _ text: String,
        _ view: MoveView,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        """
        <form method="post" action="\(Place.move(view.move.id))/\(below)">\(visit.proof(visitor))\
        <button type="submit">\(text)</button></form>
        """
    }

    private func commands(_ view: MoveView) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/moves/\(view.move.id)"
        return ["suiro move status \(view.move.id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }

    /// The dates that are still to come, for the visitor's own calendar.
    func moveCalendar(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let id: ID<Move> = try visit.id("id", .move)
        let calendar = try await service.calendar(of: id, visit.context(visitor))
        return .file(Array(calendar.text.utf8), type: "text/calendar; charset=utf-8", name: "suiro-\(id).ics")
    }
}

extension MoveView {
    /// Whether it makes sense to offer calling it off: later on only those whom `Move.mayStop` names.
    fileprivate var mayCallOff: Bool {
        guard let party else { return false }
        return !awaited.isEmpty || move.mayStop(party)
    }
}
