package import FoundationEssentials
package import SuiroDomain

/// What came of one import.
package struct ImportReport: Codable, Sendable {
    package enum State: String, Codable, Sendable { case completed, rejected }

    /// One thing wrong with one row: where, what stood there, and why it cannot be read.
    package struct Rejection: Codable, Hashable, Sendable {
        package let line: Int
        package let column: String
        package let value: String
        package let reason: String

        package init(line: Int, column: String, value: String, reason: String) {
            (self.line, self.column, self.value, self.reason) = (line, column, value, reason)
        }
    }

    package var id: String
    package var format: String
    package var state: State
    package var rows: Int
    package var subscriptions: Int
    package var products: Int
    /// Billed cost by currency, exact.
    package var totals: [String: Decimal]
    package var rejected: Int
    /// The first thousand.
    package var rejections: [Rejection]
    /// Whether the same file had been imported before; then nothing changed.
    package var isRepeat: Bool
    package var at: Instant

    package init(id: String, format: String, at: Instant) {
        (self.id, self.format, self.at) = (id, format, at)
        (state, rows, subscriptions, products) = (.completed, 0, 0, 0)
        (totals, rejected, rejections, isRepeat) = ([:], 0, [], false)
    }
}

/// What a service cost in one period.
package struct Cost: Codable, Hashable, Sendable {
    package let service: String
    package let start: Instant
    package let end: Instant
    package let currency: Currency
    package let billed: Decimal
    package let effective: Decimal

    package init(service: String, start: Instant, end: Instant, currency: Currency, billed: Decimal, effective: Decimal)
    {
        (self.service, self.start, self.end, self.currency) = (service, start, end, currency)
        (self.billed, self.effective) = (billed, effective)
    }
}

extension Transaction {
    package func completedImport(digest: String, format: String, for customer: ID<Customer>?) throws -> ImportReport? {
        let whose: SQL = customer.map { "customer_id = \($0)" } ?? "customer_id IS NULL"
        return try session.rows(
            """
            SELECT report FROM usage_import
            WHERE \(whose) AND format = \(format) AND digest = \(digest) AND state = 'completed'
            """
        ).first.map { row in
            var cursor = row.cursor
            let report: JSONText<ImportReport> = try cursor.next()
            return report.value
        }
    }

    /// An import, if the tenant made it or it is about the tenant.
    package func importReport(_ id: String, visibleTo tenant: ID<Tenant>) throws -> ImportReport? {
        try session.rows(
            """
            SELECT report FROM usage_import
            WHERE id = \(id) AND (tenant_id = \(tenant) OR customer_id = \(tenant))
            """
        ).first.map { row in
            var cursor = row.cursor
            let report: JSONText<ImportReport> = try cursor.next()
            return report.value
        }
    }

    package func insert(
        _ report: ImportReport,
        digest: String,
        by tenant: ID<Tenant>?,
        for customer: ID<Customer>?
    ) throws {
        try session.run(
            """
            INSERT INTO usage_import (id, tenant_id, customer_id, format, digest, state, report, at)
            VALUES (\(report.id), \(tenant?.description ?? "system"), \(customer), \(report.format), \(digest),
                    \(report.state.rawValue), \(JSONText(report)), \(report.at))
            """
        )
    }

    /// A newer statement of the same period replaces the older one.
    package func replaceCosts(
        of subscription: ID<Subscription>,
        from start: Instant,
        to end: Instant,
        with costs: [Cost],
        import id: String
    ) throws {
        try session.run(
            """
            DELETE FROM cost
            WHERE subscription_id = \(subscription) AND period_start = \(start) AND period_end = \(end)
            """
        )
        for cost in costs {
            try session.run(
                """
                INSERT INTO cost (subscription_id, service, period_start, period_end, currency, billed, effective,
                                  import_id)
                VALUES (\(subscription), \(cost.service), \(cost.start), \(cost.end), \(cost.currency.description),
                        \(cost.billed), \(cost.effective), \(id))
                """
            )
        }
    }

    /// All costs of a customer's subscriptions, by subscription, oldest period first.
    package func costs(of customer: ID<Customer>) throws -> [ID<Subscription>: [Cost]] {
        try costs(by: Cost.all(of: customer))
    }

    /// The costs of one subscription, oldest period first.
    package func costs(of subscription: ID<Subscription>) throws -> [Cost] {
        try costs(by: Cost.all(of: subscription)).values.first ?? []
    }

    private func costs(by statement: SQL) throws -> [ID<Subscription>: [Cost]] {
        var result: [ID<Subscription>: [Cost]] = [:]
        try session.each(statement) { cursor in
            let id: ID<Subscription> = try cursor.next()
            let (service, start, end): (String, Instant, Instant) = (
                try cursor.next(), try cursor.next(), try cursor.next()
            )
            guard let currency = Currency(try cursor.next()) else { throw StoreError.corrupt(column: "currency") }
            result[id, default: []].append(
                Cost(
                    service: service,
                    start: start,
                    end: end,
                    currency: currency,
                    billed: try cursor.next(),
                    effective: try cursor.next()
                )
            )
            return true
        }
        return result
    }
}

extension Cost {
    private static let columns: SQL =
        "c.subscription_id, c.service, c.period_start, c.period_end, c.currency, c.billed, c.effective"

    static func all(of customer: ID<Customer>) -> SQL {
        """
        SELECT \(columns) FROM cost c JOIN subscription s ON s.id = c.subscription_id WHERE s.customer_id = \(customer)
        ORDER BY c.subscription_id, c.period_start, c.service
        """
    }

    static func all(of subscription: ID<Subscription>) -> SQL {
        "SELECT \(columns) FROM cost c WHERE c.subscription_id = \(subscription) ORDER BY c.period_start, c.service"
    }
}
