package import SuiroDomain
import SuiroStore

/// What a migration would do, customer by customer, and who would lose what (OP-15). Nothing is changed.
package struct MigrationPreview: Sendable {
    package struct Row: Sendable {
        package let customer: ID<Customer>
        package let customerName: String?
        package let outcome: MigrationOutcome
        package let why: MigrationReason
        package let policyRow: PolicyRow.ID?
        package let losses: [MigrationLoss]
        /// What the partner sold there and could not look after any more.
        package let unattended: [String]
        /// When delegated administration would end; `nil` where that waits for the customer's answer.
        package let ends: Instant?
    }

    package let plan: MigrationPlan
    package let total: Int
    package let rows: [Row]
    package let next: Int?
    package let edition: Int
}

extension PartnerService {
    package func migrationPreview(
        _ wish: MigrationWish,
        from position: Int,
        limit: Int,
        _ context: CallContext
    ) async throws -> MigrationPreview {
        let tenant = try context.tenant
        return try await show(context, .manageDelegation, in: .tenant(tenant)) { tx, deliberation in
            guard let partner = try tx.organization(tenant), partner.kind.isPartner else {
                throw Refusal.accessDenied(missing: "partner")
            }
            let plan = try plan(wish, of: partner, &deliberation, tx)
            let customers = try customers(wish, of: partner, tx)
            let agents = try tx.people(of: tenant).filter {
                $0.isActive && ($0.roles.contains(.adminAgent) || $0.roles.contains(.helpdeskAgent))
            }
            var memberships: [ID<PartnerGroup>: Set<ID<Person>>] = [:]
            for each in plan.groups {
                guard let group = try tx.group(each.group, of: tenant) else { continue }
                memberships[each.group] = Set(try tx.members(of: group).map(\.id))
            }
            let rows = try customers.dropFirst(position).prefix(limit).map { customer in
                try row(customer, plan, of: partner, agents, memberships, &deliberation, tx)
            }
            let end = position + rows.count
            return MigrationPreview(
                plan: plan,
                total: customers.count,
                rows: rows,
                next: end < customers.count ? end : nil,
                edition: deliberation.book.edition
            )
        }
    }

    private func row(
        _ customer: ID<Customer>,
        _ plan: MigrationPlan,
        of partner: Organization,
        _ agents: [Person],
        _ memberships: [ID<PartnerGroup>: Set<ID<Person>>],
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> MigrationPreview.Row {
        let owner = partner.id.as(Partner.self)
        guard let delegated = try tx.openGrant(.dap, of: owner, in: customer), delegated.isLive(at: deliberation.at)
        else { return MigrationPreview.Row(customer) }
        let existing = try tx.delegations(in: customer, of: owner)
        let verdict = try MigrationPlan.verdict(delegated: delegated, existing: existing, &deliberation)
        let grace = try deliberation.decide(.migrationGraceDays)
        let processing = try deliberation.decide(.delegationProcessing).value
        let unattended = try unattended(plan, by: owner, in: customer, &deliberation, tx)
        var (outcome, why) = (MigrationOutcome.asked, MigrationReason.sent)
        var policyRow: PolicyRow.ID? = try deliberation.decide(.migrationConsent).row
        switch verdict {
        case .no(let no, let reason, let row): (outcome, why, policyRow) = (no, reason, row)
        case .carryOver, .ask:
            if verdict == .carryOver { (outcome, why) = (.migrated, .carriedOver) }
            if !unattended.isEmpty, !plan.isForced {
                (outcome, why, policyRow) = (
                    .refused, .lastPath, try deliberation.decide(.delegationGuardedFamilies).row
                )
            }
        }
        let moves = outcome == .migrated || outcome == .asked
        return MigrationPreview.Row(
            customer: customer,
            customerName: try tx.organization(customer.as(Tenant.self))?.name,
            outcome: outcome,
            why: why,
            policyRow: policyRow,
            losses: moves || why == .lastPath
                ? plan.losses(of: agents, memberships: memberships, roles: delegated.roles) : [],
            unattended: unattended,
            ends: outcome == .migrated
                ? deliberation.at.adding(seconds: processing).adding(days: grace.value) : nil
        )
    }

    /// The wish with what policy adds to it; refused where a role or a group is not what it says.
    func plan(
        _ wish: MigrationWish,
        of partner: Organization,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> MigrationPlan {
        try Delegation.requireOffered(to: partner, &deliberation)
        let usual = try deliberation.decide(.migrationRoles)
        let roles = wish.roles ?? usual.value.compactMap(DirectoryRole.init(rawValue:))
        guard !roles.isEmpty else { throw Refusal.invalid([InputFault(field: "roles", code: .required)]) }
        let groups = try wish.groups.map { each in
            guard try tx.group(each.group, of: partner.id) != nil else {
                throw Refusal.invalid([InputFault(field: "groups", code: .unknown, value: "\(each.group)")])
            }
            let given = each.roles ?? roles
            let beyond = given.filter { !roles.contains($0) }
            guard beyond.isEmpty else { throw Refusal.delegation(.rolesNotApproved(beyond)) }
            return MigrationPlan.Group(each.group, given)
        }
        guard Set(groups.map(\.group)).count == groups.count else {
            throw Refusal.invalid([InputFault(field: "groups", code: .duplicate)])
        }
        return MigrationPlan(
            groups: groups,
            roles: roles,
            days: try wish.days ?? deliberation.decide(.migrationDays).value,
            isForced: wish.isForced
        )
    }

    /// Each customer once, in the order that was asked for; all of those with delegated administration by name.
    func customers(_ wish: MigrationWish, of partner: Organization, _ tx: Transaction) throws -> [ID<Customer>] {
        if let customers = wish.customers {
            var seen: Set<ID<Customer>> = []
            return customers.filter { seen.insert($0).inserted }
        }
        var (ids, place): ([ID<Customer>], AccessPosition?) = ([], nil)
        repeat {
            let filter = AccessFilter(kind: .dap)
            let some = try tx.openPaths(.partner(partner.id.as(Partner.self)), filter, after: place, limit: 500)
            ids += some.map(\.row.grant.customer)
            place = some.count == 500 ? some.last?.position : nil
        } while place != nil
        return ids
    }
}

extension MigrationPreview.Row {
    /// Nothing to move, and nobody to name.
    fileprivate init(_ customer: ID<Customer>) {
        (self.customer, customerName, outcome, why) = (customer, nil, .refused, .notDelegated)
        (policyRow, losses, unattended, ends) = (nil, [], [], nil)
    }
}
