package import SuiroDomain
import SuiroStore

/// Which service requests to list.
package struct ServiceRequestQuery: Sendable {
    package var status: ServiceRequest.Status?
    package var offset: Int
    package var limit: Int

    package init(status: ServiceRequest.Status?, offset: Int, limit: Int) {
        (self.status, self.offset, self.limit) = (status, offset, limit)
    }
}

// What a partner asks the provider for. It files it with its own people as the contact, in its own matter or in that of
// a customer it is tied to (SUP-05).
extension PartnerService {
    /// The partner's requests, newest first: all of them, or those of one customer's matters. One more than the limit
    /// where there are more.
    package func serviceRequests(
        _ query: ServiceRequestQuery,
        for customer: ID<Customer>?,
        _ context: CallContext
    ) async throws -> [ServiceRequest] {
        let tenant = try context.tenant
        return try await read(context, .readServiceRequests, in: scope(customer, tenant)) { tx in
            try tx.serviceRequests(
                of: tenant.as(Partner.self),
                customer: customer,
                status: query.status,
                offset: query.offset,
                limit: query.limit + 1
            )
        }
    }

    package func serviceRequest(
        _ number: ServiceRequestNumber,
        for customer: ID<Customer>?,
        _ context: CallContext
    ) async throws -> ServiceRequest {
        let tenant = try context.tenant
        return try await read(context, .readServiceRequests, in: scope(customer, tenant)) { tx in
            try find(number, of: tenant, for: customer, tx)
        }
    }

    package func openServiceRequest(
        _ draft: ServiceRequest.Draft,
        _ context: CallContext
    ) async throws -> ServiceRequest {
        let tenant = try context.tenant
        return try await write(context, .changeServiceRequests, in: scope(draft.customer, tenant)) { tx, deliberation in
            let number = ServiceRequestNumber(on: deliberation.at, chance: environment.randomBytes(8))
            let request = ServiceRequest(
                draft,
                number: number,
                by: try contact(tx),
                of: tenant.as(Partner.self),
                at: deliberation.at
            )
            try tx.insert(request)
            try note(.serviceRequestOpened, request, tx)
            return request
        }
    }

    /// A request that closes or opens it, changes its words, or adds a note.
    package func changeServiceRequest(
        _ number: ServiceRequestNumber,
        for customer: ID<Customer>?,
        _ change: ServiceRequest.Change,
        _ context: CallContext
    ) async throws -> ServiceRequest {
        let tenant = try context.tenant
        return try await write(context, .changeServiceRequests, in: scope(customer, tenant)) { tx, deliberation in
            var request = try find(number, of: tenant, for: customer, tx)
            let before = request.status
            guard try request.apply(change, by: contact(tx), at: deliberation.at) else { return request }
            try tx.update(request)
            let event: ServiceRequestEvent =
                switch (before, request.status) {
                case (.open, .closed), (.attentionNeeded, .closed): .serviceRequestClosed
                case (.closed, .open), (.closed, .attentionNeeded): .serviceRequestReopened
                default: .serviceRequestChanged
                }
            try note(event, request, tx)
            return request
        }
    }

    /// The topics are the same for everybody who may ask.
    package func checkReadsServiceRequests(_ context: CallContext) async throws {
        let tenant = try context.tenant
        try await read(context, .readServiceRequests, in: .tenant(tenant)) { _ in }
    }

    func scope(_ customer: ID<Customer>?, _ tenant: ID<Tenant>) -> Scope {
        customer.map { .customer($0) } ?? .tenant(tenant)
    }

    private func find(
        _ number: ServiceRequestNumber,
        of tenant: ID<Tenant>,
        for customer: ID<Customer>?,
        _ tx: Transaction
    ) throws -> ServiceRequest {
        guard let request = try tx.serviceRequest(number, of: tenant.as(Partner.self)),
            customer == nil || request.customer == customer
        else { throw Refusal.notFound(.serviceRequest, "\(number)") }
        return request
    }

    /// The caller as the engineers know them.
    private func contact(_ tx: Transaction) throws -> ServiceRequest.Contact {
        guard let caller = tx.permit.principal, let person = try tx.person(caller.person) else {
            throw Refusal.accessDenied(missing: "person")
        }
        let names = person.name.split(separator: " ", maxSplits: 1).map(String.init)
        return ServiceRequest.Contact(
            id: person.id,
            organization: caller.tenant,
            organizationName: caller.tenantName,
            firstName: names.first,
            lastName: names.count > 1 ? names[1] : nil,
            mail: person.mail
        )
    }

    private func note(_ event: ServiceRequestEvent, _ request: ServiceRequest, _ tx: Transaction) throws {
        try tx.record(
            .serviceRequest(event, of: request.number.description),
            Remark(
                customer: request.customer,
                details: ["severity": request.severity.rawValue, "status": request.status.rawValue]
            )
        )
    }
}
