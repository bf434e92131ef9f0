import FoundationEssentials
package import SuiroDomain

extension Transaction {
    /// What meters counted for a subscription, used within `interval`. Where statements tell no meters, what they tell.
    package func usageDetails(of subscription: ID<Subscription>, used interval: ChargeInterval) throws -> [UsageDetail]
    {
        let lines = try session.all(
            """
            SELECT service, charge_start, charge_end, currency, billed, first_reported_at FROM usage_line
            WHERE subscription_id = \(subscription) AND charge_start >= \(interval.from)
              AND charge_start < \(interval.to)
            ORDER BY charge_start, service
            """
        ) { cursor in try UsageDetail(UsageLine(summary: &cursor, of: subscription)) }
        return try details(of: subscription, used: interval) ?? lines
    }

    private func details(of subscription: ID<Subscription>, used interval: ChargeInterval) throws -> [UsageDetail]? {
        let found = try session.all(
            """
            SELECT \(UsageDetail.columns) FROM usage_detail
            WHERE subscription_id = \(subscription) AND charge_start >= \(interval.from)
              AND charge_start < \(interval.to)
            ORDER BY charge_start, charge_end, service, meter, number
            """
        ) { cursor in try UsageDetail(&cursor, of: subscription) }
        return found.isEmpty ? nil : found
    }

    /// The same by when it was reported.
    package func usageDetails(of subscription: ID<Subscription>, reported interval: ChargeInterval) throws
        -> [UsageDetail]
    {
        let found = try session.all(
            """
            SELECT \(UsageDetail.columns) FROM usage_detail
            WHERE subscription_id = \(subscription) AND reported_at >= \(interval.from)
              AND reported_at < \(interval.to)
            ORDER BY charge_start, charge_end, service, meter, number
            """
        ) { cursor in try UsageDetail(&cursor, of: subscription) }
        guard found.isEmpty else { return found }
        return try session.all(
            """
            SELECT service, charge_start, charge_end, currency, billed, first_reported_at FROM usage_line
            WHERE subscription_id = \(subscription) AND first_reported_at >= \(interval.from)
              AND first_reported_at < \(interval.to)
            ORDER BY charge_start, service
            """
        ) { cursor in try UsageDetail(UsageLine(summary: &cursor, of: subscription)) }
    }

    /// A newer statement of a period replaces what one of the `older` accounts said of it.
    package func replaceDetails(
        of subscription: ID<Subscription>,
        account: String,
        replacing older: [String],
        from start: Instant,
        to end: Instant,
        with details: [UsageDetail],
        import id: String
    ) throws {
        for name in older where !name.isEmpty {
            try session.run(
                """
                DELETE FROM usage_detail
                WHERE subscription_id = \(subscription) AND period_start = \(start) AND period_end = \(end)
                  AND account = \(name)
                """
            )
        }
        for (number, detail) in details.enumerated() {
            try session.run(
                """
                INSERT INTO usage_detail (subscription_id, account, period_start, period_end, number, service, meter,
                                          resource, charge_start, charge_end, currency, quantity, billed, reported_at,
                                          import_id)
                VALUES (\(subscription), \(account), \(start), \(end), \(number), \(detail.service),
                        \(JSONText(detail.meter)), \(detail.resource.map(JSONText.init)), \(detail.interval.from),
                        \(detail.interval.to), \(detail.cost.currency.description), \(detail.quantity),
                        \(detail.cost.amount), \(permit.intent.at), \(id))
                """
            )
        }
    }
}

extension UsageDetail {
    fileprivate static let columns: SQL =
        "service, meter, resource, charge_start, charge_end, currency, quantity, billed, reported_at"

    fileprivate init(_ cursor: inout Cursor, of subscription: ID<Subscription>) throws {
        let (service, meter): (String, JSONText<Meter>) = (try cursor.next(), try cursor.next())
        let resource: JSONText<Resource>? = try cursor.next()
        guard let interval = ChargeInterval(from: try cursor.next(), to: try cursor.next()),
            let currency = Currency(try cursor.next())
        else { throw StoreError.corrupt(column: "charge_end or currency") }
        let (quantity, billed): (Decimal, Decimal) = (try cursor.next(), try cursor.next())
        self.init(
            subscription: subscription,
            service: service,
            meter: meter.value,
            resource: resource?.value,
            interval: interval,
            quantity: quantity,
            cost: Money(billed, currency),
            reported: try cursor.next()
        )
    }
}

extension UsageLine {
    fileprivate init(summary cursor: inout Cursor, of subscription: ID<Subscription>) throws {
        let service: String = try cursor.next()
        guard let interval = ChargeInterval(from: try cursor.next(), to: try cursor.next()),
            let currency = Currency(try cursor.next())
        else { throw StoreError.corrupt(column: "charge_end or currency") }
        let billed: Decimal = try cursor.next()
        self.init(
            subscription: subscription,
            service: service,
            interval: interval,
            currency: currency,
            billed: billed,
            effective: billed,
            firstReported: try cursor.next()
        )
    }
}
