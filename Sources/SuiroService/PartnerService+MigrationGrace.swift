import SuiroDomain
import SuiroStore

// What follows a migration in time: groups get their roles once the customer has answered, and delegated administration
// ends after its days of grace (SM-3, GD-23).
extension PartnerService {
    /// Looks at the rows whose time has come, each in its customer's own scope.
    func sweepMigratedRows() async throws {
        let due = try await readAsSystem { tx in try tx.dueMigrationRows() }
        for (id, position) in due {
            guard let row = try await readAsSystem({ tx in try tx.migrationRow(id, at: position) }) else { continue }
            try await announcing {
                _ = try await writeAsSystem(in: .customer(row.customer)) { tx in
                    guard let job = try tx.migrationJob(id), var row = try tx.migrationRow(id, at: position) else {
                        return false
                    }
                    let due = try goOn(&row, job, tx)
                    try tx.update(row, at: position, of: id, due: due)
                    return true
                }
            }
        }
    }

    /// Answers when to look again; `nil` when there is nothing more to do.
    private func goOn(_ row: inout MigrationRow, _ job: MigrationJob, _ tx: Transaction) throws -> Instant? {
        var deliberation = try deliberation(tx)
        let now = deliberation.at
        guard row.outcome == .migrated || row.outcome == .asked, let id = row.relationship else { return nil }
        guard var grant = try tx.openGrant(.dap, of: job.partner, in: row.customer), grant.isLive(at: now) else {
            row.end(.completed, .endedOtherwise)
            return nil
        }
        guard let relationship = try tx.delegation(id) else {
            row.end(.refused, .notInForce)
            return nil
        }
        if relationship.status(at: now) == .approvalPending { return now.adding(seconds: 3600) }
        let grace = try deliberation.decide(.migrationGraceDays)
        guard let ends = relationship.graceEnds(after: grace.value, at: now) else {
            // Turned down, run out or ended: delegated administration stays as it is.
            row.end(.refused, .notInForce, row: grace.row)
            return nil
        }
        if row.outcome == .asked {
            if try tx.assignments(of: id).isEmpty { try assign(job.plan, relationship, &deliberation, tx) }
            row.end(.migrated, .sent, row: row.policyRow)
        }
        row.ends = ends
        if now < ends { return ends }
        let access = try effectiveAccess(of: job.partner, in: row.customer, tx)
        guard !access.rolesByGroup(at: now).isEmpty else {
            row.end(.migrated, .notAssigned, row: grace.row)
            return now.adding(days: 1)
        }
        if !job.plan.isForced, try !unattended(job.plan, by: job.partner, in: row.customer, &deliberation, tx).isEmpty {
            row.end(.migrated, .lastPath, row: try deliberation.decide(.delegationGuardedFamilies).row)
            return now.adding(days: 1)
        }
        let event = try grant.revoke(by: job.person, at: now)
        try tx.update(grant)
        try tx.record(
            event,
            Remark(
                partner: grant.partner,
                customer: row.customer,
                rule: grace.row,
                details: ["kind": grant.kind.rawValue, "migration": "\(job.id)", "delegation": "\(id)"]
            )
        )
        try tellPartner(grant, tx)
        row.end(.completed, .done, row: grace.row)
        return nil
    }

    /// The groups get their roles (GD-08): approval alone gives nobody anything.
    func assign(
        _ plan: MigrationPlan,
        _ relationship: DelegatedAdminRelationship,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let processing = try deliberation.decide(.delegationProcessing).value
        for each in plan.groups {
            let assignment = try AccessAssignment(
                id: environment.newID(),
                of: relationship,
                group: "\(each.group)",
                roles: each.roles,
                processing: processing,
                at: deliberation.at
            )
            try tx.insert(assignment)
            try note(.assignment(.assignmentCreated, assignment.id), assignment, relationship, tx)
            if processing == 0 {
                try note(.assignment(.assignmentActivated, assignment.id), assignment, relationship, tx)
            }
        }
    }

    /// GD-17: what the partner sold there and nobody could look after any more without delegated administration: none of
    /// the groups has anybody in it, and there is no other way in.
    func unattended(
        _ plan: MigrationPlan,
        by partner: ID<Partner>,
        in customer: ID<Customer>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> [String] {
        let now = deliberation.at
        let hasMembers = try plan.groups.contains { each in
            guard !each.roles.isEmpty, let group = try tx.group(each.group, of: partner.as(Tenant.self)) else {
                return false
            }
            return try tx.members(of: group).contains(where: \.isActive)
        }
        guard !hasMembers else { return [] }
        let others = try tx.grants(in: customer).map(\.grant).contains {
            $0.partner == partner && [.resourceRole, .guest].contains($0.kind) && $0.isLive(at: now)
        }
        return others ? [] : try guarded(by: partner, in: customer, &deliberation, tx)
    }

    /// The customer's administrators are asked by mail; whoever reads it decides as with any other request.
    func ask(
        _ customer: Organization,
        _ relationship: DelegatedAdminRelationship,
        from partner: Organization,
        _ tx: Transaction
    ) throws {
        let now = tx.permit.intent.at
        let admins = try tx.people(of: customer.id).filter { $0.isActive && $0.roles.contains(.globalAdmin) }
        for person in admins.prefix(20) {
            let arguments: [String: Argument] = [
                "recipient": .text(person.name), "partner": .text(partner.name), "company": .text(customer.name),
                "name": .text(relationship.displayName),
            ]
            let link = "\(environment.origin())/delegations/\(relationship.id)"
            try tx.send(mail("delegationAsked", to: person, arguments, link: link, at: now))
        }
    }
}
