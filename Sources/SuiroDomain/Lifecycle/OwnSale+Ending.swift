import FoundationEssentials

// Stopping it, and giving back a part of it.
extension OwnSale {
    /// LC-01, LC-03 … LC-05, LC-11: until when it can be taken up again, and what it costs until then.
    func suspending(
        for reason: SuspensionReason?,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        if let observed { return observed }
        guard state.status == .active else { return notActive }
        let facets = try facets(&deliberation)
        let reasons = try deliberation.decide(.suspendReasons, for: facets)
        if let reason, !reasons.value.contains(reason) {
            return Answer(.refused, .suspensionReasonNotAllowed, reasons.rule, row: reasons.row)
        }
        let limit = try deliberation.decide(.suspendUntil, for: facets)
        let billed = try deliberation.decide(.suspendBilled, for: facets)
        let end: Instant? =
            switch limit.value {
            case .retention: try subscription.retention(from: now, facets, &deliberation)
            case .termEnd: state.period?.end
            }
        var next: [NextStep] = []
        if billed.value {
            let cost = end.flatMap { subscription.monthlyCost?.forPeriod(from: now, to: $0) }
            next.append(NextStep(.payWhileSuspended, on: end, cost: cost))
        }
        next.append(NextStep(.reactivate, on: end))
        if try stopsRenewal(facets, &deliberation) { next.append(NextStep(.turnOnAutoRenew, on: end)) }
        return Answer(
            .allowed,
            .ownSale,
            billed.value ? billed.rule : "LC-01",
            row: billed.value ? billed.row : reasons.row,
            next: next
        )
    }

    /// LC-11: whether suspending switches off an auto-renew that is on.
    func stopsRenewal(_ facets: Circumstances, _ deliberation: inout Deliberation) throws(Refusal) -> Bool {
        guard subscription.term?.autoRenew == true else { return false }
        return try deliberation.decide(.suspendStopsRenewal, for: facets).value
    }

    /// LC-08, LC-10, LC-13, LC-14, LC-19, LC-20: what comes back, until when, and what is lost.
    func cancelling(_ deliberation: inout Deliberation) throws(Refusal) -> Answer {
        if let observed { return observed }
        guard state.status == .active || state.status == .suspended else { return notActive }
        let facets = try facets(&deliberation)
        let refund = try deliberation.decide(.cancelRefund, for: facets)
        if state.isExtended {
            let credit = NextStep(.receiveCredit, cost: credit("prorated"))
            return Answer(.allowed, .ownSale, "LC-20", row: state.row, next: [credit])
        }
        let window = try deliberation.decide(.cancelWindow, for: facets)
        guard let deadline = window.value.end(from: opened) else {
            let credit = credit(refund.value).map { NextStep(.receiveCredit, cost: $0) }
            let next = [credit].compactMap(\.self) + (try afterwards(facets, &deliberation))
            return Answer(.allowed, .ownSale, refund.rule, row: refund.row, next: next)
        }
        guard now < deadline else {
            return Answer(
                .refused,
                .cancelWindowOver,
                window.rule,
                row: window.row,
                from: try reopening(&deliberation),
                next: [NextStep(.cancelAtTermEnd, on: state.period?.end, cost: rest)]
            )
        }
        let inTime = NextStep(
            .cancelInTime,
            on: deadline,
            cost: credit(refund.value),
            arguments: ["deadline": .moment(deadline)]
        )
        return Answer(
            .allowed,
            .ownSale,
            window.rule,
            row: window.row,
            next: [inTime] + (try afterwards(facets, &deliberation))
        )
    }

    /// What can be done once it is cancelled, and until when.
    private func afterwards(
        _ facets: Circumstances,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [NextStep] {
        let export = try deliberation.decide(.cancelExportDays, for: facets).value
        let kept = try deliberation.decide(.cancelRetentionDays, for: facets).value
        var next: [NextStep] = []
        if export > 0 { next.append(NextStep(.exportData, on: now.adding(days: export))) }
        if kept > 0, try deliberation.decide(.cancelReversible, for: facets).value {
            next.append(NextStep(.reactivate, on: now.adding(days: kept)))
        }
        return next
    }

    /// More seats, or fewer while they may be given back (LC-10, OP-33). `nil` asks in general.
    func changingSeats(
        to wished: Int?,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        guard subscription.family == .license else { return Answer(.refused, .notLicenseBased, "S-31") }
        if let observed { return observed }
        guard asker.standing != .suspended else {
            return Answer(.refused, .partnerSuspended, "REL-30", next: [NextStep(.settleAccount)])
        }
        guard state.status == .active else { return notActive }
        let facets = try facets(&deliberation)
        if subscription.course.offering == .trial {
            let limit = try deliberation.decide(.trialSeats, for: facets)
            if let wished, wished > limit.value {
                return Answer(.refused, .trialSeatLimit, limit.rule, row: limit.row)
            }
        }
        let window = try deliberation.decide(.cancelWindow, for: facets)
        guard case .lasting = window.value, !state.isExtended else {
            return Answer(.allowed, .ownSale, "SM-5", row: window.row)
        }
        let returnable = returnable(window.value)
        let steps = returnable.map { deadline, seats in
            NextStep(
                .removeSeats,
                on: deadline,
                arguments: ["count": .count(seats), "deadline": .moment(deadline)]
            )
        }
        let held = subscription.quantity ?? 0
        guard let wished, wished < held, held - wished > returnable.reduce(0, { $0 + $1.seats }) else {
            return Answer(.allowed, .ownSale, window.rule, row: window.row, next: steps)
        }
        return Answer(
            .refused,
            .decreaseWindowOver,
            window.rule,
            row: window.row,
            from: try reopening(&deliberation),
            next: steps
        )
    }

    /// Seats that may be given back, and until when: all but one in the window of the term, and after that those that
    /// were added, each in its own.
    func returnable(_ window: Span) -> [(deadline: Instant, seats: Int)] {
        if let deadline = window.end(from: opened), now < deadline {
            return [(deadline, max((subscription.quantity ?? 0) - 1, 0))]
        }
        return subscription.course.additions.compactMap { addition in
            guard let deadline = window.end(from: addition.at), now < deadline else { return nil }
            return (deadline, addition.seats)
        }
    }

    /// When a window opens again: when the term renews, or runs on (LC-10, LC-20).
    private func reopening(_ deliberation: inout Deliberation) throws(Refusal) -> Instant? {
        guard let term = subscription.term, let end = state.period?.end, state.status == .active else { return nil }
        if term.autoRenew { return end }
        guard subscription.course.endOfTerm != .cancel else { return nil }
        return try subscription.termEnd(&deliberation).value == .extend ? end : nil
    }
}

// Money.
extension OwnSale {
    /// What is paid for the rest of the term in any case.
    private var rest: Money? {
        guard let end = state.period?.end else { return nil }
        return subscription.monthlyCost?.forPeriod(from: now, to: end)
    }

    /// What comes back when a licence is cancelled now: the unused days of the month that was billed ahead (LC-08), or
    /// all that was paid since the window opened.
    func credit(_ refund: String) -> Money? {
        guard subscription.family == .license, let monthly = subscription.monthlyCost else { return nil }
        let month = Term(start: opened, end: opened.adding(months: 1), autoRenew: true)?.period(at: now)
        guard let month else { return nil }
        switch refund {
        case "full": return monthly.forPeriod(from: opened, to: month.end)
        case "prorated": return monthly.unused(of: month, at: now)
        default: return .zero(monthly.currency)
        }
    }
}

extension Money {
    /// The part of a month's price that falls on the days of the month that have not begun.
    func unused(of month: Term, at now: Instant) -> Money {
        let days = month.end.days(since: month.start)
        let used = min(max(now.days(since: month.start), 0), days)
        let exact = amount * Decimal(days - used) / Decimal(days)
        return Money(exact.rounded(digits: currency.minorDigits), currency)
    }

    func raised(byPercent percent: Int) -> Money {
        let exact = amount * Decimal(100 + percent) / 100
        return Money(exact.rounded(digits: currency.minorDigits), currency)
    }
}
