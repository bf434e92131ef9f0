import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// The second page of the wizard: to whom, by which plan, from when.
extension Portal {
    func targetPage(_ desk: MoveDesk, _ mistakes: [Mistake], _ visit: Visit, _ visitor: Visitor) -> Page {
        let title = visit.say("portal.newMove.target.title")
        var draft = desk.draft
        // What cannot go as it is goes by a plan, whatever it was looked at for first.
        if desk.wantsPlan { draft.kind = .replaceLicense }
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .moves,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: Place.moves, title: visit.say("portal.moves.title"))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                \(visit.stages(.target, desk.draft))\
                \(visit.facts([
                    (visit.say("portal.home.customer"), "\(desk.customer.name)"),
                    (visit.say("portal.moves.what"), "\(visit.list(desk.chosen.map(\.subscription.name)))"),
                    (visit.say("moveParty.source"), "\(seller(desk, visit))"),
                ]))\(ban(desk, visit))\
                <form action="\(Place.newMove())" novalidate>\
                \(draft.hidden(without: ["to", "other", "plan", "cutover"]))\
                <input type="hidden" name="step" value="\(MoveDraft.Stage.preview.rawValue)">
                \(partners(desk, mistakes, visit, visitor))\(HTML.when(desk.wantsPlan, plans(desk, mistakes, visit)))\
                \(day(desk, mistakes, visit))\
                <div class="row"><button class="p" type="submit">\(visit.say("portal.newMove.toPreview"))</button>\
                \(visit.button(visit.say("portal.newMove.back"), to: desk.draft.address(.subjects)))</div></form>

                """
        )
    }

    private func seller(_ desk: MoveDesk, _ visit: Visit) -> String {
        guard let subscription = desk.chosen.first?.subscription else { return visit.say("move.noSource") }
        return visit.name(of: subscription.seller, subscription.channel)
    }

    /// Why licences cannot go as they are, before the ways that remain (S-16, S-17).
    private func ban(_ desk: MoveDesk, _ visit: Visit) -> HTML {
        let reasons = desk.chosen.compactMap { item in item.blockers.first.map { (item, $0) } }
        guard !reasons.isEmpty else { return .nothing }
        let items = HTML.each(reasons) { item, blocker in
            let text = visit.say("reason.\(blocker.reason.rawValue)", blocker.arguments)
            let rule = visit.rule(blocker.rule, blocker.row, desk.rules, about: item.subscription.name)
            return "<p>\(text) \(rule)</p>"
        }
        return visit.note(visit.say("portal.newMove.ban"), .warning, items)
    }

    private func partners(_ desk: MoveDesk, _ mistakes: [Mistake], _ visit: Visit, _ visitor: Visitor) -> HTML {
        guard !desk.isOwnTarget(visitor) else {
            let own: [String: Argument] = ["partner": .text(visitor.organization.name)]
            return "<p>\(visit.say("portal.newMove.to.own", own))</p>\n"
        }
        let known = desk.candidates.partners.filter { $0.id != nil && $0.id != desk.seller?.id }
        let listed = known.compactMap { partner in
            partner.id.map {
                Choice(value: "\($0)", label: partner.name, isChosen: desk.draft.choice == "\($0)")
            }
        }
        let other = Choice(
            value: MoveDraft.other,
            label: visit.say("portal.newMove.to.other"),
            isChosen: listed.isEmpty || desk.draft.choice == MoveDraft.other
        )
        return """
            \(visit.choices("to", legend: visit.say("portal.newMove.to"), listed + [other], mistakes: mistakes))\
            \(visit.field(
                "other", label: visit.say("portal.newMove.to.id"), hint: visit.say("portal.newMove.to.id.hint"),
                value: desk.draft.typed, autocomplete: "off", mistakes: mistakes, isOptional: true
            ))
            """
    }

    /// Plan A and plan B, each with its day and its price; nothing is chosen beforehand.
    private func plans(_ desk: MoveDesk, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        let choices = desk.candidates.exits.map { exit in
            let date: [String: Argument] = ["date": .day(exit.ends)]
            let label =
                switch exit.plan {
                case .wait: visit.say("portal.newMove.plan.wait", date)
                case .cancelFirst: visit.say("portal.newMove.plan.cancelFirst")
                }
            let cost: String =
                switch (exit.plan, exit.cost) {
                case (.wait, _): visit.say("portal.newMove.plan.wait.cost")
                case (.cancelFirst, let money?):
                    visit.say("portal.newMove.plan.cancelFirst.cost", ["cost": .money(money)])
                case (.cancelFirst, nil): visit.say("portal.newMove.plan.cancelFirst.unknown")
                }
            let reasons = exit.blockers.map { visit.say("reason.\($0.reason.rawValue)", $0.arguments) }
            return Choice(
                value: exit.plan.rawValue,
                label: label,
                hint: ([cost] + reasons).joined(separator: " "),
                isChosen: desk.draft.plan == exit.plan
            )
        }
        return visit.choices("plan", legend: visit.say("portal.newMove.plan"), choices, mistakes: mistakes)
    }

    private func day(_ desk: MoveDesk, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        let hint = desk.wantsPlan ? "portal.newMove.cutover.hint.plan" : "portal.newMove.cutover.hint"
        return visit.field(
            "cutover",
            label: visit.say("portal.newMove.cutover"),
            hint: visit.say(hint),
            value: desk.draft.cutover,
            type: mistakes.contains { $0.field == "cutover" } ? "text" : "date",
            mistakes: mistakes,
            isOptional: true
        )
    }

    func targetMistakes(_ desk: MoveDesk, _ visit: Visit, _ visitor: Visitor) -> [Mistake] {
        var mistakes: [Mistake] = []
        let draft = desk.draft
        if !desk.isOwnTarget(visitor), draft.target == nil {
            switch (draft.choice, draft.typed.trimmed) {
            case ("", _):
                mistakes.append(Mistake(field: "to", text: visit.say("portal.newMove.to.mistake")))
            case (MoveDraft.other, ""):
                mistakes.append(Mistake(field: "other", text: visit.say("portal.newMove.to.id.missing")))
            default:
                mistakes.append(unknownPartner(desk, visit))
            }
        }
        // A kind that was asked for by name is previewed by that name: the preview says why it cannot be.
        if desk.wantsPlan, draft.plan == nil, draft.kind == nil || draft.kind == .replaceLicense {
            mistakes.append(Mistake(field: "plan", text: visit.say("portal.newMove.plan.mistake")))
        }
        let typed = draft.cutover.trimmed
        if !typed.isEmpty {
            let day = Instant(typed.halfWidth.replacing("/", with: "-"))
            if day == nil {
                mistakes.append(Mistake(field: "cutover", text: visit.say("portal.date.mistake")))
            } else if let day, day.startOfDay < visit.now.startOfDay {
                mistakes.append(Mistake(field: "cutover", text: visit.say("portal.newMove.cutover.past")))
            }
        }
        return mistakes
    }
}
