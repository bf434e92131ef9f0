import SuiroDomain
import SuiroStore

/// How many invitations a partner may send in a day, in all and to one domain (I-10); `nil` is no limit. Counted in the
/// database, in the transaction that sends: every process sees the same number.
package struct InvitationQuota: Hashable, Sendable {
    package static let none = InvitationQuota(total: nil, toDomain: nil)
    package let total: Int?
    package let toDomain: Int?

    package init(total: Int?, toDomain: Int?) {
        (self.total, self.toDomain) = (total, toDomain)
    }

    func check(_ domain: String?, of partner: ID<Partner>, at now: Instant, _ tx: Transaction) throws {
        guard total != nil || toDomain != nil else { return }
        let day = now.adding(days: -1)
        let sent = try tx.invitations(of: partner, since: day)
        try check(sent.map(\.at), total, now)
        if let domain { try check(sent.filter { $0.domain == domain }.map(\.at), toDomain, now) }
    }

    /// One more may go out when the oldest of the last `limit` is a day old.
    private func check(_ times: [Instant], _ limit: Int?, _ now: Instant) throws {
        guard let limit, times.count >= limit, let first = times.suffix(limit).first else { return }
        let wait = (first.adding(days: 1).milliseconds - now.milliseconds + 999) / 1000
        throw Refusal.tooManyInvitations(seconds: max(1, Int(wait)))
    }
}
