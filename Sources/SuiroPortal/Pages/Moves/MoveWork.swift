import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// How far a move has come: its steps, what was entered on the way, what became of each subscription.
extension Portal {
    /// The steps, what became of each subscription, and what the former partner still holds.
    func work(
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
        // A move that ended before everybody agreed has no steps to speak of.
        guard view.move.progress != nil || view.move.isOpen(at: visit.now) else { return .nothing }
        let items = HTML.each(view.steps) { step in
            var lines: [HTML] = ["\(visit.actor(step.who, of: view.preview))"]
            if let record = step.record {
                let arguments: [String: Argument] = ["person": .text(record.byName), "time": .moment(record.at)]
                lines.append("\(visit.say("portal.step.doneBy", arguments))")
            } else if let due = step.due {
                lines.append(
                    "\(visit.say("portal.step.due")) \(step.state == .ready ? visit.deadline(due) : visit.moment(due))"
                )
            }
            if let note = step.record?.note { lines.append("\(visit.say("portal.step.said", ["text": .text(note)]))") }
            let help: HTML? = step.state == .ready ? "<p>\(visit.say("moveStep.\(step.step.rawValue).help"))</p>" : nil
            return """
                <li\(HTML.when(step.state == .ready, " id=\"step\" aria-current=\"step\""))>\
                <strong>\(visit.say("moveStep.\(step.step.rawValue)"))</strong> \(visit.state(step.state))<br>\
                <span class="hint">\(lines.joined(by: " · "))</span>\(help)\
                \(HTML.when(step.state == .ready, form))</li>

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
            let verdict =
                item.verdict.map { visit.say("serviceVerdict.\($0.rawValue)") } ?? visit.say("portal.move.service.open")
            let done = item.isDone ? visit.badge(visit.say("portal.step.done"), .good) : .nothing
            let text = visit.say("portal.move.service", ["service": .text(item.service), "verdict": .text(verdict)])
            return "<li>\(text) \(done)</li>"
        }
        let details = RecreationDetail.allCases.compactMap { detail in
            progress.details[detail.rawValue].map { (visit.name(of: detail), "\($0)" as HTML) }
        }
        let scope = progress.scope.map {
            (visit.say("portal.step.scope"), "\(visit.say("cancelScope.\($0.rawValue)"))" as HTML)
        }
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
                <tr><th scope="row">\(item.name)</th><td>\(outcome(result, of: view.move, visit))</td>\
                <td><span class="id">\("\(item.subscription)")</span></td><td>\(bought ?? alias ?? visit.none)</td></tr>

                """
        }
        return """
            <h2 id="results">\(visit.say("portal.move.results"))</h2>
            \(visit.table(labelled: "results", heads, rows))
            """
    }

    private func outcome(_ result: ItemResult?, of move: Move, _ visit: Visit) -> HTML {
        switch result.map({ move.standing(of: $0, at: visit.now) }) {
        case .scheduled(let at):
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
}
