import SuiroAssets
import SuiroDomain
import SuiroService

// A move in words: its state, who takes part, when something is due.
extension Visit {
    func state(_ state: MoveState) -> HTML {
        let tone: Tone =
            switch state {
            case .completed: .good
            case .planned, .awaitingConsent, .scheduled, .inProgress, .handover: .info
            case .declined, .expired, .finishedWithErrors: .warning
            case .withdrawn: .plain
            }
        return badge(say("moveState.\(state.rawValue)"), tone)
    }

    func state(_ state: StepView.State) -> HTML {
        switch state {
        case .locked: badge(say("portal.step.locked"), .plain)
        case .ready: badge(say("portal.step.ready"), .warning)
        case .done: badge(say("portal.step.done"), .good)
        }
    }

    /// A side and who is on it.
    func party(_ party: MoveParty, of preview: MovePreview) -> String {
        let name: String? =
            switch party {
            case .customer: preview.customer.name
            case .source: preview.source?.name
            case .target: preview.target.name
            }
        let side = say("moveParty.\(party.rawValue)")
        guard let name else { return side }
        return say("portal.move.party", ["party": .text(side), "name": .text(name)])
    }

    func actor(_ who: StepActor, of preview: MovePreview) -> String {
        who.party.map { party($0, of: preview) } ?? say("moveParty.system")
    }

    /// When it changes hands; before that is fixed, the earliest day.
    func cutover(of preview: MovePreview, fixed instant: Instant? = nil) -> (String, HTML) {
        guard preview.procedure.hasCutOver, instant == nil else {
            return (say("portal.move.cutover"), moment(instant ?? preview.cutover))
        }
        return (say("portal.newMove.cutover.earliest"), moment(preview.cutover))
    }

    /// Who sells or bills; where nobody told us, where it was bought.
    func name(of party: Party, _ channel: Channel?) -> String {
        party.name.isEmpty ? say("channel.\(channel?.rawValue ?? "unknown")") : party.name
    }

    /// The names of what is moved.
    func products(_ preview: MovePreview) -> String { list(preview.moves.map(\.name)) }

    /// Kind and, where there is one, plan.
    func kind(_ procedure: MoveProcedure) -> String {
        let kind = say("moveKind.\(procedure.kind.rawValue)")
        guard let plan = procedure.plan else { return kind }
        return say(
            "portal.move.kindAndPlan",
            ["kind": .text(kind), "plan": .text(say("licensePlan.\(plan.rawValue)"))]
        )
    }

    /// A day, and its time where it is not the day's beginning.
    func moment(_ instant: Instant) -> HTML { instant.startOfDay == instant ? day(instant) : minute(instant) }

    /// When something has to have happened, and how long that is.
    func deadline(_ instant: Instant) -> HTML {
        guard now < instant else { return "\(moment(instant)) \(badge(say("portal.move.overdue"), .bad))" }
        let days = instant.days(since: now)
        return
            "\(moment(instant)) \(badge(say("portal.daysLeft", ["count": .count(days)]), days > 3 ? .plain : .warning))"
    }

    /// The name of a rule, as a link where it can be read.
    func rule(_ rule: RuleID, _ row: PolicyRow.ID?, _ rules: RuleLinks, about: String) -> HTML {
        let text = say("portal.rule", ["rule": .text(rule.description)])
        guard let address = rules.address(rule, row) else { return "<span class=\"rule\">\(text)</span>" }
        let of = say("portal.rule.about", ["product": .text(about)])
        return "<a class=\"rule\" href=\"\(address)\">\(text)<span class=\"vh\"> \(of)</span></a>"
    }

    /// One of several, from a list that opens.
    func select(
        _ name: String,
        label: String,
        hint: String? = nil,
        _ options: [Choice],
        mistakes: [Mistake] = [],
        isLabelHidden: Bool = false
    ) -> HTML {
        let mistake = mistakes.first { $0.field == name }
        let described = [hint.map { _ in "\(name)-hint" }, mistake.map { _ in "\(name)-error" }].compactMap(\.self)
        let attributes: HTML = """
            id="\(name)" name="\(name)"\
            \(HTML.when(!described.isEmpty, " aria-describedby=\"\(described.joined(separator: " "))\""))\
            \(HTML.when(mistake != nil, " aria-invalid=\"true\""))
            """
        return """
            <div class="field\(HTML.when(mistake != nil, " field-error"))">\
            <label for="\(name)"\(HTML.when(isLabelHidden, " class=\"vh\""))>\(label)</label>\
            \(hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\($0)</p>" as HTML })\
            \(mistake.map { "<p class=\"msg\" id=\"\(name)-error\">\($0.text)</p>" as HTML })\
            <select \(attributes)>\
            \(HTML.each(options) { option in
                let chosen = HTML.when(option.isChosen, " selected")
                return "<option value=\"\(option.value)\"\(chosen)>\(option.label)</option>"
            })</select></div>

            """
    }
}
