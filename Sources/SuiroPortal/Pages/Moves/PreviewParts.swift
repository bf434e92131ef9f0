import SuiroAssets
import SuiroDomain
import SuiroService

// A preview on the page, the same before anybody is asked, while it is decided on, and as it was agreed.
extension Visit {
    /// What goes, what stays, and what may suffer.
    func consequences(of preview: MovePreview, _ rules: RuleLinks) -> HTML {
        func card(_ tone: String, _ title: String, _ items: HTML, none: String) -> HTML {
            let list: HTML = items == .nothing ? "<p>\(none)</p>" : "<ul>\(items)</ul>"
            return "<section class=\"card \(tone)\"><h2>\(title)</h2>\(list)</section>"
        }
        func item(_ thing: Consequence) -> HTML {
            let text = words.say("consequence.\(thing.code.rawValue)", language, thing.words(in: preview))
            let cost: HTML? = thing.cost.map {
                " \(say("portal.move.cost", ["cost": .money($0)]))"
            }
            return "<li>\(text)\(cost) \(rule(thing.rule, thing.row, rules, about: kind(preview.procedure)))</li>"
        }
        return """
            <div class="cols">\
            \(card("ok", say("portal.move.goes"), .each(preview.moves, goes), none: say("portal.none")))
            \(card("plain", say("portal.move.stays"), .each(preview.stays, item), none: say("portal.none")))
            \(card("warn", say("portal.move.risks"), .each(preview.atRisk, item), none: say("portal.move.noRisk")))\
            </div>

            """
    }

    private func goes(_ item: MovedItem) -> HTML {
        var facts: [String] = []
        if let quantity = item.quantity { facts.append(say("portal.move.quantity", ["count": .count(quantity)])) }
        if let cost = item.monthlyCost { facts.append(say("portal.move.monthly", ["cost": .money(cost)])) }
        if let end = item.termEnd { facts.append(say("portal.move.termEnd", ["date": .day(end)])) }
        let hint: HTML = facts.isEmpty ? .nothing : "<br><span class=\"hint\">\(list(facts))</span>"
        let along: HTML = item.cause == .addOn ? "<br>\(say("portal.move.along"))" : .nothing
        let services: HTML = item.inventory.isEmpty ? .nothing : "<ul>\(HTML.each(item.inventory, service))</ul>"
        return "<li><strong>\(item.name)</strong>\(hint)\(along)\(services)</li>"
    }

    private func service(_ item: InventoryItem) -> HTML {
        let verdict = item.verdict.map { say("serviceVerdict.\($0.rawValue)") } ?? say("portal.move.service.open")
        return "<li>\(say("portal.move.service", ["service": .text(item.service), "verdict": .text(verdict)]))</li>"
    }

    /// Who is paid for what time. The periods are half-open: each begins where the one before has ended.
    func billing(of preview: MovePreview) -> HTML {
        guard !preview.billing.isEmpty else { return .nothing }
        let heads = [
            Head(say("portal.subscription.product")), Head(say("portal.move.bill.from")),
            Head(say("portal.move.bill.to")), Head(say("portal.move.bill.payee")),
            Head(say("portal.move.bill.amount"), isNumber: true),
        ]
        let names = Dictionary(preview.moves.map { ($0.subscription, $0.name) }) { first, _ in first }
        let rows = HTML.each(preview.billing) { line in
            let amount: HTML =
                switch (line.amount, line.isEstimate) {
                case (nil, _): "\(say("portal.move.bill.unknown"))"
                case (let money?, false): "\(Words.money(money))"
                case (let money?, true): "\(say("portal.move.bill.estimate", ["cost": .money(money)]))"
                }
            return """
                <tr><th scope="row">\(names[line.subscription] ?? "")</th><td class="nw">\(moment(line.from))</td>\
                <td class="nw">\(moment(line.to))</td><td>\(payee(line, of: preview))</td>\
                <td class="n">\(amount)</td></tr>

                """
        }
        return """
            <h2 id="billing">\(say("portal.move.bill.title"))</h2>
            <p>\(say("portal.move.bill.text"))</p>
            \(table(labelled: "billing", heads, rows))
            """
    }

    private func payee(_ line: BillingLine, of preview: MovePreview) -> String {
        let channel = preview.moves.first { $0.subscription == line.subscription }?.channel
        let name = name(of: line.payee, channel)
        guard let id = line.payee.id else { return name }
        let side: MoveParty? = id == preview.target.id ? .target : id == preview.source?.id ? .source : nil
        return side.map { party($0, of: preview) } ?? name
    }

    /// What is in the way, each with what removes it.
    func blockers(of preview: MovePreview, _ rules: RuleLinks, taken: ID<Move>? = nil) -> HTML {
        guard !preview.blockers.isEmpty else { return .nothing }
        let isStuck = !preview.startBlockers.isEmpty
        let items = HTML.each(preview.blockers) { blocker in
            let product = preview.moves.first { $0.subscription == blocker.subscription }
            let text = say("reason.\(blocker.reason.rawValue)", blocker.arguments)
            let about = product?.name ?? kind(preview.procedure)
            let named: HTML = product.map { "<strong>\($0.name)</strong><br>" } ?? .nothing
            let from: HTML? = blocker.availableFrom.map { "<br>\(say("portal.problem.from")): \(longDay($0))" }
            return """
                <li>\(named)\(text) \(rule(blocker.rule, blocker.row, rules, about: about))\(from)\
                \(ways(on: blocker, preview, taken: taken))</li>
                """
        }
        return note(
            say(isStuck ? "portal.move.blocked" : "portal.move.waits"),
            isStuck ? .bad : .warning,
            "<ul>\(items)</ul>"
        )
    }

    private func ways(on blocker: Blocker, _ preview: MovePreview, taken: ID<Move>?) -> HTML {
        let customer = preview.customer.id?.as(Customer.self)
        var ways = blocker.next.map { step($0, for: customer, about: blocker.subscription) }
        if blocker.reason == .alreadyMoving, let taken {
            ways.append("<a href=\"\(Place.move(taken))\">\(say("portal.move.blocked.running"))</a>")
        }
        return ways.isEmpty ? .nothing : "<ul class=\"next\">\(HTML.each(ways) { "<li>\($0)</li>" })</ul>"
    }

    /// Access that is there now and stays, unless somebody ends it.
    func survivingAccess(of preview: MovePreview) -> HTML {
        guard !preview.survivingAccess.isEmpty else { return .nothing }
        let items = HTML.each(preview.survivingAccess) { access in
            let arguments: [String: Argument] = [
                "partner": .text(access.partner.name), "kind": .words("leftoverKind.\(access.kind.rawValue)"),
            ]
            guard let until = access.until else { return "<li>\(say("portal.move.survives", arguments))</li>" }
            let text = say("portal.move.survives.until", arguments.merging(["date": .day(until)]) { $1 })
            return "<li>\(text)</li>"
        }
        return """
            <h2>\(say("portal.move.survives.title"))</h2>
            <p>\(say("portal.move.survives.text"))</p>
            <ul>\(items)</ul>

            """
    }

    /// What will have to be done, by whom, until when.
    func plan(of preview: MovePreview) -> HTML {
        let items = HTML.each(preview.steps) { step in
            let due: HTML? = step.due.map { " · \(say("portal.step.due")) \(moment($0))" }
            return """
                <li><strong>\(say("moveStep.\(step.step.rawValue)"))</strong><br>\
                <span class="hint">\(actor(step.who, of: preview))\(due)</span></li>
                """
        }
        return """
            <h2>\(say("portal.move.steps"))</h2>
            <ol class="plan">\(items)</ol>

            """
    }
}
