import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// An invitation as the customer sees it before deciding.
package struct InvitationView: Codable, Sendable {
    package let request: RelationshipRequest
    package let state: String
    package let partner: Organization
    package let provider: Organization?
    package let customer: Organization
    package let sender: String?
    package let terms: Terms
    /// Whether this caller is the one who decides.
    package let mayDecide: Bool
    /// Who has a way into the tenant now.
    package let others: [GrantRow]
    /// Global administrators of the tenant, for whoever may not decide.
    package let deciders: [String]
    package let now: Instant
}

/// What came of a decision.
package struct InvitationOutcome: Codable, Sendable {
    package let request: RelationshipRequest
    package let state: String
    package let grants: [AccessGrant]
    package let partnerName: String
}

/// What anybody who holds the link may know before signing in.
package struct InvitationFace: Codable, Sendable {
    package let code: String
    package let partner: Organization
}

extension PartnerService {
    /// Shows who asks, exactly what for, and what will not change. Reading changes nothing.
    package func invitation(_ code: String, _ context: CallContext) async throws -> InvitationView {
        let tenant = try context.tenant
        return try await consult(context, .readInvitation, in: .tenant(tenant)) { tx, deliberation in
            let request = try find(code, for: tenant, tx)
            return try view(request, for: tenant, context, &deliberation, tx)
        }
    }

    /// The partner behind a code, for the page before sign-in; `nil` when there is no such code.
    package func invitationFace(_ code: String) async throws -> InvitationFace? {
        try await readAsSystem { tx in
            guard let request = try tx.relationshipRequest(code: code),
                let partner = try tx.organization(request.partner.as(Tenant.self))
            else { return nil }
            return InvitationFace(code: request.code, partner: partner)
        }
    }

    /// The partner behind a reusable link, for the page before sign-in.
    package func partnerFace(_ id: ID<Partner>) async throws -> Organization? {
        try await readAsSystem { tx in
            try tx.organization(id.as(Tenant.self)).flatMap { $0.kind.isPartner ? $0 : nil }
        }
    }

    /// A customer's administrator followed a partner's reusable link (REL-04) and asks to be invited. The invitation is
    /// like any other: single-use, bound to this tenant, with an end. Nothing is granted yet.
    package func startInvitation(from partner: ID<Partner>, _ context: CallContext) async throws -> RelationshipRequest
    {
        let tenant = try context.tenant
        return try await write(context, .startInvitation, in: .customer(tenant.as(Customer.self))) { tx, deliberation in
            let reusable = try deliberation.decide(.linkReusable)
            guard reusable.value, let organization = try tx.organization(partner.as(Tenant.self)),
                organization.kind.isPartner, let customer = try tx.organization(tenant)
            else { throw Refusal.notFound(.invitation, "\(partner)") }
            let wish = RelationshipWish(
                customerDomain: customer.domain,
                customer: customer,
                recipientName: nil,
                recipientMail: nil,
                language: context.language,
                delegatedAdmin: nil,
                roles: [],
                days: nil
            )
            let requestors = try deliberation.decide(.requestors)
            let (scope, expires) = try wish.settle(
                for: organization,
                by: Set(requestors.value.compactMap(Role.init(rawValue:))),
                &deliberation
            )
            let request = RelationshipRequest(
                id: environment.newID(),
                code: environment.newInvitationCode(),
                partner: partner,
                provider: nil,
                customer: tenant.as(Customer.self),
                customerDomain: customer.domain,
                recipientName: nil,
                recipientMail: nil,
                language: context.language,
                scope: scope,
                createdBy: nil,
                createdAt: deliberation.at,
                expires: expires,
                state: .draft
            )
            try tx.insert(request)
            try tx.record(
                .relationshipRequested(request.id),
                Remark(partner: partner, customer: request.customer, edition: deliberation.book.edition)
            )
            return request
        }
    }

    /// A person of the customer's tenant opened the invitation and says so by a write; reading alone never does.
    package func openInvitation(_ code: String, _ context: CallContext) async throws {
        let tenant = try context.tenant
        _ = try await write(context, .readInvitation, in: .customer(tenant.as(Customer.self))) { tx, _ in
            var request = try find(code, for: tenant, tx)
            if let event = try request.open(at: tx.permit.intent.at) {
                try tx.update(request)
                try tx.record(event, Remark(partner: request.partner, customer: tenant.as(Customer.self)))
            }
            return true
        }
    }

    /// The customer's global administrator accepts exactly the terms whose hash is given (S-07, REL-08, INV-02).
    package func acceptInvitation(
        _ code: String,
        termsHash: String,
        _ context: CallContext
    ) async throws -> InvitationOutcome {
        try await decide(code, context) { request, invitation, deliberation, tx in
            let customer = invitation.customer.id.as(Customer.self)
            let now = deliberation.at
            let event = try request.accept(for: customer, at: now)
            // It may have lost its standing since it asked (I-09).
            guard invitation.partner.standing != .suspended else { throw Refusal.partnerSuspended }
            // Where the request named no customer, this is the first moment to ask (S-26).
            try RelationshipRequest.checkParties(invitation.customer, invitation.partner, &deliberation)
            let shown = try [Language.en, .ja].map { try terms(request, for: invitation.customer.id, $0, tx) }
            guard let terms = shown.first(where: { $0.hash == termsHash }) else { throw Refusal.termsChanged }
            let rivals = invitation.others.filter { $0.grant.kind == .dap && $0.grant.isLive(at: now) }.map {
                Rival(
                    partner: $0.grant.partner,
                    name: $0.partnerName,
                    isCSP: $0.partnerKind.isCSP,
                    services: $0.services
                )
            }
            try request.checkExclusivity(against: rivals, &deliberation)
            let grants = try grant(request, by: terms, &deliberation, tx)
            if let kind = try promptedAgreement(by: request, of: customer, &deliberation, tx) {
                _ = try sign(kind, for: customer, &deliberation, tx)
            }
            return (event, grants)
        }
    }

    package func declineInvitation(
        _ code: String,
        reason: String?,
        _ context: CallContext
    ) async throws -> InvitationOutcome {
        try await decide(code, context) { request, invitation, deliberation, _ in
            let customer = invitation.customer.id.as(Customer.self)
            return (try request.decline(for: customer, reason: reason, at: deliberation.at), [])
        }
    }

    private func decide(
        _ code: String,
        _ context: CallContext,
        _ transition:
            @escaping @Sendable (
                inout RelationshipRequest, InvitationView, inout Deliberation, Transaction
            ) throws -> (Event, [AccessGrant])
    ) async throws -> InvitationOutcome {
        let tenant = try context.tenant
        do {
            return try await write(context, .decideInvitation, in: .customer(tenant.as(Customer.self))) {
                tx,
                deliberation in
                var request = try find(code, for: tenant, tx)
                let invitation = try view(request, for: tenant, context, &deliberation, tx)
                guard invitation.mayDecide else { throw Refusal.deciderRole(required: .globalAdmin) }
                let (event, grants) = try transition(&request, invitation, &deliberation, tx)
                try tx.update(request)
                let remark = Remark(
                    partner: request.partner,
                    customer: request.customer,
                    edition: deliberation.book.edition,
                    details: ["reason": request.declineReason ?? ""]
                )
                try tx.record(event, remark)
                if case .relationshipRequestAccepted(let id) = event, let provider = request.provider {
                    try tx.record(
                        .relationshipRequestAcceptedWithProvider(id),
                        Remark(partner: provider, customer: request.customer)
                    )
                }
                try notify(request, invitation, tx)
                return InvitationOutcome(
                    request: request,
                    state: request.state(at: deliberation.at).name,
                    grants: grants,
                    partnerName: invitation.partner.name
                )
            }
        } catch Refusal.noRelationship {
            // A partner is no customer of itself: the decision is not its to take.
            throw Refusal.accessDenied(missing: "customer")
        }
    }

    private func find(_ code: String, for tenant: ID<Tenant>, _ tx: Transaction) throws -> RelationshipRequest {
        guard let request = try tx.relationshipRequest(code: code.uppercased()),
            let customer = try tx.organization(tenant)
        else { throw Refusal.notFound(.invitation, code) }
        let isBoundElsewhere =
            request.customer.map { $0.as(Tenant.self) != tenant }
            ?? request.customerDomain.map { !$0.utf8.elementsEqual(customer.domain.utf8) } ?? false
        guard !isBoundElsewhere else { throw Refusal.wrongTenant }
        return request
    }

    private func terms(
        _ request: RelationshipRequest,
        for tenant: ID<Tenant>,
        _ language: Language,
        _ tx: Transaction
    ) throws -> Terms {
        guard let partner = try tx.organization(request.partner.as(Tenant.self)),
            let customer = try tx.organization(tenant)
        else { throw Refusal.notFound(.invitation, request.code) }
        let provider = try request.provider.flatMap { try tx.organization($0.as(Tenant.self)) }
        var deliberation = try deliberation(tx)
        return Terms(
            request,
            partner: partner,
            provider: provider,
            customer: customer,
            agreement: try promptedAgreement(by: request, of: tenant.as(Customer.self), &deliberation, tx),
            words,
            language
        )
    }

    private func view(
        _ request: RelationshipRequest,
        for tenant: ID<Tenant>,
        _ context: CallContext,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> InvitationView {
        guard let partner = try tx.organization(request.partner.as(Tenant.self)),
            let customer = try tx.organization(tenant), let principal = tx.permit.principal
        else { throw Refusal.notFound(.invitation, request.code) }
        let acceptor = try deliberation.decide(.acceptor)
        let people = try tx.people(of: tenant).filter(\.isActive)
        let now = deliberation.at
        return InvitationView(
            request: request,
            state: request.state(at: now).name,
            partner: partner,
            provider: try request.provider.flatMap { try tx.organization($0.as(Tenant.self)) },
            customer: customer,
            sender: try request.createdBy.flatMap { try tx.person($0)?.name },
            terms: try terms(request, for: tenant, context.language, tx),
            mayDecide: principal.roles.contains { $0.rawValue == acceptor.value },
            others: try tx.paths(in: tenant.as(Customer.self)).filter { $0.grant.isLive(at: now) },
            deciders: people.filter { person in person.roles.contains { $0.rawValue == acceptor.value } }.map(\.name),
            now: now
        )
    }

    /// What acceptance gives: the tie, delegated administration, the duty to support; each with its consent and its end.
    private func grant(
        _ request: RelationshipRequest,
        by terms: Terms,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws -> [AccessGrant] {
        guard let customer = request.customer, let principal = tx.permit.principal else { return [] }
        let now = deliberation.at
        var grants: [AccessGrant] = []
        for partner in [request.partner, request.provider].compactMap(\.self) {
            let consent = Consent(
                id: environment.newID(),
                customer: customer,
                partner: partner,
                basis: .accepted,
                person: principal.person,
                personName: principal.personName,
                at: now,
                language: terms.language,
                terms: terms.text,
                termsHash: terms.hash
            )
            try tx.insert(consent)
            if request.scope.reseller || partner == request.provider {
                grants.append(
                    try open(.resellerTie, consent, roles: [], until: now.adding(days: request.scope.resellerDays), tx)
                )
            }
            if request.scope.delegatedAdmin, partner == request.partner {
                grants.append(
                    try open(
                        .dap,
                        consent,
                        roles: request.scope.roles,
                        until: now.adding(days: request.scope.days),
                        services: request.scope.services,
                        tx
                    )
                )
            }
            try beginSupport(by: partner, of: customer, tx)
        }
        return grants
    }

    /// A new grant; an open one of the same path is replaced in the same transaction, so there is never a gap or two.
    func open(
        _ kind: AccessKind,
        _ consent: Consent,
        roles: [String],
        until: Instant,
        services: [String] = [],
        _ tx: Transaction
    ) throws -> AccessGrant {
        let now = tx.permit.intent.at
        if var older = try tx.openGrant(kind, of: consent.partner, in: consent.customer) {
            older.replace(at: now)
            try tx.update(older)
        }
        guard
            let grant = AccessGrant(
                id: environment.newID(),
                customer: consent.customer,
                partner: consent.partner,
                kind: kind,
                roles: roles,
                consent: consent.id,
                from: now,
                until: until
            )
        else { throw Refusal.invalid([InputFault(field: "scope.days", code: .outOfRange)]) }
        try tx.insert(grant, services: services)
        try tx.record(
            .accessGranted(grant.id, kind: kind, partner: grant.partner, customer: grant.customer),
            Remark(
                partner: grant.partner,
                customer: grant.customer,
                details: [
                    "kind": kind.rawValue, "until": until.short, "termsHash": consent.termsHash,
                    "language": consent.language.rawValue, "roles": roles.joined(separator: " "),
                ]
            )
        )
        return grant
    }

    func beginSupport(by partner: ID<Partner>, of customer: ID<Customer>, _ tx: Transaction) throws {
        let obligation = SupportObligation(
            id: environment.newID(),
            customer: customer,
            partner: partner,
            since: tx.permit.intent.at
        )
        if try tx.begin(obligation) {
            try tx.record(.supportObligationBegan(obligation.id), Remark(partner: partner, customer: customer))
        }
    }

    /// Both sides hear of the decision, each in their language.
    private func notify(_ request: RelationshipRequest, _ invitation: InvitationView, _ tx: Transaction) throws {
        let kind: String
        switch request.state {
        case .closed(.accepted, _): kind = "accepted"
        case .closed(.declined, _): kind = "declined"
        default: return
        }
        let now = tx.permit.intent.at
        let arguments: [String: Argument] = [
            "partner": .text(invitation.partner.name), "company": .text(invitation.customer.name),
            "code": .text(request.code), "days": .count(request.scope.days),
            "until": .day(now.adding(days: request.scope.days)), "reason": .text(request.declineReason ?? "—"),
            "person": .text(tx.permit.principal?.personName ?? ""),
        ]
        var people = try request.createdBy.flatMap { try tx.person($0) }.map { [$0] } ?? []
        if let person = try tx.permit.intent.caller.person.flatMap({ try tx.person($0) }) { people.append(person) }
        for person in people {
            var arguments = arguments
            arguments["recipient"] = .text(person.name)
            try tx.send(mail(kind, to: person, arguments, at: now))
        }
    }
}
