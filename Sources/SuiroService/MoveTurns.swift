package import SuiroDomain
import SuiroStore

extension MoveView {
    /// The parties that have not agreed to what stands here now.
    package var awaited: [MoveParty] {
        guard state == .planned || state == .awaitingConsent else { return [] }
        return move.consents.filter { !$0.isApproved(of: termsHash) }.map(\.party)
    }

    /// The step whose turn it is.
    package var next: StepView? { steps.first { $0.state == .ready } }

    /// Whether it waits for whoever asks: for an answer, or for a step.
    package var waitsForAsker: Bool {
        guard let party else { return false }
        return awaited.contains(party) || next?.who == StepActor(party)
    }

    /// Until when somebody has to do something; `nil` where no time runs.
    package var deadline: Instant? { awaited.isEmpty ? next?.due : move.expires }
}

extension PartnerService {
    /// Open moves that wait for the caller's tenant, the most urgent first.
    package func movesWaiting(_ context: CallContext) async throws -> [MoveView] {
        let tenant = try context.tenant
        return try await show(context, .listMoves, in: .tenant(tenant)) { tx, deliberation in
            let isCustomer = tx.permit.principal?.kind == .customer
            var query = isCustomer ? MoveQuery(customer: tenant.as(Customer.self)) : MoveQuery(party: tenant)
            query.isOpen = true
            return try tx.moves(query).map { try view($0, &deliberation, tx) }.filter(\.waitsForAsker)
                .sorted { ($0.deadline ?? .latest, $0.move.createdAt) < ($1.deadline ?? .latest, $1.move.createdAt) }
        }
    }
}
