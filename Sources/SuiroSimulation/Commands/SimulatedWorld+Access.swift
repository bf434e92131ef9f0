import SuiroDomain

// Relationships: asked for, accepted, ended.
extension SimulatedWorld {
    mutating func invite(_ invitation: Command.Invitation, _ names: Names) throws(Refusal) {
        guard let partner = organization(invitation.partner.as(Tenant.self)),
            let customer = organization(invitation.customer.as(Tenant.self))
        else { throw .notFound(.organization, "\(invitation.partner)") }
        let wish = RelationshipWish(
            customerDomain: customer.domain,
            customer: customer,
            recipientName: nil,
            recipientMail: nil,
            language: .en,
            delegatedAdmin: invitation.delegatedAdmin,
            roles: [],
            days: invitation.days,
            services: invitation.services
        )
        var rules = today()
        defer { note(rules) }
        let (scope, expires) = try wish.settle(for: partner, by: [.adminAgent], &rules)
        requests.append(
            RelationshipRequest(
                id: names.fresh(),
                code: "\(requests.count)",
                partner: invitation.partner,
                provider: nil,
                customer: invitation.customer,
                customerDomain: customer.domain,
                recipientName: nil,
                recipientMail: nil,
                language: .en,
                scope: scope,
                createdBy: partner.id.administrator,
                createdAt: now,
                expires: expires,
                state: .sent(at: now)
            )
        )
    }

    mutating func answer(_ id: ID<RelationshipRequest>, accepts: Bool, _ names: Names) throws(Refusal) {
        guard let index = requests.firstIndex(where: { $0.id == id }), let customerID = requests[index].customer,
            let customer = organization(customerID.as(Tenant.self)),
            let partner = organization(requests[index].partner.as(Tenant.self))
        else { throw .notFound(.invitation, "\(id)") }
        guard accepts else {
            _ = try requests[index].decline(for: customerID, reason: nil, at: now)
            return
        }
        var rules = today()
        defer { note(rules) }
        _ = try requests[index].accept(for: customerID, at: now)
        try RelationshipRequest.checkParties(customer, partner, &rules)
        try requests[index].checkExclusivity(against: rivals(in: customerID), &rules)
        let word = try rules.decide(.adminExclusivity).value
        let scope = requests[index].scope
        let terms = "what request \(requests[index].code) asks for"
        if scope.reseller {
            let until = now.adding(days: scope.resellerDays)
            try grant(.resellerTie, to: partner, in: customerID, [], until, terms, nil, [], names)
        }
        if scope.delegatedAdmin {
            let until = now.adding(days: scope.days)
            try grant(.dap, to: partner, in: customerID, scope.roles, until, terms, word, scope.services, names)
        }
        beginObligation(of: requests[index].partner, to: customerID, names)
    }

    /// Who else has delegated administration now.
    private func rivals(in customer: ID<Customer>) -> [Rival] {
        guard !bugs.contains(.exclusivityForgotten) else { return [] }
        return grants.filter { $0.grant.customer == customer && $0.grant.kind == .dap && $0.grant.isLive(at: now) }
            .map { held in
                let partner = organization(held.grant.partner.as(Tenant.self))
                return Rival(
                    partner: held.grant.partner,
                    name: partner?.name ?? "",
                    isCSP: partner?.kind.isCSP ?? false,
                    services: held.services
                )
            }
    }

    /// One path of access by one decision of the customer; an open one of the same path is replaced.
    mutating func grant(
        _ kind: AccessKind,
        to partner: Organization,
        in customer: ID<Customer>,
        _ roles: [String],
        _ until: Instant,
        _ terms: String,
        _ exclusivity: String?,
        _ services: [String],
        _ names: Names
    ) throws(Refusal) {
        let person = customer.as(Tenant.self).administrator
        let grant = AccessGrant(
            id: names.fresh(),
            customer: customer,
            partner: partner.id.as(Partner.self),
            kind: kind,
            roles: roles,
            consent: names.fresh(),
            from: now,
            until: until
        )
        guard let grant else { throw .invalid([InputFault(field: "scope.days", code: .outOfRange)]) }
        keep(
            Consent(
                id: grant.consent,
                customer: customer,
                partner: grant.partner,
                basis: .accepted,
                person: person,
                personName: name(customer.as(Tenant.self)),
                at: now,
                language: .en,
                terms: terms,
                termsHash: terms
            )
        )
        permit(grant, exclusivity: exclusivity)
        replace(kind, of: grant.partner, in: customer)
        grants.append(Held(grant: grant, services: services))
    }

    mutating func admit(
        _ partner: ID<Partner>,
        _ kind: AccessKind,
        days: Int,
        to customer: ID<Customer>,
        _ names: Names
    ) throws(Refusal) {
        guard let partner = organization(partner.as(Tenant.self)), partner.kind.isPartner,
            organization(customer.as(Tenant.self)) != nil
        else { throw .notFound(.organization, "\(partner)") }
        let roles = kind == .resourceRole ? [AdminRole.azureSubscriptionReader.rawValue] : []
        try grant(kind, to: partner, in: customer, roles, now.adding(days: days), "a guest", nil, [], names)
    }

    mutating func endAccess(_ id: ID<AccessGrant>, by tenant: ID<Tenant>) throws(Refusal) {
        guard let index = grants.firstIndex(where: { $0.grant.id == id }) else { throw .notFound(.access, "\(id)") }
        let grant = grants[index].grant
        guard tenant == grant.customer.as(Tenant.self) || tenant == grant.partner.as(Tenant.self) else {
            throw .notFound(.access, "\(id)")
        }
        _ = try grants[index].grant.revoke(by: tenant.administrator, at: now)
        if bugs.contains(.obligationEndsWithAccess) { endObligation(of: grant.partner, to: grant.customer) }
    }

    /// The partner ends the relationship, unless something it sold is still active (REL-23 … REL-25).
    mutating func leave(_ partner: ID<Partner>, _ customer: ID<Customer>, _ names: Names) throws(Refusal) {
        guard let organization = organization(partner.as(Tenant.self)), hasTie(partner, customer) else {
            throw .noRelationship(partner: partner.as(Tenant.self), customer: customer)
        }
        var rules = today()
        defer { note(rules) }
        let asker = Asker(tenant: organization.id, kind: organization.kind, standing: organization.standing)
        try Removal.check(by: asker, active: held(by: customer), &rules)
        for kind in [AccessKind.resellerTie, .dap, .gdap, .supportContact] {
            for held in grants where held.grant.kind == kind && held.grant.partner == partner {
                guard held.grant.customer == customer else { continue }
                try revoke(held.grant.id, by: organization.id.administrator)
            }
        }
        // Guests and resource roles survive the relationship (REL-28): the customer sees them and ends them.
        for grant in grants(in: customer) where grant.partner == partner && grant.isLive(at: now) {
            guard !isForgotten(LeftoverKind(grant.kind)) else { continue }
            leftovers.append(
                Leftover(
                    id: names.fresh(),
                    customer: customer,
                    partner: partner,
                    partnerName: organization.name,
                    kind: LeftoverKind(grant.kind),
                    cause: .relationshipRemoved,
                    grant: grant.id,
                    subscription: nil,
                    foundAt: now
                )
            )
        }
    }

    func hasTie(_ partner: ID<Partner>, _ customer: ID<Customer>) -> Bool {
        grants(in: customer).contains { $0.partner == partner && $0.kind == .resellerTie && $0.isLive(at: now) }
    }

    /// Whether a grant opens the door now.
    func opens(_ grant: AccessGrant) -> Bool {
        bugs.contains(.sweeperDependence) ? grant.end == .none : grant.isLive(at: now)
    }
}
