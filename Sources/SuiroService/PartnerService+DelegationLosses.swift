package import SuiroDomain
import SuiroStore

// Said before anything is removed: who loses what, and whether it is the last way in (OP-15).
extension PartnerService {
    /// What ending a relationship would take from whom, or deleting one assignment of it. Nothing is changed.
    package func losses(
        ending id: ID<DelegatedAdminRelationship>,
        assignment: ID<AccessAssignment>? = nil,
        _ context: CallContext
    ) async throws -> AccessLoss {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            let relationship = try findDelegation(id, &deliberation, tx)
            if let assignment, try tx.assignment(assignment, of: id) == nil {
                throw Refusal.notFound(.accessAssignment, "\(assignment)")
            }
            return try loss(without: relationship, assignment: assignment, &deliberation, tx)
        }
    }

    /// GD-17: refuses what would leave the partner's own sales without anybody who can get in.
    func requireOtherPath(
        without relationship: DelegatedAdminRelationship,
        assignment: ID<AccessAssignment>? = nil,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let loss = try loss(without: relationship, assignment: assignment, &deliberation, tx)
        guard !loss.unattended.isEmpty else { return }
        let row = try deliberation.decide(.delegationGuardedFamilies).row
        throw Refusal.delegation(.lastPath(subscriptions: loss.unattended, row: row))
    }

    private func loss(
        without relationship: DelegatedAdminRelationship,
        assignment: ID<AccessAssignment>?,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> AccessLoss {
        guard let customer = relationship.customer else {
            return AccessLoss(groups: [], isLastPath: false, unattended: [])
        }
        let now = deliberation.at
        let before = try effectiveAccess(of: relationship.partner, in: customer, tx)
        let after = EffectiveAccess(
            granted: before.granted.compactMap { each in
                guard each.relationship.id == relationship.id else { return each }
                guard let assignment else { return nil }
                return EffectiveAccess.Granted(each.relationship, each.assignments.filter { $0.id != assignment })
            },
            delegated: before.delegated,
            standing: before.standing
        )
        let others = try tx.grants(in: customer).map(\.grant).contains {
            $0.partner == relationship.partner && [.resourceRole, .guest].contains($0.kind) && $0.isLive(at: now)
        }
        let guarded = try guarded(by: relationship.partner, in: customer, &deliberation, tx)
        return before.loss(comparedTo: after, otherPaths: others, guarded: guarded, at: now)
    }

    /// Names of what the partner sold there that somebody has to be able to look after (GD-17).
    func guarded(
        by partner: ID<Partner>,
        in customer: ID<Customer>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> [String] {
        let families = Set(try deliberation.decide(.delegationGuardedFamilies).value)
        return try tx.subscriptions(of: customer).filter { subscription in
            subscription.source == .managed && subscription.status == .active
                && subscription.seller.id == partner.as(Tenant.self)
                && families.contains(subscription.family?.rawValue ?? "")
        }.map(\.name)
    }

    /// What a partner may do about a subscription by granular delegated administration: the relationship that lasts longest
    /// of those whose roles are in somebody's hands (GD-08). It does not help with what an Enterprise Agreement brought
    /// (GD-22).
    func delegatedGrant(
        of partner: ID<Partner>,
        for subscription: Subscription,
        at now: Instant,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> AccessGrant? {
        let access = try effectiveAccess(of: partner, in: subscription.customer, tx)
        let used = access.granted.filter { each in
            access.standing != .suspended
                && each.assignments.contains { !$0.roles(under: each.relationship, at: now).isEmpty }
        }
        guard !used.isEmpty else { return nil }
        if subscription.channel == .ea, try !deliberation.decide(.delegationForEA).value { return nil }
        return used.compactMap { $0.relationship.grant(at: now) }.max { $0.until < $1.until }
    }

    /// Every fact that a partner's access to a customer's tenant rests on (INV-08, GD-16).
    func effectiveAccess(
        of partner: ID<Partner>,
        in customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> EffectiveAccess {
        EffectiveAccess(
            granted: try tx.delegations(in: customer, of: partner).map {
                EffectiveAccess.Granted($0, try tx.assignments(of: $0.id))
            },
            delegated: try tx.openGrant(.dap, of: partner, in: customer),
            standing: try tx.organization(partner.as(Tenant.self))?.standing ?? .suspended
        )
    }
}
