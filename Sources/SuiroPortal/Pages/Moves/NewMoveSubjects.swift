import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// The first page of the wizard: whose, and what.
extension Portal {
    /// Partners say first which customer it is about.
    func customerPage(_ draft: MoveDraft, _ visit: Visit, _ visitor: Visitor) async throws -> Page {
        let sought = visit.exchange.query["q"] ?? ""
        let found = try await service.customers(CustomerFilter(sought), after: nil, limit: 50, visit.context(visitor))
        let title = visit.say("portal.newMove.customer.title")
        let items = HTML.each(found.rows) { row in
            var draft = draft
            draft.customer = row.organization.id.as(Customer.self)
            return """
                <li><a href="\(draft.address())">\(row.organization.name)</a> \
                <span class="hint">\(row.organization.domain)</span></li>
                """
        }
        let list: HTML =
            found.rows.isEmpty
            ? """
            <p>\(visit.say(sought.isEmpty ? "portal.customers.empty" : "portal.newMove.customer.none")) \
            <a href="\(Place.customers)">\(visit.say("portal.customers.nav"))</a></p>

            """
            : "<ul class=\"list\">\(items)</ul>\n"
        return Page(
            title: title,
            section: .moves,
            crumbs: [Crumb(address: Place.moves, title: visit.say("portal.moves.title"))],
            content: """
                <h1>\(title)</h1>
                \(visit.stages(.subjects, draft))\
                <form class="filter noprint" action="\(Place.newMove())">\
                \(draft.hidden())\
                \(visit.field("q", label: visit.say("portal.customers.filter"), value: sought, type: "search"))\
                <button type="submit">\(visit.say("portal.filter"))</button></form>
                \(list)
                """
        )
    }

    func subjectsPage(_ desk: MoveDesk, _ mistakes: [Mistake], _ visit: Visit) -> Page {
        let title = visit.say("portal.newMove.subjects.title", ["customer": .text(desk.customer.name)])
        let (open, shut) = (
            desk.candidates.items.filter { $0.way != nil }, desk.candidates.items.filter { $0.way == nil }
        )
        let form: HTML =
            open.isEmpty
            ? "<p>\(visit.say("portal.newMove.subjects.none"))</p>\n"
            : """
            <form action="\(Place.newMove())">\(desk.draft.hidden(without: ["subscription", "kind", "plan"]))\
            <input type="hidden" name="step" value="\(MoveDraft.Stage.target.rawValue)">
            \(boxes(open, desk, mistakes, visit))\
            <div class="row">\
            <button class="p" type="submit">\(visit.say("portal.consent.continue"))</button></div></form>

            """
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .moves,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: Place.moves, title: visit.say("portal.moves.title"))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(visit.stages(.subjects, desk.draft))\
                <p class="lead">\(visit.say("portal.newMove.subjects.lead"))</p>
                \(form)\(refused(shut, desk, visit))
                """
        )
    }

    private func boxes(_ items: [MoveCandidate], _ desk: MoveDesk, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        let mistake = mistakes.first { $0.field == "subscription" }
        let boxes = HTML.each(items.enumerated()) { index, item in
            let subscription = item.subscription
            // The first one bears the name of the question, so that the summary of mistakes can lead to it.
            let id = index == 0 ? "subscription" : "subscription-\(subscription.id)"
            let isChosen = desk.draft.subscriptions.contains(subscription.id)
            return """
                <div class="choice"><input type="checkbox" name="subscription" id="\(id)" \
                value="\("\(subscription.id)")"\(HTML.when(isChosen, " checked")) aria-describedby="\(id)-hint">\
                <div><label for="\(id)">\(subscription.name)</label>\
                <div class="hint" id="\(id)-hint">\(about(item, desk, visit))</div></div></div>

                """
        }
        return """
            <fieldset class="field\(HTML.when(mistake != nil, " field-error"))"\
            \(HTML.when(mistake != nil, " aria-describedby=\"subscription-error\""))>\
            <legend>\(visit.say("portal.newMove.subjects.legend"))</legend>\
            \(mistake.map { "<p class=\"msg\" id=\"subscription-error\">\($0.text)</p>" as HTML })
            \(boxes)</fieldset>

            """
    }

    /// Where it was bought, how it would go, what goes along, and where it cannot go as it is, why.
    private func about(_ item: MoveCandidate, _ desk: MoveDesk, _ visit: Visit) -> HTML {
        var lines: [HTML] = ["\(facts(item.subscription, visit))"]
        if let blocker = item.blockers.first {
            let text = visit.say("reason.\(blocker.reason.rawValue)", blocker.arguments)
            lines.append(
                """
                \(visit.badge(visit.say("portal.newMove.plans"), .warning)) \(text) \
                \(visit.rule(blocker.rule, blocker.row, desk.rules, about: item.subscription.name))
                """
            )
        } else {
            lines.append("\(visit.say("moveKind.\(item.kind.rawValue)"))")
        }
        if !item.addOns.isEmpty {
            let names = visit.list(item.addOns.map(\.name))
            lines.append("\(visit.say("portal.newMove.along", ["products": .text(names)]))")
        }
        return lines.joined(by: "<br>")
    }

    private func facts(_ subscription: Subscription, _ visit: Visit) -> String {
        var facts = [visit.say("channel.\(subscription.channel?.rawValue ?? "unknown")")]
        if !subscription.seller.name.isEmpty, subscription.seller.name != "—" { facts.append(subscription.seller.name) }
        if let count = subscription.quantity {
            facts.append(visit.say("portal.move.quantity", ["count": .count(count)]))
        }
        if let end = subscription.term?.nextEnd(after: visit.now) {
            facts.append(visit.say("portal.move.termEnd", ["date": .day(end)]))
        }
        return visit.list(facts)
    }

    /// What cannot be moved, and what would have to happen first.
    private func refused(_ items: [MoveCandidate], _ desk: MoveDesk, _ visit: Visit) -> HTML {
        guard !items.isEmpty else { return .nothing }
        let rows = HTML.each(items) { item in
            let reasons = HTML.each(item.blockers) { blocker in
                let text = visit.say("reason.\(blocker.reason.rawValue)", blocker.arguments)
                var next = blocker.next.map { visit.step($0, for: item.subscription.customer) }
                if blocker.reason == .alreadyMoving, let move = item.move {
                    next.append("<a href=\"\(Place.move(move))\">\(visit.say("portal.move.blocked.running"))</a>")
                }
                let rule = visit.rule(blocker.rule, blocker.row, desk.rules, about: item.subscription.name)
                let ways: HTML =
                    next.isEmpty
                    ? .nothing : "<ul class=\"next\">\(HTML.each(next) { "<li>\($0)</li>" })</ul>"
                return "\(text) \(rule)\(ways)"
            }
            return """
                <li><strong>\(item.subscription.name)</strong> \
                <span class="hint">\(facts(item.subscription, visit))</span><br>\(reasons)</li>
                """
        }
        return """
            <h2>\(visit.say("portal.newMove.refused"))</h2>
            <ul class="why">\(rows)</ul>

            """
    }

    /// One move has one kind and one seller on the other side.
    func subjectMistakes(_ desk: MoveDesk, _ visit: Visit) -> [Mistake] {
        func mistake(_ text: String) -> [Mistake] { [Mistake(field: "subscription", text: text)] }
        guard !desk.chosen.isEmpty else { return mistake(visit.say("portal.newMove.subjects.mistake")) }
        if let item = desk.chosen.first(where: { $0.way == nil }) {
            let name: [String: Argument] = ["product": .text(item.subscription.name)]
            return mistake(visit.say("portal.newMove.subjects.cannot", name))
        }
        if Set(desk.chosen.map(\.way)).count > 1 { return mistake(visit.say("portal.newMove.subjects.kinds")) }
        if Set(desk.chosen.map(\.subscription.seller)).count > 1 {
            return mistake(visit.say("portal.newMove.subjects.sellers"))
        }
        return []
    }
}
