package import SuiroDomain
import SuiroStore

/// A relationship as the customer sees it before deciding.
package struct DelegationConsentView: Codable, Sendable {
    package let view: DelegationView
    package let partner: Organization
    package let customer: Organization
    package let terms: Terms
    /// Whether this caller is the one who decides.
    package let mayDecide: Bool
    package let deciders: [String]
    package let assignments: [AccessAssignment]
    package let now: Instant
}

// The customer's side: read, approve, refuse; and either side's: end.
extension PartnerService {
    /// Shows a customer who asks and exactly what for. Reading changes nothing.
    package func delegationConsent(
        _ id: ID<DelegatedAdminRelationship>,
        _ context: CallContext
    ) async throws -> DelegationConsentView {
        let tenant = try context.tenant
        return try await consult(context, .decideDelegation, in: .tenant(tenant)) { tx, deliberation in
            try consent(to: try findSent(id, &deliberation, tx), context, &deliberation, tx)
        }
    }

    /// The customer's global administrator approves (GD-07). With a hash, exactly the terms that bear it; without one, as
    /// Graph asks it, the terms as they read in the caller's language: since it was sent nothing can have changed.
    package func approveDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        termsHash: String?,
        _ context: CallContext
    ) async throws -> DelegationOutcome {
        if try await isPartner(context) { return try await answerProposal(of: id, .approve, reason: nil, context) }
        return try await decide(id, .approve, context) { relationship, shown, deliberation, tx in
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "principal") }
            let texts = [Language.en, .ja].map {
                Terms(relationship, partner: shown.partner, customer: shown.customer, words, $0)
            }
            let hash = termsHash ?? shown.terms.hash
            guard let terms = texts.first(where: { $0.hash == hash }) else { throw Refusal.termsChanged }
            try Delegation.requireOffered(to: shown.partner, &deliberation)
            guard shown.partner.standing != .suspended else { throw Refusal.partnerSuspended }
            // Where it named no customer, this is the first moment to ask (S-26).
            try RelationshipRequest.checkParties(shown.customer, shown.partner, &deliberation)
            let consent = Consent(
                id: environment.newID(),
                customer: shown.customer.id.as(Customer.self),
                partner: relationship.partner,
                basis: .accepted,
                person: principal.person,
                personName: principal.personName,
                at: deliberation.at,
                language: terms.language,
                terms: terms.text,
                termsHash: terms.hash
            )
            let events = try relationship.approve(
                for: consent.customer,
                by: consent.id,
                processing: try deliberation.decide(.delegationProcessing).value,
                at: deliberation.at
            )
            try tx.insert(consent)
            return events
        }
    }

    package func rejectDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        reason: String?,
        _ context: CallContext
    ) async throws -> DelegationOutcome {
        if try await isPartner(context) { return try await answerProposal(of: id, .reject, reason: reason, context) }
        return try await decide(id, .reject, context) { relationship, shown, deliberation, tx in
            [
                try relationship.reject(
                    for: shown.customer.id.as(Customer.self),
                    by: tx.permit.principal?.person,
                    reason: reason,
                    at: deliberation.at
                )
            ]
        }
    }

    /// Either side ends it, and its roles are gone from the next request on (GD-14, GD-13). A partner that would leave
    /// something it sold without anybody to look after it is told so first, unless it insists (GD-17); a customer's
    /// administrator is never held up.
    package func terminateDelegation(
        _ id: ID<DelegatedAdminRelationship>,
        force: Bool,
        _ context: CallContext
    ) async throws -> DelegationOutcome {
        let tenant = try context.tenant
        if try await isPartner(context) {
            return try await asPartner(context) { tx, deliberation, _, principal in
                try Delegation.requireRequestor(principal.roles, &deliberation)
                return try end(id, force: force, &deliberation, tx)
            }
        }
        return try await write(context, .endDelegation, in: .customer(tenant.as(Customer.self))) { tx, deliberation in
            try end(id, force: true, &deliberation, tx)
        }
    }

    /// Either side turns extension on or off; both are told, although the sources keep silent about it (GD-11).
    package func setAutoExtend(
        _ id: ID<DelegatedAdminRelationship>,
        to isOn: Bool,
        _ context: CallContext
    ) async throws -> DelegationView {
        let tenant = try context.tenant
        if try await isPartner(context) {
            return try await asPartner(context) { tx, deliberation, _, principal in
                try Delegation.requireRequestor(principal.roles, &deliberation)
                return try extend(id, isOn, &deliberation, tx)
            }
        }
        return try await write(context, .endDelegation, in: .customer(tenant.as(Customer.self))) { tx, deliberation in
            try extend(id, isOn, &deliberation, tx)
        }
    }

    private func isPartner(_ context: CallContext) async throws -> Bool {
        let tenant = try context.tenant
        return try await readAsSystem { tx in try tx.organization(tenant)?.kind.isPartner == true }
    }

    /// An indirect reseller says what it thinks of what its provider wrote for it (GD-28). A partner that has nothing of
    /// the kind to answer is told that the decision is the customer's.
    private func answerProposal(
        of id: ID<DelegatedAdminRelationship>,
        _ action: DelegationRequest.Action,
        reason: String?,
        _ context: CallContext
    ) async throws -> DelegationOutcome {
        try await asPartner(context) { tx, deliberation, partner, principal in
            try Delegation.requireRequestor(principal.roles, &deliberation)
            var relationship = try findDelegation(id, &deliberation, tx)
            guard relationship.proposal != nil, relationship.partner.as(Tenant.self) == partner.id else {
                throw Refusal.accessDenied(missing: "customer")
            }
            let read = relationship.revision
            let event =
                if action == .approve {
                    try relationship.consent(by: principal.person, at: deliberation.at)
                } else {
                    try relationship.decline(by: principal.person, reason: reason, at: deliberation.at)
                }
            if let event {
                try save(relationship, seen: read, &deliberation, tx)
                try note([event], relationship, tx)
            }
            return try outcome(action, relationship, &deliberation, tx)
        }
    }

    private func extend(
        _ id: ID<DelegatedAdminRelationship>,
        _ isOn: Bool,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegationView {
        var relationship = try findDelegation(toChange: id, &deliberation, tx)
        let read = relationship.revision
        let days = isOn ? try deliberation.decide(.delegationAutoExtendDays).value : nil
        try Delegation.checkExtension(by: days, of: relationship.roles, &deliberation)
        if let event = try relationship.setAutoExtend(days, at: deliberation.at) {
            try save(relationship, seen: read, &deliberation, tx)
            try note([event], relationship, tx)
            try tellParties(of: relationship, .autoExtendChanged, tx)
        }
        return try view(relationship, at: deliberation.at, tx)
    }

    private func end(
        _ id: ID<DelegatedAdminRelationship>,
        force: Bool,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegationOutcome {
        let relationship = try findDelegation(toChange: id, &deliberation, tx)
        if !force { try requireOtherPath(without: relationship, &deliberation, tx) }
        return try outcome(.terminate, terminate(relationship, &deliberation, tx), &deliberation, tx)
    }

    private func decide(
        _ id: ID<DelegatedAdminRelationship>,
        _ action: DelegationRequest.Action,
        _ context: CallContext,
        _ transition:
            @escaping @Sendable (
                inout DelegatedAdminRelationship, DelegationConsentView, inout Deliberation, Transaction
            ) throws -> [Event]
    ) async throws -> DelegationOutcome {
        let tenant = try context.tenant
        do {
            return try await write(context, .decideDelegation, in: .customer(tenant.as(Customer.self))) {
                tx,
                deliberation in
                var relationship = try findSent(id, &deliberation, tx)
                let read = relationship.revision
                let shown = try consent(to: relationship, context, &deliberation, tx)
                guard shown.mayDecide else { throw Refusal.deciderRole(required: .globalAdmin) }
                let events = try transition(&relationship, shown, &deliberation, tx)
                try save(relationship, seen: read, &deliberation, tx)
                try note(events, relationship, tx)
                try tellParties(of: relationship, action == .approve ? .approved : .rejected, tx)
                return try outcome(action, relationship, &deliberation, tx)
            }
        } catch Refusal.noRelationship {
            // A partner is no customer of itself: the decision is not its to take.
            throw Refusal.accessDenied(missing: "customer")
        }
    }

    /// What was sent, for whoever holds the link; somebody of another organization than the one it names is told so.
    private func findSent(
        _ id: ID<DelegatedAdminRelationship>,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegatedAdminRelationship {
        guard let found = try tx.delegation(id), found.phase != .created, let principal = tx.permit.principal,
            try Delegation.isShown(found, &deliberation)
        else { throw Refusal.notFound(.delegation, "\(id)") }
        guard found.customer.map({ $0.as(Tenant.self) == principal.tenant }) ?? true else {
            throw Refusal.wrongTenant
        }
        return found
    }

    private func consent(
        to relationship: DelegatedAdminRelationship,
        _ context: CallContext,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> DelegationConsentView {
        guard let principal = tx.permit.principal,
            let partner = try tx.organization(relationship.partner.as(Tenant.self)),
            let customer = try tx.organization(principal.tenant)
        else { throw Refusal.notFound(.delegation, "\(relationship.id)") }
        let acceptor = try deliberation.decide(.acceptor).value
        let people = try tx.people(of: customer.id).filter(\.isActive)
        return DelegationConsentView(
            view: try view(relationship, at: deliberation.at, tx),
            partner: partner,
            customer: customer,
            terms: Terms(relationship, partner: partner, customer: customer, words, context.language),
            mayDecide: principal.roles.contains { $0.rawValue == acceptor },
            deciders: people.filter { $0.roles.contains { $0.rawValue == acceptor } }.map(\.name),
            assignments: try tx.assignments(of: relationship.id),
            now: deliberation.at
        )
    }
}
