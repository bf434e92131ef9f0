import FoundationEssentials

/// One thing that one payer owes, or gets back.
package struct StatementLine: Equatable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// A licence's price, billed ahead.
        case charge
        /// A part of such a price, given back because the bill passed to somebody else.
        case credit
        /// What was used, as the seller reported it.
        case usage
    }

    package let subscription: ID<Subscription>
    package let subscriptionName: String
    package let service: String
    package let kind: Kind
    package let bucket: Bucket
    /// From the first to the last moment that is charged for.
    package let interval: ChargeInterval
    /// In whole minor units, so that the lines of a statement add up to its total.
    package let amount: Money
    package let exactAmount: Money
}

/// What one payer owes in one currency for a customer's month.
///
/// The statements of all payers together are the customer's costs: exactly, and in whole minor units the rounded sum.
package struct Statement: Equatable, Sendable {
    package let payer: Party
    package let currency: Currency
    package let month: BillingMonth
    package let lines: [StatementLine]

    package var total: Money { sum(lines) }

    package var exactTotal: Money { Money(lines.reduce(0) { $0 + $1.exactAmount.amount }, currency) }

    /// What falls into a bucket.
    package func total(_ bucket: Bucket) -> Money { sum(lines.filter { $0.bucket == bucket }) }

    private func sum(_ lines: [StatementLine]) -> Money {
        Money(lines.reduce(0) { $0 + $1.amount.amount }, currency)
    }
}
