import FoundationEssentials

// What does not come along, what may stop, and what it costs: said before anybody agrees.
extension MovePlanner {
    func stays(
        _ procedure: MoveProcedure,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [Consequence] {
        switch procedure {
        case .switchPartner:
            var result = [
                Consequence(.priceTerms, "TR-12"), Consequence(.resourceRoles, "TR-12"),
                Consequence(.history, "TR-12"), Consequence(.supportPlan, "USE-14"),
            ]
            let reservations = try deliberation.decide(.reservationsMove)
            if !reservations.value { result.append(Consequence(.reservations, "TR-20", row: reservations.row)) }
            return result
        case .moveBilling:
            return [
                Consequence(.priceTerms, "TR-12"), Consequence(.resourceRoles, "USE-14"),
                Consequence(.marketplace, "USE-14"), Consequence(.supportPlan, "USE-14"),
                Consequence(.history, "USE-10"),
            ]
        case .transferLicense:
            return [
                Consequence(.seatsAndTerm, "LT-06"), Consequence(.assignments, "LT-06"),
                Consequence(.priceTerms, "TR-12"), Consequence(.history, "TR-12"),
            ]
        case .replaceLicense:
            return [Consequence(.assignments, "LIC-05"), Consequence(.data, "LIC-14"), Consequence(.history, "USE-10")]
        case .recreate:
            return [
                Consequence(.oldSubscription, "USE-16"), Consequence(.history, "USE-10"),
                Consequence(.reservations, "USE-11"), Consequence(.supportPlan, "USE-14"),
            ]
        }
    }

    func risks(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ cutover: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [Consequence] {
        switch procedure {
        case .switchPartner, .transferLicense:
            let result =
                [Consequence(.accessGap, "OP-01"), Consequence(.priceOfNewPartner, "TR-12")]
                + cooling(procedure, items, &deliberation)
            guard facts.items.contains(where: { $0.family == .usage }) else { return result }
            return result + [try lateUsage(.csp, &deliberation)]
        case .moveBilling:
            return [
                Consequence(.devTestRate, "USE-14"), Consequence(.quotasReset, "USE-12"),
                Consequence(.priceOfNewPartner, "TR-12"), try lateUsage(.ea, &deliberation),
            ] + cooling(procedure, items, &deliberation)
        case .replaceLicense(let plan):
            var result: [Consequence] = []
            for item in items { result += try licenseRisks(item, plan, cutover, &deliberation) }
            result.append(Consequence(.priceOfNewPartner, "TR-12"))
            if facts.items.contains(where: { $0.channel == .direct || $0.channel == .advisor }) {
                result.append(Consequence(.providerWarnings, "LIC-08"))
            }
            return result
        case .recreate:
            var result = items.flatMap(serviceRisks)
            result.append(Consequence(.quotasReset, "USE-12"))
            result.append(Consequence(.reservationsStop, "USE-11", until: cutover.adding(days: 90)))
            result.append(Consequence(.doubleBilling, "LIC-06"))
            return result
        }
    }

    /// That a large move waits, and how long.
    private func cooling(
        _ procedure: MoveProcedure,
        _ items: [MovedItem],
        _ deliberation: inout Deliberation
    ) -> [Consequence] {
        guard let cooling = Self.cooling(procedure, items, &deliberation) else { return [] }
        return [Consequence(.coolingTime, "X-07", row: cooling.row, arguments: ["count": .count(cooling.hours)])]
    }

    /// Who pays what is reported after the cut-over, by the rules of the channel it was bought in (USE-15, SW-15).
    private func lateUsage(
        _ channel: Channel,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Consequence {
        let late = try deliberation.decide(.usageLateReported, for: [.channel: channel.rawValue])
        return Consequence(
            .lateUsage,
            late.rule,
            row: late.row,
            arguments: ["mode": .words("lateReported.\(late.value)")]
        )
    }

    private func licenseRisks(
        _ item: MovedItem,
        _ plan: LicensePlan,
        _ cutover: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [Consequence] {
        guard let subscription = facts.linked.first(where: { $0.0.id == item.subscription })?.0 else { return [] }
        var result: [Consequence] = []
        let scope: Circumstances = item.channel.map { [.channel: $0.rawValue] } ?? [:]
        let keep = try deliberation.decide(.dataKeepingDays, for: scope, at: cutover)
        let ends = plan == .wait ? item.termEnd ?? cutover : cutover
        // LIC-09: the replacement must be there before the old one leaves the window in which its data is kept.
        result.append(
            Consequence(
                .dataDeleted,
                "LIC-09",
                row: keep.row,
                of: item.subscription,
                until: ends.adding(days: keep.value),
                arguments: ["days": .count(keep.value), "count": .count(keep.value)]
            )
        )
        switch plan {
        case .wait:
            if subscription.term?.autoRenew == true {
                result.append(Consequence(.renewal, "LIC-11", of: item.subscription, until: item.termEnd))
            }
        case .cancelFirst:
            let refund = try deliberation.decide(.cancelRefund, for: scope)
            if refund.value == "none" {
                let lost = item.monthlyCost.map {
                    $0.forPeriod(from: cutover, to: max(item.termEnd ?? cutover, cutover))
                }
                result.append(Consequence(.noRefund, "LIC-03", row: refund.row, of: item.subscription, cost: lost))
            }
        }
        let twins = facts.held.filter {
            $0.id != subscription.id && $0.productID != nil && $0.productID == subscription.productID
                && $0.status(at: at) == .active && $0.channel != subscription.channel
        }
        for twin in twins {
            // OP-48: seats of the same service from two channels; only those of the one that ends are lost.
            result.append(
                Consequence(
                    .sameServiceElsewhere,
                    "OP-48",
                    of: twin.id,
                    arguments: [
                        "product": .text(twin.name), "seats": .count(twin.quantity ?? 0),
                        "ending": .count(item.quantity ?? 0),
                    ]
                )
            )
        }
        return result
    }

    private func serviceRisks(_ item: MovedItem) -> [Consequence] {
        item.inventory.flatMap { service -> [Consequence] in
            let arguments: [String: Argument] = ["service": .text(service.service)]
            guard service.verdict != nil else {
                return [Consequence(.serviceUnknown, "USE-05", of: item.subscription, arguments: arguments)]
            }
            return Set(service.flags).sorted { $0.rawValue < $1.rawValue }.compactMap { flag in
                let (code, rule): (Consequence.Code, RuleID)
                switch flag {
                case .classic: (code, rule) = (.serviceClassic, "USE-06")
                case .dependencies: (code, rule) = (.serviceDependencies, "USE-07")
                case .downtime: (code, rule) = (.serviceDowntime, "USE-08")
                case .knownBlocker: (code, rule) = (.serviceKnownBlocker, "OP-07")
                // One sentence says both: it moves with what it hangs on, and not from another region.
                case .otherRegion where service.flags.contains(.dependencies): return nil
                case .otherRegion: (code, rule) = (.serviceDependencies, "USE-07")
                case .reservation, .quota: return nil
                }
                return Consequence(code, rule, of: item.subscription, arguments: arguments)
            }
        }
    }

    /// Half-open intervals that touch: before the cut-over the one, from it on the other (INV-03, TR-11, LT-07).
    func billing(_ procedure: MoveProcedure, _ items: [MovedItem], _ cutover: Instant) -> [BillingLine] {
        let target = Party(kind: .partner, id: facts.target.id, name: facts.target.name)
        return items.flatMap { item -> [BillingLine] in
            let subscription = facts.linked.first { $0.0.id == item.subscription }?.0
            let (start, end) = span(procedure, subscription, cutover)
            let total = item.monthlyCost?.forPeriod(from: start, to: end)
            let before = item.monthlyCost?.forPeriod(from: start, to: cutover)
            // The second part is what is left of the whole, so that nothing is lost or found by rounding.
            let after: Money? =
                switch (total, before) {
                case (let total?, let before?): Money(total.amount - before.amount, total.currency)
                default: nil
                }
            let isEstimate = item.family == .usage
            var lines: [BillingLine] = []
            if start < cutover {
                lines.append(
                    BillingLine(
                        subscription: item.subscription,
                        payee: subscription?.billOwner ?? item.seller,
                        from: start,
                        to: cutover,
                        amount: before,
                        isEstimate: isEstimate
                    )
                )
            }
            lines.append(
                BillingLine(
                    subscription: item.subscription,
                    payee: target,
                    from: cutover,
                    to: end,
                    amount: after,
                    isEstimate: true
                )
            )
            return lines
        }
    }

    /// The stretch of calendar that is shown: the term that runs, or the month.
    private func span(
        _ procedure: MoveProcedure,
        _ subscription: Subscription?,
        _ cutover: Instant
    ) -> (Instant, Instant) {
        let month = CivilTime(cutover)
        let first = CivilTime(year: month.year, month: month.month, day: 1).instant
        switch procedure {
        case .switchPartner, .moveBilling, .recreate: return (first, first.adding(months: 1))
        case .transferLicense:
            let end = subscription?.term?.nextEnd(after: cutover) ?? first.adding(months: 1)
            return (min(first, cutover), max(end, cutover.adding(days: 1)))
        case .replaceLicense:
            return (min(at, cutover), cutover.adding(months: 12))
        }
    }
}
