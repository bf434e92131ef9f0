package import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// Which events to show.
package struct AuditQuery: Sendable {
    package var from: Instant?
    package var to: Instant?
    package var customer: ID<Customer>?
    package var position: EntryPosition?
    package var limit: Int
    /// Only what one request did.
    package var correlation: UUID?

    package init(
        from: Instant? = nil,
        to: Instant? = nil,
        customer: ID<Customer>? = nil,
        position: EntryPosition? = nil,
        limit: Int = 500,
        correlation: UUID? = nil
    ) {
        (self.from, self.to, self.customer, self.position, self.limit) = (from, to, customer, position, limit)
        self.correlation = correlation
    }
}

/// An event with the names a person wants to see.
package struct AuditRow: Sendable {
    package let entry: Entry
    package let customerName: String?
    package let partnerName: String?
}

extension PartnerService {
    /// What happened that concerns the caller's tenant, newest first (AUD-01). Without a start: the range of the row.
    package func audit(_ query: AuditQuery, _ context: CallContext) async throws -> [AuditRow] {
        let tenant = try context.tenant
        return try await consult(context, .readAudit, in: .tenant(tenant)) { tx, deliberation in
            let days = try deliberation.decide(.auditDefaultDays)
            let end = query.to ?? .latest
            let usual = query.correlation == nil ? deliberation.at.adding(days: -days.value) : .earliest
            let start = query.from ?? usual
            let entries = try tx.entries(
                concerning: tx.permit.principal?.kind == .vendor ? nil : tenant,
                from: start,
                to: end,
                customer: query.customer,
                before: query.position,
                correlation: query.correlation,
                limit: query.limit
            )
            var names: [ID<Tenant>: String] = [:]
            for id in Set(entries.flatMap { [$0.customer, $0.partner].compactMap(\.self) }) {
                names[id] = try tx.organization(id)?.name
            }
            return entries.map { entry in
                AuditRow(
                    entry: entry,
                    customerName: entry.customer.flatMap { names[$0] },
                    partnerName: entry.partner.flatMap { names[$0] }
                )
            }
        }
    }

    /// A partner's own organization and one of its profiles.
    package func profile(
        _ kind: ProfileKind,
        _ context: CallContext
    ) async throws -> (organization: Organization, profile: Profile?) {
        let tenant = try context.tenant
        return try await read(context, .readProfile, in: .tenant(tenant)) { tx in
            guard let organization = try tx.organization(tenant) else {
                throw Refusal.notFound(.organization, "\(tenant)")
            }
            return (organization, try tx.profile(kind, of: tenant))
        }
    }

    /// Keeps a profile; `seen` is the revision the caller has read, where it says so.
    package func updateProfile(
        _ kind: ProfileKind,
        to body: String,
        seen: Int?,
        _ context: CallContext
    ) async throws -> Profile {
        let tenant = try context.tenant
        return try await write(context, .updateProfile, in: .tenant(tenant)) { tx, _ in
            let current = try tx.profile(kind, of: tenant)?.revision ?? 0
            if let seen, seen != current { throw StoreError.stale }
            let profile = Profile(body: body, revision: current + 1)
            try tx.save(profile, as: kind, of: tenant)
            try tx.record(.profileUpdated(kind.rawValue))
            return profile
        }
    }

    /// Who the caller is, as the database knows it now.
    package func whoAmI(_ context: CallContext) async throws -> (person: Person, organization: Organization) {
        let tenant = try context.tenant
        return try await read(context, .readSelf, in: .tenant(tenant)) { tx in
            guard let id = context.caller.person, let person = try tx.person(id),
                let organization = try tx.organization(tenant)
            else { throw Refusal.accessDenied(missing: "person") }
            return (person, organization)
        }
    }

    /// Invitations that wait for this customer's answer.
    package func waitingInvitations(_ context: CallContext) async throws -> [RequestView] {
        let tenant = try context.tenant
        return try await read(context, .readInvitation, in: .tenant(tenant)) { tx in
            try tx.openRelationshipRequests(for: tenant.as(Customer.self)).map {
                try view($0, at: tx.permit.intent.at, tx)
            }
        }
    }
}

// Sessions of the portal. The cookie's text is never kept, only its hash.
extension PartnerService {
    package struct NewSession: Sendable {
        package let cookie: String
        package let csrf: String
    }

    /// Begins a session for a person who has proved who they are.
    package func beginSession(for person: ID<Person>) async throws -> NewSession {
        let new = NewSession(cookie: environment.newSecret(), csrf: environment.newSecret())
        let expires = environment.now().adding(days: 1)
        _ = try await writeAsSystem { tx in
            guard let found = try tx.person(person), found.isActive else {
                throw Refusal.accessDenied(missing: "active person")
            }
            let session = PortalSession(person: person, tenant: found.tenant, csrf: new.csrf, expires: expires)
            try tx.insert(session, idHash: new.cookie.sha256)
            return true
        }
        return new
    }

    package func session(_ cookie: String) async throws -> PortalSession? {
        guard cookie.utf8.count == 64 else { return nil }
        return try await readAsSystem { tx in try tx.portalSession(idHash: cookie.sha256) }
    }

    package func endSession(_ cookie: String) async throws {
        _ = try await writeAsSystem { tx in
            try tx.deletePortalSession(idHash: cookie.sha256)
            return true
        }
    }
}
