import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// A page of a partner's customers.
package struct CustomerPage: Sendable {
    package let rows: [CustomerRow]
    package let next: CustomerPosition?
}

/// One customer as its partner sees it.
package struct CustomerView: Codable, Sendable {
    package let organization: Organization
    package let hasDelegatedAdmin: Bool
    package let billing: Profile?
    /// The first administrator and a password to begin with; only ever in the answer that created the tenant.
    package var credentials: [String]?
}

/// A tenant to be created by its first partner.
package struct NewCustomer: Sendable {
    package var name: String
    package var domain: String
    package var country: String
    package var language: Language
    package var mail: String?
    package var billing: String?
    package var reseller: ID<Partner>?

    package init(
        name: String,
        domain: String,
        country: String,
        language: Language,
        mail: String?,
        billing: String?,
        reseller: ID<Partner>? = nil
    ) {
        (self.name, self.domain, self.country, self.language) = (name, domain, country, language)
        (self.mail, self.billing, self.reseller) = (mail, billing, reseller)
    }
}

extension PartnerService {
    package func customers(
        _ filter: CustomerFilter,
        after position: CustomerPosition?,
        limit: Int,
        _ context: CallContext
    ) async throws -> CustomerPage {
        let tenant = try context.tenant
        return try await read(context, .listCustomers, in: .tenant(tenant)) { tx in
            let page = try tx.customers(of: tenant.as(Partner.self), filter, after: position, limit: limit)
            return CustomerPage(rows: page.rows, next: page.next)
        }
    }

    package func customer(_ id: ID<Customer>, _ context: CallContext) async throws -> CustomerView {
        try await read(context, .readCustomer, in: .customer(id), ahead: .customer(id, to: context.caller.tenant)) {
            tx in
            let view = try customerView(id, tx)
            guard tx.permit.reach == .delegated else { return view }
            // What a reseller sends its bills by is no business of whoever administers (N-04).
            return CustomerView(
                organization: view.organization,
                hasDelegatedAdmin: view.hasDelegatedAdmin,
                billing: nil,
                credentials: nil
            )
        }
    }

    /// Creates a tenant and makes the partner its reseller (REL-30, DA-14). The customer's wish is attested by the
    /// partner, and says so in the consent.
    package func createCustomer(_ new: NewCustomer, _ context: CallContext) async throws -> CustomerView {
        let tenant = try context.tenant
        return try await write(context, .createCustomer, in: .tenant(tenant)) { tx, deliberation in
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "principal") }
            try Ordering.checkSeller(principal.asker, activeSubscriptions: 0, adding: 0, &deliberation)
            let now = deliberation.at
            let held = try tx.customerCount(of: tenant.as(Partner.self))
            try limits(tx).check(.customers, held + 1)
            let organization = Organization(
                id: environment.newID(),
                kind: .customer,
                name: new.name,
                domain: new.domain,
                country: new.country,
                language: new.language,
                createdAt: now
            )
            try tx.insert(organization)
            let admin = Person(
                id: environment.newID(),
                tenant: organization.id,
                name: "admin",
                mail: new.mail ?? "admin@\(new.domain)",
                language: new.language,
                roles: [.globalAdmin]
            )
            try tx.insert(admin)
            try found(admin, in: organization, tx)
            if let billing = new.billing {
                try tx.save(Profile(body: billing, revision: 1), as: .billing, of: organization.id)
            }
            let customer = organization.id.as(Customer.self)
            try attest(customer, by: tenant.as(Partner.self), principal, &deliberation, tx)
            try tx.record(
                .customerCreated(customer),
                Remark(customer: customer, edition: deliberation.book.edition, details: ["domain": new.domain])
            )
            var view = try customerView(customer, tx)
            view.credentials = ["admin", String(environment.newSecret().prefix(16))]
            return view
        }
    }

    /// Keeps what the partner sends its bills by; `seen` is the revision the caller has read, where it says so.
    package func updateBillingProfile(
        of customer: ID<Customer>,
        to body: String,
        seen: Int?,
        _ context: CallContext
    ) async throws -> CustomerView {
        try await write(context, .changeSubscription, in: .customer(customer)) { tx, _ in
            let tenant = customer.as(Tenant.self)
            let current = try tx.profile(.billing, of: tenant)?.revision ?? 0
            if let seen, seen != current { throw StoreError.stale }
            try tx.save(Profile(body: body, revision: current + 1), as: .billing, of: tenant)
            try tx.record(.profileUpdated(ProfileKind.billing.rawValue), Remark(customer: customer))
            return try customerView(customer, tx)
        }
    }

    /// Ends the reseller relationship, unless something the partner sold is still active (REL-23 … REL-25). Access that
    /// hangs on it ends with it; the history stays.
    package func removeRelationship(with customer: ID<Customer>, _ context: CallContext) async throws -> CustomerView {
        try await write(context, .removeRelationship, in: .customer(customer)) { tx, deliberation in
            guard let principal = tx.permit.principal else { throw Refusal.accessDenied(missing: "principal") }
            try Removal.check(by: principal.asker, active: try tx.subscriptions(of: customer), &deliberation)
            let partner = principal.tenant.as(Partner.self)
            // Guests and resource roles survive the relationship (REL-28): the customer sees them and ends them.
            for kind in [AccessKind.resellerTie, .dap, .gdap, .supportContact] {
                guard var grant = try tx.openGrant(kind, of: partner, in: customer), grant.isLive(at: deliberation.at)
                else { continue }
                let event = try grant.revoke(by: principal.person, at: deliberation.at)
                try tx.update(grant)
                try tx.record(event, Remark(partner: partner, customer: customer, details: ["kind": kind.rawValue]))
            }
            try terminateAll(of: partner, in: customer, &deliberation, tx)
            try leave(principal, customer, at: deliberation.at, tx)
            try tellCustomer(customer, that: principal, hasLeftAt: deliberation.at, tx)
            try tx.record(
                .relationshipRemoved(partner: partner, customer: customer),
                Remark(partner: partner, customer: customer, edition: deliberation.book.edition)
            )
            return try customerView(customer, tx)
        }
    }

    /// INV-06: each path that survives the relationship is written down for the customer to decide about.
    private func leave(
        _ principal: Principal,
        _ customer: ID<Customer>,
        at now: Instant,
        _ tx: Transaction
    ) throws {
        let partner = principal.tenant.as(Partner.self)
        for row in try tx.grants(in: customer) where row.grant.partner == partner && row.grant.isLive(at: now) {
            let leftover = Leftover(
                id: environment.newID(),
                customer: customer,
                partner: partner,
                partnerName: principal.tenantName,
                kind: LeftoverKind(row.grant.kind),
                cause: .relationshipRemoved,
                grant: row.grant.id,
                subscription: nil,
                foundAt: now
            )
            try tx.insert(leftover)
            try tx.record(
                .leftoverFound(leftover.id),
                Remark(partner: partner, customer: customer, details: ["kind": leftover.kind.rawValue])
            )
        }
    }

    /// Deletes a customer and all it holds: only the sandbox can.
    package func deleteCustomer(_ customer: ID<Customer>, _ context: CallContext) async throws {
        guard isSandbox else { throw Refusal.sandboxOnly }
        _ = try await write(context, .deleteCustomer, in: .customer(customer)) { tx, deliberation in
            for var subscription in try tx.subscriptions(of: customer) {
                subscription.turn(to: .deleted, at: deliberation.at)
                subscription.revision += 1
                try tx.update(subscription)
            }
            for row in try tx.grants(in: customer) where row.grant.isLive(at: deliberation.at) {
                var grant = row.grant
                let event = try grant.revoke(by: context.caller.person, at: deliberation.at)
                try tx.update(grant)
                try tx.record(event, Remark(partner: grant.partner, customer: customer))
            }
            for relationship in try tx.delegations(in: customer) where relationship.isLive(at: deliberation.at) {
                _ = try terminate(relationship, &deliberation, tx)
            }
            try tx.record(.customerDeleted(customer), Remark(customer: customer))
            return true
        }
    }

    /// The partners a customer has, as the wire names them.
    package func partners(of customer: ID<Customer>, _ context: CallContext) async throws -> [Organization] {
        try await read(context, .readRelationshipsOfCustomer, in: .customer(customer)) { tx in
            let now = tx.permit.intent.at
            let ties = try tx.grants(in: customer).filter { $0.grant.kind == .resellerTie && $0.grant.isLive(at: now) }
            return try ties.compactMap { try tx.organization($0.grant.partner.as(Tenant.self)) }
        }
    }

    /// A provider's resellers, or a reseller's provider (SM-10).
    package func partnerRelationships(_ context: CallContext) async throws -> [Organization] {
        let tenant = try context.tenant
        return try await read(context, .readPartnerRelationships, in: .tenant(tenant)) { tx in
            guard let own = try tx.organization(tenant) else { return [] }
            if let provider = own.provider { return [try tx.organization(provider.as(Tenant.self))].compactMap(\.self) }
            return try tx.resellers(of: tenant.as(Partner.self))
        }
    }

    /// The sources send no notice (REL-27); a customer should not learn by accident that its partner is gone.
    private func tellCustomer(
        _ customer: ID<Customer>,
        that principal: Principal,
        hasLeftAt now: Instant,
        _ tx: Transaction
    ) throws {
        guard let organization = try tx.organization(customer.as(Tenant.self)) else { return }
        for person in try tx.people(of: organization.id) where person.isActive && person.roles.contains(.globalAdmin) {
            let arguments: [String: Argument] = [
                "company": .text(organization.name), "partner": .text(principal.tenantName),
                "kind": .words("accessKind.\(AccessKind.resellerTie.rawValue)"), "recipient": .text(person.name),
            ]
            try tx.send(mail("accessEnded", to: person, arguments, at: now))
        }
    }

    private func attest(
        _ customer: ID<Customer>,
        by partner: ID<Partner>,
        _ principal: Principal,
        _ deliberation: inout Deliberation,
        _ tx: Transaction
    ) throws {
        let now = deliberation.at
        let text = "attested by \(principal.personName), \(principal.tenantName)"
        let consent = Consent(
            id: environment.newID(),
            customer: customer,
            partner: partner,
            basis: .attestedByPartner,
            person: principal.person,
            personName: principal.personName,
            at: now,
            language: .en,
            terms: text,
            termsHash: text.sha256
        )
        try tx.insert(consent)
        let tie = try deliberation.decide(.resellerDays)
        _ = try open(.resellerTie, consent, roles: [], until: now.adding(days: tie.value), tx)
        if try deliberation.decide(.adminOnNewCustomer).value {
            let days = try deliberation.decide(.adminMaximumDays).value
            let roles = [AdminRole.adminAgent, .helpdeskAgent].map(\.rawValue)
            _ = try open(.dap, consent, roles: roles, until: now.adding(days: days), tx)
        }
        try beginSupport(by: partner, of: customer, tx)
    }

    private func customerView(_ id: ID<Customer>, _ tx: Transaction) throws -> CustomerView {
        guard let organization = try tx.organization(id.as(Tenant.self)) else {
            throw Refusal.notFound(.customer, "\(id)")
        }
        let now = tx.permit.intent.at
        let partner = tx.permit.principal?.tenant.as(Partner.self)
        let admin = try partner.flatMap { try tx.openGrant(.dap, of: $0, in: id) }
        return CustomerView(
            organization: organization,
            hasDelegatedAdmin: admin?.isLive(at: now) ?? false,
            billing: try tx.profile(.billing, of: organization.id)
        )
    }
}
