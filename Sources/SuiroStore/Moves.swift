package import SuiroDomain

extension Move {
    fileprivate var phaseName: String {
        switch phase {
        case .awaitingConsent: "awaitingConsent"
        case .running: "running"
        case .closed(let ending, _, _): ending.state.rawValue
        }
    }

    fileprivate var isOpenInStore: Bool { if case .closed = phase { false } else { true } }
}

/// Which moves to list, and from whose side.
package struct MoveQuery: Sendable {
    package var customer: ID<Customer>?
    package var source: ID<Tenant>?
    package var target: ID<Tenant>?
    /// Whichever side it is on.
    package var party: ID<Tenant>?
    /// Only those that have not ended.
    package var isOpen = false

    package init(
        customer: ID<Customer>? = nil,
        source: ID<Tenant>? = nil,
        target: ID<Tenant>? = nil,
        party: ID<Tenant>? = nil
    ) {
        (self.customer, self.source, self.target, self.party) = (customer, source, target, party)
    }
}

extension Transaction {
    /// Whose move it is, before anything about it may be looked at.
    package func customer(ofMove id: ID<Move>) throws -> ID<Customer>? {
        try session.first("SELECT customer_id FROM move WHERE id = \(id)") { cursor in try cursor.next() }
    }

    package func move(_ id: ID<Move>, of customer: ID<Customer>) throws -> Move? {
        try session.first("SELECT body FROM move WHERE id = \(id) AND customer_id = \(customer)") { cursor in
            let body: JSONText<Move> = try cursor.next()
            return body.value
        }
    }

    /// Newest first.
    package func moves(_ query: MoveQuery) throws -> [Move] {
        let customer: SQL = query.customer.map { "AND customer_id = \($0)" } ?? ""
        let source: SQL = query.source.map { "AND source_id = \($0)" } ?? ""
        let target: SQL = query.target.map { "AND target_id = \($0)" } ?? ""
        let party: SQL = query.party.map { "AND (source_id = \($0) OR target_id = \($0))" } ?? ""
        let open: SQL = query.isOpen ? "AND phase IN ('awaitingConsent', 'running')" : ""
        return try session.all(
            """
            SELECT body FROM move WHERE 1 = 1 \(customer) \(source) \(target) \(party) \(open)
            ORDER BY created_at DESC, id LIMIT 1000
            """
        ) { cursor in
            let body: JSONText<Move> = try cursor.next()
            return body.value
        }
    }

    /// Those that have not ended, oldest first.
    package func openMoves(of customer: ID<Customer>) throws -> [Move] {
        try session.all(
            """
            SELECT body FROM move WHERE customer_id = \(customer) AND phase IN ('awaitingConsent', 'running')
            ORDER BY created_at, id
            """
        ) { cursor in
            let body: JSONText<Move> = try cursor.next()
            return body.value
        }
    }

    /// Moves about which time has something to say, at most a hundred.
    package func movesNeedingAttention() throws -> [Move] {
        try session.all(
            """
            SELECT body FROM move WHERE attention_at IS NOT NULL AND attention_at <= \(permit.intent.at)
            ORDER BY attention_at, id LIMIT 100
            """
        ) { cursor in
            let body: JSONText<Move> = try cursor.next()
            return body.value
        }
    }

    /// A subscription that is in another open move already is `StoreError.duplicate`.
    package func insert(_ move: Move) throws {
        try session.run(
            """
            INSERT INTO move (id, customer_id, kind, source_id, target_id, phase, cutover_at, created_at, expires_at,
                attention_at, body, revision)
            VALUES (\(move.id), \(move.customer), \(move.kind.rawValue), \(move.source?.id), \(move.target.id),
                \(move.phaseName), \(move.progress?.cutover), \(move.createdAt), \(move.expires),
                \(move.nextAttention), \(JSONText(move)), \(move.revision))
            """
        )
        for subscription in move.subscriptions {
            try session.run(
                "INSERT INTO move_item (move_id, subscription_id, is_open) VALUES (\(move.id), \(subscription), 1)"
            )
        }
    }

    /// Saves a later revision of what was read as `seen`, or throws `StoreError.stale`.
    package func update(_ move: Move, seen: Int) throws {
        let changed = try session.run(
            """
            UPDATE move SET phase = \(move.phaseName), cutover_at = \(move.progress?.cutover),
                attention_at = \(move.nextAttention), body = \(JSONText(move)), revision = \(move.revision)
            WHERE id = \(move.id) AND revision = \(seen)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
        try free(move)
        if move.isOpenInStore { try hold(move) }
        // What is over no longer holds its subscriptions.
        guard !move.isOpenInStore else { return }
        try session.run("UPDATE move_item SET is_open = 0 WHERE move_id = \(move.id) AND is_open = 1")
    }

    /// An add-on that was bought after the move was asked for goes with its base (LT-02), so it is held like the others
    /// from the next change on. One that another move has got hold of is `StoreError.duplicate`.
    private func hold(_ move: Move) throws {
        for subscription in move.holds {
            try session.run(
                """
                INSERT INTO move_item (move_id, subscription_id, is_open)
                SELECT \(move.id), s.id, 1 FROM subscription s WHERE s.id = \(subscription)
                    AND NOT EXISTS (SELECT 1 FROM move_item i WHERE i.move_id = \(move.id) AND i.subscription_id = s.id)
                """
            )
        }
    }

    /// What the source has taken off the list is free for others.
    private func free(_ move: Move) throws {
        let listed = Set(move.subscriptions)
        let kept: [ID<Subscription>] = try session.all(
            "SELECT subscription_id FROM move_item WHERE move_id = \(move.id) AND is_open = 1"
        ) { cursor in try cursor.next() }
        for subscription in kept where !listed.contains(subscription) {
            try session.run(
                "UPDATE move_item SET is_open = 0 WHERE move_id = \(move.id) AND subscription_id = \(subscription)"
            )
        }
    }

    /// Subscriptions of a customer that an open move holds, by move. One that nobody answered in time holds none, whether
    /// or not anybody has closed it yet.
    package func takenSubscriptions(of customer: ID<Customer>) throws -> [ID<Subscription>: ID<Move>] {
        var taken: [ID<Subscription>: ID<Move>] = [:]
        let rows: [(ID<Subscription>, ID<Move>)] = try session.all(
            """
            SELECT i.subscription_id, i.move_id FROM move_item i JOIN move m ON m.id = i.move_id
            WHERE m.customer_id = \(customer) AND i.is_open = 1
                AND (m.phase <> 'awaitingConsent' OR m.expires_at > \(permit.intent.at))
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
        for (subscription, move) in rows { taken[subscription] = move }
        return taken
    }
}
