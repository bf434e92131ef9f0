import FoundationEssentials
import SuiroDomain

// The clouds, the sweeper, the statements.
extension Scene {
    /// INV-10.
    func checkClouds() {
        var named: [(ID<Tenant>?, String)] = []
        for (_, move) in moved { named += [(move.source?.id, title(move)), (move.target.id, title(move))] }
        for held in after.grants.dropFirst(before.grants.count) {
            named.append((held.grant.partner.as(Tenant.self), "a \(held.grant.kind.rawValue)"))
        }
        for request in after.requests.dropFirst(before.requests.count) {
            named.append((request.partner.as(Tenant.self), "an invitation"))
        }
        for (tenant, what) in named {
            guard let tenant else { continue }
            expect(after.home(of: tenant) == after.cloud, .cloudsApart, "\(what) names \(after.name(tenant))")
        }
    }

    /// Everything looks the same with and without the sweeper.
    func checkSweeper() {
        guard command.isWait || act.number % 5 == 0 || command == .sweep else { return }
        var swept = after
        swept.sweep()
        let (with, without) = (swept.looks, after.looks)
        expect(with == without, .nothingWaitsForSweeper, without.difference(from: with))
    }

    /// Statements: whoever pays, it is what was used and what licences cost, exactly and in minor units.
    func checkCosts() {
        guard case .use(let id, let use) = command, turn == .done, let customer = after.recorded(id)?.customer,
            let month = BillingMonth(String(use.from.day.prefix(7)))
        else { return }
        let used = after.used(by: customer, in: month).reduce(into: [Currency: Decimal]()) { sums, line in
            sums[line.currency, default: 0] += line.billed
        }
        guard let statements = try? after.statements(of: customer, in: month, after.successions),
            let unmoved = try? after.statements(of: customer, in: month, [])
        else {
            expect(false, .statementsAddUp, "no statement of \(month) can be drawn up")
            return
        }
        for currency in Set(statements.map(\.currency)) {
            let (mine, alone) = (
                statements.filter { $0.currency == currency }, unmoved.filter { $0.currency == currency }
            )
            let exact = mine.reduce(Decimal(0)) { $0 + $1.exactTotal.amount }
            let printed = mine.reduce(Decimal(0)) { $0 + after.printed($1) }
            let digits = currency.minorDigits
            expect(
                printed == exact.rounded(digits: digits),
                .statementsAddUp,
                "\(month): \(printed) printed for \(exact) \(currency)"
            )
            expect(
                exact == alone.reduce(Decimal(0)) { $0 + $1.exactTotal.amount },
                .statementsAddUp,
                "\(month): the cut-overs changed what is paid in all, \(exact) \(currency)"
            )
            let lines = mine.flatMap(\.lines).filter { $0.kind == .usage }
            let told = lines.reduce(Decimal(0)) { $0 + $1.exactAmount.amount }
            expect(
                told == used[currency] ?? 0,
                .statementsAddUp,
                "\(month): \(told) of \(used[currency] ?? 0) \(currency)"
            )
        }
    }
}

extension SimulatedWorld {
    /// What anybody could see, in words, so that a difference can be told.
    fileprivate var looks: [String] {
        var looks = moves.map { "\(title(of: $0)) is \($0.state(at: now).rawValue)" }
        looks += moves.filter { $0.progress != nil && isOpen($0) }.flatMap { move in
            (try? facts(of: move)).map { facts in
                leftovers(of: move, facts).map { "\($0.leftover.kind.rawValue) is \($0.isOpen ? "open" : "over")" }
            } ?? []
        }
        for customer in organizations where customer.organization.kind == .customer {
            let id = customer.organization.id.as(Customer.self)
            let taken = taken(of: id, except: nil)
            looks += subscriptions.filter { taken.contains($0.id) }.map { "\($0.name) is in a move" }
        }
        for held in grants where opens(held.grant) {
            looks.append("\(held.grant.kind.rawValue) of \(name(held.grant.partner.as(Tenant.self))) is there")
        }
        return looks + requests.map { "request \($0.code) is \($0.state(at: now).name)" }
    }

    func used(by customer: ID<Customer>, in month: BillingMonth) -> [UsageLine] {
        usage.filter {
            month.start <= $0.interval.from && $0.interval.from < month.end
                && recorded($0.subscription)?.customer == customer
        }
    }

    func statements(
        of customer: ID<Customer>,
        in month: BillingMonth,
        _ successions: [Succession]
    ) throws(Refusal) -> [Statement] {
        var (draft, rules) = (StatementDraft(for: month), today())
        let used = used(by: customer, in: month)
        for subscription in subscriptions where subscription.customer == customer {
            let lines = used.filter { $0.subscription == subscription.id }
            if subscription.status == .deleted, lines.isEmpty { continue }
            let own = successions.filter { $0.subscription == subscription.id }
            try draft.take(subscription, usage: lines, successions: own, &rules)
        }
        return draft.statements
    }

    /// The total as it stands on the paper.
    func printed(_ statement: Statement) -> Decimal {
        guard bugs.contains(.roundingError) else { return statement.total.amount }
        let digits = statement.currency.minorDigits
        return statement.lines.reduce(0) { $0 + $1.exactAmount.amount.rounded(digits: digits) }
    }
}

extension [String] {
    /// The first line that is told otherwise.
    fileprivate func difference(from other: [String]) -> String {
        let pair = zip(self, other).first { $0 != $1 }
        return pair.map { "\($0); after the sweeper \($1)" } ?? "something appears or goes with the sweeper"
    }
}
