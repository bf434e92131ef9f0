package import SuiroDomain

extension InvoiceLine.Detail: SQLWord {}

extension Transaction {
    /// The customers whose bills a partner has had to pay at any time.
    package func customersBilled(to partner: ID<Partner>) throws -> [ID<Customer>] {
        try session.all(
            """
            SELECT customer_id FROM subscription
            WHERE bill_owner_kind = \(Party.Kind.partner) AND bill_owner_id = \(partner)
            UNION
            SELECT customer_id FROM succession
            WHERE fact = \(PartyFact.billOwner) AND party_kind = \(Party.Kind.partner) AND party_id = \(partner)
            ORDER BY customer_id
            """
        ) { cursor in try cursor.next() }
    }

    /// Since when a partner has had a bill to pay here.
    package func firstBill(of partner: ID<Partner>) throws -> Instant? {
        try session.first(
            """
            SELECT MIN(since) FROM (
                SELECT MIN(created_at) AS since FROM subscription
                WHERE bill_owner_kind = \(Party.Kind.partner) AND bill_owner_id = \(partner)
                UNION ALL
                SELECT MIN(from_at) AS since FROM succession
                WHERE fact = \(PartyFact.billOwner) AND party_kind = \(Party.Kind.partner) AND party_id = \(partner)
            ) AS firsts
            """
        ) { cursor in cursor.isNull ? nil : try cursor.next() as Instant } ?? nil
    }

    /// The partners that have a bill to pay, for the turn that closes months.
    package func payingPartners() throws -> [ID<Partner>] {
        try session.all(
            """
            SELECT bill_owner_id FROM subscription
            WHERE bill_owner_kind = \(Party.Kind.partner) AND bill_owner_id IS NOT NULL
            UNION
            SELECT party_id FROM succession
            WHERE fact = \(PartyFact.billOwner) AND party_kind = \(Party.Kind.partner) AND party_id IS NOT NULL
            ORDER BY 1
            """
        ) { cursor in try cursor.next() }
    }

    /// The last month that is closed, and when that was done.
    package func lastClosedMonth(of partner: ID<Partner>) throws -> (month: Instant, at: Instant)? {
        try session.first(
            """
            SELECT month, closed_at FROM invoice_month WHERE partner_id = \(partner) ORDER BY month DESC LIMIT 1
            """
        ) { cursor in (try cursor.next(), try cursor.next()) }
    }

    /// Writes down a closed month with its invoices.
    package func close(
        _ month: BillingMonth,
        of partner: ID<Partner>,
        _ invoices: [(invoice: Invoice, lines: [InvoiceLine])]
    ) throws {
        try session.run(
            """
            INSERT INTO invoice_month (partner_id, month, closed_at)
            VALUES (\(partner), \(month.start), \(permit.intent.at))
            """
        )
        for (invoice, lines) in invoices {
            try session.run(
                """
                INSERT INTO invoice (partner_id, id, month, body)
                VALUES (\(partner), \(invoice.id), \(month.start), \(JSONText(invoice)))
                """
            )
            for (number, line) in lines.enumerated() {
                try session.run(
                    """
                    INSERT INTO invoice_line (partner_id, invoice_id, number, detail, family, customer_id,
                                              charge_month, body)
                    VALUES (\(partner), \(invoice.id), \(number), \(line.detail), \(line.family),
                            \(line.customer.id), \(line.month), \(JSONText(line)))
                    """
                )
            }
        }
    }

    /// A partner's invoices, newest first. What a clock that was turned back has not reached is not shown.
    package func invoices(of partner: ID<Partner>) throws -> [Invoice] {
        try session.all(
            "SELECT body FROM invoice WHERE partner_id = \(partner) ORDER BY month DESC, id"
        ) { cursor in
            let body: JSONText<Invoice> = try cursor.next()
            return body.value
        }.filter { $0.end <= permit.intent.at }
    }

    /// One of them; ids are found in any case.
    package func invoice(_ id: String, of partner: ID<Partner>) throws -> Invoice? {
        let found = try session.first(
            "SELECT body FROM invoice WHERE partner_id = \(partner) AND id = \(id.uppercased())"
        ) { cursor in try cursor.next() as JSONText<Invoice> }
        return found.flatMap { $0.value.end <= permit.intent.at ? $0.value : nil }
    }

    /// A stretch of an invoice's lines of one detail; of one family, or of both.
    package func lines(
        of invoice: Invoice,
        _ detail: InvoiceLine.Detail,
        _ family: Family?,
        offset: Int = 0,
        limit: Int = 10_000_000
    ) throws -> [InvoiceLine] {
        let only: SQL = family.map { "AND family = \($0)" } ?? ""
        return try session.all(
            """
            SELECT body FROM invoice_line
            WHERE partner_id = \(invoice.partner) AND invoice_id = \(invoice.id) AND detail = \(detail) \(only)
            ORDER BY number LIMIT \(limit) OFFSET \(offset)
            """
        ) { cursor in
            let body: JSONText<InvoiceLine> = try cursor.next()
            return body.value
        }
    }

    /// What was charged a partner for a month's usage, on whichever invoice, and of one customer only where one is named.
    package func chargedLines(
        of partner: ID<Partner>,
        for month: Instant,
        customer: ID<Customer>? = nil
    ) throws -> [InvoiceLine] {
        let only: SQL = customer.map { "AND customer_id = \($0)" } ?? ""
        return try session.all(
            """
            SELECT body FROM invoice_line
            WHERE partner_id = \(partner) AND charge_month = \(month) AND detail = \(InvoiceLine.Detail.billing) \(only)
            ORDER BY invoice_id, number
            """
        ) { cursor in
            let body: JSONText<InvoiceLine> = try cursor.next()
            return body.value
        }
    }

    /// The beginnings of earlier billing periods of which something was reported after an instant.
    package func restatedPeriods(
        of customers: [ID<Customer>],
        before month: Instant,
        since: Instant
    ) throws -> [Instant] {
        var found: Set<Instant> = []
        for customer in customers {
            found.formUnion(
                try session.all(
                    """
                    SELECT DISTINCT u.period_start FROM usage_line u JOIN subscription s ON s.id = u.subscription_id
                    WHERE s.customer_id = \(customer) AND u.period_start < \(month) AND u.reported_at > \(since)
                    """
                ) { cursor in try cursor.next() as Instant }
            )
        }
        return found.sorted()
    }
}
