import FoundationEssentials
package import SuiroDomain
import SuiroStore

/// A request as its partner sees it: the request, its state now, and the mail that carries it.
package struct RequestView: Codable, Sendable {
    package let request: RelationshipRequest
    /// The customer, once its partner may know who it is.
    package let customer: ID<Customer>?
    package let state: String
    package let url: String
    package let draft: Draft
}

extension PartnerService {
    /// A partner asks a customer for a relationship (S-19, S-20, SM-1). With an address the mail goes out at once.
    package func requestRelationship(
        _ wish: RelationshipWish,
        _ context: CallContext
    ) async throws -> RequestView {
        let tenant = try context.tenant
        return try await write(context, .requestRelationship, in: .tenant(tenant)) { tx, deliberation in
            guard let partner = try tx.organization(tenant), let principal = tx.permit.principal else {
                throw Refusal.notFound(.organization, "\(tenant)")
            }
            var wish = wish
            if let domain = wish.customerDomain { wish.customer = try tx.organization(domain: domain) }
            if let provider = wish.provider { try check(provider, isProviderFor: partner, tx) }
            let (scope, expires) = try wish.settle(for: partner, by: principal.roles, &deliberation)
            try quota.check(wish.customerDomain, of: tenant.as(Partner.self), at: deliberation.at, tx)
            try supersede(wish.customerDomain, of: partner, tx)
            let now = deliberation.at
            let request = RelationshipRequest(
                id: environment.newID(),
                code: environment.newInvitationCode(),
                partner: tenant.as(Partner.self),
                provider: wish.provider,
                customer: wish.customer?.id.as(Customer.self),
                customerDomain: wish.customerDomain,
                recipientName: wish.recipientName,
                recipientMail: wish.recipientMail,
                language: wish.language,
                scope: scope,
                createdBy: principal.person,
                createdAt: now,
                expires: expires,
                state: wish.recipientMail == nil ? .draft : .sent(at: now)
            )
            try tx.insert(request)
            let view = try view(request, at: now, tx)
            try deliver(view.draft, for: request, kind: "request", tx)
            try tx.record(
                .relationshipRequested(request.id),
                Remark(
                    partner: request.partner,
                    customer: try known(request, tx),
                    edition: deliberation.book.edition,
                    details: ["domain": wish.customerDomain ?? "", "days": "\(scope.days)"]
                )
            )
            return view
        }
    }

    package func relationshipRequests(_ context: CallContext) async throws -> [RequestView] {
        let tenant = try context.tenant
        return try await read(context, .readRelationshipRequests, in: .tenant(tenant)) { tx in
            try tx.relationshipRequests(of: tenant.as(Partner.self)).map { try view($0, at: tx.permit.intent.at, tx) }
        }
    }

    package func relationshipRequest(
        _ id: ID<RelationshipRequest>,
        _ context: CallContext
    ) async throws -> RequestView {
        let tenant = try context.tenant
        return try await read(context, .readRelationshipRequests, in: .tenant(tenant)) { tx in
            try view(try find(id, of: tenant, tx), at: tx.permit.intent.at, tx)
        }
    }

    /// Sends the mail again; the link, its end and its terms stay as they are.
    package func remind(_ id: ID<RelationshipRequest>, _ context: CallContext) async throws -> RequestView {
        try await change(id, context) { request, now, tx in
            let event = try request.remind(at: now)
            let sender = try request.createdBy.flatMap { try tx.person($0) }
            if let partner = try tx.organization(request.partner.as(Tenant.self)) {
                let draft = draft(
                    for: request,
                    from: partner,
                    to: try customerName(of: request, tx),
                    by: sender,
                    reminder: true
                )
                try deliver(draft, for: request, kind: "reminder", tx)
            }
            return event
        }
    }

    /// The link is dead from the next request on.
    package func withdraw(_ id: ID<RelationshipRequest>, _ context: CallContext) async throws -> RequestView {
        try await change(id, context) { request, now, tx in
            let event = try request.withdraw(at: now)
            if let mail = request.recipientMail, let partner = try tx.organization(request.partner.as(Tenant.self)) {
                let person = Person(
                    id: environment.newID(),
                    tenant: partner.id,
                    name: request.recipientName ?? mail,
                    mail: mail,
                    language: request.language,
                    roles: []
                )
                let arguments: [String: Argument] = [
                    "partner": .text(partner.name), "code": .text(request.code),
                    "company": .text(request.customerDomain ?? mail), "recipient": .text(person.name),
                ]
                try tx.send(self.mail("withdrawn", to: person, arguments, at: now))
            }
            return event
        }
    }

    /// The link that names the partner and nobody else (REL-04): it grants nothing, it lets a customer's administrator
    /// ask to be invited.
    package func reusableLink(_ context: CallContext) async throws -> String {
        let tenant = try context.tenant
        return try await consult(context, .readReusableLink, in: .tenant(tenant)) { _, deliberation in
            let enabled = try deliberation.decide(.multichannelEnabled)
            guard enabled.value else { throw Refusal.multichannelNotAvailable(row: enabled.row) }
            _ = try deliberation.decide(.linkReusable)
            return "\(environment.origin())/r?invType=ResellerRelationship&partnerId=\(tenant)&msppId=0"
        }
    }

    private func change(
        _ id: ID<RelationshipRequest>,
        _ context: CallContext,
        _ transition: @escaping @Sendable (inout RelationshipRequest, Instant, Transaction) throws -> Event
    ) async throws -> RequestView {
        let tenant = try context.tenant
        return try await write(context, .changeRelationshipRequest, in: .tenant(tenant)) { tx, _ in
            let now = tx.permit.intent.at
            var request = try find(id, of: tenant, tx)
            let event = try transition(&request, now, tx)
            try tx.update(request)
            try tx.record(event, Remark(partner: request.partner, customer: known(request, tx)))
            return try view(request, at: now, tx)
        }
    }

    private func find(
        _ id: ID<RelationshipRequest>,
        of tenant: ID<Tenant>,
        _ tx: Transaction
    ) throws -> RelationshipRequest {
        guard let request = try tx.relationshipRequest(id, of: tenant.as(Partner.self)) else {
            throw Refusal.notFound(.relationshipRequest, "\(id)")
        }
        return request
    }

    private func check(_ provider: ID<Partner>, isProviderFor partner: Organization, _ tx: Transaction) throws {
        guard let organization = try tx.organization(provider.as(Tenant.self)),
            organization.kind == .indirectProvider, partner.provider == provider || organization.id == partner.id
        else {
            throw Refusal.invalid([InputFault(field: "indirectProviderId", code: .unknown, value: "\(provider)")])
        }
    }

    /// A newer request to the same customer takes the place of the open ones.
    private func supersede(_ domain: String?, of partner: Organization, _ tx: Transaction) throws {
        guard let domain else { return }
        for var older in try tx.openRelationshipRequests(of: partner.id.as(Partner.self), domain: domain)
        where older.state(at: tx.permit.intent.at) == older.state {
            let event = try older.supersede(at: tx.permit.intent.at)
            try tx.update(older)
            try tx.record(event, Remark(partner: older.partner, customer: known(older, tx)))
        }
    }

    private func deliver(_ draft: Draft, for request: RelationshipRequest, kind: String, _ tx: Transaction) throws {
        guard let address = request.recipientMail else { return }
        let sender = try request.createdBy.flatMap { try tx.person($0) }
        try tx.send(
            OutgoingMail(
                id: environment.newUUID().lowercased,
                to: address,
                toName: request.recipientName ?? address,
                from: sender?.mail ?? "no-reply@suiro.example",
                subject: draft.subject,
                body: draft.body,
                language: request.language,
                kind: kind,
                link: link(to: request),
                at: tx.permit.intent.at
            )
        )
    }

    func view(_ request: RelationshipRequest, at now: Instant, _ tx: Transaction) throws -> RequestView {
        guard let partner = try tx.organization(request.partner.as(Tenant.self)) else {
            throw Refusal.notFound(.organization, "\(request.partner)")
        }
        let sender = try request.createdBy.flatMap { try tx.person($0) }
        return RequestView(
            request: request,
            customer: try known(request, tx),
            state: request.state(at: now).name,
            url: link(to: request),
            draft: draft(for: request, from: partner, to: try customerName(of: request, tx), by: sender)
        )
    }

    /// The customer, where the asking partner may know who stands behind the domain. The log is written by the same rule:
    /// its entries are hashed, so nothing could be taken out of them for one reader and the hash would give it away.
    func known(_ request: RelationshipRequest, _ tx: Transaction) throws -> ID<Customer>? {
        try request.customer.flatMap {
            try tx.knows($0.as(Tenant.self), as: request.partner.as(Tenant.self)) ? $0 : nil
        }
    }

    /// Whoever asks learns from the draft no more than it knew (N-05): a stranger is called by the domain that was typed.
    private func customerName(of request: RelationshipRequest, _ tx: Transaction) throws -> String? {
        let customer =
            try request.customer.flatMap { try tx.organization($0.as(Tenant.self)) }
            ?? request.customerDomain.flatMap { try tx.organization(domain: $0) }
        guard let customer, try tx.knows(customer.id) else { return nil }
        return customer.name
    }
}
