package import SuiroDomain

extension DeliveryState: SQLWord {}
extension DeliveryCause: SQLWord {}

/// A delivery on its way out: what to tell, where, and signed with what.
package struct OutgoingWebhook: Codable, Sendable {
    package let delivery: WebhookDelivery
    package let registration: WebhookRegistration
    /// What the event happened to, at whose customer, under which correlation.
    package let subject: String
    package let customer: ID<Tenant>?
    package let correlation: String
}

/// A delivery with its last attempt.
package struct DeliveryRow: Codable, Sendable {
    package let delivery: WebhookDelivery
    package let last: DeliveryAttempt?

    package init(delivery: WebhookDelivery, last: DeliveryAttempt?) {
        (self.delivery, self.last) = (delivery, last)
    }
}

/// Where a page of deliveries goes on.
package struct DeliveryPosition: Hashable, Codable, Sendable {
    package let at: Instant
    package let id: ID<WebhookDelivery>

    package init(at: Instant, id: ID<WebhookDelivery>) {
        (self.at, self.id) = (at, id)
    }
}

extension WebhookDelivery {
    fileprivate static let columns: SQL = """
        d.tenant_id, d.id, d.event, d.entry_id, d.recorded_at, d.state, d.attempts, d.next_at
        """

    fileprivate init(_ cursor: inout Cursor) throws {
        let tenant: ID<Tenant> = try cursor.next()
        self.init(
            id: try cursor.next(),
            tenant: tenant,
            name: try cursor.next(),
            entry: try cursor.next(),
            recordedAt: try cursor.next(),
            state: try cursor.next(),
            attempts: try cursor.next(),
            nextAt: try cursor.next()
        )
    }
}

// What partners read.
extension Transaction {
    /// A partner's deliveries, newest first.
    package func webhookDeliveries(
        of tenant: ID<Tenant>,
        state: DeliveryState?,
        name: WebhookEventName?,
        before position: DeliveryPosition?,
        limit: Int
    ) throws -> [DeliveryRow] {
        let some: SQL = state.map { "AND d.state = \($0)" } ?? ""
        let one: SQL = name.map { "AND d.event = \($0)" } ?? ""
        let rest: SQL = position.map { "AND (d.recorded_at, d.id) < (\($0.at), \($0.id))" } ?? ""
        return try session.all(
            """
            SELECT \(WebhookDelivery.columns), a.number, a.at, a.status, a.cause, a.milliseconds, a.response
            FROM webhook_delivery d LEFT JOIN webhook_attempt a
                ON a.tenant_id = d.tenant_id AND a.delivery_id = d.id AND a.number = d.attempts
            WHERE d.tenant_id = \(tenant) \(some) \(one) \(rest) ORDER BY d.recorded_at DESC, d.id DESC LIMIT \(limit)
            """
        ) { cursor in
            DeliveryRow(delivery: try WebhookDelivery(&cursor), last: try attempt(&cursor))
        }
    }

    package func webhookDelivery(_ id: ID<WebhookDelivery>, of tenant: ID<Tenant>) throws -> WebhookDelivery? {
        try session.first(
            "SELECT \(WebhookDelivery.columns) FROM webhook_delivery d WHERE d.tenant_id = \(tenant) AND d.id = \(id)"
        ) { cursor in try WebhookDelivery(&cursor) }
    }

    /// The partner's test events since an instant, newest first.
    package func webhookTests(of tenant: ID<Tenant>, since start: Instant) throws -> [WebhookDelivery] {
        try session.all(
            """
            SELECT \(WebhookDelivery.columns) FROM webhook_delivery d
            WHERE d.tenant_id = \(tenant) AND d.event = \(WebhookEventName.testCreated) AND d.recorded_at > \(start)
            ORDER BY d.recorded_at DESC, d.id
            """
        ) { cursor in try WebhookDelivery(&cursor) }
    }

    /// The delivery of what this transaction recorded last in its own scope, to one partner.
    package func webhookDeliveryJustMade(for tenant: ID<Tenant>) throws -> WebhookDelivery? {
        let scope = permit.intent.scope.name
        return try session.first(
            """
            SELECT \(WebhookDelivery.columns) FROM webhook_delivery d WHERE d.tenant_id = \(tenant) AND d.entry_id =
                (SELECT id FROM event_log WHERE scope = \(scope) ORDER BY sequence DESC LIMIT 1)
            """
        ) { cursor in try WebhookDelivery(&cursor) }
    }

    package func attempts(of id: ID<WebhookDelivery>, for tenant: ID<Tenant>) throws -> [DeliveryAttempt] {
        try session.all(
            """
            SELECT number, at, status, cause, milliseconds, response FROM webhook_attempt
            WHERE tenant_id = \(tenant) AND delivery_id = \(id) ORDER BY number
            """
        ) { cursor in try attempt(&cursor) }.compactMap(\.self)
    }

    private func attempt(_ cursor: inout Cursor) throws -> DeliveryAttempt? {
        let (number, at, status): (Int?, Instant?, Int?) = (try cursor.next(), try cursor.next(), try cursor.next())
        let (cause, took): (DeliveryCause?, Int?) = (try cursor.next(), try cursor.next())
        let response: String? = try cursor.next()
        guard let number, let at, let took, let response else { return nil }
        return DeliveryAttempt(
            number: number,
            at: at,
            status: status,
            cause: cause,
            milliseconds: took,
            response: response
        )
    }

    /// Saves a delivery that somebody wants sent again.
    package func requeue(_ delivery: WebhookDelivery) throws {
        try session.run(
            """
            UPDATE webhook_delivery SET state = \(delivery.state), next_at = \(delivery.nextAt)
            WHERE tenant_id = \(delivery.tenant) AND id = \(delivery.id)
            """
        )
    }
}

// What those who deliver do. A held delivery is nobody else's until the hold has run out.
extension Transaction {
    /// Partners with something due that nobody holds, the longest waiting first. Holds are measured in `wall` time,
    /// which no test clock moves.
    package func partnersWithDueWebhooks(wall: Instant, limit: Int) throws -> [ID<Tenant>] {
        try session.all(
            """
            SELECT tenant_id, MIN(next_at) FROM webhook_delivery
            WHERE next_at IS NOT NULL AND next_at <= \(permit.intent.at)
              AND (held_until IS NULL OR held_until <= \(wall))
            GROUP BY tenant_id ORDER BY 2, 1 LIMIT \(limit)
            """
        ) { cursor in try cursor.next() }
    }

    /// Since when the longest waiting delivery is due, where one is.
    package func oldestDueWebhook() throws -> Instant? {
        try session.first(
            """
            SELECT next_at FROM webhook_delivery
            WHERE next_at IS NOT NULL AND next_at <= \(permit.intent.at) ORDER BY next_at LIMIT 1
            """
        ) { cursor in try cursor.next() }
    }

    /// Takes hold of what is due for one partner, oldest first. Who may no longer hear of it is not told (W-03).
    package func holdWebhooks(
        of tenant: ID<Tenant>,
        by holder: String,
        wall: Instant,
        until: Instant,
        limit: Int
    ) throws -> [OutgoingWebhook] {
        guard let registration = try webhook(of: tenant) else { return [] }
        let now = permit.intent.at
        let due: [(OutgoingWebhook, Bool)] = try session.all(
            """
            SELECT \(WebhookDelivery.columns), e.subject, e.customer_id, e.correlation, d.basis
            FROM webhook_delivery d JOIN event_log e ON e.id = d.entry_id
            WHERE d.tenant_id = \(tenant) AND d.next_at IS NOT NULL AND d.next_at <= \(now)
              AND (d.held_until IS NULL OR d.held_until <= \(wall))
            ORDER BY d.next_at, d.recorded_at, d.entry_id LIMIT \(limit)
            """
        ) { cursor in
            let outgoing = OutgoingWebhook(
                delivery: try WebhookDelivery(&cursor),
                registration: registration,
                subject: try cursor.next(),
                customer: try cursor.next(),
                correlation: try cursor.next()
            )
            let basis: String = try cursor.next()
            return (outgoing, basis == "tie")
        }
        var held: [OutgoingWebhook] = []
        for (outgoing, needsTie) in due {
            if needsTie, try !hasTie(tenant, outgoing.customer) {
                try session.run(
                    """
                    UPDATE webhook_delivery SET state = \(DeliveryState.withdrawn), next_at = NULL
                    WHERE tenant_id = \(tenant) AND id = \(outgoing.delivery.id)
                    """
                )
            } else {
                try session.run(
                    """
                    UPDATE webhook_delivery SET holder = \(holder), held_until = \(until)
                    WHERE tenant_id = \(tenant) AND id = \(outgoing.delivery.id)
                    """
                )
                held.append(outgoing)
            }
        }
        return held
    }

    private func hasTie(_ tenant: ID<Tenant>, _ customer: ID<Tenant>?) throws -> Bool {
        guard let customer else { return false }
        let partner: SQL = "\(tenant)"
        return try !session.rows("SELECT 1 WHERE \(Self.liveTie(partner, customer, at: permit.intent.at))").isEmpty
    }

    /// Saves what came of an attempt, unless the hold has been lost meanwhile; answers whether it was saved.
    package func conclude(_ delivery: WebhookDelivery, _ attempt: DeliveryAttempt, heldBy holder: String) throws -> Bool
    {
        let changed = try session.run(
            """
            UPDATE webhook_delivery SET state = \(delivery.state), attempts = \(delivery.attempts),
                next_at = \(delivery.nextAt), holder = NULL, held_until = NULL
            WHERE tenant_id = \(delivery.tenant) AND id = \(delivery.id) AND holder = \(holder)
            """
        )
        guard changed == 1 else { return false }
        try session.run(
            """
            INSERT INTO webhook_attempt (tenant_id, delivery_id, number, at, status, cause, milliseconds, response)
            VALUES (\(delivery.tenant), \(delivery.id), \(attempt.number), \(attempt.at), \(attempt.status),
                \(attempt.cause), \(attempt.milliseconds), \(attempt.response))
            """
        )
        return true
    }

    /// Lets go of what was not attempted.
    package func releaseWebhooks(of tenant: ID<Tenant>, heldBy holder: String) throws {
        try session.run(
            """
            UPDATE webhook_delivery SET holder = NULL, held_until = NULL
            WHERE tenant_id = \(tenant) AND holder = \(holder)
            """
        )
    }

    /// Lets go of everything that anybody holds.
    package func releaseAllWebhooks() throws {
        try session.run("UPDATE webhook_delivery SET holder = NULL, held_until = NULL WHERE holder IS NOT NULL")
    }

    /// Forgets deliveries in one of some states that were recorded before an instant, and their attempts.
    package func deleteWebhookDeliveries(
        _ state: DeliveryState,
        named name: WebhookEventName? = nil,
        before limit: Instant
    ) throws {
        let one: SQL = name.map { "AND event = \($0)" } ?? ""
        try session.run("DELETE FROM webhook_delivery WHERE state = \(state) AND recorded_at < \(limit) \(one)")
    }
}
