package import FoundationEssentials

/// What one service of one subscription cost in one stretch of time, as the seller's statement of a month says.
package struct UsageLine: Hashable, Sendable {
    package let subscription: ID<Subscription>
    package let service: String
    package let interval: ChargeInterval
    package let currency: Currency
    package let billed: Decimal
    package let effective: Decimal
    /// When a statement of the month first had this line. A newer statement that has it again does not change that.
    package let firstReported: Instant

    package init(
        subscription: ID<Subscription>,
        service: String,
        interval: ChargeInterval,
        currency: Currency,
        billed: Decimal,
        effective: Decimal,
        firstReported: Instant
    ) {
        (self.subscription, self.service, self.interval) = (subscription, service, interval)
        (self.currency, self.billed, self.effective) = (currency, billed, effective)
        self.firstReported = firstReported
    }
}

/// Which part of a statement a line belongs to.
package enum Bucket: String, Codable, CaseIterable, Sendable {
    case regular
    /// Used before a cut-over, and first reported when that had happened (USE-15, OP-29).
    case lateReported
}

/// Who pays what was used before a cut-over and reported after it: the words of `usage.lateReported`.
package enum LateReported: String, Codable, CaseIterable, Sendable {
    /// Whoever owned the bill when it was used (SW-15, TR-11).
    case byUse
    /// Whoever owns it when it is reported (USE-15).
    case byReport
}

/// What falls on one payer of something that was charged.
struct Share {
    let payer: Party
    /// Since when the bill had the owner under whom this was used.
    let turn: Instant
    let interval: ChargeInterval
    let bucket: Bucket
    let exact: Decimal
}

extension UsageLine {
    /// The line cut at every cut-over it lies across, by time and without losing a digit. `rule` is asked only about
    /// what was reported late, with the instant of the report.
    func shares(
        _ ownership: BillOwnership,
        lateReported rule: (Instant) throws(Refusal) -> LateReported
    ) throws(Refusal) -> [Share] {
        let turns = ownership.turns(over: interval)
        let parts = billed.divided(by: turns.map(\.interval.milliseconds))
        var shares: [Share] = []
        for (turn, exact) in zip(turns, parts) {
            let isLate = turn.end <= firstReported
            var payer = turn.party
            if isLate, try rule(firstReported) == .byReport { payer = ownership.owner(at: firstReported) }
            shares.append(
                Share(
                    payer: payer,
                    turn: turn.start,
                    interval: turn.interval,
                    bucket: isLate ? .lateReported : .regular,
                    exact: exact
                )
            )
        }
        return shares
    }
}

/// What one payer owes for one stretch of use, unrounded.
package struct UsageDay: Hashable, Sendable {
    package let payer: Party
    package let subscription: ID<Subscription>
    package let service: String
    package let bucket: Bucket
    package let interval: ChargeInterval
    package let amount: Money

    init(_ share: Share, _ line: UsageLine, _ subscription: Subscription) {
        (payer, self.subscription, service) = (share.payer, subscription.id, line.service)
        (bucket, interval, amount) = (share.bucket, share.interval, Money(share.exact, line.currency))
    }
}
