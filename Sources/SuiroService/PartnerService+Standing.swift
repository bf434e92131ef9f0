package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// A partner's standing changes (SM-12). One that is suspended takes over nothing from then on: what was scheduled to
    /// come to it is called off in the same transaction, and everybody is told (OP-45).
    package func setStanding(of partner: ID<Partner>, to standing: Standing) async throws {
        _ = try await writeAsSystem(in: .tenant(partner.as(Tenant.self))) { tx in
            guard var organization = try tx.organization(partner.as(Tenant.self)), organization.kind.isPartner else {
                throw Refusal.notFound(.organization, "\(partner)")
            }
            guard organization.standing != standing else { return true }
            organization.standing = standing
            organization.revision += 1
            try tx.update(organization)
            try tx.record(
                .profileUpdated("standing"),
                Remark(partner: partner, details: ["standing": standing.rawValue])
            )
            guard standing == .suspended else { return true }
            var deliberation = try deliberation(tx)
            if try deliberation.decide(.delegationEndsOnSuspension).value {
                try terminateAll(of: partner, in: nil, &deliberation, tx)
            }
            for move in try tx.moves(MoveQuery(target: organization.id)) {
                var current = move
                var outcome = MoveOutcome()
                for subscription in move.subscriptions {
                    if let part = current.callOff(subscription, because: .partnerSuspended, at: tx.permit.intent.at) {
                        outcome = outcome + part
                    }
                }
                guard current.revision != move.revision else { continue }
                try tx.update(current, seen: move.revision)
                try apply(outcome, current, tx)
            }
            return true
        }
    }
}
