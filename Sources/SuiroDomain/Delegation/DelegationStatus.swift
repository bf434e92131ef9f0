/// Where a relationship stands, in the words of Graph and of SM-4.
package enum DelegationStatus: String, Codable, CaseIterable, Sendable {
    case created, approvalPending, approved, activating, active, expiring, expired, terminationRequested, terminating,
        terminated, rejected
}

/// Where an assignment of roles to a group stands (SM-4b).
package enum AssignmentStatus: String, Codable, CaseIterable, Sendable { case pending, active, deleting, deleted }

/// Something that is being carried out, seen at one instant. Whoever asked is heard at once; carrying out takes the
/// second half of the time. With no time to take, both are over in the same instant.
enum Progress {
    case asked, running, done

    init(since start: Instant, taking seconds: Int, at now: Instant) {
        if start.adding(seconds: seconds) <= now {
            self = .done
        } else {
            self = start.adding(milliseconds: Int64(seconds) * 500) <= now ? .running : .asked
        }
    }
}

extension DelegatedAdminRelationship {
    package func status(at now: Instant) -> DelegationStatus {
        switch phase {
        case .created: return .created
        case .awaitingApproval(_, let until): return now < until ? .approvalPending : .expired
        case .unanswered: return .expired
        case .rejected: return .rejected
        case .approved(let tenure):
            let end = end(at: now) ?? tenure.end
            guard now < end else {
                return end.adding(seconds: tenure.processing) <= now ? .expired : .expiring
            }
            switch Progress(since: tenure.approvedAt, taking: tenure.processing, at: now) {
            case .asked: return .approved
            case .running: return .activating
            case .done: return .active
            }
        case .terminated(let tenure, let termination):
            switch Progress(since: termination.at, taking: tenure.processing, at: now) {
            case .asked: return .terminationRequested
            case .running: return .terminating
            case .done: return .terminated
            }
        }
    }

    /// Whether it gives anything at `now`. It is over the millisecond it ends or is ended, however long carrying that out
    /// takes (INV-08).
    package func isLive(at now: Instant) -> Bool {
        guard case .approved(let tenure) = phase, let end = end(at: now) else { return false }
        return tenure.activatedAt <= now && now < end
    }

    package var tenure: Tenure? {
        switch phase {
        case .created, .awaitingApproval, .unanswered, .rejected: nil
        case .approved(let tenure), .terminated(let tenure, _): tenure
        }
    }

    /// When it ends as things stand at `now`: each time the end comes and extension is on, it moves on (GD-11). `nil`
    /// before approval.
    package func end(at now: Instant) -> Instant? {
        guard let tenure else { return nil }
        guard case .approved = phase, let days = autoExtendDays, days > 0, tenure.end <= now else { return tenure.end }
        let step = Int64(days) * 86_400_000
        let periods = (now.milliseconds - tenure.end.milliseconds) / step + 1
        return tenure.end.adding(milliseconds: periods * step)
    }

    /// When it ceased to matter: ended, refused, or never answered.
    package func over(at now: Instant) -> Instant? {
        switch phase {
        case .created: return nil
        case .awaitingApproval(_, let until): return until <= now ? until : nil
        case .unanswered(_, let until): return until
        case .rejected(let at, _, _): return at
        case .approved: return end(at: now).flatMap { $0 <= now ? $0 : nil }
        case .terminated(_, let termination): return termination.at
        }
    }
}
