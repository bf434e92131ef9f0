package import SuiroDomain
import SuiroStore

/// A relationship of granular delegated administration as it stands at one instant.
package struct DelegationView: Codable, Hashable, Sendable {
    package let relationship: DelegatedAdminRelationship
    package let status: DelegationStatus
    package let end: Instant?
    package let partner: PartyName
    /// Who wrote it for the partner, where that was its indirect provider.
    package let provider: PartyName?
    package let customer: PartyName?
    /// Where the customer's administrator reads and answers it.
    package let url: String
}

/// What is asked of a relationship and what came of it.
package struct DelegationOutcome: Codable, Hashable, Sendable {
    package let view: DelegationView
    package let request: DelegationRequest
}

// The partner's side: write, look up, change, send, take back.
extension PartnerService {
    /// With a reseller, the draft is for that one, and the caller is its provider: the reseller consents to it before
    /// anybody sends it (GD-28).
    package func createDelegation(
        _ draft: DelegationDraft,
        for reseller: ID<Partner>? = nil,
        _ context: CallContext
    ) async throws -> DelegationView {
        try await asPartner(context) { tx, deliberation, caller, principal in
            let partner = try reseller.map { try find($0, asResellerOf: caller, tx) } ?? caller
            if partner.id != caller.id, caller.standing == .suspended { throw Refusal.partnerSuspended }
            try check(draft, for: partner, principal, &deliberation, tx)
            try freeName(draft.displayName, of: partner.id.as(Partner.self), except: nil, &deliberation, tx)
            let relationship = DelegatedAdminRelationship(
                id: environment.newID(),
                partner: partner.id.as(Partner.self),
                draft: draft,
                proposal: partner.id == caller.id ? nil : ProviderProposal(by: caller.id.as(Partner.self)),
                createdBy: principal.person,
                createdAt: deliberation.at
            )
            try tx.insert(relationship)
            try note([.delegation(.delegationCreated, relationship.id)], relationship, tx)
            return try view(relationship, at: deliberation.at, tx)
        }
    }

    /// The caller's, newest first: a partner's own and those it wrote for its resellers, or those that a customer was
    /// sent. What has been over for long is not
    /// among them (GD-15).
    package func delegations(_ context: CallContext) async throws -> [DelegationView] {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            let isPartner = tx.permit.principal?.kind.isPartner == true
            let all =
                try isPartner
                ? tx.delegations(of: tenant.as(Partner.self)) + tx.delegations(writtenBy: tenant.as(Partner.self))
                : tx.delegations(in: tenant.as(Customer.self)).filter { $0.phase != .created }
            var names: [ID<Tenant>: String] = [:]
            return try all.compactMap { relationship in
                guard try Delegation.isShown(relationship, &deliberation) else { return nil }
                return try view(relationship, at: deliberation.at, naming: &names, tx)
            }
        }
    }

    package func delegation(
        _ id: ID<DelegatedAdminRelationship>,
        _ context: CallContext
    ) async throws -> DelegationView {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            try view(try findDelegation(id, &deliberation, tx), at: deliberation.at, tx)
        }
    }

    /// A draft is written anew; of what is in force only extension and some roles can change. Answers what is being
    /// carried out, where something is (GD-02, GD-11).
    package func updateDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        seen: Int?,
        _ context: CallContext,
        _ edit: @escaping @Sendable (DelegationDraft) throws -> DelegationDraft
    ) async throws -> (view: DelegationView, operation: DelegationOperation?) {
        let result = try await asPartner(context) { tx, deliberation, partner, principal -> DelegationUpdate in
            let found = try findDelegation(toChange: id, seen: seen, &deliberation, tx)
            var relationship = found
            let (read, now) = (found.revision, deliberation.at)
            let draft = try edit(relationship.draft)
            var events: [Event] = []
            var operation: DelegationOperation?
            if case .created = relationship.phase {
                let owner = try tx.organization(relationship.partner.as(Tenant.self)) ?? partner
                try check(draft, for: owner, principal, &deliberation, tx)
                try freeName(draft.displayName, of: relationship.partner, except: id, &deliberation, tx)
                events.append(try relationship.rewrite(draft, at: now))
            } else {
                try Delegation.requireRequestor(principal.roles, &deliberation)
                events = try change(&relationship, to: draft, &deliberation)
                if !events.isEmpty {
                    operation = try start(.delegatedAdminRelationshipUpdate, of: relationship, nil, &deliberation, tx)
                }
            }
            if relationship.revision != read { try save(relationship, seen: read, &deliberation, tx) }
            try note(events, relationship, tx)
            if draft.autoExtendDays != found.autoExtendDays, relationship.tenure != nil {
                try tellParties(of: relationship, .autoExtendChanged, tx)
            }
            return DelegationUpdate(view: try view(relationship, at: now, tx), operation: operation)
        }
        return (result.view, result.operation)
    }

    package func deleteDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        seen: Int?,
        _ context: CallContext
    ) async throws {
        _ = try await asPartner(context) { tx, deliberation, _, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            let relationship = try findDelegation(toChange: id, seen: seen, &deliberation, tx)
            let event = try relationship.requireDeletable(at: deliberation.at)
            try tx.delete(relationship)
            try note([event], relationship, tx)
            return true
        }
    }

    /// Sends it to the customer as it stands (GD-02, GD-05).
    package func sendDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        _ context: CallContext
    ) async throws -> DelegationOutcome {
        try await asPartner(context) { tx, deliberation, partner, principal in
            var relationship = try findDelegation(toChange: id, &deliberation, tx)
            let read = relationship.revision
            try check(relationship.draft, for: partner, principal, &deliberation, tx)
            let days = try deliberation.decide(.delegationPendingDays)
            let until = deliberation.at.adding(days: days.value)
            if let event = try relationship.lock(until: until, at: deliberation.at) {
                try save(relationship, seen: read, &deliberation, tx)
                try note([event], relationship, tx)
            }
            return try outcome(.lockForApproval, relationship, &deliberation, tx)
        }
    }

    package func requests(
        of id: ID<DelegatedAdminRelationship>,
        _ context: CallContext
    ) async throws -> (requests: [DelegationRequest], now: Instant) {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            (try tx.requests(of: findDelegation(id, &deliberation, tx).id), deliberation.at)
        }
    }

    package func operations(
        of id: ID<DelegatedAdminRelationship>,
        _ context: CallContext
    ) async throws -> (operations: [DelegationOperation], now: Instant) {
        let tenant = try context.tenant
        return try await show(context, .readDelegations, in: .tenant(tenant)) { tx, deliberation in
            (try tx.operations(of: findDelegation(id, &deliberation, tx).id), deliberation.at)
        }
    }

    func check(
        _ draft: DelegationDraft,
        for partner: Organization,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        try draft.check(for: partner, by: principal.roles, &deliberation)
        guard let customer = draft.customer?.as(Tenant.self) else { return }
        guard customer != partner.id else {
            throw Refusal.invalid([InputFault(field: "customer.tenantId", code: .unknown, value: "\(customer)")])
        }
        // Of a tenant that the partner does not know nothing is told, not even that there is none (N-05): whether the two
        // may deal with each other is asked again when its administrator answers.
        guard try tx.knows(customer), let organization = try tx.organization(customer) else { return }
        try RelationshipRequest.checkParties(organization, partner, &deliberation)
    }

    private func find(
        _ reseller: ID<Partner>,
        asResellerOf provider: Organization,
        _ tx: Transaction
    ) throws -> Organization {
        if reseller == provider.id.as(Partner.self) { return provider }
        guard provider.kind == .indirectProvider, let found = try tx.organization(reseller.as(Tenant.self)),
            found.kind == .indirectReseller, found.provider == provider.id.as(Partner.self)
        else {
            throw Refusal.invalid([InputFault(field: "partner.tenantId", code: .unknown, value: "\(reseller)")])
        }
        return found
    }

    /// GD-03; a relationship that nobody is shown any more gives its name up.
    private func freeName(
        _ name: String,
        of partner: ID<Partner>,
        except own: ID<DelegatedAdminRelationship>?,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        guard let other = try tx.delegation(named: name, of: partner), other.id != own else { return }
        guard try !Delegation.isShown(other, &deliberation) else { throw Refusal.delegation(.nameTaken(name)) }
        try tx.giveUpName(of: other.id)
    }

    /// What a partner may change of what is in force: extension (GD-11), and roles that may be given back.
    private func change(
        _ relationship: inout DelegatedAdminRelationship,
        to draft: DelegationDraft,
        _ deliberation: inout Deliberation
    ) throws -> [Event] {
        let now = deliberation.at
        var fixed = draft
        (fixed.autoExtendDays, fixed.roles) = (relationship.autoExtendDays, relationship.roles)
        guard fixed == relationship.draft, relationship.isLive(at: now) else {
            throw Refusal.delegation(.state(relationship.status(at: now), row: nil))
        }
        var events: [Event] = []
        if Set(draft.roles) != Set(relationship.roles) {
            let removable = try deliberation.decide(.delegationRemovableRoles)
            let (wanted, had) = (Set(draft.roles), Set(relationship.roles))
            guard wanted.isSubset(of: had), !wanted.isEmpty,
                had.subtracting(wanted).allSatisfy({ removable.value.contains($0.rawValue) })
            else { throw Refusal.delegation(.state(relationship.status(at: now), row: removable.row)) }
            events += try [relationship.narrow(to: draft.roles, at: now)].compactMap(\.self)
        }
        if draft.autoExtendDays != relationship.autoExtendDays {
            try Delegation.checkExtension(by: draft.autoExtendDays, of: relationship.roles, &deliberation)
            events += try [relationship.setAutoExtend(draft.autoExtendDays, at: now)].compactMap(\.self)
        }
        return events
    }
}

/// What an update answers, as it is kept for a repeated request.
struct DelegationUpdate: Codable, Sendable {
    let view: DelegationView
    let operation: DelegationOperation?
}
