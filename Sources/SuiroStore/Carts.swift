package import SuiroDomain

extension Cart {
    fileprivate var stateWord: String {
        switch state {
        case .active: "active"
        case .ordered: "ordered"
        }
    }
}

extension Transaction {
    /// A partner's cart for a customer; those of others are nobody's business.
    package func cart(_ id: ID<Cart>, of customer: ID<Customer>, from partner: ID<Partner>) throws -> Cart? {
        try session.first(
            "SELECT body FROM cart WHERE id = \(id) AND customer_id = \(customer) AND partner_id = \(partner)"
        ) { cursor in (try cursor.next() as JSONText).value }
    }

    package func insert(_ cart: Cart) throws {
        try session.run(
            """
            INSERT INTO cart (id, customer_id, partner_id, state, expires_at, body, revision)
            VALUES (\(cart.id), \(cart.customer), \(cart.partner), \(cart.stateWord), \(cart.expires),
                \(JSONText(cart)), \(cart.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ cart: Cart) throws {
        let changed = try session.run(
            """
            UPDATE cart SET state = \(cart.stateWord), body = \(JSONText(cart)), revision = \(cart.revision)
            WHERE id = \(cart.id) AND revision = \(cart.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}
