import FoundationEssentials
import SuiroAssets
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Portal {
    /// One subscription: its facts, whom to turn to, every action with its reason, and what happened to it. `?at=` asks
    /// what may be done on another day.
    func subscriptionPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let customer: ID<Customer> = try visit.id("id", .customer)
        let id: ID<Subscription> = try visit.id("sid", .subscription)
        let context = visit.context(visitor)
        let organization = try await service.customer(customer, context).organization
        let view = try await service.subscription(id, of: customer, context)
        let background = try await service.background(of: id, of: customer, context)
        let asked = visit.exchange.query["at"]
        let at = asked.flatMap { Instant($0) }
        let mistakes =
            asked != nil && at == nil ? [Mistake(field: "at", text: visit.say("portal.date.mistake"))] : []
        let options: HTML =
            visitor.organization.kind.isPartner
            ? table(
                try await service.options(for: id, of: customer, at: at, context),
                RuleLinks(try await service.policies(at: nil, context)),
                visit
            ) + look(asked ?? "", mistakes, visit) : .nothing
        let events =
            visitor.may(.readAudit, at: visit.now)
            ? try await service.audit(AuditQuery(customer: customer), context).filter {
                $0.entry.subject == "\(view.subscription.id)"
            }
            : []
        let title = view.subscription.name
        return .page(
            Page(
                title: title,
                section: visitor.organization.kind.isPartner ? .customers : .ownSubscriptions,
                hasProblem: !mistakes.isEmpty,
                crumbs: [Crumb(address: Place.customer(customer), title: organization.name)],
                content: """
                    \(visit.summary(mistakes))<h1>\(title)</h1>
                    <p class="lead">\(organization.name) · \(visit.channel(view)) \(visit.status(view))</p>
                    \(running(background, visit))\(wayToMove(view, background, visit, visitor))\
                    \(visit.facts(facts(view, background, visit)))\(contact(view, visit))\
                    \(related(background, visit))\(options)\(billingHistory(background, view.subscription.channel, visit))\
                    \(costs(view.costs, visit))\(timeline(events, visit))\
                    \(visit.elsewhere(commands(id, customer)))
                    """
            )
        )
    }

    private func facts(
        _ view: SubscriptionView,
        _ background: SubscriptionBackground,
        _ visit: Visit
    ) -> [(String, HTML)] {
        let subscription = view.subscription
        let term: HTML =
            (view.lifecycle?.period ?? subscription.term).map { term in
                let renews = visit.say(term.autoRenew ? "portal.subscription.renews" : "portal.subscription.ends")
                return "\(visit.day(term.start)) – \(visit.day(term.end)) \(renews)\(visit.outlook(view.outlook))"
            } ?? visit.none
        let source = subscription.source == .managed ? "portal.subscription.managed" : "portal.subscription.observed"
        return [
            (
                visit.say("portal.subscription.family"),
                visit.text(subscription.family.map { visit.say("family.\($0.rawValue)") })
            ),
            (visit.say("portal.subscription.quantity"), visit.quantity(subscription)),
            (visit.say("portal.subscription.term"), term),
            (visit.say("portal.subscription.seller"), "\(subscription.seller.name)"),
            (visit.say("portal.subscription.billOwner"), "\(subscription.billOwner.name)"),
            (visit.say("portal.subscription.partnerOfRecord"), visit.text(subscription.partnerOfRecord?.name)),
            (visit.say("portal.subscription.cost"), visit.text(subscription.monthlyCost.map(Words.money))),
            (visit.say("portal.subscription.source"), "\(visit.say(source))"),
            (visit.say("portal.subscription.productID"), visit.text(subscription.productID)),
            (visit.say("portal.subscription.id"), "<span class=\"id\">\("\(subscription.id)")</span>"),
            (
                visit.say("portal.subscription.aliases"),
                visit.ids(subscription.aliases + background.aliases)
            ),
        ]
    }

    private func contact(_ view: SubscriptionView, _ visit: Visit) -> HTML {
        let subscription = view.subscription
        return """
            <section class="card"><h2>\(visit.say("portal.subscription.contact"))</h2>
            \(visit.facts([
                (visit.say("portal.subscription.contact.changes"), "\(subscription.seller.name)"),
                (visit.say("portal.subscription.contact.bill"), "\(subscription.billOwner.name)"),
                (visit.say("portal.subscription.contact.support"), visit.text(subscription.supportContact?.name)),
            ]))</section>

            """
    }

    private func table(_ view: OptionsView, _ rules: RuleLinks, _ visit: Visit) -> HTML {
        let route = visit.say(
            "portal.options.route",
            [
                "route": .text(visit.say("route.\(view.classification.route.rawValue)")),
                "rule": .text(view.classification.rule.description), "edition": .count(view.edition),
            ]
        )
        let heads = [
            "portal.options.action", "portal.options.verdict", "portal.options.why", "portal.options.from",
            "portal.options.next",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(view.options) { option in
            let from = option.availableFrom.map(visit.day) ?? visit.none
            let link = rules.link(option, about: view.subscription.name, visit)
            return """
                <tr><th scope="row">\(visit.say("action.\(option.action.rawValue)"))</th>\
                <td>\(visit.verdict(option.verdict))</td><td>\(visit.sentence(option)) \(link)</td>\
                <td class="nw">\(from)</td><td>\(visit.steps(option, view.subscription))</td></tr>

                """
        }
        let title = visit.say("portal.options.title", ["date": .day(view.at)])
        return """
            <h2 id="options">\(title)</h2>
            <p>\(route)</p>
            \(visit.table(labelled: "options", heads, rows))
            """
    }

    /// Looking ahead.
    private func look(_ at: String, _ mistakes: [Mistake], _ visit: Visit) -> HTML {
        """
        <form class="filter noprint" action="\(visit.page)">\
        \(visit.field(
            "at", label: visit.say("portal.options.at"), value: at, type: mistakes.isEmpty ? "date" : "text",
            mistakes: mistakes
        ))<button type="submit">\(visit.say("portal.options.look"))</button></form>

        """
    }

    private func costs(_ costs: [Cost], _ visit: Visit) -> HTML {
        guard !costs.isEmpty else { return .nothing }
        let heads = [
            Head(visit.say("portal.costs.service")), Head(visit.say("portal.costs.period")),
            Head(visit.say("portal.costs.billed"), isNumber: true),
        ]
        let rows = HTML.each(costs) { cost in
            """
            <tr><th scope="row">\(cost.service)</th>\
            <td class="nw">\(visit.day(cost.start)) – \(visit.day(cost.end))</td>\
            <td class="n">\(Words.money(Money(cost.billed, cost.currency)))</td></tr>

            """
        }
        return """
            <h2 id="costs">\(visit.say("portal.costs.title"))</h2>
            \(visit.table(labelled: "costs", heads, rows))
            """
    }

    private func timeline(_ events: [AuditRow], _ visit: Visit) -> HTML {
        guard !events.isEmpty else { return .nothing }
        return """
            <h2>\(visit.say("portal.subscription.history"))</h2>
            <ul class="events">\(HTML.each(events) { "<li>\(visit.event($0))</li>" })</ul>

            """
    }

    private func commands(_ id: ID<Subscription>, _ customer: ID<Customer>) -> [String] {
        let path = "\(service.environment.origin())/multichannel/v1/customers/\(customer)/subscriptions/\(id)/options"
        return [
            "suiro subscription why \(customer) \(id)", "curl -H \"Authorization: Bearer $TOKEN\" \(path)",
        ]
    }
}
