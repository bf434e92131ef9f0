import FoundationEssentials
package import SuiroDomain

extension Subscription {
    fileprivate static let columns: SQL = """
        id, subscription.customer_id, name, product_id, sku_id, family, channel, source, seller_kind, seller_id, seller_name,
        bill_owner_kind, bill_owner_id, bill_owner_name, partner_of_record, support_contact, quantity, status,
        term_start, term_end, auto_renew, currency, monthly_cost, aliases, order_id, depends_on, offering,
        converts_to, status_at, suspended_for, end_of_term, seat_additions, billing_cycle, created_at,
        revision
        """

    fileprivate init(_ cursor: inout Cursor) throws {
        let (id, customer, name): (ID<Subscription>, ID<Customer>, String) =
            (try cursor.next(), try cursor.next(), try cursor.next())
        let (product, sku): (String?, String?) = (try cursor.next(), try cursor.next())
        let (family, channel, source): (Family?, Channel?, SubscriptionSource) =
            (try cursor.next(), try cursor.next(), try cursor.next())
        let seller = Party(kind: try cursor.next(), id: try cursor.next(), name: try cursor.next())
        let billOwner = Party(kind: try cursor.next(), id: try cursor.next(), name: try cursor.next())
        let (record, contact): (JSONText<Party>?, JSONText<Party>?) = (try cursor.next(), try cursor.next())
        let (quantity, status): (Int?, SubscriptionStatus) = (try cursor.next(), try cursor.next())
        let (start, end, renew): (Instant?, Instant?, Bool) = (try cursor.next(), try cursor.next(), try cursor.next())
        let (currency, cost): (String?, Decimal?) = (try cursor.next(), try cursor.next())
        let (aliases, order): (JSONText<[String]>, String?) = (try cursor.next(), try cursor.next())
        let base: ID<Subscription>? = try cursor.next()
        let course = try Course(&cursor)
        var term: Term?
        if let start, let end { term = Term(start: start, end: end, autoRenew: renew) }
        var monthly: Money?
        if let cost, let code = currency.flatMap(Currency.init) { monthly = Money(cost, code) }
        self.init(
            id: id,
            customer: customer,
            name: name,
            productID: product,
            skuID: sku,
            family: family,
            channel: channel,
            source: source,
            seller: seller,
            billOwner: billOwner,
            partnerOfRecord: record?.value,
            supportContact: contact?.value,
            quantity: quantity,
            status: status,
            term: term,
            monthlyCost: monthly,
            aliases: aliases.value,
            orderID: order,
            dependsOn: base,
            course: course,
            billingCycle: try cursor.next(),
            createdAt: try cursor.next(),
            revision: try cursor.next()
        )
    }
}

extension Subscription {
    static func all(of customer: ID<Customer>) -> SQL {
        """
        SELECT \(columns) FROM subscription WHERE customer_id = \(customer) AND status <> 'deleted'
        ORDER BY created_at, id
        """
    }

    /// One subscription by its id or an alias, beside each party that has come to it: a row a succession, and one without
    /// where there is none. Every table is entered by its key.
    static func lookUp(_ id: ID<Subscription>, of customer: ID<Customer>, at now: Instant) -> SQL {
        """
        SELECT \(Succession.columns), \(columns)
        FROM subscription LEFT JOIN succession ON subscription_id = id AND from_at <= \(now)
        WHERE subscription.customer_id = \(customer) AND id = COALESCE(
            (SELECT a.subscription_id FROM subscription_alias a
             WHERE a.alias = \(id) AND a.customer_id = \(customer) AND a.from_at <= \(now)), \(id))
        """
    }
}

extension Transaction {
    /// Nothing a customer owns is ever looked up without naming the customer. An alias is as good as the id (OP-26).
    package func subscription(_ id: ID<Subscription>, of customer: ID<Customer>) throws -> Subscription? {
        let now = permit.intent.at
        var (found, successions): (Subscription?, [Succession]) = (nil, [])
        try session.each(Subscription.lookUp(id, of: customer, at: now)) { cursor in
            if let succession = try Succession(joined: &cursor) { successions.append(succession) }
            // The same in every row.
            if found == nil { found = try Subscription(&cursor) }
            return true
        }
        return found?.succeeded(by: successions, at: now)
    }

    /// In the order they were recorded.
    package func subscriptions(of customer: ID<Customer>) throws -> [Subscription] {
        let successions = try successions(in: customer)
        let found = try session.all(Subscription.all(of: customer)) { cursor in try Subscription(&cursor) }
        return successions.isEmpty ? found : found.map { $0.succeeded(by: successions, at: permit.intent.at) }
    }

    /// With those that were deleted, because what they cost remains, and each as it was at its beginning: who came after
    /// that is in the successions.
    package func everySubscription(of customer: ID<Customer>) throws -> [Subscription] {
        try session.all(
            """
            SELECT \(Subscription.columns) FROM subscription WHERE customer_id = \(customer) ORDER BY created_at, id
            """
        ) { cursor in try Subscription(&cursor) }
    }

    /// Every subscription there is, for the impact of a policy; at most `limit`.
    package func allSubscriptions(limit: Int) throws -> [Subscription] {
        try session.all(
            "SELECT \(Subscription.columns) FROM subscription WHERE status <> 'deleted' ORDER BY customer_id, id LIMIT \(limit)"
        ) { cursor in try Subscription(&cursor) }
    }

    /// The subscription an import knows by a key of another system.
    package func subscription(externalKey: String, of customer: ID<Customer>) throws -> Subscription? {
        try session.first(
            """
            SELECT \(Subscription.columns) FROM subscription
            WHERE customer_id = \(customer) AND external_key = \(externalKey)
            """
        ) { cursor in try Subscription(&cursor) }
    }

    package func insert(_ subscription: Subscription, externalKey: String? = nil) throws {
        try session.run(
            """
            INSERT INTO subscription (id, customer_id, name, product_id, sku_id, family, channel, source, seller_kind,
                seller_id, seller_name, bill_owner_kind, bill_owner_id, bill_owner_name, partner_of_record,
                support_contact, quantity, status, term_start, term_end, auto_renew, currency, monthly_cost, aliases,
                order_id, external_key, depends_on, offering, converts_to, status_at, suspended_for, end_of_term,
                seat_additions, billing_cycle, created_at, revision)
            VALUES (\(subscription.id), \(subscription.customer), \(subscription.name), \(subscription.productID),
                \(subscription.skuID), \(subscription.family), \(subscription.channel), \(subscription.source),
                \(subscription.seller.kind), \(subscription.seller.id), \(subscription.seller.name),
                \(subscription.billOwner.kind), \(subscription.billOwner.id), \(subscription.billOwner.name),
                \(subscription.partnerOfRecord.map(JSONText.init)), \(subscription.supportContact.map(JSONText.init)),
                \(subscription.quantity), \(subscription.status), \(subscription.term?.start),
                \(subscription.term?.end), \(subscription.term?.autoRenew ?? false),
                \(subscription.monthlyCost?.currency.description), \(subscription.monthlyCost?.amount),
                \(JSONText(subscription.aliases)), \(subscription.orderID), \(externalKey), \(subscription.dependsOn),
                \(subscription.course.offering), \(subscription.course.convertsTo), \(subscription.course.statusAt),
                \(subscription.course.suspendedFor), \(subscription.course.endOfTerm),
                \(JSONText(subscription.course.additions)), \(subscription.billingCycle), \(subscription.createdAt), \(subscription.revision))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ subscription: Subscription) throws {
        let changed = try session.run(
            """
            UPDATE subscription SET name = \(subscription.name), product_id = \(subscription.productID),
                offering = \(subscription.course.offering), converts_to = \(subscription.course.convertsTo),
                status_at = \(subscription.course.statusAt), suspended_for = \(subscription.course.suspendedFor),
                end_of_term = \(subscription.course.endOfTerm),
                seat_additions = \(JSONText(subscription.course.additions)), quantity = \(subscription.quantity),
                status = \(subscription.status), term_start = \(subscription.term?.start),
                term_end = \(subscription.term?.end), auto_renew = \(subscription.term?.autoRenew ?? false),
                partner_of_record = \(subscription.partnerOfRecord.map(JSONText.init)),
                support_contact = CASE WHEN EXISTS (SELECT 1 FROM succession s WHERE s.subscription_id = subscription.id
                    AND s.fact = \(PartyFact.supportContact) AND s.from_at <= \(permit.intent.at))
                    THEN support_contact ELSE \(subscription.supportContact.map(JSONText.init)) END,
                currency = \(subscription.monthlyCost?.currency.description),
                monthly_cost = \(subscription.monthlyCost?.amount), aliases = \(JSONText(subscription.aliases)),
                billing_cycle = \(subscription.billingCycle),
                revision = \(subscription.revision)
            WHERE id = \(subscription.id) AND revision = \(subscription.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
        guard let contact = subscription.supportContact else { return }
        // Where a move has named the contact, what is chosen later takes its place.
        try session.run(
            """
            UPDATE succession SET party_kind = \(contact.kind), party_id = \(contact.id), party_name = \(contact.name)
            WHERE subscription_id = \(subscription.id) AND fact = \(PartyFact.supportContact)
              AND from_at = (SELECT MAX(s.from_at) FROM succession s WHERE s.subscription_id = \(subscription.id)
                AND s.fact = \(PartyFact.supportContact) AND s.from_at <= \(permit.intent.at))
            """
        )
    }
}
