package import SuiroDomain

// Registrations and activations: each is asked for once.
extension Transaction {
    /// When the subscription was registered for reservations; `nil` where it never was.
    package func registration(of subscription: ID<Subscription>) throws -> Instant? {
        try session.first("SELECT at FROM subscription_registration WHERE subscription_id = \(subscription)") {
            cursor in try cursor.next()
        }
    }

    /// Notes that it is registered from now on.
    package func register(_ subscription: ID<Subscription>) throws {
        try session.run(
            "INSERT INTO subscription_registration (subscription_id, at) VALUES (\(subscription), \(permit.intent.at))"
        )
    }

    /// When the subscription was taken into use; `nil` where it never was.
    package func activation(of subscription: ID<Subscription>) throws -> Instant? {
        try session.first("SELECT at FROM subscription_activation WHERE subscription_id = \(subscription)") {
            cursor in try cursor.next()
        }
    }

    /// Notes that it is in use from now on.
    package func activate(_ subscription: ID<Subscription>) throws {
        try session.run(
            "INSERT INTO subscription_activation (subscription_id, at) VALUES (\(subscription), \(permit.intent.at))"
        )
    }
}

// Overage and transitions.
extension Transaction {
    /// The choice that was made for a customer, whoever's business it is.
    package func overage(of customer: ID<Customer>) throws -> Overage? {
        try session.first("SELECT body FROM overage WHERE customer_id = \(customer)") { cursor in
            let body: JSONText<Overage> = try cursor.next()
            return body.value
        }
    }

    package func save(_ overage: Overage) throws {
        try session.run(
            """
            INSERT INTO overage (customer_id, partner_id, body)
            VALUES (\(overage.customer), \(overage.partner), \(JSONText(overage)))
            ON CONFLICT (customer_id) DO UPDATE SET partner_id = excluded.partner_id, body = excluded.body
            """
        )
    }

    package func insert(_ transition: Transition) throws {
        try session.run(
            """
            INSERT INTO subscription_transition (id, customer_id, from_id, to_id, body, at)
            VALUES (\(transition.id), \(transition.customer), \(transition.from), \(transition.to),
                \(JSONText(transition)), \(transition.at))
            """
        )
    }

    /// Those that ended with a subscription, and those that began with it, the oldest first.
    package func transitions(of subscription: ID<Subscription>, in customer: ID<Customer>) throws -> [Transition] {
        try session.all(
            """
            SELECT body FROM subscription_transition
            WHERE customer_id = \(customer) AND (from_id = \(subscription) OR to_id = \(subscription))
            ORDER BY at, id
            """
        ) { cursor in
            let body: JSONText<Transition> = try cursor.next()
            return body.value
        }
    }
}
