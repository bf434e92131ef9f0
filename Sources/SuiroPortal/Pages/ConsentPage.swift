import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// The page behind a link: before sign-in only who asks; after it the matter itself. Looking changes nothing.
    func consentPage(_ visit: Visit) async throws -> Answer {
        let code = try code(visit)
        guard let visitor = visit.visitor else { return .page(try await doorstep(code, visit)) }
        do {
            let view = try await service.invitation(code, visit.context(visitor))
            return .page(consent(view, [], visit, visitor))
        } catch let refusal as Refusal where refusal.isAboutWhoAsks {
            return .page(try await stranger(refusal, code, visit, visitor))
        }
    }

    func code(_ visit: Visit) throws -> String {
        let typed = visit.exchange.parameters["code"] ?? ""
        guard let code = InvitationCode(typed) else { throw Refusal.notFound(.invitation, typed) }
        try throttle.take(.codes, visit.exchange.neighbourhood)
        return code.text
    }

    /// The page of one invitation, as far as it has got.
    func consent(_ view: InvitationView, _ mistakes: [Mistake], _ visit: Visit, _ visitor: Visitor) -> Page {
        let title = view.terms.title
        guard view.isOpen else { return closed(view, visit) }
        let answer = view.mayDecide ? question(view, mistakes, visit, visitor) : forwarding(view, visit)
        return Page(
            title: title,
            status: mistakes.isEmpty ? .ok : .badRequest,
            isNarrow: true,
            hasProblem: !mistakes.isEmpty,
            content: """
                \(visit.summary(mistakes))<h1>\(title)</h1>
                <p class="lead">\(signedIn(visitor, visit))</p>
                \(doubt(view.partner, visit))\(visit.facts(facts(view, visit)))\(terms(view, visit))\(others(view, visit))\(answer)\
                <p class="noprint">\(visit.say("portal.consent.print"))</p>

                """
        )
    }

    func signedIn(_ visitor: Visitor, _ visit: Visit) -> String {
        let roles = Role.allCases.filter(visitor.person.roles.contains).map { visit.say("role.\($0.rawValue)") }
        return visit.say(
            "portal.consent.signedIn",
            [
                "person": .text(visitor.person.name), "organization": .text(visitor.organization.name),
                "roles": .text(visit.list(roles)),
            ]
        )
    }

    func facts(_ view: InvitationView, _ visit: Visit) -> [(String, HTML)] {
        var facts: [(String, HTML)] = [
            (visit.say("portal.consent.from"), origin(view.partner, sender: view.sender, visit))
        ]
        if let provider = view.provider { facts.append((visit.say("kind.indirectProvider"), "\(provider.name)")) }
        facts.append((visit.say("portal.request.code"), "<span class=\"id\">\(view.request.code)</span>"))
        facts.append((visit.say("portal.consent.until"), visit.longDay(view.request.expires)))
        return facts
    }

    /// Who asks: the registered name, country, domain and number.
    func origin(_ partner: Organization, sender: String?, _ visit: Visit) -> HTML {
        let mpn = partner.mpnID.map { visit.say("portal.consent.mpn", ["id": .text($0)]) }
        let person = sender.map { visit.say("portal.consent.sender", ["person": .text($0)]) }
        let lines = ["\(partner.name) (\(partner.country))", partner.domain, mpn, person].compactMap(\.self)
        return lines.map { "\($0)" as HTML }.joined(by: "<br>")
    }

    /// What acceptance gives, what it does not, and what stays: the text that is decided about, word by word.
    private func terms(_ view: InvitationView, _ visit: Visit) -> HTML {
        let terms = view.terms
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
            \(HTML.each(terms.closing) { "<p>\($0)</p>\n" })\(ends(view, visit))
            """
    }

    /// When it would end, if it were approved today.
    private func ends(_ view: InvitationView, _ visit: Visit) -> HTML {
        guard view.request.scope.delegatedAdmin else { return .nothing }
        let end = view.now.adding(days: view.request.scope.days)
        return "<p>\(visit.say("portal.consent.ends", ["date": .day(end)]))</p>\n"
    }

    private func others(_ view: InvitationView, _ visit: Visit) -> HTML {
        let customer = view.customer.id.as(Customer.self)
        return """
            <details><summary>\(visit.say("portal.consent.others", ["count": .count(view.others.count)]))</summary>
            <h2 id="others" class="vh">\(visit.say("portal.home.access"))</h2>
            \(accessTable(view.others, labelled: "others", visit, mayEnd: nil, customer: customer))\
            </details>

            """
    }

    private func question(
        _ view: InvitationView,
        _ mistakes: [Mistake],
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        """
        <form class="noprint" method="post" action="\(Place.invitation(view.request.code))" novalidate>\
        \(visit.proof(visitor))\
        <input type="hidden" name="termsHash" value="\(view.terms.hash)">
        \(visit.choices(
            "answer", legend: visit.say("portal.consent.answer"),
            [
                Choice(value: "accept", label: visit.say("portal.consent.accept")),
                Choice(value: "decline", label: visit.say("portal.consent.decline")),
                Choice(value: "ask", label: visit.say("portal.consent.ask")),
            ],
            mistakes: mistakes
        ))<div class="row"><button class="p" type="submit">\(visit.say("portal.consent.continue"))</button></div></form>

        """
    }
}

extension InvitationView {
    /// Whether it still waits for an answer.
    var isOpen: Bool { ["draft", "sent", "opened"].contains(state) }
}

extension Refusal {
    /// Whether somebody else could do it: another account helps, nothing else does.
    fileprivate var isAboutWhoAsks: Bool {
        switch self {
        case .wrongTenant, .accessDenied, .roleRequired: true
        default: false
        }
    }
}
