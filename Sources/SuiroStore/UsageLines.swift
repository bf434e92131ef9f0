import FoundationEssentials
package import SuiroDomain

/// A line of usage as it is kept: with the account that the statement named, as a digest.
package struct KeptUsage: Sendable {
    package let line: UsageLine
    /// Empty for what was imported before days were kept.
    package let account: String
}

extension UsageLine {
    fileprivate static let columns: SQL =
        "account, subscription_id, service, charge_start, charge_end, currency, billed, effective, first_reported_at"
}

extension KeptUsage {
    fileprivate init(_ cursor: inout Cursor) throws {
        account = try cursor.next()
        let (subscription, service): (ID<Subscription>, String) = (try cursor.next(), try cursor.next())
        guard let interval = ChargeInterval(from: try cursor.next(), to: try cursor.next()),
            let currency = Currency(try cursor.next())
        else { throw StoreError.corrupt(column: "charge_end or currency") }
        line = UsageLine(
            subscription: subscription,
            service: service,
            interval: interval,
            currency: currency,
            billed: try cursor.next(),
            effective: try cursor.next(),
            firstReported: try cursor.next()
        )
    }
}

extension Transaction {
    /// What statements of a billing month say of a subscription, whenever it was used.
    package func usage(of subscription: ID<Subscription>, billedIn month: BillingMonth) throws -> [UsageLine] {
        try session.all(
            """
            SELECT \(UsageLine.columns) FROM usage_line
            WHERE subscription_id = \(subscription) AND period_start >= \(month.start) AND period_start < \(month.end)
            ORDER BY period_start, period_end, account, currency, service, charge_start, charge_end
            """
        ) { cursor in try KeptUsage(&cursor).line }
    }

    /// What is kept of one billing period of a subscription, of whichever account.
    package func usage(of subscription: ID<Subscription>, from start: Instant, to end: Instant) throws -> [KeptUsage] {
        try session.all(
            """
            SELECT \(UsageLine.columns) FROM usage_line
            WHERE subscription_id = \(subscription) AND period_start = \(start) AND period_end = \(end)
            """
        ) { cursor in try KeptUsage(&cursor) }
    }

    /// A newer statement of a period replaces what one of the `older` accounts said of it.
    package func replaceUsage(
        of subscription: ID<Subscription>,
        account: String,
        replacing older: [String],
        from start: Instant,
        to end: Instant,
        with lines: [UsageLine],
        import id: String
    ) throws {
        for name in older {
            try session.run(
                """
                DELETE FROM usage_line
                WHERE subscription_id = \(subscription) AND period_start = \(start) AND period_end = \(end)
                  AND account = \(name)
                """
            )
        }
        let now = permit.intent.at
        for line in lines {
            try session.run(
                """
                INSERT INTO usage_line (subscription_id, account, period_start, period_end, service, charge_start,
                                        charge_end, currency, billed, effective, first_reported_at, reported_at,
                                        import_id)
                VALUES (\(subscription), \(account), \(start), \(end), \(line.service), \(line.interval.from),
                        \(line.interval.to), \(line.currency.description), \(line.billed), \(line.effective),
                        \(min(line.firstReported, now)), \(now), \(id))
                """
            )
        }
    }

    /// What a subscription costs a month, as far as its newest statement tells; nothing else about it changes.
    package func update(monthlyCost: Money, of subscription: ID<Subscription>) throws {
        try session.run(
            """
            UPDATE subscription SET currency = \(monthlyCost.currency.description),
                monthly_cost = \(monthlyCost.amount), revision = revision + 1
            WHERE id = \(subscription)
            """
        )
    }

    /// The keys of other systems for subscriptions whose bill has changed hands, or will.
    package func handedOver(in customer: ID<Customer>) throws -> [(externalKey: String, id: ID<Subscription>)] {
        try session.all(
            """
            SELECT s.external_key, s.id FROM subscription s
            WHERE s.customer_id = \(customer) AND s.external_key IS NOT NULL AND s.id IN
                (SELECT subscription_id FROM succession WHERE customer_id = \(customer) AND fact = 'billOwner')
            ORDER BY s.created_at, s.id
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
    }
}
