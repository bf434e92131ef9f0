import HTTPTypes
import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// A request for granular delegated administration: a customer reads word by word what it decides about, a partner
    /// how it stands and who would lose what if it ended. Looking changes nothing.
    func delegationPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let id: ID<DelegatedAdminRelationship> = try visit.id("id", .delegation)
        guard visitor.organization.kind == .customer else { return .page(try await ownDelegation(id, visit, visitor)) }
        let shown = try await service.delegationConsent(id, visit.context(visitor))
        return .page(delegation(shown, [], visit, visitor))
    }

    /// Takes the answer and shows it once more. Nothing is decided yet.
    func answerDelegation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let id: ID<DelegatedAdminRelationship> = try visit.id("id", .delegation)
        let shown = try await service.delegationConsent(id, visit.context(visitor))
        guard shown.isOpen, shown.mayDecide else { return .page(delegation(shown, [], visit, visitor)) }
        switch form.typed("answer") {
        case "accept": return .page(checkApproval(shown, form.typed("termsHash"), visit, visitor))
        case "decline": return .page(checkRefusal(shown, visit, visitor))
        default:
            let mistake = Mistake(field: "answer", text: visit.say("portal.consent.answer.mistake"))
            return .page(delegation(shown, [mistake], visit, visitor))
        }
    }

    func approveDelegation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let id: ID<DelegatedAdminRelationship> = try visit.id("id", .delegation)
        _ = try await service.approveDelegation(
            id,
            termsHash: form.typed("termsHash"),
            visit.context(visitor, form)
        )
        return .seeOther(visit.done(.answered, at: Place.delegation(id)))
    }

    func rejectDelegation(_ visit: Visit, _ visitor: Visitor, _ form: Form) async throws -> Answer {
        let id: ID<DelegatedAdminRelationship> = try visit.id("id", .delegation)
        let reason = try form.text("reason", limit: 1000)
        _ = try await service.rejectDelegation(id, reason: reason, visit.context(visitor, form))
        return .seeOther(visit.done(.answered, at: Place.delegation(id)))
    }

    private func delegation(
        _ shown: DelegationConsentView,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let title = shown.terms.title
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            content: """
                \(visit.done)\(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(signedIn(visitor, visit))</p>
                \(doubt(shown.partner, visit))\(visit.facts(facts(shown.view, from: shown.partner, visit)))\(text(shown.terms, visit))\
                \(answer(shown, mistakes, visit, visitor))\
                <p class="noprint">\(visit.say("portal.consent.print"))</p>

                """
        )
    }

    private func facts(
        _ view: DelegationView,
        from partner: Organization? = nil,
        _ visit: Visit
    ) -> [(String, HTML)] {
        let relationship = view.relationship
        var facts: [(String, HTML)] = [
            (
                visit.say("portal.consent.from"),
                partner.map { origin($0, sender: nil, visit) } ?? "\(view.partner.name)"
            ),
            (visit.say("portal.delegation.name"), "\(relationship.displayName)"),
            (visit.say("portal.requests.state"), "\(visit.say("delegationStatus.\(view.status.rawValue)"))"),
        ]
        if let customer = view.customer { facts.append((visit.say("portal.delegation.customer"), "\(customer.name)")) }
        if case .awaitingApproval(_, let until) = relationship.phase {
            facts.append((visit.say("portal.consent.until"), visit.longDay(until)))
        }
        if let end = view.end { facts.append((visit.say("portal.delegation.end"), visit.longDay(end))) }
        return facts
    }

    private func text(_ terms: Terms, _ visit: Visit) -> HTML {
        func card(_ tone: String, _ title: String, _ lines: [String]) -> HTML {
            """
            <section class="card \(tone)"><h2>\(title)</h2>\
            <ul>\(HTML.each(lines) { "<li>\($0)</li>" })</ul></section>
            """
        }
        return """
            <p>\(terms.intro)</p>
            <div class="cols">\(card("ok", visit.say("portal.consent.grants"), terms.grants))
            \(card("bad", visit.say("portal.consent.notPossible"), terms.notPossible))
            \(card("plain", visit.say("portal.consent.unchanged"), terms.unchanged))</div>
            \(HTML.each(terms.closing) { "<p>\($0)</p>\n" })
            """
    }

    private func answer(
        _ shown: DelegationConsentView,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        guard shown.isOpen else { return closed(shown, visit) }
        guard shown.mayDecide else {
            let who = HTML.each(shown.deciders) { "<li>\($0)</li>" }
            return visit.note(
                visit.sentence(.deciderRole(required: .globalAdmin)),
                .warning,
                "<p>\(visit.say("portal.consent.deciders"))</p>\n<ul>\(who)</ul>\n"
            )
        }
        return """
            <form class="noprint" method="post" action="\(Place.delegation(shown.view.relationship.id))" novalidate>\
            \(visit.proof(visitor))\
            <input type="hidden" name="termsHash" value="\(shown.terms.hash)">
            \(visit.choices(
                "answer", legend: visit.say("portal.consent.answer"),
                [
                    Choice(value: "accept", label: visit.say("portal.consent.accept")),
                    Choice(value: "decline", label: visit.say("portal.consent.decline")),
                ],
                mistakes: mistakes
            ))<div class="row"><button class="p" type="submit">\(visit.say("portal.consent.continue"))</button></div>\
            </form>

            """
    }

    /// What is left to do about one that was answered: to end it, where it is in force.
    private func closed(_ shown: DelegationConsentView, _ visit: Visit) -> HTML {
        guard shown.view.relationship.tenure != nil else { return "<p>\(visit.say("portal.outcome.nothing"))</p>\n" }
        guard shown.view.relationship.isLive(at: shown.now) else { return .nothing }
        let place = Place.access(of: shown.customer.id.as(Customer.self))
        return """
            <p>\(visit.say("portal.outcome.withdraw.text")) \
            <a href="\(place)">\(visit.say("portal.access.nav.own"))</a></p>

            """
    }

    private func checkApproval(
        _ shown: DelegationConsentView,
        _ hash: String,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> Page {
        let place = Place.delegation(shown.view.relationship.id)
        return check(
            shown,
            title: visit.say("portal.delegation.check.accept.title"),
            """
            <h2>\(visit.say("portal.consent.grants"))</h2>
            <ul>\(HTML.each(shown.terms.grants) { "<li>\($0)</li>" })</ul>
            <p>\(visit.say("portal.check.accept.text"))</p>
            <form method="post" action="\(place)/acceptance">\(visit.proof(visitor))\
            <input type="hidden" name="termsHash" value="\(hash)">\
            <div class="row"><button class="p" type="submit">\(visit.say("portal.check.accept.button"))</button>\
            <a class="btn" href="\(place)">\(visit.say("portal.check.back"))</a></div></form>

            """,
            visit
        )
    }

    private func checkRefusal(_ shown: DelegationConsentView, _ visit: Visit, _ visitor: Visitor) -> Page {
        let place = Place.delegation(shown.view.relationship.id)
        return check(
            shown,
            title: visit.say("portal.delegation.check.decline.title"),
            """
            <p>\(visit.say("portal.check.decline.text"))</p>
            <form method="post" action="\(place)/refusal">\(visit.proof(visitor))\
            \(visit.field(
                "reason", label: visit.say("portal.check.decline.reason"),
                hint: visit.say("portal.check.decline.reason.hint"), autocomplete: "off", isOptional: true
            ))<div class="row"><button class="p" type="submit">\(visit.say("portal.check.decline.button"))</button>\
            <a class="btn" href="\(place)">\(visit.say("portal.check.back"))</a></div></form>

            """,
            visit
        )
    }

    private func check(_ shown: DelegationConsentView, title: String, _ content: HTML, _ visit: Visit) -> Page {
        Page(
            title: title,
            isNarrow: true,
            crumbs: [Crumb(address: Place.delegation(shown.view.relationship.id), title: shown.terms.title)],
            content: "<h1>\(title)</h1>\n\(visit.facts(facts(shown.view, from: shown.partner, visit)))\(content)"
        )
    }

    /// How a partner sees its own: where it stands, the link to pass on, and what an end would take from whom.
    private func ownDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> Page {
        let view = try await service.delegation(id, visit.context(visitor))
        let loss = try await service.losses(ending: id, visit.context(visitor))
        let title = view.relationship.displayName
        let link: [(String, HTML)] = [(visit.say("portal.delegation.link"), "<span class=\"id\">\(view.url)</span>")]
        return Page(
            title: title,
            content: """
                <h1>\(title)</h1>
                \(visit.done)\(visit.facts(facts(view, visit) + proposalFacts(view, visit) + link))\
                \(proposalAnswer(view, visit, visitor))\(losses(loss, visit))\(wayToEnd(view, visit, visitor))
                """
        )
    }

    private func wayToEnd(_ view: DelegationView, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let relationship = view.relationship
        guard relationship.isLive(at: visit.now), let customer = relationship.customer,
            visitor.may(.endAccess, in: .customer(customer), at: visit.now)
        else { return .nothing }
        let place = Place.endAccess(relationship.id.as(AccessGrant.self), of: customer)
        return "<p class=\"row noprint\">\(visit.button(visit.say("portal.delegation.end.link"), to: place))</p>\n"
    }

    /// Who would lose what, group by group, and whether it is the last way in (OP-15).
    func losses(_ loss: AccessLoss, _ visit: Visit) -> HTML {
        let groups = HTML.each(loss.groups) { group in
            """
            <tr><th scope="row"><span class="id">\(group.group)</span></th>\
            <td>\(visit.list(group.loses.map { visit.role($0.rawValue) }))</td>\
            <td>\(group.keeps.isEmpty ? visit.none : "\(visit.list(group.keeps.map { visit.role($0.rawValue) }))")</td></tr>

            """
        }
        let heads = ["portal.delegation.group", "portal.delegation.loses", "portal.delegation.keeps"].map {
            Head(visit.say($0))
        }
        let table: HTML =
            loss.groups.isEmpty
            ? "<p>\(visit.say("portal.delegation.losses.none"))</p>\n"
            : visit.table(labelled: "losses", heads, groups)
        return """
            <h2 id="losses">\(visit.say("portal.delegation.losses"))</h2>
            \(table)\(HTML.when(loss.isLastPath, "<p>\(visit.say("portal.delegation.last"))</p>\n"))
            """
    }
}

extension DelegationConsentView {
    fileprivate var isOpen: Bool { view.status == .approvalPending }
}
