// What time alone has brought about is told once. Nothing depends on it having been told.
extension DelegatedAdminRelationship {
    /// That it has become active (GD-09).
    mutating func announceActivation(at now: Instant) -> Event? {
        guard case .approved(var tenure) = phase, !tenure.announced.isActivated, tenure.activatedAt <= now else {
            return nil
        }
        tenure.announced.isActivated = true
        phase = .approved(tenure)
        return .delegation(.delegationActivated, id)
    }

    /// Everything that has not been told by `now`, oldest first, and the reminder that is due (GD-12).
    package mutating func announce(remindingAt days: [Int], at now: Instant) -> (events: [Event], reminder: Reminder?) {
        var events = [announceActivation(at: now)].compactMap(\.self)
        var reminder: Reminder?
        switch phase {
        case .created, .rejected, .terminated, .unanswered: break
        case .awaitingApproval(let since, let until) where until <= now:
            phase = .unanswered(since: since, until: until)
            events.append(.delegation(.delegationUnanswered, id))
        case .awaitingApproval: break
        case .approved(var tenure):
            let end = end(at: now) ?? tenure.end
            if tenure.end < end, tenure.announced.extendedTo != end {
                tenure.announced.extendedTo = end
                events.append(.delegation(.delegationExtended, id))
            }
            if end <= now, !tenure.announced.isExpired {
                tenure.announced.isExpired = true
                events.append(.delegation(.delegationExpired, id))
            }
            reminder = dueReminder(days, before: end, after: tenure.announced.reminder, at: now)
            tenure.announced.reminder = reminder ?? tenure.announced.reminder
            phase = .approved(tenure)
        }
        if !events.isEmpty || reminder != nil { revision += 1 }
        return (events, reminder)
    }

    /// The reminder of the latest day that has come; of those that were missed only the last. What goes on by itself needs
    /// none, and of the end itself another mail tells.
    private func dueReminder(_ days: [Int], before end: Instant, after sent: Reminder?, at now: Instant) -> Reminder? {
        guard autoExtendDays == nil, now < end else { return nil }
        guard let due = days.filter({ 0 < $0 && end.adding(days: -$0) <= now }).min() else { return nil }
        if let sent, sent.end == end, sent.days <= due { return nil }
        return Reminder(end: end, days: due)
    }

    /// When there will next be something to tell; `nil` when there will not.
    package func nextAttention(remindingAt days: [Int], after now: Instant) -> Instant? {
        switch phase {
        case .created, .rejected, .terminated, .unanswered: return nil
        case .awaitingApproval(_, let until): return until
        case .approved(let tenure):
            guard tenure.announced.isActivated else { return tenure.activatedAt }
            guard !tenure.announced.isExpired, let end = end(at: now) else { return nil }
            guard autoExtendDays == nil else { return end }
            let reminders = days.filter { 0 < $0 }.map { end.adding(days: -$0) }
            return reminders.filter { now < $0 }.min() ?? end
        }
    }
}
