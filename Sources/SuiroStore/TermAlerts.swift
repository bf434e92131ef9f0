package import SuiroDomain

/// A term that does not renew and that nobody has decided about.
package struct UndecidedTerm: Hashable, Sendable {
    package let subscription: ID<Subscription>
    package let customer: ID<Customer>
    package let end: Instant
}

extension Transaction {
    /// Terms that end within so many days and no sooner than so many others, of which nothing has been told for that
    /// day or a later one; by their end, at most a hundred, beginning after one that was read before.
    package func undecidedTerms(
        within days: Int,
        beyond sooner: Int,
        after last: UndecidedTerm? = nil
    ) throws -> [UndecidedTerm] {
        let (first, limit) = (permit.intent.at.adding(days: sooner), permit.intent.at.adding(days: days))
        return try session.all(
            """
            SELECT s.id, s.customer_id, s.term_end FROM subscription s
            WHERE s.status = 'active' AND s.auto_renew = 0 AND s.end_of_term IS NULL AND s.source = 'managed'
              AND s.family = 'license' AND s.term_end > \(first) AND s.term_end <= \(limit)
              AND (s.term_end > \(last?.end ?? first)
                OR (s.term_end = \(last?.end ?? first) AND s.id > \(last?.subscription)))
              AND NOT EXISTS (SELECT 1 FROM term_alert a
                WHERE a.subscription_id = s.id AND a.term_end = s.term_end AND a.day <= \(days))
            ORDER BY s.term_end, s.id LIMIT 100
            """
        ) { cursor in
            UndecidedTerm(subscription: try cursor.next(), customer: try cursor.next(), end: try cursor.next())
        }
    }

    /// Whether an alert, or one of a later day, has been told of the same end.
    package func hasTold(_ alert: TermAlert) throws -> Bool {
        let told: Int? = try session.first(
            """
            SELECT 1 FROM term_alert WHERE subscription_id = \(alert.subscription)
              AND term_end = \(alert.outlook.end) AND day <= \(alert.day)
            """
        ) { cursor in try cursor.next() }
        return told != nil
    }

    /// An alert that was told already is `StoreError.duplicate`.
    package func insert(_ alert: TermAlert) throws {
        try session.run(
            """
            INSERT INTO term_alert (subscription_id, term_end, day, at)
            VALUES (\(alert.subscription), \(alert.outlook.end), \(alert.day), \(permit.intent.at))
            """
        )
    }
}
