package import SuiroDomain

extension Offer {
    fileprivate static let columns: SQL =
        "id, name, sku_id, family, services, offering, converts_to, upgrades_to, stands_on"

    fileprivate init(_ cursor: inout Cursor) throws {
        let (id, name, sku): (String, String, String) = (try cursor.next(), try cursor.next(), try cursor.next())
        let (family, services): (Family?, JSONText<[String]>) = (try cursor.next(), try cursor.next())
        let (offering, paid): (Offering, JSONText<[String]>) = (try cursor.next(), try cursor.next())
        let (better, bases): (JSONText<[String]>, JSONText<[String]>) = (try cursor.next(), try cursor.next())
        self.init(
            id: id,
            name: name,
            skuID: sku,
            family: family,
            services: services.value,
            offering: offering,
            convertsTo: paid.value,
            upgradesTo: better.value,
            standsOn: bases.value
        )
    }
}

extension Transaction {
    package func offer(_ id: String) throws -> Offer? {
        try session.first("SELECT \(Offer.columns) FROM offer WHERE id = \(id.uppercased())") { cursor in
            try Offer(&cursor)
        }
    }

    package func offers(offset: Int, limit: Int) throws -> [Offer] {
        try session.all("SELECT \(Offer.columns) FROM offer ORDER BY name, id LIMIT \(limit) OFFSET \(offset)") {
            cursor in try Offer(&cursor)
        }
    }

    /// A list of products says nothing of trials, add-ons and upgrades: what was known of them stays.
    package func save(_ offer: Offer) throws {
        try session.run(
            """
            INSERT INTO offer (id, name, sku_id, family, services, offering, converts_to, upgrades_to, stands_on)
            VALUES (\(offer.id.uppercased()), \(offer.name), \(offer.skuID), \(offer.family),
                \(JSONText(offer.services)), \(offer.offering), \(JSONText(offer.convertsTo)),
                \(JSONText(offer.upgradesTo)), \(JSONText(offer.standsOn)))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, sku_id = excluded.sku_id, family = excluded.family,
                services = excluded.services
            """
        )
    }

    package func insert(_ order: Order) throws {
        try session.run(
            """
            INSERT INTO placed_order (id, customer_id, partner_id, body, at)
            VALUES (\(order.id.uppercased()), \(order.customer), \(order.partner), \(JSONText(order)), \(order.at))
            """
        )
    }

    /// A customer's order by its id, in either case.
    package func order(_ id: String, of customer: ID<Customer>) throws -> Order? {
        try session.first(
            "SELECT body FROM placed_order WHERE id = \(id.uppercased()) AND customer_id = \(customer)"
        ) { cursor in
            let order: JSONText<Order> = try cursor.next()
            return order.value
        }
    }

    /// Keeps what has become of an order. Writers of one customer take turns, so that nothing is lost.
    package func update(_ order: Order) throws {
        try session.run(
            """
            UPDATE placed_order SET body = \(JSONText(order))
            WHERE id = \(order.id.uppercased()) AND customer_id = \(order.customer)
            """
        )
    }

    /// The orders one partner placed for a customer.
    package func orders(of partner: ID<Partner>?, for customer: ID<Customer>) throws -> [Order] {
        let only: SQL = partner.map { "AND partner_id = \($0)" } ?? ""
        return try session.rows(
            "SELECT body FROM placed_order WHERE customer_id = \(customer) \(only) ORDER BY at, id"
        ).map { row in
            var cursor = row.cursor
            let order: JSONText<Order> = try cursor.next()
            return order.value
        }
    }
}
