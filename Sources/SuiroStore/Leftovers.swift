package import SuiroDomain

extension LeftoverKind: SQLWord {}

extension Leftover {
    fileprivate var causeName: String {
        switch cause {
        case .move: "move"
        case .relationshipRemoved: "relationshipRemoved"
        }
    }
}

extension Transaction {
    /// Everything that was left behind in a customer's house and has been found by now, oldest first.
    package func leftovers(in customer: ID<Customer>) throws -> [Leftover] {
        try session.all(
            """
            SELECT body FROM leftover WHERE customer_id = \(customer) AND found_at <= \(permit.intent.at)
            ORDER BY found_at, id
            """
        ) { cursor in
            let body: JSONText<Leftover> = try cursor.next()
            return body.value
        }
    }

    package func leftovers(of move: ID<Move>) throws -> [Leftover] {
        try session.all("SELECT body FROM leftover WHERE move_id = \(move) ORDER BY found_at, id") { cursor in
            let body: JSONText<Leftover> = try cursor.next()
            return body.value
        }
    }

    package func insert(_ leftover: Leftover) throws {
        try session.run(
            """
            INSERT INTO leftover (id, customer_id, partner_id, kind, cause, move_id, state, found_at, body, revision)
            VALUES (\(leftover.id), \(leftover.customer), \(leftover.partner), \(leftover.kind), \(leftover.causeName),
                \(leftover.move), \(leftover.state.name), \(leftover.foundAt), \(JSONText(leftover)),
                \(leftover.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ leftover: Leftover) throws {
        let changed = try session.run(
            """
            UPDATE leftover SET state = \(leftover.state.name), body = \(JSONText(leftover)),
                revision = \(leftover.revision)
            WHERE id = \(leftover.id) AND revision = \(leftover.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }

    /// A cut-over that was called off leaves nothing behind.
    package func deleteLeftovers(of move: ID<Move>, foundAfter instant: Instant) throws {
        try session.run("DELETE FROM leftover WHERE move_id = \(move) AND found_at > \(instant)")
    }

    /// The same for one subscription of a move, where the others go on.
    package func deleteLeftovers(
        of move: ID<Move>,
        on subscription: ID<Subscription>,
        foundAfter instant: Instant
    ) throws {
        for leftover in try leftovers(of: move)
        where leftover.subscription == subscription && instant < leftover.foundAt {
            try session.run("DELETE FROM leftover WHERE id = \(leftover.id)")
        }
    }

    /// The partner's duty to support ends by the transfer of what it supported (INV-07).
    package func endObligation(of partner: ID<Partner>, in customer: ID<Customer>) throws {
        try session.run(
            """
            UPDATE support_obligation SET ended_at = \(permit.intent.at)
            WHERE customer_id = \(customer) AND partner_id = \(partner) AND ended_at IS NULL
            """
        )
    }
}
