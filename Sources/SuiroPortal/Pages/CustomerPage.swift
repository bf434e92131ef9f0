import FoundationEssentials
import SuiroDomain
import SuiroService
import SuiroStore

extension Portal {
    /// Everything a customer holds, in every channel, and what may be done with it.
    func customerPage(_ visit: Visit, _ visitor: Visitor) async throws -> Answer {
        let id: ID<Customer> = try visit.id("id", .customer)
        let context = visit.context(visitor)
        let organization = try await service.customer(id, context).organization
        let isPartner = visitor.organization.kind.isPartner
        let held = try await service.subscriptions(of: id, context)
        let options = isPartner ? try await service.allOptions(of: id, context) : []
        let rules = RuleLinks(isPartner ? try await service.policies(at: nil, context) : [])
        let access =
            visitor.may(.readAccess, in: .customer(id), at: visit.now)
            ? try await service.access(in: id, context) : nil
        let events =
            visitor.may(.readAudit, at: visit.now)
            ? try await service.audit(AuditQuery(customer: id, limit: 10), context) : []
        return .page(
            Page(
                title: organization.name,
                section: isPartner ? .customers : .ownSubscriptions,
                crumbs: isPartner ? [Crumb(address: Place.customers, title: visit.say("portal.customers.title"))] : [],
                content: """
                    \(head(organization, visit, visitor))\(warning(access, visitor, id, visit))\
                    \(subscriptions(held, options, rules, visit))\
                    \(access.map { relationship($0, id, visit) })\(history(events, id, visit))\
                    \(visit.elsewhere(commands(id)))
                    """
            )
        )
    }

    private func head(_ organization: Organization, _ visit: Visit, _ visitor: Visitor) -> HTML {
        let id = organization.id.as(Customer.self)
        let ask = HTML.when(
            visitor.may(.requestRelationship, at: visit.now),
            """
            <a class="btn p" href="\(Place.newRequest(customer: id))">\(visit.say("portal.customer.request"))</a>
            """
        )
        let move = HTML.when(
            visitor.may(.requestMove, in: .customer(id), at: visit.now),
            visit.button(visit.say("portal.newMove.title"), to: Place.newMove(of: id))
        )
        return """
            <div class="head"><div><h1>\(organization.name)</h1>\
            <p class="lead">\(organization.domain) · \(organization.country) · \
            <span class="id">\("\(organization.id)")</span></p></div>\
            \(HTML.when(ask != .nothing || move != .nothing, "<p class=\"row noprint\">\(ask)\(move)</p>"))</div>

            """
    }

    /// Delegated administration of the visitor's own that ends soon.
    private func warning(_ access: AccessView?, _ visitor: Visitor, _ customer: ID<Customer>, _ visit: Visit) -> HTML {
        guard let access, visitor.organization.kind.isPartner,
            let grant = access.grants.map(\.grant).first(where: { $0.kind == .dap && $0.isLive(at: access.now) }),
            grant.until <= access.now.adding(days: 30)
        else { return .nothing }
        let days: Argument = .count(grant.until.days(since: access.now))
        return visit.note(
            visit.say("portal.customer.ending", ["count": days]),
            .warning,
            """
            <p>\(visit.say("portal.customer.ending.text", ["date": .day(grant.until)])) \
            <a href="\(Place.newRequest(customer: customer))">\(visit.say("portal.customer.ending.renew"))</a></p>
            """
        )
    }

    private func subscriptions(
        _ held: [SubscriptionView],
        _ options: [OptionsView],
        _ rules: RuleLinks,
        _ visit: Visit
    ) -> HTML {
        let channels = Set(held.map { $0.subscription.channel?.rawValue ?? "" }).count
        let title = visit.say(
            "portal.customer.subscriptions",
            ["count": .count(held.count), "channels": .count(channels)]
        )
        guard !held.isEmpty else {
            return """
                <h2 id="subscriptions">\(visit.say("portal.customer.subscriptions.title"))</h2>
                <p>\(visit.say("portal.customer.subscriptions.none"))</p>

                """
        }
        let answers = Dictionary(options.map { ($0.subscription.id, $0.options) }) { first, _ in first }
        var heads = [
            Head(visit.say("portal.subscription.product")), Head(visit.say("portal.subscription.channel")),
            Head(visit.say("portal.subscription.quantity"), isNumber: true),
            Head(visit.say("portal.subscription.status")), Head(visit.say("portal.subscription.end")),
        ]
        heads.append(
            Head(visit.say(answers.isEmpty ? "portal.subscription.seller" : "portal.customer.verdicts"))
        )
        let rows = HTML.each(held) { view in
            let last: HTML =
                answers[view.subscription.id].map { visit.list(Verdicts($0), rules, for: view.subscription) }
                ?? "\(view.subscription.seller.name)"
            return row(view, last, visit)
        }
        return "<h2 id=\"subscriptions\">\(title)</h2>\n\(visit.table(labelled: "subscriptions", heads, rows))"
    }

    private func row(_ view: SubscriptionView, _ last: HTML, _ visit: Visit) -> HTML {
        let subscription = view.subscription
        return """
            <tr><th scope="row"><a href="\(Place.subscription(subscription.id, of: subscription.customer))">\
            \(subscription.name)</a><br><span class="id">\("\(subscription.id)".prefix(8).description)</span></th>\
            <td>\(visit.channelAndSeller(view))</td><td class="n">\(visit.quantity(subscription))</td>\
            <td>\(visit.status(view))</td><td class="nw">\(visit.end(subscription))</td><td>\(last)</td></tr>

            """
    }

    private func relationship(_ access: AccessView, _ customer: ID<Customer>, _ visit: Visit) -> HTML {
        let live = access.grants.filter { $0.grant.isLive(at: access.now) }
        return """
            <h2 id="access">\(visit.say("portal.customer.access"))</h2>
            \(accessTable(live, labelled: "access", visit, mayEnd: nil, customer: customer))\
            <p><a href="\(Place.access(of: customer))">\(visit.say("portal.customer.access.all"))</a></p>

            """
    }

    private func history(_ events: [AuditRow], _ customer: ID<Customer>, _ visit: Visit) -> HTML {
        guard !events.isEmpty else { return .nothing }
        return """
            <h2>\(visit.say("portal.customer.events"))</h2>
            <ul class="events">\(HTML.each(events) { "<li>\(visit.event($0))</li>" })</ul>
            <p><a href="\(Place.audit(of: customer))">\(visit.say("portal.customer.events.all"))</a></p>

            """
    }

    private func commands(_ customer: ID<Customer>) -> [String] {
        let origin = service.environment.origin()
        return [
            "suiro customer show \(customer) --subscriptions --why",
            "curl -H \"Authorization: Bearer $TOKEN\" \(origin)/multichannel/v1/customers/\(customer)/subscriptions",
        ]
    }
}
