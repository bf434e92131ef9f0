import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

extension Portal {
    /// Every flag of the policy, with its value here and now.
    func switchesPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let views = try await service.switches(visit.context(visitor))
        let title = visit.say("portal.switches.title")
        let mayset = visitor.may(.overridePolicy, at: visit.now)
        let heads = [
            "portal.policies.key", "portal.policies.value", "portal.switches.since", "portal.switches.next",
            "portal.switches.set",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(views) { view in
            let set: HTML = """
                <a href="\(Place.switchPage(view.key))">\(visit.say("portal.switches.set"))\
                <span class="vh"> \(view.key)</span></a>
                """
            return """
                <tr><th scope="row">\(visit.policyKey(view.key))</th><td>\(visit.state(view))</td>\
                <td class="nw">\(view.row.map { visit.day($0.from) } ?? visit.none)</td>\
                <td class="nw">\(view.changes.map(visit.day) ?? visit.none)</td>\
                <td>\(mayset ? set : visit.none)</td></tr>

                """
        }
        return .page(
            Page(
                title: title,
                section: .policies,
                crumbs: [Crumb(address: Place.policies, title: visit.say("portal.policies.title"))],
                content: """
                    <h1 id="switches">\(title)</h1>
                    <p class="lead">\(visit.say("portal.switches.lead"))</p>
                    \(visit.table(labelled: "switches", heads, rows))\(visit.elsewhere(["suiro policy kill KEY"]))
                    """
            )
        )
    }

    func switchPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let view = try await found(visit, visitor)
        return .page(switchForm(view, SwitchForm(view), [], visit, visitor))
    }

    /// What will happen, or what is still missing.
    func checkSwitch(_ visit: Visit, _ visitor: Visitor, _ posted: Form) async throws -> Answer {
        let view = try await found(visit, visitor)
        let form = try SwitchForm(posted)
        let mistakes = form.mistakes(visit)
        guard mistakes.isEmpty, let value = form.value else {
            return .page(switchForm(view, form, mistakes, visit, visitor))
        }
        let preview = try await service.previewSwitch(view.key, to: value, visit.context(visitor))
        return .page(switchCheck(preview, form, visit, visitor))
    }

    func setSwitch(_ visit: Visit, _ visitor: Visitor, _ posted: Form) async throws -> Answer {
        let form = try SwitchForm(posted)
        guard let value = form.value else { throw Refusal.invalid([InputFault(field: "value", code: .required)]) }
        let publication = try await service.setSwitch(
            visit.exchange.parameters["key"] ?? "",
            to: value,
            because: form.reasons,
            visit.context(visitor, posted)
        )
        return .seeOther(visit.done(.switchSet, at: Place.announcement(publication.announcement.id)))
    }

    private func found(_ visit: Visit, _ visitor: Visitor) async throws -> SwitchView {
        guard visitor.may(.overridePolicy, at: visit.now) else { throw Refusal.accessDenied(missing: "role") }
        let key = visit.exchange.parameters["key"] ?? ""
        guard let view = try await service.switches(visit.context(visitor)).first(where: { $0.key == key }) else {
            throw Refusal.notFound(.policy, key)
        }
        return view
    }

    private func switchForm(
        _ view: SwitchView,
        _ form: SwitchForm,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.switch.title", ["key": .text(view.key)])
        let choices = [true, false].map { value in
            let label = value ? visit.say("portal.switch.on") : visit.say("portal.switch.off")
            return Choice(value: "\(value)", label: label, isChosen: form.value == value)
        }
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .policies,
            hasProblem: !mistakes.isEmpty,
            crumbs: crumbs(visit),
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(service.words.meaning(of: view.key, visit.language))</p>
                \(visit.facts([(visit.say("portal.policies.value"), visit.state(view))]))\
                \(visit.note(visit.say("portal.switch.atOnce"), .warning))\
                <form method="post" action="\(Place.switchPage(view.key))/check" novalidate>\(visit.proof(visitor))
                \(visit.choices("value", legend: visit.say("portal.switch.value"), choices, mistakes: mistakes))\
                \(reason(.en, form, mistakes, visit))\(reason(.ja, form, mistakes, visit))\
                <div class="row"><button class="p" type="submit">\(visit.say("portal.publish.next"))</button>\
                \(visit.button(visit.say("portal.publish.back"), to: Place.switches))</div></form>

                """
        )
    }

    private func reason(_ language: Language, _ form: SwitchForm, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        visit.area(
            SwitchForm.field(language),
            label: visit.say("portal.switch.reason", ["language": .text(language.name(visit))]),
            hint: visit.say("portal.switch.reason.hint"),
            value: form.reasons[language] ?? "",
            lines: 3,
            language: language,
            mistakes: mistakes
        )
    }

    private func switchCheck(
        _ preview: SwitchPreview,
        _ form: SwitchForm,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let key = preview.now.key
        let title = visit.say("portal.switch.check.title", ["key": .text(key), "value": .text(form.valueText)])
        let hidden = HTML.each(Language.allCases) { language in
            """
            <input type="hidden" name="\(SwitchForm.field(language))" value="\(form.reasons[language] ?? "")">
            """
        }
        return Page(
            title: title,
            section: .policies,
            crumbs: crumbs(visit),
            content: """
                <h1>\(title)</h1>
                <h2>\(visit.say("portal.publish.happens"))</h2>
                <ul><li>\(visit.say("portal.switch.happens.atOnce"))</li>\
                <li>\(visit.say("portal.publish.happens.impact", [
                    "count": .count(preview.impact.turns.count), "customers": .count(preview.impact.customers),
                ]))</li>\
                <li>\(visit.say("portal.switch.happens.mail", ["count": .count(preview.recipients)]))</li>\
                <li>\(visit.say("portal.switch.happens.audit"))</li></ul>
                <form method="post" action="\(Place.switchPage(key))">\(visit.proof(visitor))\
                <input type="hidden" name="value" value="\(form.valueText)">\(hidden)\
                <div class="row"><button class="d" type="submit">\(visit.say("portal.switch.button"))</button>\
                \(visit.button(visit.say("portal.publish.back"), to: Place.switchPage(key)))</div></form>
                <h2>\(visit.say("portal.publish.preview"))</h2>
                \(HTML.each(Language.allCases) { language in
                    "<p lang=\"\(language.rawValue)\">\(form.reasons[language] ?? "")</p>"
                })
                <h2 id="changes">\(visit.say("portal.package.changes", ["count": .count(preview.changes.count)]))</h2>
                \(visit.changeTable(preview.changes, labelled: "changes"))
                """
        )
    }

    private func crumbs(_ visit: Visit) -> [Crumb] {
        [
            Crumb(address: Place.policies, title: visit.say("portal.policies.title")),
            Crumb(address: Place.switches, title: visit.say("portal.switches.title")),
        ]
    }
}

/// What is typed to set a flag at once.
private struct SwitchForm {
    let value: Bool?
    let reasons: [Language: String]

    /// The other value is what somebody comes for.
    init(_ view: SwitchView) {
        value = view.value.map { !$0 }
        reasons = [:]
    }

    init(_ form: Form) throws {
        value = Bool(form.typed("value"))
        var reasons: [Language: String] = [:]
        for language in Language.allCases { reasons[language] = try form.text(Self.field(language), limit: 1000) }
        self.reasons = reasons
    }

    static func field(_ language: Language) -> String { "reason-\(language.rawValue)" }

    var valueText: String { value.map { "\($0)" } ?? "" }

    func mistakes(_ visit: Visit) -> [Mistake] {
        var mistakes: [Mistake] = []
        if value == nil { mistakes.append(Mistake(field: "value", text: visit.say("portal.switch.value.mistake"))) }
        for language in Language.allCases where reasons[language] == nil {
            let text = visit.say("portal.switch.reason.mistake", ["language": .text(language.name(visit))])
            mistakes.append(Mistake(field: Self.field(language), text: text))
        }
        return mistakes
    }
}

extension Visit {
    /// On, off or unsaid; and where an emergency decides, why.
    fileprivate func state(_ view: SwitchView) -> HTML {
        let state =
            switch view.value {
            case true?: badge(say("portal.switch.on"), .good)
            case false?: badge(say("portal.switch.off"), .plain)
            case nil: none
            }
        guard let reason = view.emergency else { return state }
        return """
            \(state) \(badge(say("portal.switches.emergency"), .warning))\
            <br><span class="hint">\(reason[language] ?? "")</span>
            """
    }
}
