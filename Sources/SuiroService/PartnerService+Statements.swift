package import SuiroDomain
import SuiroStore

extension PartnerService {
    /// What a customer's month costs whom. The customer sees every payer; a partner sees what it pays itself, and its
    /// lines are rounded together with those that it does not see.
    package func statements(
        of customer: ID<Customer>,
        in month: BillingMonth,
        _ context: CallContext
    ) async throws -> [Statement] {
        try await consult(context, .readStatement, in: .customer(customer)) { tx, rules in
            let draft = try draft(of: customer, in: month, tx, &rules)
            guard let principal = tx.permit.principal, principal.kind.isPartner else { return draft.statements }
            return draft.statements.filter { $0.payer.kind == .partner && $0.payer.id == principal.tenant }
        }
    }
    /// Everything that a customer's month costs, divided among those who pay it.
    func draft(
        of customer: ID<Customer>,
        in month: BillingMonth,
        _ tx: Transaction,
        _ rules: inout Deliberation
    ) throws -> StatementDraft {
        var draft = StatementDraft(for: month)
        let successions = Dictionary(grouping: try tx.successions(in: customer), by: \.subscription)
        for subscription in try tx.everySubscription(of: customer) {
            let usage = try tx.usage(of: subscription.id, billedIn: month)
            // What was deleted costs nothing more than what is still reported of it.
            if subscription.status == .deleted, usage.isEmpty { continue }
            try draft.take(subscription, usage: usage, successions: successions[subscription.id] ?? [], &rules)
        }
        return draft
    }
}
