/// How long a move waits for its parties.
package struct MoveDeadlines: Hashable, Sendable {
    /// Nobody can agree from this instant on (TR-05).
    package let expires: Instant
    /// The days after the request on which those are reminded who have not answered (OP-10).
    package let reminderDays: [Int]
    /// The row that says how long.
    package let row: PolicyRow.ID
}

extension Move {
    /// The deadlines of a move that is asked for at `now`: at least a day, and no reminder that would come too late.
    package static func deadlines(
        from now: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> MoveDeadlines {
        let expiry = try deliberation.decide(.transferExpiryDays)
        let days = max(expiry.value, 1)
        let reminders = try deliberation.decide(.transferReminderDays).value.compactMap { Int($0) }
        return MoveDeadlines(
            expires: now.adding(days: days),
            reminderDays: reminders.filter { $0 < days }.sorted(),
            row: expiry.row
        )
    }

    /// The steps as people see them now, each with the day by which policy expects it (SM-8a, SW-11).
    package func stepViews(
        at now: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> [StepView] {
        let days = try deliberation.decide(.moveStepDays).value
        guard steps.contains(where: { $0.step == .confirmVerification }) else {
            return stepViews(at: now, within: StepTimes(days: days, answerHours: nil))
        }
        let hours = try deliberation.decide(.switchProviderHours).value
        return stepViews(at: now, within: StepTimes(days: days, answerHours: hours))
    }
}

/// How long a step may take from the one before it.
package struct StepTimes: Hashable, Sendable {
    /// Days for whatever has no time of its own.
    package let days: Int
    /// Business hours in which a request is answered; `nil` where nobody promised any.
    package let answerHours: Int?

    package init(days: Int, answerHours: Int?) {
        (self.days, self.answerHours) = (days, answerHours)
    }

    func due(_ step: MoveStep, after before: Instant) -> Instant {
        guard step == .confirmVerification, let answerHours else { return before.adding(days: days) }
        return before.adding(businessHours: answerHours)
    }
}
