package import SuiroDomain
package import SuiroStore

/// What somebody wants to see of all ways into tenants.
package struct AccessQuestion: Hashable, Sendable {
    package var kind: AccessKind?
    package var customer: ID<Customer>?
    /// Only what ends within so many days.
    package var endingWithin: Int?
    /// Only what has not been used for so many days.
    package var unusedFor: Int?

    package init(
        kind: AccessKind? = nil,
        customer: ID<Customer>? = nil,
        endingWithin: Int? = nil,
        unusedFor: Int? = nil
    ) {
        (self.kind, self.customer) = (kind, customer)
        (self.endingWithin, self.unusedFor) = (endingWithin, unusedFor)
    }

    func filter(at now: Instant) -> AccessFilter {
        AccessFilter(
            kind: kind,
            customer: customer,
            endingBefore: endingWithin.map { now.adding(days: $0) },
            unusedSince: unusedFor.map { now.adding(days: -$0) }
        )
    }
}

/// One page of open ways into tenants, by customer's name.
package struct AccessPaths: Sendable {
    package let paths: [AccessPath]
    package let next: AccessPosition?
    package let now: Instant
}

/// A right that stands and is not needed, as far as use tells.
package struct UnusedRight: Sendable {
    package enum Finding: String, CaseIterable, Sendable { case neverUsed, unused, notAssigned }

    package let path: AccessPath
    package let finding: Finding
    /// Roles that were approved and given to no group; of what is used, the only ones that are too many.
    package let unassigned: [DirectoryRole]
    package let unusedSince: Instant
}

/// What is granted and not used, as of the beginning of a day.
package struct UnusedRights: Sendable {
    package let day: Instant
    package let days: Int
    package let rights: [UnusedRight]
    package let next: AccessPosition?
}

extension PartnerService {
    /// Every open way: of a partner into its customers' tenants, of partners into a customer's.
    package func accessPaths(
        _ question: AccessQuestion,
        after position: AccessPosition? = nil,
        limit: Int,
        _ context: CallContext
    ) async throws -> AccessPaths {
        try await asEitherSide(context) { tx, side, _ in
            let now = tx.permit.intent.at
            let found = try tx.openPaths(side, question.filter(at: now), after: position, limit: limit + 1)
            let page = Array(found.prefix(limit))
            return AccessPaths(paths: page, next: found.count > limit ? page.last?.position : nil, now: now)
        }
    }

    /// One way with the text that was agreed to, for its customer and its partner; also when it has ended.
    package func accessPath(
        _ id: ID<AccessGrant>,
        in customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> (row: GrantRow, now: Instant) {
        let view = try await access(in: customer, context)
        guard let row = view.grants.first(where: { $0.grant.id == id }) else {
            throw Refusal.notFound(.access, "\(id)")
        }
        return (row, view.now)
    }

    /// Rights that nobody has used for so many days, by default as many as policy says, and approved roles that no group
    /// was ever given. It is computed for the beginning of the day, from the database alone, so every server says the same.
    package func unusedRights(
        for days: Int?,
        customer: ID<Customer>? = nil,
        after position: AccessPosition? = nil,
        limit: Int,
        _ context: CallContext
    ) async throws -> UnusedRights {
        try await asEitherSide(context) { tx, side, deliberation in
            let days = try days ?? deliberation.decide(.inactiveDays).value
            let day = deliberation.at.startOfDay
            let threshold = day.adding(days: -days)
            var (rights, place): ([UnusedRight], AccessPosition?) = ([], position)
            while rights.count <= limit {
                let some = try tx.openPaths(side, AccessFilter(customer: customer), after: place, limit: 200)
                for path in some where rights.count <= limit {
                    if let right = try unusedRight(path, since: threshold, tx) { rights.append(right) }
                }
                guard some.count == 200 else { break }
                place = some.last?.position
            }
            let page = Array(rights.prefix(limit))
            let next = rights.count > limit ? page.last?.path.position : nil
            return UnusedRights(day: day, days: days, rights: page, next: next)
        }
    }

    private func unusedRight(_ path: AccessPath, since threshold: Instant, _ tx: Transaction) throws -> UnusedRight? {
        let grant = path.row.grant
        guard [.dap, .gdap].contains(grant.kind), let since = grant.unusedSince(path.row.lastUsedAt) else { return nil }
        var unassigned: [DirectoryRole] = []
        if grant.kind == .gdap, grant.from <= threshold {
            let given = try tx.assignments(of: grant.id.as(DelegatedAdminRelationship.self))
                .filter { $0.deletedAt == nil }.flatMap(\.roles)
            unassigned = grant.roles.compactMap(DirectoryRole.init(rawValue:)).filter { !given.contains($0) }
        }
        let finding: UnusedRight.Finding
        if since <= threshold {
            finding = path.row.lastUsedAt == nil ? .neverUsed : .unused
        } else if !unassigned.isEmpty {
            finding = .notAssigned
        } else {
            return nil
        }
        return UnusedRight(path: path, finding: finding, unassigned: unassigned, unusedSince: since)
    }

    /// A read in the caller's own house: a partner's agents see its paths everywhere, a customer's administrators all into
    /// their tenant.
    func asEitherSide<T: Sendable>(
        _ context: CallContext,
        _ body: @escaping @Sendable (Transaction, AccessSide, inout Deliberation) throws -> T
    ) async throws -> T {
        let tenant = try context.tenant
        let kind = try await readAsSystem { tx in try tx.organization(tenant)?.kind }
        guard kind?.isPartner != true else {
            return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
                try body(tx, .partner(tenant.as(Partner.self)), &deliberation)
            }
        }
        let own = tenant.as(Customer.self)
        return try await show(context, .readAccess, in: .customer(own)) { tx, deliberation in
            try body(tx, .customer(own), &deliberation)
        }
    }
}
