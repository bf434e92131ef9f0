package import SuiroDomain
import SuiroStore

/// What stands behind and around one subscription.
package struct SubscriptionBackground: Sendable {
    /// Who bills for it and who did, without gap or overlap (INV-03); the last one is still to come where a move that
    /// the caller takes part in has fixed its day.
    package struct Turn: Sendable {
        /// `nil` from the beginning on.
        package let from: Instant?
        /// The first instant at which it is somebody else; `nil` where none is known.
        package let to: Instant?
        package let party: Party
    }

    /// The open move that it is in, where the caller takes part in it.
    package struct Running: Sendable {
        package let id: ID<Move>
        package let kind: MoveKind
        package let state: MoveState
        package let target: String
    }

    /// Names it has come to by moves, beside its id.
    package let aliases: [String]
    package let bills: [Turn]
    /// What it stands on.
    package let base: Subscription?
    /// What stands on it.
    package let addOns: [Subscription]
    package let move: Running?
}

extension PartnerService {
    package func background(
        of id: ID<Subscription>,
        of customer: ID<Customer>,
        _ context: CallContext
    ) async throws -> SubscriptionBackground {
        try await read(context, .readSubscriptions, in: .customer(customer)) { tx in
            let now = tx.permit.intent.at
            let subscription = try find(id, of: customer, tx)
            let held = try tx.subscriptions(of: customer)
            let tenant = tx.permit.principal?.tenant
            // Who has no part in a move learns nothing of it before it has happened.
            let moves = try tx.openMoves(of: customer).filter { move in
                move.subscriptions.contains(subscription.id) && tenant.map { move.party(of: $0) != nil } ?? true
            }
            let own = Set(moves.map(\.id))
            let successions = try tx.successions(of: subscription.id, in: customer)
                .filter { $0.from <= now || own.contains($0.move) }
            let kept = try tx.everySubscription(of: customer).first { $0.id == subscription.id } ?? subscription
            return SubscriptionBackground(
                aliases: try tx.aliases(of: subscription.id, in: customer),
                bills: kept.billOwners(from: .earliest, to: .latest, successions).map { turn in
                    SubscriptionBackground.Turn(
                        from: turn.from == .earliest ? nil : turn.from,
                        to: turn.to == .latest ? nil : turn.to,
                        party: turn.party
                    )
                },
                base: subscription.dependsOn.flatMap { base in held.first { $0.id == base } },
                addOns: held.filter { $0.dependsOn == subscription.id },
                move: moves.first { $0.isOpen(at: now) }.map { move in
                    SubscriptionBackground.Running(
                        id: move.id,
                        kind: move.kind,
                        state: move.state(at: now),
                        target: move.target.name
                    )
                }
            )
        }
    }
}
