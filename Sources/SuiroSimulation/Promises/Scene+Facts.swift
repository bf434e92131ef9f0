import FoundationEssentials
import SuiroDomain

// Who sells, who pays, who is credited, who supports.
extension Scene {
    /// INV-01: what a command changed of the facts is what the moves it took further may change.
    func checkFacts() {
        guard before.successions != after.successions || before.subscriptions != after.subscriptions else { return }
        for succession in after.successions.dropFirst(before.successions.count) {
            expect(
                succession.fact != .partnerOfRecord,
                .independentFacts,
                "\(name(succession.subscription)): the partner of record goes over with the bill"
            )
        }
        for (old, new) in zip(before.subscriptions, after.subscriptions) {
            for fact in PartyFact.allCases {
                let was = old.party(fact, at: after.now, before.successions)
                let now = new.party(fact, at: after.now, after.successions)
                guard was != now else { continue }
                let isByMove = moved.contains { _, move in
                    move.handsOver(new.id, by: after.now) && now?.id == move.target.id
                }
                expect(
                    isByMove && fact != .partnerOfRecord,
                    .independentFacts,
                    "\(new.name): \(fact.rawValue) was \(was?.name ?? "nobody") and is \(now?.name ?? "nobody")"
                )
            }
        }
    }

    /// INV-03: by the moves that have changed hands, and by the invoices that were sent.
    func checkBilling() {
        if !moved.isEmpty || before.successions != after.successions {
            for subscription in after.subscriptions { checkOwners(of: subscription) }
        }
        for (old, new) in moved where old == nil || old?.preview != new.preview {
            checkBilling(of: new.preview)
        }
        guard before.invoices.count < after.invoices.count else { return }
        var last: [ID<Subscription>: Instant] = [:]
        for invoice in before.invoices { last[invoice.subscription] = invoice.to }
        for invoice in after.invoices.dropFirst(before.invoices.count) {
            let payers = "\(name(invoice.subscription)), \(invoice.payer.name) from \(invoice.from) to \(invoice.to)"
            if let until = last[invoice.subscription] {
                expect(until == invoice.from, .oneBillOwner, "\(payers): billed until \(until) before")
            }
            last[invoice.subscription] = invoice.to
            for instant in [invoice.from, invoice.to.adding(milliseconds: -1)] {
                let owner = after.owner(of: invoice.subscription, at: instant)
                expect(
                    owner == invoice.payer.id,
                    .oneBillOwner,
                    "\(payers): at \(instant) the bill is \(after.name(owner))'s"
                )
            }
        }
    }

    private func checkOwners(of subscription: Subscription) {
        let end = after.now.adding(days: 500)
        let turns = subscription.billOwners(from: subscription.createdAt, to: end, after.successions)
        for (turn, next) in zip(turns, turns.dropFirst()) {
            expect(turn.to == next.from && turn.from < turn.to, .oneBillOwner, "\(subscription.name): \(turn.to)")
        }
        for turn in turns {
            let owner = after.owner(of: subscription.id, at: turn.from)
            expect(
                turn.party.id == owner,
                .oneBillOwner,
                "\(subscription.name) from \(turn.from): \(turn.party.name) is billed, \(after.name(owner)) owns the bill"
            )
        }
    }

    /// The intervals of a preview touch, and the parts are the whole.
    func checkBilling(of preview: MovePreview) {
        for item in preview.moves {
            let lines = preview.billing.filter { $0.subscription == item.subscription }
            guard let first = lines.first, let last = lines.last else { continue }
            for (line, next) in zip(lines, lines.dropFirst()) {
                expect(line.to == next.from, .oneBillOwner, "\(item.name): \(line.to) is not \(next.from)")
            }
            guard let cost = item.monthlyCost else { continue }
            let sum = lines.compactMap(\.amount?.amount).reduce(0, +)
            let whole = cost.forPeriod(from: first.from, to: last.to)
            expect(sum == whole.amount, .statementsAddUp, "\(item.name): \(sum) is not \(whole.text)")
        }
    }

    /// INV-04. What has come to a partner by a move that its customer agreed to is that partner's own from then on.
    func checkObserved() {
        for (old, new) in zip(before.subscriptions, after.subscriptions) where old != new {
            guard new.succeeded(by: after.successions, at: after.now).source == .observed else { continue }
            expect(isByCustomer(new.id), .observedUntouched, "\(new.name) was changed by \(command.kind)")
            expect(
                new.status == .active || new.status == .expired,
                .observedUntouched,
                "\(new.name) is \(new.status.rawValue)"
            )
        }
    }

    /// Whether its customer said that it has changed elsewhere, or its seller's statement did.
    private func isByCustomer(_ id: ID<Subscription>) -> Bool {
        switch command {
        case .tell(id, _, _): true
        case .step(let step, _, _, let tenant):
            [.endOld, .cancelOld, .turnOffRenewal].contains(step)
                && after.recorded(id)?.customer.as(Tenant.self) == tenant
        default: false
        }
    }

    /// INV-05.
    func checkSales() {
        var sold = after.subscriptions.dropFirst(before.subscriptions.count).map {
            ($0.customer, $0.seller.id, $0.name)
        }
        for (_, move) in moved where move.hasAgreed { sold.append((move.customer, move.target.id, title(move))) }
        for (customer, seller, what) in sold {
            let buyer = after.organizations.first { $0.organization.id == customer.as(Tenant.self) }?.organization
            expect(buyer?.tenantType != .cspTransacting, .noResale, "\(what): \(buyer?.name ?? "") is a partner")
            expect(seller != buyer?.id, .noResale, "\(what): sold to itself")
        }
    }
}

extension SimulatedWorld {
    /// Who owns the bill, told from what came of the moves and not from the successions they left.
    func owner(of id: ID<Subscription>, at instant: Instant) -> ID<Tenant>? {
        var (owner, since) = (recorded(id)?.billOwner.id, Instant.earliest)
        for move in moves {
            guard let cutover = move.handover(of: id), cutover <= instant, since <= cutover else { continue }
            (owner, since) = (move.target.id, cutover)
        }
        return owner
    }
}

extension Move {
    var hasAgreed: Bool { progress != nil }

    /// When a subscription changes hands in this move, unless that was called off.
    func handover(of id: ID<Subscription>) -> Instant? {
        if case .closed(.withdrawn, _, _) = phase { return nil }
        let item = progress?.items.first { $0.subscription == id }
        return if procedure.hasCutOver, case .moved(let instant)? = item?.outcome { instant } else { nil }
    }

    func handsOver(_ id: ID<Subscription>, by instant: Instant) -> Bool {
        handover(of: id).map { $0 <= instant } ?? false
    }
}
