import FoundationEssentials

extension Subscription {
    /// A licence that is billed ahead by the month: one of the program, with a price.
    var isBilledAhead: Bool {
        family == .license && (source == .managed || channel == .csp) && (monthlyCost?.amount ?? 0) > 0
    }

    /// What a licence costs in a month. Whoever owns the bill first is charged for the whole month; at a cut-over the
    /// rest of it is credited to the old owner and charged to the new one, to the same minor unit (LT-07).
    func monthlyCharges(in month: BillingMonth, _ ownership: BillOwnership) -> [(StatementLine.Kind, Share)] {
        guard isBilledAhead, let price = monthlyCost, let life = life(in: month) else { return [] }
        let turns = ownership.turns(over: life)
        var charges: [(StatementLine.Kind, Share)] = []
        for (index, turn) in turns.enumerated() {
            guard let rest = ChargeInterval(from: turn.interval.from, to: life.to) else { continue }
            let amount = price.part(of: rest, in: month)
            if index > 0 {
                charges.append((.credit, turns[index - 1].share(of: rest, -amount)))
            }
            charges.append((.charge, turn.share(of: rest, amount)))
        }
        return charges
    }

    /// The part of the month in which the licence ran. Without a term it is billed from the month on in which we first
    /// heard of it.
    private func life(in month: BillingMonth) -> ChargeInterval? {
        guard let term else { return createdAt < month.end ? ChargeInterval(from: month.start, to: month.end) : nil }
        let end = term.autoRenew ? month.end : min(term.end, month.end)
        return ChargeInterval(from: max(term.start, month.start), to: end)
    }
}

extension Money {
    /// The price of a month for a part of it, by time; a part is rounded half up to the minor unit.
    fileprivate func part(of interval: ChargeInterval, in month: BillingMonth) -> Decimal {
        let whole = month.end.milliseconds - month.start.milliseconds
        guard interval.milliseconds < whole else { return amount }
        let exact = amount * Decimal(interval.milliseconds) / Decimal(whole)
        return min(exact.rounded(digits: currency.minorDigits), amount)
    }
}

extension BillOwnership.Part {
    fileprivate func share(of interval: ChargeInterval, _ exact: Decimal) -> Share {
        Share(payer: party, turn: start, interval: interval, bucket: .regular, exact: exact)
    }
}
