package import SuiroDomain

extension PartyFact: SQLWord {}

extension Succession {
    static let columns: SQL = "subscription_id, fact, from_at, party_kind, party_id, party_name, move_id"

    fileprivate init(_ cursor: inout Cursor) throws {
        self.init(
            subscription: try cursor.next(),
            fact: try cursor.next(),
            from: try cursor.next(),
            party: Party(kind: try cursor.next(), id: try cursor.next(), name: try cursor.next()),
            move: try cursor.next()
        )
    }

    static func all(in customer: ID<Customer>) -> SQL {
        "SELECT \(columns) FROM succession WHERE customer_id = \(customer) ORDER BY subscription_id, fact, from_at"
    }

    /// The right side of a left join; `nil` where nothing was joined.
    init?(joined cursor: inout Cursor) throws {
        guard !cursor.isNull else {
            cursor.skip(7)
            return nil
        }
        try self.init(&cursor)
    }
}

extension Transaction {
    /// Everything that has changed hands in a customer's house, or will, oldest first.
    package func successions(in customer: ID<Customer>) throws -> [Succession] {
        try session.all(Succession.all(in: customer)) { cursor in try Succession(&cursor) }
    }

    /// The same for one subscription.
    package func successions(of subscription: ID<Subscription>, in customer: ID<Customer>) throws -> [Succession] {
        try session.all(
            """
            SELECT \(Succession.columns) FROM succession
            WHERE customer_id = \(customer) AND subscription_id = \(subscription) ORDER BY fact, from_at
            """
        ) { cursor in try Succession(&cursor) }
    }

    package func insert(_ succession: Succession, in customer: ID<Customer>) throws {
        try session.run(
            """
            INSERT INTO succession (customer_id, subscription_id, fact, from_at, party_kind, party_id, party_name,
                move_id)
            VALUES (\(customer), \(succession.subscription), \(succession.fact), \(succession.from),
                \(succession.party.kind), \(succession.party.id), \(succession.party.name), \(succession.move))
            """
        )
    }

    /// Takes back what has not happened yet: a cut-over that was called off. What has happened stays.
    package func callOff(_ move: ID<Move>, of subscription: ID<Subscription>) throws {
        let now = permit.intent.at
        try session.run(
            """
            DELETE FROM succession
            WHERE move_id = \(move) AND subscription_id = \(subscription) AND from_at > \(now)
            """
        )
        try session.run(
            "DELETE FROM subscription_alias WHERE subscription_id = \(subscription) AND from_at > \(now)"
        )
    }

    /// Another name for a subscription, from an instant on (OP-26). A name that is taken is `StoreError.duplicate`.
    package func insertAlias(
        _ alias: String,
        of subscription: ID<Subscription>,
        in customer: ID<Customer>,
        from: Instant
    ) throws {
        try session.run(
            """
            INSERT INTO subscription_alias (alias, subscription_id, customer_id, from_at)
            VALUES (\(alias.lowercased()), \(subscription), \(customer), \(from))
            """
        )
    }
}

extension Transaction {
    /// The further names that a subscription has come to by now, oldest first (OP-26).
    package func aliases(of subscription: ID<Subscription>, in customer: ID<Customer>) throws -> [String] {
        let now = permit.intent.at
        return try session.all(
            """
            SELECT alias FROM subscription_alias
            WHERE customer_id = \(customer) AND subscription_id = \(subscription) AND from_at <= \(now)
            ORDER BY from_at, alias
            """
        ) { cursor in try cursor.next() }
    }

    /// When each subscription of a customer was last seen in use, by what was imported of it (OP-57).
    package func lastUse(of customer: ID<Customer>) throws -> [ID<Subscription>: Instant] {
        var result: [ID<Subscription>: Instant] = [:]
        let rows: [(ID<Subscription>, Instant)] = try session.all(
            """
            SELECT u.subscription_id, MAX(u.charge_end) FROM usage_line u
            JOIN subscription s ON s.id = u.subscription_id WHERE s.customer_id = \(customer)
            GROUP BY u.subscription_id
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
        for (subscription, instant) in rows { result[subscription] = instant }
        return result
    }
}
