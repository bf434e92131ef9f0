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
        let partner = tenant.as(Partner.self)
        let (done, finish) = AsyncStream.makeStream(of: Bool.self)
        Task {
            let isNew = await note(kinds, of: partner, in: customer, context.caller)
            if isRead, isNew { await noteRead(of: customer, action, context) }
            finish.finish()
        }
        let patience = Task {
            try? await Task.sleep(for: .seconds(1))
            finish.finish()
        }
        for await _ in done {}
        patience.cancel()
    }

    /// Answers whether nothing is on record of the caller's looking within the hour.
    private func note(
        _ kinds: Set<AccessKind>,
        of partner: ID<Partner>,
        in customer: ID<Customer>,
        _ caller: Caller
    ) async -> Bool {
        let known = try? await readAsSystem { tx in
            (try unnoted(kinds, of: partner, in: customer, tx), try !tx.hasRead(customer, caller))
        }
        guard let (found, isNew) = known else { return false }
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

    private func noteRead(of customer: ID<Customer>, _ action: Action, _ context: CallContext) async {
        let caller = context.caller
        var intent = Intent(
            caller,
            action,
            in: .customer(customer),
            at: environment.now(),
            correlation: context.correlation
        )
        intent.issued = context.issued
        // Of many who begin at the same moment one is the first.
        _ = try? await store.write(intent) { tx in
            if try !tx.hasRead(customer, caller) {
                try tx.record(.customerRead(customer), Remark(details: ["action": action.rawValue]))
            }
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
