/// Where a subscription stands at an instant, and what time alone will make of it (SM-5).
package struct LifecycleState: Hashable, Codable, Sendable {
    /// Who still gets in (LC-02, LC-12).
    package enum Access: String, Codable, CaseIterable, Sendable { case everyone, administrators, nobody }

    package let status: SubscriptionStatus
    /// Since when; nothing where that was never noted.
    package var since: Instant?
    /// When it stops being so without anybody's doing; nothing where that cannot be said.
    package var until: Instant?
    package let access: Access
    package let isBilled: Bool
    /// Whether it runs on by the month beyond its term (LC-20).
    package var isExtended = false
    /// The term it is in, or was in last.
    package var period: Term?
    package let rule: RuleID
    package var row: PolicyRow.ID?
}

extension LifecycleState {
    static func active(since: Instant?, until: Instant? = nil, in period: Term? = nil) -> LifecycleState {
        LifecycleState(
            status: .active,
            since: since,
            until: until,
            access: .everyone,
            isBilled: true,
            period: period,
            rule: "SM-5"
        )
    }

    static func deleted(since: Instant?, in period: Term? = nil, by rule: RuleID, row: PolicyRow.ID? = nil)
        -> LifecycleState
    {
        LifecycleState(
            status: .deleted,
            since: since,
            access: .nobody,
            isBilled: false,
            period: period,
            rule: rule,
            row: row
        )
    }
}

extension Subscription {
    /// Where it stands when the deliberation is held: computed from what people did and the rules in force when they
    /// did it. Rules are read only where time has made a difference.
    package func state(_ deliberation: inout Deliberation) throws(Refusal) -> LifecycleState {
        if let paid = try converted(&deliberation) { return try paid.state(&deliberation) }
        switch (source, status) {
        case (_, .active): return try running(&deliberation)
        case (.managed, .suspended): return try suspended(&deliberation)
        case (.managed, .disabled): return try cancelled(&deliberation)
        case (_, .deleted): return .deleted(since: course.statusAt, in: term, by: "SM-5")
        case (.observed, .suspended), (.observed, .disabled), (_, .expired): return asTold
        }
    }

    /// The subscription as it stands when the deliberation is held: with the status that time has brought about, in
    /// the term it is in. Not for saving.
    package func settled(_ deliberation: inout Deliberation) throws(Refusal) -> Subscription {
        var result = try converted(&deliberation) ?? self
        let state = try result.state(&deliberation)
        result.status = state.status
        if let period = state.period {
            result.term =
                state.isExtended
                ? Term(start: period.start, end: period.end, autoRenew: true) : period
        }
        return result
    }

    /// Somebody told us, and nobody told us since when.
    private var asTold: LifecycleState {
        LifecycleState(
            status: status,
            since: course.statusAt,
            access: status == .expired ? .everyone : .administrators,
            isBilled: false,
            period: term,
            rule: "SM-5"
        )
    }

    private func running(_ deliberation: inout Deliberation) throws(Refusal) -> LifecycleState {
        let now = deliberation.at
        guard let term else { return .active(since: course.statusAt ?? createdAt) }
        guard !term.autoRenew, term.end <= now else {
            let period = term.period(at: now)
            let since = max(course.statusAt ?? period.start, period.start)
            return .active(since: since, until: term.autoRenew ? nil : term.end, in: period)
        }
        let behaviour = try termEnd(&deliberation)
        guard behaviour.value == .extend else { return try expiring(from: term.end, &deliberation) }
        guard course.endOfTerm != .cancel else { return try ending(at: term.end, behaviour, &deliberation) }
        let month = Term(start: term.end, end: term.end.adding(months: 1), autoRenew: true)?.period(at: now)
        var state = LifecycleState.active(since: term.end, in: month)
        (state.isExtended, state.row) = (true, behaviour.row)
        return state
    }

    /// LC-12, LC-17: users keep access for some days, then administrators alone, then the data is gone.
    private func expiring(
        from end: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> LifecycleState {
        let facets = try facets(at: end, &deliberation)
        let expired = try deliberation.decide(.expiredDays, for: facets, at: end)
        let disabled = try deliberation.decide(.disabledDays, for: facets, at: end)
        let expiry = end.adding(days: expired.value)
        if deliberation.at < expiry {
            return LifecycleState(
                status: .expired,
                since: end,
                until: expiry,
                access: .everyone,
                isBilled: false,
                period: term,
                rule: expired.rule,
                row: expired.row
            )
        }
        return try disabling(since: expiry, for: disabled, access: .administrators, &deliberation)
    }

    /// LC-20: cancelled at the end of the term, access ends with it.
    private func ending(
        at end: Instant,
        _ behaviour: Decision<TermEndBehaviour>,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> LifecycleState {
        let facets = try facets(at: end, &deliberation)
        let disabled = try deliberation.decide(.disabledDays, for: facets, at: end)
        return try disabling(since: end, for: disabled, access: .nobody, &deliberation)
    }

    private func disabling(
        since: Instant,
        for days: Decision<Int>,
        access: LifecycleState.Access,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> LifecycleState {
        let end = since.adding(days: days.value)
        guard deliberation.at < end else { return .deleted(since: end, in: term, by: days.rule, row: days.row) }
        return LifecycleState(
            status: .disabled,
            since: since,
            until: end,
            access: access,
            isBilled: false,
            period: term,
            rule: days.rule,
            row: days.row
        )
    }
}

// What people have stopped.
extension Subscription {
    private func suspended(_ deliberation: inout Deliberation) throws(Refusal) -> LifecycleState {
        guard let since = course.statusAt else { return asTold }
        let facets = try facets(at: since, &deliberation)
        let limit = try deliberation.decide(.suspendUntil, for: facets, at: since)
        let billed = try deliberation.decide(.suspendBilled, for: facets, at: since)
        let period = term?.period(at: since)
        let end: Instant? =
            switch limit.value {
            case .retention: try retention(from: since, facets, &deliberation)
            case .termEnd: period?.end
            }
        guard let end, end <= deliberation.at else {
            return LifecycleState(
                status: .suspended,
                since: since,
                until: end,
                access: .administrators,
                isBilled: billed.value,
                period: period,
                rule: limit.rule,
                row: limit.row
            )
        }
        guard limit.value == .termEnd else {
            return .deleted(since: end, in: period, by: limit.rule, row: limit.row)
        }
        // LC-12: what is suspended when its term ends is disabled for both times together.
        let expired = try deliberation.decide(.expiredDays, for: facets, at: end)
        let disabled = try deliberation.decide(.disabledDays, for: facets, at: end)
        let gone = end.adding(days: expired.value + disabled.value)
        guard deliberation.at < gone else { return .deleted(since: gone, in: period, by: "LC-12", row: disabled.row) }
        return LifecycleState(
            status: .disabled,
            since: end,
            until: gone,
            access: .administrators,
            isBilled: false,
            period: period,
            rule: "LC-12",
            row: disabled.row
        )
    }

    /// LC-03: some days, and those from the beginning to the first bill on top, up to a maximum.
    func retention(
        from since: Instant,
        _ facets: Circumstances,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Instant {
        let days = try deliberation.decide(.suspendRetentionDays, for: facets, at: since).value
        let maximum = try deliberation.decide(.suspendRetentionMaximum, for: facets, at: since).value
        guard days < maximum else { return since.adding(days: min(days, maximum)) }
        let billing = try deliberation.decide(.billingDay, for: facets, at: since).value
        let unbilled = createdAt.next(dayOfMonth: billing).days(since: createdAt.startOfDay)
        return since.adding(days: min(days + unbilled, maximum))
    }

    /// LC-19: cancelled, with data that is kept for a while.
    private func cancelled(_ deliberation: inout Deliberation) throws(Refusal) -> LifecycleState {
        guard let since = course.statusAt else { return asTold }
        let facets = try facets(at: since, &deliberation)
        let days = try deliberation.decide(.cancelRetentionDays, for: facets, at: since)
        return try disabling(since: since, for: days, access: .administrators, &deliberation)
    }
}

extension Instant {
    /// Midnight of the next such day of a month; the last day where a month is too short for it.
    func next(dayOfMonth day: Int) -> Instant {
        let civil = CivilTime(self)
        let first = CivilTime(year: civil.year, month: civil.month, day: 1).instant
        for month in [first, first.adding(months: 1)] {
            var candidate = CivilTime(month)
            candidate.day = min(max(day, 1), CivilTime.daysInMonth(candidate.month, of: candidate.year))
            if self < candidate.instant { return candidate.instant }
        }
        return first.adding(months: 2)
    }
}
