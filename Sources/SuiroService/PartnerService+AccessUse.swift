import SuiroDomain
import SuiroStore

// When each path was last used: the customer sees it, and what nobody uses can be ended (SM-3, DA-11).
extension PartnerService {
    /// Notes by which paths the caller's tenant has just worked in the customer's, at most once an hour for each. A view is
    /// not withheld because the note failed, and hardly waits for it: what takes longer goes on behind the answer. What was
    /// looked at and not changed is recorded as such, once an hour for each person and customer: what was changed
    /// has its own record.
    func noteUse(_ action: Action, in scope: Scope, _ context: CallContext, isRead: Bool = false) async {
        await watchCanaries(scope, context)
        let kinds = action.pathsUsed
        guard !kinds.isEmpty, case .customer(let customer) = scope, let tenant = context.caller.tenant,
            tenant.as(Customer.self) != customer
        else { return }
        let (partner, now) = (tenant.as(Partner.self), environment.now())
        let use = NotedUses.Use(caller: context.caller, action: action)
        guard !isRead || !uses.has(use, of: customer, at: now) else { return }
        let (done, finish) = AsyncStream.makeStream(of: Bool.self)
        Task {
            let isNew = await note(kinds, of: partner, in: customer, context.caller)
            let isOnRecord = isRead && isNew == true ? await noteRead(of: customer, action, context) : isNew != nil
            if isRead, isOnRecord { uses.keep(use, of: customer, at: now) }
            finish.finish()
        }
        let patience = Task {
            try? await Task.sleep(for: .seconds(1))
            finish.finish()
        }
        for await _ in done {}
        patience.cancel()
    }

    /// Answers whether nothing is on record of the caller's looking within the hour; `nil` when that cannot be told.
    private func note(
        _ kinds: Set<AccessKind>,
        of partner: ID<Partner>,
        in customer: ID<Customer>,
        _ caller: Caller
    ) async -> Bool? {
        let known = try? await readAsSystem { tx in
            (try unnoted(kinds, of: partner, in: customer, tx), try !tx.hasRead(customer, caller))
        }
        guard let (found, isNew) = known else { return nil }
        guard !found.isEmpty else { return isNew }
        _ = try? await writeAsSystem(in: .customer(customer)) { tx in
            for path in found {
                switch path {
                case .grant(let id): try tx.noteUse(of: id)
                case .relationship(let id): try tx.noteUse(of: id)
                }
            }
            return true
        }
        return isNew
    }

    /// Answers whether it is on record now.
    private func noteRead(of customer: ID<Customer>, _ action: Action, _ context: CallContext) async -> Bool {
        let caller = context.caller
        var intent = Intent(
            caller,
            action,
            in: .customer(customer),
            at: environment.now(),
            correlation: context.correlation
        )
        intent.issued = context.issued
        do {
            // Of many who begin at the same moment one is the first.
            try await store.write(intent) { tx in
                if try !tx.hasRead(customer, caller) {
                    try tx.record(.customerRead(customer), Remark(details: ["action": action.rawValue]))
                }
            }
            return true
        } catch {
            return false
        }
    }

    /// GD-16: where the partner's groups have granular roles, work is done by them and not by delegated administration.
    private func unnoted(
        _ kinds: Set<AccessKind>,
        of partner: ID<Partner>,
        in customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> [UsedPath] {
        var paths: [UsedPath] = []
        if kinds.contains(.resellerTie), let tie = try tx.unnotedGrant(.resellerTie, of: partner, in: customer) {
            paths.append(.grant(tie))
        }
        guard kinds.contains(.dap) || kinds.contains(.gdap) else { return paths }
        let now = tx.permit.intent.at
        let granular = try effectiveAccess(of: partner, in: customer, tx).granularInUse(at: now)
        if granular.isEmpty {
            if let grant = try tx.unnotedGrant(.dap, of: partner, in: customer) { paths.append(.grant(grant)) }
        } else {
            for relationship in granular where try tx.isUnnoted(relationship.id) {
                paths.append(.relationship(relationship.id))
            }
        }
        return paths
    }
}

private enum UsedPath: Sendable {
    case grant(ID<AccessGrant>)
    case relationship(ID<DelegatedAdminRelationship>)
}
