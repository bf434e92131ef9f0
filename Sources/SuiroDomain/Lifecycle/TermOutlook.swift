/// What will become of a licence by itself when a term ends that does not renew (LC-12, LC-20, OP-32).
package struct TermOutlook: Hashable, Codable, Sendable {
    package enum Turn: Hashable, Codable, Sendable {
        /// It runs on by the month, for more, until it is cancelled (LC-20).
        case runsOn(MonthBeyondTerm)
        /// Users lose access, and later the data goes (LC-12, LC-17).
        case stops(accessUntil: Instant, dataUntil: Instant?)
    }

    package let end: Instant
    /// What somebody chose for the end; nothing where auto-renew is merely off.
    package let chosen: EndOfTerm?
    package let turn: Turn
    package let row: PolicyRow.ID?
}

/// What a month beyond the term costs (LC-20): the price where it is known, and by how many per cent more where there
/// is a monthly plan and where there is none.
package struct MonthBeyondTerm: Hashable, Codable, Sendable {
    package let cost: Money?
    package let uplift: Int
    package let upliftWithoutPlan: Int
}

/// That the end of a term is near and nobody has said what shall come then (OP-32).
package struct TermAlert: Hashable, Sendable {
    package let subscription: ID<Subscription>
    package let customer: ID<Customer>
    /// So many days before the end this alert was due.
    package let day: Int
    package let outlook: TermOutlook
    /// What may still be chosen.
    package let choices: [EndOfTerm]
    /// The row that names the days.
    package let row: PolicyRow.ID
}

extension Subscription {
    /// What comes at the end of the term it is in, by the rules in force then; `nil` where the term renews itself, has
    /// ended, or is not a licence that a partner sold here.
    package func outlook(_ deliberation: inout Deliberation) throws(Refusal) -> TermOutlook? {
        guard source == .managed, family == .license, let term, !term.autoRenew, deliberation.at < term.end,
            try state(&deliberation).status == .active
        else { return nil }
        // The same function that says where it stands on any day is asked about the day of the end.
        let then = try state(at: term.end, &deliberation)
        guard !then.isExtended else {
            let month = try monthBeyondTerm(&deliberation)
            return TermOutlook(end: term.end, chosen: course.endOfTerm, turn: .runsOn(month), row: then.row)
        }
        let keepsAccess = then.access == .everyone
        let last = keepsAccess ? then.until ?? term.end : term.end
        let gone = keepsAccess ? try state(at: last, &deliberation).until : then.until
        let turn = TermOutlook.Turn.stops(accessUntil: last, dataUntil: gone)
        return TermOutlook(end: term.end, chosen: course.endOfTerm, turn: turn, row: then.row)
    }

    /// The alert whose day has come, the latest where several have: late alerts are one. `nil` where none has, or where
    /// somebody has chosen (OP-32). A day on which the term had not begun yet is none.
    package func termAlert(_ deliberation: inout Deliberation) throws(Refusal) -> TermAlert? {
        guard let outlook = try outlook(&deliberation), outlook.chosen == nil, let term else { return nil }
        let facets = try facets(at: deliberation.at, &deliberation)
        let days = try deliberation.decide(.termEndAlertDays, for: facets)
        let due = days.value.filter { day in
            let date = term.end.adding(days: -day)
            return term.start <= date && date <= deliberation.at
        }
        guard let day = due.min() else { return nil }
        return TermAlert(
            subscription: id,
            customer: customer,
            day: day,
            outlook: outlook,
            choices: try deliberation.decide(.endOfTermChoices, for: facets).value,
            row: days.row
        )
    }

    /// What a month beyond the term costs, by the rules in force at its end.
    func monthBeyondTerm(_ deliberation: inout Deliberation) throws(Refusal) -> MonthBeyondTerm {
        let end = term?.end ?? deliberation.at
        let facets = try facets(at: end, &deliberation)
        let uplift = try deliberation.decide(.extensionUplift, for: facets, at: end).value
        let otherwise = try deliberation.decide(.extensionUpliftWithoutPlan, for: facets, at: end).value
        return MonthBeyondTerm(
            cost: monthlyCost?.raised(byPercent: uplift),
            uplift: uplift,
            upliftWithoutPlan: otherwise
        )
    }

    private func state(
        at instant: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> LifecycleState {
        var ahead = Deliberation(book: deliberation.book, at: instant, cloud: deliberation.cloud)
        let state = try state(&ahead)
        deliberation.absorb(ahead)
        return state
    }
}

extension PolicyBook {
    /// Every day before the end of a term that any row names, the earliest first: how far ahead to look.
    package var termEndAlertDays: [Int] {
        let key = PolicyKey<[Int]>.termEndAlertDays
        let days = rows.filter { $0.key == key.name }.flatMap { key.read($0.value) ?? [] }
        return Set(days).sorted(by: >)
    }
}
