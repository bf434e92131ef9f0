import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// What survived an ending: the checklist, and the decision on each.
extension Portal {
    private static let longestReason = 500

    /// Access that is left of a former partner's, with what can be done about each.
    func leftovers(
        _ views: [LeftoverView],
        of customer: ID<Customer>,
        _ move: Move?,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        guard !views.isEmpty else { return .nothing }
        let mayResolve = visitor.may(.resolveLeftover, in: .customer(customer), at: visit.now)
        let open = views.filter(\.isOpen).count
        var heads = ["portal.access.partner", "portal.leftover.what", "portal.moves.state"].map { Head(visit.say($0)) }
        if mayResolve { heads.append(Head(visit.say("portal.leftover.decide"))) }
        let rows = HTML.each(views) { view in
            let leftover = view.leftover
            let help = visit.say("leftoverKind.\(leftover.kind.rawValue).help")
            return """
                <tr><th scope="row">\(leftover.partnerName)</th>\
                <td>\(visit.say("leftoverKind.\(leftover.kind.rawValue)"))<br><span class="hint">\(help)</span></td>\
                <td>\(state(view, visit))</td>\(HTML.when(mayResolve, ways(view, customer, visit)))</tr>

                """
        }
        let order: HTML? =
            move.flatMap { move in
                guard move.isOpen(at: visit.now), !move.hasVerifiedAccess else { return nil }
                return "<p>\(visit.say("portal.leftover.order"))</p>\n"
            }
        return """
            <h2 id="leftovers">\(visit.say("portal.leftover.title", ["count": .count(open)]))</h2>
            <p>\(visit.say("portal.leftover.text"))</p>
            \(order)\(visit.table(labelled: "leftovers", heads, rows))
            """
    }

    private func state(_ view: LeftoverView, _ visit: Visit) -> HTML {
        switch view.state {
        case .open: return visit.badge(visit.say("portal.leftover.open"), .warning)
        case .removed(let at, _, let name):
            let by: HTML? = name.isEmpty ? nil : "<br>\(name)"
            return "\(visit.badge(visit.say("portal.leftover.removed"), .good)) \(visit.minute(at))\(by)"
        case .signedOff(let at, _, let name, let reason):
            let why: HTML? = reason.map { "<br>\(visit.say("portal.check.decline.reason")): \($0)" }
            return "\(visit.badge(visit.say("portal.leftover.stays"), .plain)) \(visit.minute(at))<br>\(name)\(why)"
        }
    }

    private func ways(_ view: LeftoverView, _ customer: ID<Customer>, _ visit: Visit) -> HTML {
        guard view.isOpen else { return "<td>\(visit.none)</td>" }
        let leftover = view.leftover
        let about = "\(leftover.partnerName) \(visit.say("leftoverKind.\(leftover.kind.rawValue)"))"
        func way(_ decision: LeftoverDecision, _ text: String) -> HTML {
            """
            <li><a href="\(Place.leftover(leftover.id, of: customer, decision))">\(text)\
            <span class="vh"> \(about)</span></a></li>
            """
        }
        return """
            <td class="nw"><ul class="next">\(way(.remove, visit.say("portal.leftover.remove")))\
            \(way(.signOff, visit.say("portal.leftover.signOff")))</ul></td>
            """
    }

    /// What the decision means, before it is made.
    func leftoverPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let decision = visit.exchange.query["decision"].flatMap(LeftoverDecision.init(rawValue:)) ?? .remove
        let (view, move) = try await leftover(visit, visitor)
        guard view.isOpen else { throw Refusal.leftoverResolved }
        return .page(page(of: view, move, decision, LeftoverTyped(), [], visit, visitor))
    }

    private func leftover(_ visit: Visit, _ visitor: Visitor) async throws -> (LeftoverView, Move?) {
        let customer: ID<Customer> = try visit.id("id", .customer)
        let id: ID<Leftover> = try visit.id("leftoverId", .leftover)
        let context = visit.context(visitor)
        guard let view = try await service.leftovers(in: customer, context).first(where: { $0.leftover.id == id })
        else { throw Refusal.notFound(.leftover, "\(id)") }
        guard visitor.may(.resolveLeftover, in: .customer(customer), at: visit.now) else {
            throw Refusal.accessDenied(missing: "role")
        }
        guard let move = view.leftover.move else { return (view, nil) }
        return (view, try await service.move(move, context).move)
    }

    private func page(
        of view: LeftoverView,
        _ move: Move?,
        _ decision: LeftoverDecision,
        _ typed: LeftoverTyped,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let leftover = view.leftover
        let partner: [String: Argument] = ["partner": .text(leftover.partnerName)]
        let title =
            switch decision {
            case .remove: visit.say("portal.leftover.remove.title", partner)
            case .signOff: visit.say("portal.leftover.signOff.title", partner)
            }
        let (button, tone) =
            switch decision {
            case .remove: (visit.say("portal.leftover.remove.button"), "d")
            case .signOff: (visit.say("portal.leftover.signOff.button"), "p")
            }
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: back(leftover), title: visit.say("portal.leftover.crumb"))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(visit.facts([
                    (visit.say("portal.access.partner"), "\(leftover.partnerName)"),
                    (visit.say("portal.leftover.what"), "\(visit.say("leftoverKind.\(leftover.kind.rawValue)"))"),
                    (visit.say("portal.leftover.found"), visit.minute(leftover.foundAt)),
                ]))\(effects(decision, leftover, visit))
                <form method="post" action="\(Place.leftover(leftover.id, of: leftover.customer))" novalidate>\
                \(visit.proof(visitor))<input type="hidden" name="decision" value="\(decision.rawValue)">\
                \(fields(decision, move, typed, mistakes, visit))\
                <div class="row"><button class="\(tone)" type="submit">\(button)</button>\
                \(visit.button(visit.say("portal.leftover.later"), to: back(leftover)))</div></form>

                """
        )
    }

    private func effects(_ decision: LeftoverDecision, _ leftover: Leftover, _ visit: Visit) -> HTML {
        let lines: [String] =
            switch decision {
            case .remove where leftover.grant == nil:
                [visit.say("portal.leftover.remove.elsewhere"), visit.say("portal.leftover.remove.record")]
            case .remove:
                [
                    visit.say("portal.endAccess.atOnce"), visit.say("portal.endAccess.subscriptions"),
                    visit.say("portal.endAccess.again"),
                ]
            case .signOff: [visit.say("portal.leftover.signOff.stays"), visit.say("portal.leftover.signOff.record")]
            }
        let help = visit.say("leftoverKind.\(leftover.kind.rawValue).help")
        return "<p>\(help)</p>\n<ul>\(HTML.each(lines) { "<li>\($0)</li>" })</ul>"
    }

    private func fields(
        _ decision: LeftoverDecision,
        _ move: Move?,
        _ typed: LeftoverTyped,
        _ mistakes: [Mistake],
        _ visit: Visit
    ) -> HTML {
        switch decision {
        case .signOff:
            return visit.field(
                "reason",
                label: visit.say("portal.check.decline.reason"),
                hint: visit.say("portal.leftover.reason.hint"),
                value: typed.reason,
                autocomplete: "off",
                mistakes: mistakes
            )
        case .remove:
            guard let move, move.isOpen(at: visit.now), !move.hasVerifiedAccess else { return .nothing }
            return """
                \(visit.note(visit.say("portal.leftover.order.title"), .warning,
                    "<p>\(visit.say("portal.leftover.order"))</p>"
                ))\(visit.choices(
                    "immediate", legend: visit.say("portal.leftover.immediate.legend"), type: "checkbox",
                    [
                        Choice(
                            value: "yes", label: visit.say("portal.leftover.immediate"),
                            hint: visit.say("portal.leftover.immediate.hint"), isChosen: typed.isImmediate
                        )
                    ],
                    mistakes: mistakes
                ))
                """
        }
    }

    /// Where the leftover is listed: with its move, or with all access.
    private func back(_ leftover: Leftover) -> String {
        leftover.move.map { Place.move($0) } ?? Place.access(of: leftover.customer)
    }

    func resolveLeftover(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let customer: ID<Customer> = try visit.id("id", .customer)
        let id: ID<Leftover> = try visit.id("leftoverId", .leftover)
        guard let decision = LeftoverDecision(rawValue: form.typed("decision")) else {
            throw BadInput("decision", .required)
        }
        let typed = LeftoverTyped(form)
        let mistakes = typed.mistakes(decision, limit: Self.longestReason, visit)
        guard mistakes.isEmpty else {
            let (view, move) = try await leftover(visit, visitor)
            return .page(page(of: view, move, decision, typed, mistakes, visit, visitor))
        }
        do {
            let view = try await service.resolveLeftover(
                id,
                in: customer,
                decision,
                reason: typed.reason.trimmed.isEmpty ? nil : typed.reason.trimmed,
                isImmediate: typed.isImmediate,
                visit.context(visitor, form)
            )
            return .seeOther(visit.done(.leftoverResolved, at: back(view.leftover)))
        } catch Refusal.handoverOrder {
            let (view, move) = try await leftover(visit, visitor)
            let mistake = Mistake(field: "immediate", text: visit.sentenceAndRule(.handoverOrder))
            return .page(page(of: view, move, decision, typed, [mistake], visit, visitor))
        }
    }
}

/// What was typed about a leftover.
private struct LeftoverTyped {
    var reason = ""
    var isImmediate = false

    init() {}

    init(_ form: Form) {
        reason = form.typed("reason")
        isImmediate = form.typed("immediate") == "yes"
    }

    func mistakes(_ decision: LeftoverDecision, limit: Int, _ visit: Visit) -> [Mistake] {
        let text = reason.trimmed
        if decision == .signOff, text.isEmpty {
            return [Mistake(field: "reason", text: visit.say("portal.leftover.reason.mistake"))]
        }
        guard text.unicodeScalars.count > limit else { return [] }
        let tooLong = visit.say("portal.check.decline.reason.mistake", ["count": .count(limit)])
        return [Mistake(field: "reason", text: tooLong)]
    }
}
