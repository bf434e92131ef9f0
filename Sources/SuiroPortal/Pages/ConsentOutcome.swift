import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// What came of an invitation: decided, run out, taken back or replaced. It can be printed and come back to.
    func closed(_ view: InvitationView, _ visit: Visit) -> Page {
        let title = outcome(view, visit)
        return Page(
            title: title,
            isNarrow: true,
            content: """
                \(visit.done)<h1>\(title)</h1>
                \(visit.facts(facts(view, visit) + [(visit.say("portal.requests.state"), visit.state(view.state))]))\
                \(meaning(view, visit))\
                <p class="noprint"><a class="btn" href="\(Place.home)">\(visit.say("portal.problem.home"))</a></p>

                """
        )
    }

    private func outcome(_ view: InvitationView, _ visit: Visit) -> String {
        let arguments: [String: Argument] = ["partner": .text(view.partner.name)]
        return switch view.request.state(at: view.now) {
        case .closed(.accepted, _): visit.say("portal.outcome.accepted", arguments)
        case .closed(.declined, _): visit.say("portal.outcome.declined", arguments)
        case .closed(let ending, _): visit.say("reason.\(ending.reason.rawValue)")
        case .draft, .sent, .opened: view.terms.title
        }
    }

    private func meaning(_ view: InvitationView, _ visit: Visit) -> HTML {
        switch view.request.state(at: view.now) {
        case .closed(.accepted, let at): accepted(view, at, visit)
        case .closed(.declined, _): declined(visit)
        case .closed, .draft, .sent, .opened: "<p>\(visit.say("portal.outcome.nothing"))</p>\n"
        }
    }

    /// What was given, until when, how to take it back, and what the partner was told.
    private func accepted(_ view: InvitationView, _ at: Instant, _ visit: Visit) -> HTML {
        let customer = view.customer.id.as(Customer.self)
        let given = view.others.filter { $0.grant.partner == view.request.partner }
        return """
            <p>\(visit.say("portal.outcome.accepted.at")) \(visit.minute(at))</p>
            <h2 id="given">\(visit.say("portal.outcome.given"))</h2>
            \(accessTable(given, labelled: "given", visit, mayEnd: nil, customer: customer))\
            <h2>\(visit.say("portal.outcome.withdraw"))</h2>
            <p>\(visit.say("portal.outcome.withdraw.text")) \
            <a href="\(Place.access(of: customer))">\(visit.say("portal.access.nav.own"))</a></p>
            <h2>\(visit.say("portal.outcome.told"))</h2>
            <p>\(visit.say("portal.outcome.told.accepted", ["partner": .text(view.partner.name)]))</p>
            <h2>\(visit.say("portal.consent.unchanged"))</h2>
            <ul>\(HTML.each(view.terms.unchanged) { "<li>\($0)</li>" })</ul>

            """
    }

    private func declined(_ visit: Visit) -> HTML {
        """
        <p>\(visit.say("portal.outcome.declined.text"))</p>
        <h2>\(visit.say("portal.outcome.told"))</h2>
        <p>\(visit.say("portal.outcome.told.declined"))</p>

        """
    }
}
