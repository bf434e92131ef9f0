import SuiroDomain
import SuiroStore

// What every use case of granular delegated administration has in common.
extension PartnerService {
    /// One write in the partner's own house.
    func asPartner<T: Codable & Sendable>(
        _ context: CallContext,
        _ body: @escaping @Sendable (Transaction, inout Deliberation, Organization, Principal) throws -> T
    ) async throws -> T {
        let tenant = try context.tenant
        return try await write(context, .manageDelegation, in: .tenant(tenant)) { tx, deliberation in
            guard let partner = try tx.organization(tenant), let principal = tx.permit.principal else {
                throw Refusal.notFound(.organization, "\(tenant)")
            }
            return try body(tx, &deliberation, partner, principal)
        }
    }

    /// A relationship that the caller is a party of: its partner, or the provider that wrote it; or, once it was sent, the
    /// customer it is for, and while it names none, whoever has the link. For all others there is no such thing.
    func findDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        seen: Int? = nil,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegatedAdminRelationship {
        guard let found = try tx.delegation(id), let principal = tx.permit.principal,
            found.isParty(principal), try Delegation.isShown(found, &deliberation)
        else { throw Refusal.notFound(.delegation, "\(id)") }
        if let seen, seen != found.revision { throw StoreError.stale }
        return found
    }

    /// The same, for whoever is about to change it: of what a provider wrote, one of both at a time (GD-28).
    func findDelegation(
        toChange id: ID<DelegatedAdminRelationship>,
        seen: Int? = nil,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegatedAdminRelationship {
        let found = try findDelegation(id, seen: seen, &deliberation, tx)
        if let principal = tx.permit.principal { try found.requireWriter(principal.tenant) }
        return found
    }

    /// Keeps a later revision, with the next moment that time has something to say about it.
    func save(
        _ relationship: DelegatedAdminRelationship,
        seen: Int,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let days = try reminderDays(&deliberation)
        let attention = relationship.nextAttention(remindingAt: days, after: deliberation.at)
        try tx.update(relationship, seen: seen, attention: attention)
    }

    /// Ends it now, tells both sides, and keeps what was asked (GD-13, GD-14).
    func terminate(
        _ found: DelegatedAdminRelationship,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegatedAdminRelationship {
        var relationship = found
        let principal = tx.permit.principal
        let termination = DelegatedAdminRelationship.Termination(
            at: deliberation.at,
            by: principal?.person,
            side: principal?.tenant
        )
        let event = try relationship.terminate(termination)
        try save(relationship, seen: found.revision, &deliberation, tx)
        try note([event], relationship, tx)
        try tellParties(of: relationship, .terminated, tx)
        return relationship
    }

    /// Ends all that a partner has in one customer's tenant, or everywhere.
    func terminateAll(
        of partner: ID<Partner>,
        in customer: ID<Customer>?,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let all = try customer.map { try tx.delegations(in: $0, of: partner) } ?? tx.delegations(of: partner)
        for relationship in all where relationship.isLive(at: deliberation.at) {
            _ = try terminate(relationship, &deliberation, tx)
        }
    }

    /// Ends what is shown as a way in but kept as a relationship, where it still is one.
    func endDelegationPath(_ id: ID<AccessGrant>, in customer: ID<Customer>, _ tx: Transaction) throws {
        var deliberation = try deliberation(tx)
        guard let found = try tx.delegation(id.as(DelegatedAdminRelationship.self)), found.customer == customer,
            found.isLive(at: deliberation.at)
        else { return }
        _ = try terminate(found, &deliberation, tx)
    }

    func reminderDays(_ deliberation: inout Deliberation) throws -> [Int] {
        try deliberation.decide(.delegationReminderDays).value.compactMap { Int($0) }
    }

    func note(_ events: [Event], _ relationship: DelegatedAdminRelationship, _ tx: Transaction) throws {
        for event in events {
            try tx.record(
                event,
                Remark(
                    partner: relationship.partner,
                    customer: relationship.customer,
                    details: [
                        "name": relationship.displayName, "delegation": "\(relationship.id)",
                        "duration": relationship.duration.text,
                        "roles": relationship.roles.map(\.rawValue).joined(separator: " "),
                    ].merging(relationship.proposal?.details ?? [:]) { first, _ in first }
                )
            )
        }
    }

    /// Notes that something was asked of it, as Graph lists it.
    func outcome(
        _ action: DelegationRequest.Action,
        _ relationship: DelegatedAdminRelationship,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegationOutcome {
        let request = DelegationRequest(
            id: environment.newID(),
            relationship: relationship.id,
            action: action,
            by: tx.permit.principal?.person,
            at: deliberation.at,
            processing: try deliberation.decide(.delegationProcessing).value
        )
        try tx.insert(request)
        return DelegationOutcome(view: try view(relationship, at: deliberation.at, tx), request: request)
    }

    /// Notes that something is being carried out.
    func start(
        _ kind: DelegationOperation.Kind,
        of relationship: DelegatedAdminRelationship,
        _ assignment: ID<AccessAssignment>?,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegationOperation {
        let operation = DelegationOperation(
            id: environment.newID(),
            relationship: relationship.id,
            kind: kind,
            assignment: assignment,
            at: deliberation.at,
            processing: try deliberation.decide(.delegationProcessing).value
        )
        try tx.insert(operation)
        return operation
    }

    func view(_ relationship: DelegatedAdminRelationship, at now: Instant, _ tx: Transaction) throws -> DelegationView {
        var names: [ID<Tenant>: String] = [:]
        return try view(relationship, at: now, naming: &names, tx)
    }

    func view(
        _ relationship: DelegatedAdminRelationship,
        at now: Instant,
        naming names: inout [ID<Tenant>: String],
        _ tx: Transaction
    ) throws -> DelegationView {
        func name(_ id: ID<Tenant>) throws -> String {
            if let known = names[id] { return known }
            let name = try tx.organization(id)?.name ?? ""
            names[id] = name
            return name
        }
        let partner = relationship.partner.as(Tenant.self)
        return DelegationView(
            relationship: relationship,
            status: relationship.status(at: now),
            end: relationship.end(at: now),
            partner: PartyName(id: partner, name: try name(partner)),
            provider: try relationship.proposal.map {
                PartyName(id: $0.provider.as(Tenant.self), name: try name($0.provider.as(Tenant.self)))
            },
            customer: try relationship.customer.map {
                PartyName(
                    id: $0.as(Tenant.self),
                    name: try tx.knows($0.as(Tenant.self)) ? name($0.as(Tenant.self)) : relationship.customerName ?? ""
                )
            },
            url: "\(environment.origin())/delegations/\(relationship.id)"
        )
    }
}

extension DelegatedAdminRelationship {
    fileprivate func isParty(_ principal: Principal) -> Bool {
        if partner.as(Tenant.self) == principal.tenant { return true }
        if proposal?.provider.as(Tenant.self) == principal.tenant { return true }
        guard principal.kind == .customer, phase != .created else { return false }
        if let customer { return customer.as(Tenant.self) == principal.tenant }
        if case .awaitingApproval = phase { return true }
        return false
    }
}

extension ProviderProposal {
    /// As the log keeps it.
    fileprivate var details: [String: String] {
        let word =
            switch answer {
            case .pending: "pending"
            case .given: "given"
            case .declined: "declined"
            }
        return ["provider": "\(provider)", "partnerConsent": word]
    }
}
