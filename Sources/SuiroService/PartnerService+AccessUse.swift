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
            if let record = try? await useRecord(kinds, of: partner, in: customer, context.caller) {
                let isNoted = await note(record.due, in: customer)
                if isRead {
                    let isOnRecord =
                        if record.lastRead == nil { await noteRead(of: customer, action, context) } else { true }
                    if isNoted, isOnRecord { uses.keep(use, of: customer, from: record.at, until: record.standsUntil) }
                }
            }
            finish.finish()
        }
        let patience = Task {
            try? await Task.sleep(for: .seconds(1))
            finish.finish()
        }
        for await _ in done {}
        patience.cancel()
    }

    private func useRecord(
        _ kinds: Set<AccessKind>,
        of partner: ID<Partner>,
        in customer: ID<Customer>,
        _ caller: Caller
    ) async throws -> UseRecord {
        try await readAsSystem { tx in
            UseRecord(
                at: tx.permit.intent.at,
                paths: try paths(kinds, of: partner, in: customer, tx),
                lastRead: try tx.lastRead(of: customer, by: caller)
            )
        }
    }

    /// Answers whether each of the paths is noted now.
    private func note(_ due: [UsedPath], in customer: ID<Customer>) async -> Bool {
        guard !due.isEmpty else { return true }
        let isDone = try? await writeAsSystem(in: .customer(customer)) { tx in
            for path in due {
                switch path {
                case .grant(let id): try tx.noteUse(of: id)
                case .relationship(let id): try tx.noteUse(of: id)
                }
            }
            return true
        }
        return isDone ?? false
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
                if try tx.lastRead(of: customer, by: caller) == nil {
                    try tx.record(.customerRead(customer), Remark(details: ["action": action.rawValue]))
                }
            }
            return true
        } catch {
            return false
        }
    }

    /// GD-16: where the partner's groups have granular roles, work is done by them and not by delegated administration.
    private func paths(
        _ kinds: Set<AccessKind>,
        of partner: ID<Partner>,
        in customer: ID<Customer>,
        _ tx: Transaction
    ) throws -> [(UsedPath, Instant?)] {
        func grants(_ kind: AccessKind) throws -> [(UsedPath, Instant?)] {
            try tx.grantsInUse(kind, of: partner, in: customer).map { (.grant($0.id), $0.lastUsedAt) }
        }
        var paths = kinds.contains(.resellerTie) ? try grants(.resellerTie) : []
        guard kinds.contains(.dap) || kinds.contains(.gdap) else { return paths }
        let granular = try effectiveAccess(of: partner, in: customer, tx).granularInUse(at: tx.permit.intent.at)
        if granular.isEmpty { paths += try grants(.dap) }
        for relationship in granular {
            paths.append((.relationship(relationship.id), try tx.lastUse(of: relationship.id)))
        }
        return paths
    }
}
