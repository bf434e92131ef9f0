package import SuiroDomain

// Every look-up names the partner: somebody else's request is no request. One in a customer's matter is found as long as
// the partner is tied to that customer, looked at anew each time (S-02).
extension Transaction {
    private var isStillTied: SQL {
        """
        (customer_id IS NULL OR EXISTS (SELECT 1 FROM access_grant g
            WHERE g.customer_id = service_request.customer_id AND g.partner_id = service_request.partner_id
              AND g.kind = \(AccessKind.resellerTie) AND g.ended_at IS NULL
              AND g.from_at <= \(permit.intent.at) AND g.until_at > \(permit.intent.at)))
        """
    }

    /// Newest first. `customer` narrows it to one customer's matters, `status` to one state.
    package func serviceRequests(
        of partner: ID<Partner>,
        customer: ID<Customer>?,
        status: ServiceRequest.Status?,
        offset: Int,
        limit: Int
    ) throws -> [ServiceRequest] {
        var filter: SQL = "partner_id = \(partner) AND \(isStillTied)"
        if let customer { filter = "\(filter) AND customer_id = \(customer)" }
        if let status { filter = "\(filter) AND status = \(status.rawValue)" }
        return try session.all(
            """
            SELECT body FROM service_request WHERE \(filter)
            ORDER BY created_at DESC, number LIMIT \(limit) OFFSET \(offset)
            """
        ) { cursor in
            let body: JSONText<ServiceRequest> = try cursor.next()
            return body.value
        }
    }

    package func serviceRequest(_ number: ServiceRequestNumber, of partner: ID<Partner>) throws -> ServiceRequest? {
        try session.first(
            """
            SELECT body FROM service_request
            WHERE number = \(number.description) AND partner_id = \(partner) AND \(isStillTied)
            """
        ) { cursor in
            let body: JSONText<ServiceRequest> = try cursor.next()
            return body.value
        }
    }

    package func insert(_ request: ServiceRequest) throws {
        try session.run(
            """
            INSERT INTO service_request (number, partner_id, customer_id, status, created_at, revision, body)
            VALUES (\(request.number.description), \(request.partner), \(request.customer),
                \(request.status.rawValue), \(request.createdAt), \(request.revision), \(JSONText(request)))
            """
        )
    }

    /// Saves the next revision, or throws `StoreError.stale`.
    package func update(_ request: ServiceRequest) throws {
        let changed = try session.run(
            """
            UPDATE service_request
            SET status = \(request.status.rawValue), revision = \(request.revision), body = \(JSONText(request))
            WHERE number = \(request.number.description) AND revision = \(request.revision - 1)
            """
        )
        guard changed == 1 else { throw StoreError.stale }
    }
}
