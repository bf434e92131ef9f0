import FoundationEssentials
import SuiroDomain
import SuiroStore

/// What a statement says is kept twice: day by day, to be divided among payers, and as sums a month, to be shown.
extension PartnerService {
    func keep(
        _ statement: UsageStatement,
        for customer: ID<Customer>,
        import id: String,
        _ tx: Transaction
    ) throws {
        let handedOver = try tx.handedOver(in: customer)
        let byAccount = Dictionary(grouping: statement.sums, by: \.key.account)
        for (account, sums) in byAccount.sorted(by: { $0.key.subAccount < $1.key.subAccount }) {
            let original = try tx.subscription(externalKey: account.key, of: customer)
            let subscription =
                try original ?? successor(of: account, handedOver, of: customer, tx)
                ?? insert(account, statement, customer, tx)
            // What was kept without an account was said by the one that the subscription is known by.
            let digest = account.key.sha256
            let older = original == nil ? [digest] : [digest, ""]
            var costs: [Cost] = []
            let periods = Dictionary(grouping: sums) { Period(start: $0.key.start, end: $0.key.end) }
            for (period, lines) in periods {
                costs += try replace(
                    period,
                    of: subscription.id,
                    account: digest,
                    replacing: older,
                    with: lines,
                    id,
                    tx
                )
            }
            try refreshMonthlyCost(of: subscription.id, costs, tx)
        }
    }

    private struct Period: Hashable {
        let start: Instant
        let end: Instant
    }

    /// A newer statement of the same period replaces the older one. A line that stood there before keeps the instant it
    /// was first reported, so that a repeated statement makes nothing late (USE-15).
    private func replace(
        _ period: Period,
        of subscription: ID<Subscription>,
        account: String,
        replacing older: [String],
        with sums: [(key: UsageStatement.Line, value: UsageStatement.Sum)],
        _ id: String,
        _ tx: Transaction
    ) throws -> [Cost] {
        let kept = try tx.usage(of: subscription, from: period.start, to: period.end)
        let known = FirstReports(kept.filter { older.contains($0.account) })
        let lines = sums.flatMap { line, sum in
            sum.days.map { days, amounts in
                UsageLine(
                    subscription: subscription,
                    service: line.service,
                    interval: days,
                    currency: line.currency,
                    billed: amounts.billed,
                    effective: amounts.effective,
                    firstReported: known.of(line.service, line.currency, days) ?? tx.permit.intent.at
                )
            }
        }
        try tx.replaceUsage(
            of: subscription,
            account: account,
            replacing: older,
            from: period.start,
            to: period.end,
            with: lines,
            import: id
        )
        try tx.replaceDetails(
            of: subscription,
            account: account,
            replacing: [account],
            from: period.start,
            to: period.end,
            with: sums.flatMap { line, sum in
                sum.details.sorted { $0.key.interval.from < $1.key.interval.from }.map { key, told in
                    UsageDetail(
                        subscription: subscription,
                        service: line.service,
                        meter: key.meter,
                        resource: key.resource,
                        interval: key.interval,
                        quantity: told.quantity,
                        cost: Money(told.billed, line.currency),
                        reported: tx.permit.intent.at
                    )
                }
            },
            import: id
        )
        // Two accounts may speak of one subscription: the old seller's and the new one's.
        let others = kept.filter { !older.contains($0.account) }.map(\.line)
        let costs = Dictionary(grouping: lines + others) { Topic(service: $0.service, currency: $0.currency) }
            .map { topic, lines in
                Cost(
                    service: topic.service,
                    start: period.start,
                    end: period.end,
                    currency: topic.currency,
                    billed: lines.reduce(0) { $0 + $1.billed },
                    effective: lines.reduce(0) { $0 + $1.effective }
                )
            }
        try tx.replaceCosts(of: subscription, from: period.start, to: period.end, with: costs, import: id)
        return costs
    }

    private struct Topic: Hashable {
        let service: String
        let currency: Currency
    }

    /// The newest month's sum is what it costs a month, as far as we know.
    private func refreshMonthlyCost(of subscription: ID<Subscription>, _ costs: [Cost], _ tx: Transaction) throws {
        guard let newest = costs.map(\.start).max() else { return }
        let latest = costs.filter { $0.start == newest }
        let currencies = latest.map(\.currency).sorted { $0.description < $1.description }
        guard let currency = currencies.first else { return }
        let sum = latest.filter { $0.currency == currency }.reduce(0) { $0 + $1.billed }
        try tx.update(monthlyCost: Money(sum, currency), of: subscription)
    }

    /// The subscription that an account has become. One that has passed to another partner is still the same when the
    /// new seller's file names it: by its id or another that it has been given (OP-26), or, under another billing
    /// account, by the name it was first imported with.
    private func successor(
        of account: UsageStatement.Account,
        _ handedOver: [(externalKey: String, id: ID<Subscription>)],
        of customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> Subscription? {
        let name = account.subAccount.split(separator: "/").last.map(String.init) ?? account.subAccount
        if let id = ID<Subscription>(name), let named = try tx.subscription(id, of: customer) { return named }
        let same = handedOver.first { key, _ in
            key.hasPrefix("\(account.provider)|") && key.hasSuffix("|\(account.subAccount)")
        }
        return try same.flatMap { try tx.subscription($0.id, of: customer) }
    }

    /// A sub-account seen for the first time: something usage-based the customer bought elsewhere. An Azure account
    /// under a billing account of the vendor is an enterprise agreement; other vendors' are third-party.
    private func insert(
        _ account: UsageStatement.Account,
        _ statement: UsageStatement,
        _ customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> Subscription {
        let isVendor = account.provider == "Microsoft"
        let named = statement.names[account]
        let party = Party(
            kind: isVendor ? .vendor : .other,
            id: isVendor ? try tx.vendor()?.id : nil,
            name: named?.issuer ?? account.provider
        )
        let subscription = Subscription(
            id: environment.newID(),
            customer: customer,
            name: String((named?.name ?? account.subAccount).prefix(300)),
            family: .usage,
            channel: isVendor ? .ea : .thirdParty,
            source: .observed,
            seller: party,
            billOwner: party,
            aliases: [account.subAccount],
            createdAt: tx.permit.intent.at
        )
        try tx.insert(subscription, externalKey: account.key)
        try tx.record(
            .subscriptionRecorded(subscription.id),
            Remark(customer: customer, details: ["name": subscription.name, "account": account.subAccount])
        )
        return subscription
    }
}

extension UsageStatement.Account {
    /// What the account is called among all other systems' names.
    fileprivate var key: String { "\(provider)|\(billingAccount)|\(subAccount)" }
}

/// When the lines of an older statement were first reported.
private struct FirstReports {
    private struct Key: Hashable {
        let service: String
        let currency: Currency
        /// `nil` for what was kept without its days.
        let days: ChargeInterval?
    }

    private var instants: [Key: Instant] = [:]

    init(_ older: [KeptUsage]) {
        for kept in older {
            let line = kept.line
            let days = kept.account.isEmpty ? nil : line.interval
            instants[Key(service: line.service, currency: line.currency, days: days)] = line.firstReported
        }
    }

    func of(_ service: String, _ currency: Currency, _ days: ChargeInterval) -> Instant? {
        instants[Key(service: service, currency: currency, days: days)]
            ?? instants[Key(service: service, currency: currency, days: nil)]
    }
}
