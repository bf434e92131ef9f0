import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// How long delegated administration may be asked for, and how long it usually is.
private struct Durations {
    let usual: Int
    let longest: Int
}

extension Portal {
    func newRequestPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        guard visitor.may(.requestRelationship, at: visit.now) else { throw Refusal.accessDenied(missing: "role") }
        let durations = try await durations(visit, visitor)
        var form = RequestForm(language: visitor.organization.language, days: durations.usual)
        if let id = visit.exchange.query["customer"].flatMap({ ID<Customer>($0) }),
            let customer = try? await service.customer(id, visit.context(visitor)).organization
        {
            (form.domain, form.language) = (customer.domain, customer.language)
        }
        return .page(page(form, durations, [], visit, visitor))
    }

    /// Asks, or shows again what was typed with what is wrong about it.
    func makeRequest(_ visit: Visit, _ visitor: Visitor, _ posted: Form) async throws -> Answer {
        let form = RequestForm(posted)
        switch form.read(visit) {
        case .failure(let mistakes):
            return .page(page(form, try await durations(visit, visitor), mistakes.list, visit, visitor))
        case .success(let wish):
            do {
                let view = try await service.requestRelationship(wish, visit.context(visitor, posted))
                return .seeOther(visit.done(.requestMade, at: Place.request(view.request.id)))
            } catch Refusal.invalid(let faults) where faults.contains(where: { $0.field == "scope.days" }) {
                let durations = try await durations(visit, visitor)
                let text = visit.say("portal.requestForm.days.tooMany", ["count": .count(durations.longest)])
                return .page(page(form, durations, [Mistake(field: "days", text: text)], visit, visitor))
            } catch let refusal as Refusal where refusal.reason == .delegatedAdminNotSeparable {
                let durations = try await durations(visit, visitor)
                let mistake = Mistake(field: "kind", text: visit.sentenceAndRule(refusal))
                return .page(page(form, durations, [mistake], visit, visitor))
            }
        }
    }

    private func durations(_ visit: Visit, _ visitor: Visitor) async throws -> Durations {
        let rows = try await service.policies(at: visit.now, visit.context(visitor)).map(\.row)
        func number(_ key: PolicyKey<Int>) -> Int {
            for row in rows where row.key == key.name { if case .number(let days) = row.value { return days } }
            return 0
        }
        return Durations(usual: number(.adminDefaultDays), longest: number(.adminMaximumDays))
    }

    private func page(
        _ form: RequestForm,
        _ durations: Durations,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = visit.say("portal.requestForm.title")
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            section: .requests,
            hasProblem: !mistakes.isEmpty,
            crumbs: [Crumb(address: Place.requests, title: visit.say("portal.requests.title"))],
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(visit.say("portal.requestForm.lead"))</p>
                <form method="post" action="\(Place.newRequest())" novalidate>\(visit.proof(visitor))
                \(recipient(form, mistakes, visit))\(scope(form, durations, mistakes, visit))\
                <p>\(visit.say("portal.requestForm.text"))</p>
                <div class="row">\
                <button class="p" type="submit">\(visit.say("portal.requestForm.button"))</button></div></form>

                """
        )
    }

    private func recipient(_ form: RequestForm, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        """
        <h2>\(visit.say("portal.requestForm.recipient"))</h2>
        \(visit.field(
            "mail", label: visit.say("portal.requestForm.mail"), hint: visit.say("portal.requestForm.mail.hint"),
            value: form.mail, autocomplete: "off", mode: "email", mistakes: mistakes, isOptional: true
        ))\(visit.field(
            "name", label: visit.say("portal.requestForm.name"), hint: visit.say("portal.requestForm.name.hint"),
            value: form.name, autocomplete: "off", mistakes: mistakes, isOptional: true
        ))\(visit.field(
            "domain", label: visit.say("portal.requestForm.domain"), hint: visit.say("portal.requestForm.domain.hint"),
            value: form.domain, autocomplete: "off", mode: "url", mistakes: mistakes, isOptional: true
        ))\(visit.choices(
            "language", legend: visit.say("portal.requestForm.language"),
            [Language.ja, .en].map { language in
                Choice(
                    value: language.rawValue, label: language.name(visit),
                    isChosen: form.language == language
                )
            }
        ))
        """
    }

    private func scope(
        _ form: RequestForm,
        _ durations: Durations,
        _ mistakes: [Mistake],
        _ visit: Visit
    ) -> HTML {
        let others = AdminRole.allCases.filter { !RequestForm.recommended.contains($0) }
        let isOpen = !form.roles.isDisjoint(with: others)
        return """
            <h2>\(visit.say("portal.requestForm.scope"))</h2>
            \(visit.choices(
                "kind", legend: visit.say("portal.requestForm.kind"),
                [
                    Choice(
                        value: "access", label: visit.say("portal.requestForm.kind.access"), isChosen: form.wantsAdmin
                    ),
                    Choice(
                        value: "relationship", label: visit.say("portal.requestForm.kind.relationship"),
                        hint: visit.say("portal.requestForm.kind.relationship.hint"), isChosen: !form.wantsAdmin
                    ),
                ],
                mistakes: mistakes
            ))\(visit.choices(
                "roles", legend: visit.say("portal.requestForm.roles"), type: "checkbox",
                RequestForm.recommended.map { choice($0, form, visit) }, mistakes: mistakes
            ))\
            <details\(HTML.when(isOpen, " open"))><summary>\(visit.say("portal.requestForm.roles.more"))</summary>
            \(moreRoles(others, form, visit))</details>
            \(visit.field(
                "days", label: visit.say("portal.requestForm.days"),
                hint: visit.say("portal.requestForm.days.hint", ["count": .count(durations.longest)]), value: form.days,
                autocomplete: "off", mode: "numeric", mistakes: mistakes
            ))
            """
    }

    private func moreRoles(_ roles: [AdminRole], _ form: RequestForm, _ visit: Visit) -> HTML {
        let choices = roles.map { choice($0, form, visit) }
        return """
            <fieldset><legend>\(visit.say("portal.requestForm.roles.more"))</legend>
            \(HTML.each(choices) { choice in
                """
                <div class="choice">\
                <input type="checkbox" name="roles" id="role-\(choice.value)" value="\(choice.value)"\
                \(HTML.when(choice.isChosen, " checked")) aria-describedby="role-\(choice.value)-hint">\
                <div><label for="role-\(choice.value)">\(choice.label)</label>\
                <p class="hint" id="role-\(choice.value)-hint">\(choice.hint ?? "")</p></div></div>

                """
            })</fieldset>
            """
    }

    private func choice(_ role: AdminRole, _ form: RequestForm, _ visit: Visit) -> Choice {
        Choice(
            value: role.rawValue,
            label: visit.say("adminRole.\(role.rawValue)"),
            hint: visit.say("adminRole.\(role.rawValue).can"),
            isChosen: form.roles.contains(role)
        )
    }
}
