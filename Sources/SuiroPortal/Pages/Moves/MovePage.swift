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
                \(isUndecided ? work : "<h2>\(visit.say("portal.move.agreed"))</h2>\n" + terms)\
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
            (visit.say("portal.move.cutover"), visit.moment(move.progress?.cutover ?? view.preview.cutover)),
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
        guard view.awaited.contains(party) else {
            let step = view.next.map { visit.say("moveStep.\($0.step.rawValue)") } ?? ""
            return visit.note(
                visit.say("portal.move.turn.step"),
                .info,
                "<p class=\"noprint\"><a href=\"#step\">\(step)</a></p>"
            )
        }
        return visit.note(
            visit.say("portal.move.turn.answer"),
            .info,
            "<p class=\"noprint\"><a href=\"#question\">\(visit.say("portal.move.turn.answer.link"))</a></p>"
        )
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

    /// The steps, what became of each subscription, and what the former partner still holds.
    private func work(
        _ view: MoveView,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> HTML {
        let form = try await form(of: view, mistakes, visit, visitor)
        return """
            \(steps(view, form, visit))\(entered(view, visit))\(results(view, visit))\
            \(leftovers(view.leftovers, of: view.move.customer, view.move, visit, visitor))
            """
    }

    private func steps(_ view: MoveView, _ form: HTML, _ visit: Visit) -> HTML {
        let items = HTML.each(view.steps) { step in
            var lines: [HTML] = ["\(visit.actor(step.who, of: view.preview))"]
            if let record = step.record {
                let arguments: [String: Argument] = ["person": .text(record.byName), "time": .moment(record.at)]
                lines.append("\(visit.say("portal.step.doneBy", arguments))")
            } else if let due = step.due {
                lines.append("\(visit.say("portal.step.due")) \(step.state == .ready ? visit.deadline(due) : visit.moment(due))")
            }
            if let note = step.record?.note { lines.append("\(visit.say("portal.step.said", ["text": .text(note)]))") }
            let help: HTML? = step.state == .ready ? "<p>\(visit.say("moveStep.\(step.step.rawValue).help"))</p>" : nil
            return """
                <li\(HTML.when(step.state == .ready, " id=\"step\" aria-current=\"step\""))>\
                <strong>\(visit.say("moveStep.\(step.step.rawValue)"))</strong> \(visit.state(step.state))<br>\
                <span class="hint">\(lines.joined(by: " · "))</span>\(help)\(step.state == .ready ? form : .nothing)</li>

                """
        }
        return """
            <h2>\(visit.say("portal.move.steps"))</h2>
            <ol class="flow">\(items)</ol>

            """
    }

    /// What was said of the old subscription on the way (SM-7).
    private func entered(_ view: MoveView, _ visit: Visit) -> HTML {
        guard let progress = view.move.progress else { return .nothing }
        let services = HTML.each(progress.inventory) { item in
            let verdict = item.verdict.map { visit.say("serviceVerdict.\($0.rawValue)") } ?? visit.say("portal.move.service.open")
            let done = item.isDone ? visit.badge(visit.say("portal.step.done"), .good) : .nothing
            let text = visit.say("portal.move.service", ["service": .text(item.service), "verdict": .text(verdict)])
            return "<li>\(text) \(done)</li>"
        }
        let details = RecreationDetail.allCases.compactMap { detail in
            progress.details[detail.rawValue].map { (visit.name(of: detail), "\($0)" as HTML) }
        }
        let scope = progress.scope.map { (visit.say("portal.step.scope"), "\(visit.say("cancelScope.\($0.rawValue)"))" as HTML) }
        let rows = [scope].compactMap(\.self) + details
        return HTML.when(
            !progress.inventory.isEmpty,
            "<h2>\(visit.say("portal.move.services"))</h2>\n<ul>\(services)</ul>\n"
        ) + HTML.when(!rows.isEmpty, "<h2>\(visit.say("portal.move.details"))</h2>\n\(visit.facts(rows))")
    }

    private func results(_ view: MoveView, _ visit: Visit) -> HTML {
        guard let progress = view.move.progress,
            view.move.procedure.hasCutOver || !progress.replacements.isEmpty
        else { return .nothing }
        let heads = [
            "portal.subscription.product", "portal.audit.result", "portal.subscription.id", "portal.move.newID",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(view.preview.moves) { item in
            let result = progress.items.first { $0.subscription == item.subscription }
            let bought = progress.replacements[item.subscription].map { id -> HTML in
                "<a class=\"id\" href=\"\(Place.subscription(id, of: view.move.customer))\">\("\(id)")</a>"
            }
            let alias = result?.alias.map { "<span class=\"id\">\($0)</span>" as HTML }
            return """
                <tr><th scope="row">\(item.name)</th><td>\(outcome(result, visit))</td>\
                <td><span class="id">\("\(item.subscription)")</span></td><td>\(bought ?? alias ?? visit.none)</td></tr>

                """
        }
        return """
            <h2 id="results">\(visit.say("portal.move.results"))</h2>
            \(visit.table(labelled: "results", heads, rows))
            """
    }

    private func outcome(_ result: ItemResult?, _ visit: Visit) -> HTML {
        switch result?.outcome {
        case .moved(let at) where visit.now < at:
            "\(visit.badge(visit.say("portal.move.result.scheduled"), .info)) \(visit.moment(at))"
        case .moved(let at): "\(visit.badge(visit.say("portal.move.result.moved"), .good)) \(visit.moment(at))"
        case .failed(let reason, let at):
            """
            \(visit.badge(visit.say("portal.move.result.failed"), .bad)) \(visit.moment(at))<br>\
            \(visit.say("reason.\(reason.rawValue)"))
            """
        case .pending, nil: visit.badge(visit.say("portal.move.result.pending"), .plain)
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
        return ["curl -H \"Authorization: Bearer $TOKEN\" \(path)"]
    }

    /// The dates that are still to come, for the visitor's own calendar.
    func moveCalendar(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let id: ID<Move> = try visit.id("id", .move)
        let calendar = try await service.calendar(of: id, visit.context(visitor))
        return .file(Array(calendar.text.utf8), type: "text/calendar; charset=utf-8", name: "suiro-\(id).ics")
    }
}

extension MoveView {
    /// Whether it makes sense to offer calling it off: later on only the customer and whoever began it can.
    fileprivate var mayCallOff: Bool {
        guard let party else { return false }
        return !awaited.isEmpty || party == .customer || party == move.initiator
    }
}
