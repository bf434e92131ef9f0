import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

// What other pages say of moves: that of a subscription of the one it is in and of who billed for it, the home page of
// those that wait, the page about access of what was left behind.
extension Portal {
    /// The move a subscription is in.
    func running(_ background: SubscriptionBackground, _ visit: Visit) -> HTML {
        guard let move = background.move else { return .nothing }
        let arguments: [String: Argument] = [
            "kind": .words("moveKind.\(move.kind.rawValue)"), "target": .text(move.target),
        ]
        return visit.note(
            visit.say("portal.subscription.move", arguments),
            .info,
            """
            <p>\(visit.state(move.state)) \
            <a href="\(Place.move(move.id))">\(visit.say("portal.subscription.move.open"))</a></p>
            """
        )
    }

    /// The way into the wizard, with the subscription chosen.
    func wayToMove(
        _ view: SubscriptionView,
        _ background: SubscriptionBackground,
        _ visit: Visit,
        _ visitor: Visitor
    ) -> HTML {
        let subscription = view.subscription
        guard background.move == nil, visitor.may(.requestMove, in: .customer(subscription.customer), at: visit.now)
        else { return .nothing }
        let address = Place.newMove(of: subscription.customer, subscription.id)
        return "<p class=\"row noprint\">\(visit.button(visit.say("portal.newMove.title"), to: address))</p>\n"
    }

    /// What it stands on, and what stands on it.
    func related(_ background: SubscriptionBackground, _ visit: Visit) -> HTML {
        func link(_ subscription: Subscription) -> HTML {
            "<a href=\"\(Place.subscription(subscription.id, of: subscription.customer))\">\(subscription.name)</a>"
        }
        var rows: [(String, HTML)] = []
        if let base = background.base { rows.append((visit.say("portal.subscription.base"), link(base))) }
        if !background.addOns.isEmpty {
            rows.append((visit.say("portal.subscription.addOns"), background.addOns.map(link).joined(by: "<br>")))
        }
        guard !rows.isEmpty else { return .nothing }
        return """
            <section class="card"><h2>\(visit.say("portal.subscription.related"))</h2>
            \(visit.facts(rows))</section>

            """
    }

    /// Who billed for it, bills now and will, in half-open periods that touch.
    func billingHistory(_ background: SubscriptionBackground, _ channel: Channel?, _ visit: Visit) -> HTML {
        let heads = [
            "portal.move.bill.payee", "portal.move.bill.from", "portal.move.bill.to",
        ].map { Head(visit.say($0)) }
        let rows = HTML.each(background.bills) { turn in
            let from: HTML = turn.from.map(visit.moment) ?? "\(visit.say("portal.subscription.bills.always"))"
            let to: HTML = turn.to.map(visit.moment) ?? "\(visit.say("portal.subscription.bills.open"))"
            return """
                <tr><th scope="row">\(visit.name(of: turn.party, channel))</th><td class="nw">\(from)</td><td class="nw">\(to)</td></tr>

                """
        }
        return """
            <h2 id="bills">\(visit.say("portal.subscription.bills"))</h2>
            \(visit.table(labelled: "bills", heads, rows))
            """
    }

    func movesWaiting(_ visit: Visit, _ visitor: Visitor) async throws -> [MoveView] {
        guard visitor.may(.listMoves, at: visit.now) else { return [] }
        return try await service.movesWaiting(visit.context(visitor))
    }

    /// A partner's queue.
    func waiting(_ moves: [MoveView], _ visit: Visit) -> HTML {
        guard !moves.isEmpty else { return .nothing }
        return """
            <h2 id="waiting">\(visit.say("portal.home.moves", ["count": .count(moves.count)]))</h2>
            \(moveTable(moves, labelled: "waiting", visit))
            """
    }

    /// A customer's: one at a time, and no table on a phone.
    func moveNote(_ view: MoveView, _ visit: Visit) -> HTML {
        let arguments: [String: Argument] = [
            "kind": .words("moveKind.\(view.move.kind.rawValue)"), "products": .text(visit.products(view.preview)),
        ]
        let step = view.next.map { visit.say("moveStep.\($0.step.rawValue)") }
        let todo = view.awaited.isEmpty ? step ?? "" : visit.say("portal.move.turn.answer.link")
        let due: HTML? = view.deadline.map { "\(visit.say("portal.home.deadline")): \(visit.deadline($0)) " }
        return visit.note(
            visit.say("portal.home.move", arguments),
            .info,
            """
            <p>\(due)<a href="\(Place.move(view.move.id))">\(todo)\
            <span class="vh"> \(visit.products(view.preview))</span></a></p>
            """
        )
    }

    /// Everything that survived an ending at a customer, for those who may see it.
    func leftovers(in customer: ID<Customer>, _ visit: Visit, _ visitor: Visitor) async throws -> HTML {
        guard visitor.may(.readLeftovers, in: .customer(customer), at: visit.now) else { return .nothing }
        let context = visit.context(visitor)
        // A partner without a part in any move there has nothing to see, and is not even asked.
        if visitor.organization.kind.isPartner, try await service.moves(of: customer, context).isEmpty {
            return .nothing
        }
        let views = try await service.leftovers(in: customer, context)
        var move: Move?
        if let id = views.lazy.filter(\.isOpen).compactMap(\.leftover.move).first {
            move = try await service.move(id, context).move
        }
        return leftovers(views, of: customer, move, visit, visitor)
    }
}

extension Visit {
    /// Ids one below the other, or none.
    func ids(_ ids: [String]) -> HTML {
        ids.isEmpty ? none : ids.map { "<span class=\"id\">\($0)</span>" as HTML }.joined(by: "<br>")
    }
}
