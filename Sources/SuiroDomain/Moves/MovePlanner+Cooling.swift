import FoundationEssentials

/// The time that a large move waits between the last approval and its cut-over, so that whoever did not mean it can stop
/// it.
package struct CoolingTime: Hashable, Sendable {
    package let hours: Int
    /// The row that says how long.
    package let row: PolicyRow.ID

    package func end(after instant: Instant) -> Instant { instant.adding(seconds: hours * 3600) }
}

extension MovePlanner {
    /// `nil` where the move is not large, has no cut-over of its own, or began under an edition that knows no such time:
    /// what was agreed under it goes on as agreed.
    package static func cooling(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ deliberation: inout Deliberation
    ) -> CoolingTime? {
        guard procedure.hasCutOver, isLarge(items, &deliberation),
            let hours = try? deliberation.decide(.moveCoolingHours), hours.value > 0
        else { return nil }
        return CoolingTime(hours: hours.value, row: hours.row)
    }

    /// By its licences together, or by what the subscriptions of one currency cost in a month together.
    private static func isLarge(_ items: [MovedItem], _ deliberation: inout Deliberation) -> Bool {
        let seats = items.compactMap(\.quantity).reduce(0, +)
        if let limit = try? deliberation.decide(.moveLargeSeats).value, seats >= limit { return true }
        let costs = items.compactMap(\.monthlyCost)
        for currency in Set(costs.map(\.currency)).sorted(by: { $0.description < $1.description }) {
            let total = costs.filter { $0.currency == currency }.map(\.amount).reduce(0, +)
            let subject: Circumstances = [.currency: currency.description]
            if let limit = try? deliberation.decide(.moveLargeMonthlyCost, for: subject).value, total >= Decimal(limit)
            {
                return true
            }
        }
        return false
    }
}
