package import SuiroDomain
import SuiroStore

/// Which relationships shall go on.
package enum ExtensionWish: Hashable, Sendable {
    case these([ID<DelegatedAdminRelationship>])
    /// Every one that ends within so many days.
    case ending(within: Int)
}

/// An extension of many relationships as it stands.
package struct ExtensionView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let position: Int
        package let row: ExtensionRow
    }

    package let job: ExtensionJob
    package let counts: [ExtensionOutcome: Int]
    package let rows: [Row]
    /// Where the rows go on.
    package let next: Int?

    package var waiting: Int { counts[.waiting] ?? 0 }
}

// Many relationships at once, without a limit: every row has an end of its own, and says why.
extension PartnerService {
    /// How many rows are done in one transaction, and how long whoever asked waits; the rest is done behind the answer.
    private static let batch = 25
    private static let patience = Duration.seconds(5)

    /// Turns extension on wherever the rules let it, and drafts a new request where only the customer's consent helps.
    /// Everything that was asked for is written down before the first row is touched; asking again changes nothing more.
    package func extend(_ wish: ExtensionWish, _ context: CallContext) async throws -> ExtensionView {
        guard case .person(let person, _, let token) = context.caller else {
            throw Refusal.accessDenied(missing: "person")
        }
        let job = try await asPartner(context) { tx, deliberation, partner, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let owner = partner.id.as(Partner.self)
            let ids = try relationships(wish, of: owner, at: deliberation.at, tx)
            let job = ExtensionJob(
                id: environment.newID(),
                partner: owner,
                person: person,
                token: token,
                createdAt: deliberation.at,
                total: ids.count
            )
            try tx.insert(job, ids.map(ExtensionRow.init))
            return job
        }
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: Self.patience)
        while clock.now < deadline, try await work(on: job) {}
        return try await extensions(job.id, from: 0, limit: 500, context)
    }

    /// How far it has come; rows in the order in which they were asked for.
    package func extensions(
        _ id: ID<ExtensionJob>,
        from position: Int,
        limit: Int,
        _ context: CallContext
    ) async throws -> ExtensionView {
        let tenant = try context.tenant
        return try await read(context, .readDelegations, in: .tenant(tenant)) { tx in
            guard let job = try tx.extensionJob(id, of: tenant.as(Partner.self)) else {
                throw Refusal.notFound(.delegation, "\(id)")
            }
            let rows = try tx.extensionRows(of: id, from: position, limit: limit + 1)
            return ExtensionView(
                job: job,
                counts: try tx.extensionCounts(of: id),
                rows: rows.prefix(limit).map { ExtensionView.Row(position: $0.position, row: $0.row) },
                next: rows.count > limit ? rows[limit].position : nil
            )
        }
    }

    /// Goes on with what somebody's request left, on whichever server.
    func sweepExtensions() async throws {
        for job in try await readAsSystem({ tx in try tx.openExtensionJobs() }) {
            do {
                while try await work(on: job) {}
            } catch let refusal as Refusal {
                try await refuseRest(of: job, refusal)
            }
        }
    }

    /// Does the next rows in the name of whoever asked, with the rights they have now. Answers whether more wait.
    private func work(on job: ExtensionJob) async throws -> Bool {
        let context = CallContext(
            caller: .person(job.person, of: job.partner.as(Tenant.self), token: job.token),
            correlation: job.id.uuid
        )
        return try await asPartner(context) { tx, deliberation, partner, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let rows = try tx.extensionRows(of: job.id, limit: Self.batch, waiting: true)
            for (position, row) in rows {
                let done = try keepOn(row, of: partner, principal, &deliberation, tx)
                try tx.update(done, at: position, of: job.id)
            }
            if rows.count < Self.batch { try tx.close(job.id) }
            return rows.count == Self.batch
        }
    }

    /// Whoever asked may not any more: what waits is refused, and both the job and the log say so (N-02).
    private func refuseRest(of job: ExtensionJob, _ refusal: Refusal) async throws {
        _ = try await writeAsSystem(in: .tenant(job.partner.as(Tenant.self))) { tx in
            for (position, row) in try tx.extensionRows(of: job.id, limit: job.total, waiting: true) {
                var row = row
                row.refuse(refusal)
                try tx.update(row, at: position, of: job.id)
            }
            try tx.close(job.id)
            let details = ["reason": refusal.reason.rawValue, "job": "\(job.id)", "person": "\(job.person)"]
            try tx.record(
                .attemptRefused(operation: Action.manageDelegation.rawValue),
                Remark(partner: job.partner, details: details, hasSucceeded: false)
            )
            return true
        }
    }

    private func relationships(
        _ wish: ExtensionWish,
        of partner: ID<Partner>,
        at now: Instant,
        _ tx: Transaction
    ) throws -> [ID<DelegatedAdminRelationship>] {
        switch wish {
        case .these(let ids):
            var seen: Set<ID<DelegatedAdminRelationship>> = []
            return ids.filter { seen.insert($0).inserted }
        case .ending(let days):
            let filter = AccessFilter(kind: .gdap, endingBefore: now.adding(days: days))
            var (ids, place): ([ID<DelegatedAdminRelationship>], AccessPosition?) = ([], nil)
            repeat {
                let some = try tx.openPaths(.partner(partner), filter, after: place, limit: 500)
                ids += some.map { $0.row.grant.id.as(DelegatedAdminRelationship.self) }
                place = some.count == 500 ? some.last?.position : nil
            } while place != nil
            return ids
        }
    }

    private func keepOn(
        _ waiting: ExtensionRow,
        of partner: Organization,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> ExtensionRow {
        var row = waiting
        guard var found = try tx.delegation(row.relationship), found.partner.as(Tenant.self) == partner.id,
            try Delegation.isShown(found, &deliberation)
        else {
            row.end(.refused, .unknown)
            return row
        }
        let read = found.revision
        (row.name, row.customer) = (found.displayName, found.customer)
        row.customerName = try found.customer.flatMap { try tx.organization($0.as(Tenant.self))?.name }
        do {
            switch try found.keepOn(&deliberation) {
            case .on(let event):
                try save(found, seen: read, &deliberation, tx)
                try note([event], found, tx)
                try tellParties(of: found, .autoExtendChanged, tx)
                row.end(.extended, .on)
            case .alreadyOn: row.end(.unchanged, .alreadyOn)
            case .impossible: row.end(.refused, .state)
            case .needsConsent(let why, let policyRow):
                try ask(again: found, why, policyRow, &row, for: partner, principal, &deliberation, tx)
            }
        } catch let refusal as Refusal {
            row.refuse(refusal)
        }
        row.until = found.end(at: deliberation.at)
        return row
    }

    /// A new request, as a draft that the partner reads and sends; where one is there already, that one.
    private func ask(
        again found: DelegatedAdminRelationship,
        _ why: ExtensionReason,
        _ policyRow: PolicyRow.ID?,
        _ row: inout ExtensionRow,
        for partner: Organization,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let now = deliberation.at
        guard let customer = found.customer else { return row.end(.refused, .state) }
        if let other = try tx.delegations(in: customer, of: found.partner).first(where: {
            found.isAsked(by: $0, at: now)
        }) {
            row.end(.unchanged, .askedAlready)
            row.draft = other.id
            return
        }
        let draft = found.renewal(named: try freshName(after: found, &deliberation, tx))
        try check(draft, for: partner, principal, &deliberation, tx)
        let relationship = DelegatedAdminRelationship(
            id: environment.newID(),
            partner: found.partner,
            draft: draft,
            createdBy: principal.person,
            createdAt: now
        )
        try tx.insert(relationship)
        try note([.delegation(.delegationCreated, relationship.id)], relationship, tx)
        row.end(.drafted, why)
        (row.policyRow, row.draft) = (policyRow, relationship.id)
    }

    /// The old name with a number behind it, within the length that names may have (GD-03).
    private func freshName(
        after found: DelegatedAdminRelationship,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> String {
        let limit = try deliberation.decide(.delegationNameLength).value
        var number = 2
        while true {
            let end = " (\(number))"
            let base = String(
                String.UnicodeScalarView(found.displayName.unicodeScalars.prefix(max(0, limit - end.count)))
            )
            if try tx.delegation(named: base + end, of: found.partner) == nil { return base + end }
            number += 1
        }
    }
}

extension ExtensionRow {
    fileprivate mutating func end(_ outcome: ExtensionOutcome, _ why: ExtensionReason) {
        (self.outcome, self.why, rule, reason) = (outcome, why, why.ruleID, why.code)
    }

    fileprivate mutating func refuse(_ refusal: Refusal) {
        (outcome, why, rule, reason) = (.refused, .rule, refusal.rule, refusal.reason)
        policyRow = refusal.row
    }
}
