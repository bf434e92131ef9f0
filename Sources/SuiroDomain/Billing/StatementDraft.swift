import FoundationEssentials

/// The statements of one month being drawn up, one subscription after another.
package struct StatementDraft: Sendable {
    package let month: BillingMonth
    private var entries: [Topic: Entry] = [:]
    private var payers: [Payer: Party] = [:]
    private var names: [String] = []
    /// What was used, day by day and by payer: what the lines of usage are sums of.
    package private(set) var days: [UsageDay] = []

    package init(for month: BillingMonth) {
        self.month = month
    }

    /// What becomes one line: the days of a service are told together, as long as the bill stays in the same hands.
    private struct Topic: Hashable {
        let payer: Payer
        let currency: Currency
        /// Where the subscription stands among those that were taken.
        let place: Int
        let subscription: ID<Subscription>
        let kind: StatementLine.Kind
        let service: String
        let turn: Instant
        let bucket: Bucket
    }

    private struct Entry {
        var interval: ChargeInterval
        var exact: Decimal
    }

    /// Divides what a subscription cost among those who owned its bill. `usage` is what statements of this month say,
    /// whenever it was used; a licence without any has its monthly price. The rule about what was reported late is the
    /// one in force when it was reported.
    package mutating func take(
        _ subscription: Subscription,
        usage: [UsageLine],
        successions: [Succession],
        _ rules: inout Deliberation
    ) throws(Refusal) {
        let ownership = BillOwnership(of: subscription, successions)
        names.append(subscription.name)
        var words: [Instant: LateReported] = [:]
        for line in usage {
            let shares = try line.shares(ownership) { (reported) throws(Refusal) in
                if let word = words[reported] { return word }
                let word = try rules.lateReported(subscription, at: reported)
                words[reported] = word
                return word
            }
            for share in shares {
                add(share, .usage, line.service, line.currency, subscription)
                days.append(UsageDay(share, line, subscription))
            }
        }
        guard usage.isEmpty, let currency = subscription.monthlyCost?.currency else { return }
        for (kind, share) in subscription.monthlyCharges(in: month, ownership) {
            add(share, kind, subscription.name, currency, subscription)
        }
    }

    private mutating func add(
        _ share: Share,
        _ kind: StatementLine.Kind,
        _ service: String,
        _ currency: Currency,
        _ subscription: Subscription
    ) {
        let payer = share.payer.payer
        let topic = Topic(
            payer: payer,
            currency: currency,
            place: names.count - 1,
            subscription: subscription.id,
            kind: kind,
            service: service,
            turn: share.turn,
            bucket: share.bucket
        )
        payers[payer] = share.payer
        var entry = entries[topic] ?? Entry(interval: share.interval, exact: 0)
        entry.interval = entry.interval.union(share.interval)
        entry.exact += share.exact
        entries[topic] = entry
    }

    /// One statement for each payer and currency. The customer's rounded total is given to the payers, and each payer's
    /// to its lines, so that no payer is further than one minor unit from what it owes exactly.
    package var statements: [Statement] {
        let byCurrency = Dictionary(grouping: entries, by: \.key.currency)
        return byCurrency.sorted { $0.key.description < $1.key.description }.flatMap { currency, entries in
            let digits = currency.minorDigits
            let byPayer = Dictionary(grouping: entries, by: \.key.payer).sorted { $0.key < $1.key }
            let exact = byPayer.map { $0.value.reduce(0) { $0 + $1.value.exact } }
            let totals = exact.apportioned(to: exact.reduce(0, +).rounded(digits: digits), digits: digits)
            return zip(byPayer, totals).compactMap { owed, total in
                payers[owed.key].map { statement(of: $0, currency, total, owed.value.map { ($0.key, $0.value) }) }
            }
        }
    }

    private func statement(
        of payer: Party,
        _ currency: Currency,
        _ total: Decimal,
        _ owed: [(topic: Topic, entry: Entry)]
    ) -> Statement {
        let owed = owed.sorted { Self.comesFirst($0.topic, $1.topic) }
        let amounts = owed.map(\.entry.exact).apportioned(to: total, digits: currency.minorDigits)
        let lines = zip(owed, amounts).map { owed, amount in
            StatementLine(
                subscription: owed.topic.subscription,
                subscriptionName: names[owed.topic.place],
                service: owed.topic.service,
                kind: owed.topic.kind,
                bucket: owed.topic.bucket,
                interval: owed.entry.interval,
                amount: Money(amount, currency),
                exactAmount: Money(owed.entry.exact, currency)
            )
        }
        return Statement(payer: payer, currency: currency, month: month, lines: lines)
    }

    private static func comesFirst(_ left: Topic, _ right: Topic) -> Bool {
        (left.place, left.kind.rawValue, left.service, left.turn, left.bucket.rawValue)
            < (right.place, right.kind.rawValue, right.service, right.turn, right.bucket.rawValue)
    }
}

extension Deliberation {
    /// The rule for what was used before a cut-over and reported after it. A word that nobody knows is as good as none.
    fileprivate mutating func lateReported(
        _ subscription: Subscription,
        at reported: Instant
    ) throws(Refusal) -> LateReported {
        var subject: Circumstances = [:]
        subject[.channel] = subscription.channel?.rawValue
        subject[.family] = subscription.family?.rawValue
        let decision = try decide(.usageLateReported, for: subject, at: reported)
        guard let word = LateReported(rawValue: decision.value) else {
            throw .policyMissing(key: PolicyKey<String>.usageLateReported.name)
        }
        return word
    }
}
