import SuiroDomain

// What is sold, changed, used and paid.
extension SimulatedWorld {
    /// A partner changes something it sold, as the options allow.
    mutating func change(
        _ id: ID<Subscription>,
        _ wanted: Command.Wanted,
        by partner: ID<Partner>,
        _ names: Names
    ) throws(Refusal) {
        guard let customer = recorded(id)?.customer, let buyer = organization(customer.as(Tenant.self)),
            let asker = organization(partner.as(Tenant.self)), hasTie(partner, customer)
        else { throw .notFound(.subscription, "\(id)") }
        if bugs.contains(.observedCancelled), wanted == .cancel, recorded(id)?.source == .observed {
            update(id) { $0.status = .deleted }
            return
        }
        let subscription = try find(id, of: customer)
        let grant = grants(in: customer).first { $0.partner == partner && $0.kind == .dap && $0.isLive(at: now) }
        let situation = Situation(
            subscription: subscription,
            asker: Asker(tenant: asker.id, kind: asker.kind, standing: asker.standing),
            buyer: buyer.tenantType,
            grant: grant,
            base: subscription.dependsOn.flatMap { recorded($0) }
        )
        var rules = today()
        defer { note(rules) }
        let changed = try situation.making(wanted.change, &rules)
        adopt(changed.subscription)
        for addOn in held(by: customer) where addOn.dependsOn == id {
            guard let follower = try addOn.following(changed, &rules) else { continue }
            adopt(follower)
            callOffMoves(of: follower.id, names)
        }
        callOffMoves(of: id, names)
    }

    /// Keeps what a change may touch: who sells, pays and is credited is told by other facts.
    private mutating func adopt(_ changed: Subscription) {
        guard var kept = recorded(changed.id) else { return }
        (kept.name, kept.productID) = (changed.name, changed.productID)
        (kept.quantity, kept.status) = (changed.quantity, changed.status)
        (kept.term, kept.course) = (changed.term, changed.course)
        if kept != recorded(changed.id) { update(changed.id) { $0 = kept } }
    }

    private mutating func update(_ id: ID<Subscription>, _ change: (inout Subscription) -> Void) {
        guard let index = subscriptions.firstIndex(where: { $0.id == id }) else { return }
        change(&subscriptions[index])
        subscriptions[index].revision += 1
    }

    mutating func tell(_ id: ID<Subscription>, quantity: Int?, monthlyCost: Money?) throws(Refusal) {
        guard recorded(id) != nil else { throw .notFound(.subscription, "\(id)") }
        update(id) { subscription in
            if let quantity { subscription.quantity = quantity }
            if let monthlyCost { subscription.monthlyCost = monthlyCost }
        }
    }

    /// A partner sells something (S-26, IND-01, REL-30, LIC-10).
    mutating func order(_ purchase: Command.Purchase, _ names: Names) throws(Refusal) {
        guard var buyer = organization(purchase.customer.as(Tenant.self)),
            let seller = organization(purchase.partner.as(Tenant.self))
        else { throw .notFound(.customer, "\(purchase.customer)") }
        if bugs.contains(.resaleForgotten) { buyer.tenantType = .customer }
        var rules = today()
        defer { note(rules) }
        try Ordering.checkResale(buyer: buyer, &rules)
        guard hasTie(purchase.partner, purchase.customer) else {
            throw .noRelationship(partner: seller.id, customer: purchase.customer)
        }
        try Ordering.checkSeller(
            Asker(tenant: seller.id, kind: seller.kind, standing: seller.standing),
            activeSubscriptions: held(by: purchase.customer).filter { $0.status(at: now) == .active }.count,
            adding: 1,
            &rules
        )
        let party = Party(kind: .partner, id: seller.id, name: seller.name)
        subscriptions.append(
            Subscription(
                id: names.fresh(),
                customer: purchase.customer,
                name: purchase.name,
                productID: purchase.name.lowercased(),
                family: purchase.family,
                channel: .csp,
                source: .managed,
                seller: party,
                billOwner: party,
                partnerOfRecord: party,
                quantity: purchase.family == .license ? 10 : nil,
                term: purchase.family == .license
                    ? Term(start: now, end: now.adding(months: 12), autoRenew: true) : nil,
                monthlyCost: purchase.monthlyCost,
                dependsOn: purchase.base,
                createdAt: now
            )
        )
    }

    /// Usage arrives as it is reported: soon, or months late.
    mutating func report(_ use: Command.Use, of id: ID<Subscription>) throws(Refusal) {
        guard recorded(id) != nil, use.from < now,
            let interval = ChargeInterval(from: use.from, to: use.from.adding(days: use.days))
        else { throw .notFound(.subscription, "\(id)") }
        usage.append(
            UsageLine(
                subscription: id,
                service: use.service,
                interval: interval,
                currency: use.cost.currency,
                billed: use.cost.amount,
                effective: use.cost.amount,
                firstReported: now
            )
        )
    }
}

// Time.
extension SimulatedWorld {
    mutating func wait(until instant: Instant) {
        now = max(now, instant)
        invoice()
    }

    /// Every seller sends its invoices for the time that is over: to whom the bill belongs, stretch by stretch.
    private mutating func invoice() {
        for subscription in subscriptions {
            let start = max(invoicedUntil, subscription.createdAt)
            let turns = subscription.billOwners(from: start, to: now, successions)
            for (index, turn) in turns.enumerated() {
                var (from, to) = (turn.from, turn.to)
                if bugs.contains(.overlapOfOneDay), index + 1 < turns.count { to = to.adding(days: 1) }
                if bugs.contains(.gapOfOneDay), index > 0 { from = from.adding(days: 1) }
                invoices.append(Invoice(subscription: subscription.id, payer: turn.party, from: from, to: to))
            }
        }
        invoicedUntil = now
    }

    /// Announces what time alone has ended. Nothing depends on it.
    mutating func sweep() {
        for index in moves.indices {
            var current = moves[index]
            if let outcome = current.expire(at: now) {
                save(current)
                apply(outcome, current, by: nil, Names(command: .max))
            } else if current.remind(at: now, terms: current.preview.terms) != nil
                || current.announceCutOver(at: now) != nil
            {
                save(current)
            }
        }
        for index in grants.indices { _ = grants[index].grant.expire(at: now) }
        for index in requests.indices { _ = requests[index].expire(at: now) }
    }
}
