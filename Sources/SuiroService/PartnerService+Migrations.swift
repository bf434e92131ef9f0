import SuiroAssets
package import SuiroDomain
import SuiroStore

/// Which customers shall move from delegated administration to granular relationships, and to what.
package struct MigrationWish: Sendable {
    /// `nil`: every customer with delegated administration.
    package var customers: [ID<Customer>]?
    /// Roles of each group; without any, all of the relationship's.
    package var groups: [(group: ID<PartnerGroup>, roles: [DirectoryRole]?)]
    /// Left out, what policy says (GD-23).
    package var roles: [DirectoryRole]?
    package var days: Int?
    package var isForced: Bool

    package init(
        customers: [ID<Customer>]?,
        groups: [(group: ID<PartnerGroup>, roles: [DirectoryRole]?)],
        roles: [DirectoryRole]? = nil,
        days: Int? = nil,
        isForced: Bool = false
    ) {
        (self.customers, self.groups, self.roles) = (customers, groups, roles)
        (self.days, self.isForced) = (days, isForced)
    }
}

/// A migration of many customers as it stands.
package struct MigrationView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let position: Int
        package let row: MigrationRow
    }

    package let job: MigrationJob
    package let counts: [MigrationOutcome: Int]
    package let rows: [Row]
    package let next: Int?

    package var waiting: Int { counts[.waiting] ?? 0 }
}

// Many customers at once, without a limit: every row has an end of its own, and says why (GD-23, GD-24).
extension PartnerService {
    private static let batch = 25
    private static let patience = Duration.seconds(5)

    /// Writes down everything that was asked for before the first customer is touched, and begins.
    package func migrate(_ wish: MigrationWish, _ context: CallContext) async throws -> MigrationView {
        guard case .person(let person, _, let token) = context.caller else {
            throw Refusal.accessDenied(missing: "person")
        }
        let job = try await asPartner(context) { tx, deliberation, partner, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let plan = try plan(wish, of: partner, &deliberation, tx)
            let customers = try customers(wish, of: partner, tx)
            let job = MigrationJob(
                id: environment.newID(),
                partner: partner.id.as(Partner.self),
                person: person,
                token: token,
                createdAt: deliberation.at,
                total: customers.count,
                plan: plan
            )
            try tx.insert(job, customers.map(MigrationRow.init))
            return job
        }
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: Self.patience)
        while clock.now < deadline, try await work(on: job) {}
        return try await migration(job.id, from: 0, limit: 500, context)
    }

    /// How far it has come; rows in the order in which they were asked for.
    package func migration(
        _ id: ID<MigrationJob>,
        from position: Int,
        limit: Int,
        _ context: CallContext
    ) async throws -> MigrationView {
        let tenant = try context.tenant
        return try await read(context, .readDelegations, in: .tenant(tenant)) { tx in
            guard let job = try tx.migrationJob(id, of: tenant.as(Partner.self)) else {
                throw Refusal.notFound(.delegation, "\(id)")
            }
            let rows = try tx.migrationRows(of: id, from: position, limit: limit + 1)
            return MigrationView(
                job: job,
                counts: try tx.migrationCounts(of: id),
                rows: rows.prefix(limit).map { MigrationView.Row(position: $0.position, row: $0.row) },
                next: rows.count > limit ? rows[limit].position : nil
            )
        }
    }

    /// Goes on with what somebody's request left, on whichever server.
    func sweepMigrations() async throws {
        for job in try await readAsSystem({ tx in try tx.openMigrationJobs() }) {
            do {
                while try await work(on: job) {}
            } catch let refusal as Refusal {
                try await refuseRest(of: job, refusal)
            }
        }
        try await sweepMigratedRows()
    }

    /// Does the next rows in the name of whoever asked, with the rights they have now. Answers whether more wait.
    private func work(on job: MigrationJob) async throws -> Bool {
        let context = CallContext(
            caller: .person(job.person, of: job.partner.as(Tenant.self), token: job.token),
            correlation: job.id.uuid
        )
        return try await asPartner(context) { tx, deliberation, partner, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let rows = try tx.migrationRows(of: job.id, limit: Self.batch, waiting: true)
            for (position, row) in rows {
                let (done, due) = try begin(row, job.plan, of: partner, principal, &deliberation, tx)
                try tx.update(done, at: position, of: job.id, due: due)
            }
            if rows.count < Self.batch { try tx.close(job.id) }
            return rows.count == Self.batch
        }
    }

    /// Whoever asked may not any more: what waits is refused, and says so.
    private func refuseRest(of job: MigrationJob, _ refusal: Refusal) async throws {
        _ = try await writeAsSystem(in: .tenant(job.partner.as(Tenant.self))) { tx in
            for (position, row) in try tx.migrationRows(of: job.id, limit: job.total, waiting: true) {
                var row = row
                row.refuse(refusal)
                try tx.update(row, at: position, of: job.id, due: nil)
            }
            try tx.close(job.id)
            return true
        }
    }

    private func begin(
        _ waiting: MigrationRow,
        _ plan: MigrationPlan,
        of partner: Organization,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> (MigrationRow, due: Instant?) {
        var row = waiting
        let owner = partner.id.as(Partner.self)
        let delegated = try tx.openGrant(.dap, of: owner, in: row.customer)
        guard delegated != nil, let customer = try tx.organization(row.customer.as(Tenant.self)) else {
            row.end(.refused, .notDelegated)
            return (row, nil)
        }
        row.customerName = customer.name
        do {
            let existing = try tx.delegations(in: row.customer, of: owner)
            let verdict = try MigrationPlan.verdict(delegated: delegated, existing: existing, &deliberation)
            if case .no(let outcome, let why, let policyRow) = verdict {
                row.end(outcome, why, row: policyRow)
                return (row, nil)
            }
            if !plan.isForced, try !unattended(plan, by: owner, in: row.customer, &deliberation, tx).isEmpty {
                row.end(.refused, .lastPath, row: try deliberation.decide(.delegationGuardedFamilies).row)
                return (row, nil)
            }
            var relationship = try draft(plan, for: customer, of: partner, principal, &deliberation, tx)
            if verdict == .carryOver {
                try carryOver(&relationship, from: partner, to: customer, principal, &deliberation, tx)
                try assign(plan, relationship, &deliberation, tx)
                row.end(.migrated, .carriedOver)
            } else {
                try ask(customer, relationship, from: partner, tx)
                row.end(.asked, .sent)
            }
            row.relationship = relationship.id
            let grace = try deliberation.decide(.migrationGraceDays)
            row.ends = relationship.graceEnds(after: grace.value, at: deliberation.at)
            row.policyRow = try deliberation.decide(.migrationConsent).row
            return (row, row.ends ?? deliberation.at.adding(seconds: 3600))
        } catch let refusal as Refusal {
            row.refuse(refusal)
            return (row, nil)
        }
    }

    /// A relationship as it is sent to the customer (GD-02).
    private func draft(
        _ plan: MigrationPlan,
        for customer: Organization,
        of partner: Organization,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegatedAdminRelationship {
        guard let duration = GrantDuration("P\(plan.days)D") else {
            throw Refusal.invalid([InputFault(field: "days", code: .outOfRange, value: "\(plan.days)")])
        }
        let owner = partner.id.as(Partner.self)
        let limit = try deliberation.decide(.delegationNameLength).value
        let title = words.say("migration.name", customer.language, ["customer": .text(customer.name)])
        var (name, number) = (String(String.UnicodeScalarView(title.unicodeScalars.prefix(limit))), 2)
        while try tx.delegation(named: name, of: owner) != nil {
            let end = " (\(number))"
            name = String(String.UnicodeScalarView(title.unicodeScalars.prefix(max(0, limit - end.count)))) + end
            number += 1
        }
        let draft = DelegationDraft(
            customer: customer.id.as(Customer.self),
            displayName: name,
            duration: duration,
            roles: plan.roles,
            autoExtendDays: nil
        )
        try check(draft, for: partner, principal, &deliberation, tx)
        var relationship = DelegatedAdminRelationship(
            id: environment.newID(),
            partner: owner,
            draft: draft,
            createdBy: principal.person,
            createdAt: deliberation.at
        )
        try tx.insert(relationship)
        let read = relationship.revision
        let days = try deliberation.decide(.delegationPendingDays)
        let sent = try relationship.lock(until: deliberation.at.adding(days: days.value), at: deliberation.at)
        try save(relationship, seen: read, &deliberation, tx)
        try note([.delegation(.delegationCreated, relationship.id)] + [sent].compactMap(\.self), relationship, tx)
        return relationship
    }

    /// GD-24: in force by what the customer granted before. The consent names the partner as the one who attests it, and
    /// both sides are told (OP-38), although the sources suppress the mails.
    private func carryOver(
        _ relationship: inout DelegatedAdminRelationship,
        from partner: Organization,
        to customer: Organization,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let terms = Terms(relationship, partner: partner, customer: customer, words, customer.language)
        let consent = Consent(
            id: environment.newID(),
            customer: customer.id.as(Customer.self),
            partner: relationship.partner,
            basis: .attestedByPartner,
            person: principal.person,
            personName: principal.personName,
            at: deliberation.at,
            language: terms.language,
            terms: terms.text,
            termsHash: terms.hash
        )
        let read = relationship.revision
        let events = try relationship.approve(
            for: consent.customer,
            by: consent.id,
            processing: try deliberation.decide(.delegationProcessing).value,
            at: deliberation.at
        )
        try tx.insert(consent)
        try save(relationship, seen: read, &deliberation, tx)
        try note(events, relationship, tx)
        try tellParties(of: relationship, .carriedOver, tx)
    }
}
