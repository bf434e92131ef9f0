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
    /// The customer, where the reader may know who it is.
    package let customer: ID<Tenant>?
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
            var known: [ID<Tenant>: Bool] = [:]
            return try entries.map { entry in
                let customer = try customer(of: entry, known: &known, tx)
                for id in [customer, entry.partner].compactMap(\.self) where names[id] == nil {
                    names[id] = try tx.organization(id)?.name
                }
                return AuditRow(
                    entry: entry,
                    customer: customer,
                    customerName: customer.flatMap { names[$0] },
                    partnerName: entry.partner.flatMap { names[$0] }
                )
            }
        }
    }

    /// Whom an entry is about, where the reader may know it. What was asked by a domain names nobody in the log, because
    /// nobody was known then; the request itself says it to those who know by now.
    private func customer(
        of entry: Entry,
        known: inout [ID<Tenant>: Bool],
        _ tx: Transaction
    ) throws -> ID<Tenant>? {
        var found = entry.customer
        if found == nil, entry.event.hasPrefix("relationshipRequest"), let partner = entry.partner,
            let id = ID<RelationshipRequest>(entry.subject)
        {
            found = try tx.relationshipRequest(id, of: partner.as(Partner.self))?.customer?.as(Tenant.self)
        }
        guard let found else { return nil }
        let isKnown = try known[found] ?? tx.knows(found)
        known[found] = isKnown
        return isKnown ? found : nil
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

    /// Bound to the cloud: a cookie of another one is nobody's here, even if it came into this database.
    func sessionHash(_ cookie: String) -> String { "\(cloud.rawValue) session \(cookie)".sha256 }

    /// Begins a session for a person who has proved who they are.
    package func beginSession(for person: ID<Person>, proof: SignInProof? = nil) async throws -> NewSession {
        let new = NewSession(cookie: environment.newSecret(), csrf: environment.newSecret())
        let proof = proof ?? SignInProof(amr: [], at: environment.now())
        let expires = environment.now().adding(days: 1)
        var intent = systemIntent(.serve)
        if let tenant = try await store.read(intent, { tx in try tx.person(person)?.tenant }) {
            intent = intent.moved(to: .tenant(tenant))
        }
        _ = try await store.write(intent) { tx in
            guard let found = try tx.person(person), found.isActive else {
                throw Refusal.accessDenied(missing: "active person")
            }
            let session = PortalSession(
                person: person,
                tenant: found.tenant,
                csrf: new.csrf,
                expires: expires,
                proof: proof
            )
            try tx.insert(session, idHash: sessionHash(new.cookie))
            try makeRoom(for: found, keeping: sessionHash(new.cookie), tx)
            return true
        }
        return new
    }

    package func session(_ cookie: String) async throws -> PortalSession? {
        guard cookie.utf8.count == 64 else { return nil }
        return try await readAsSystem { tx in try tx.portalSession(idHash: sessionHash(cookie)) }
    }

    /// Ends the session of a cookie: by signing out, or because another took its place.
    package func endSession(_ cookie: String, as event: IdentityEvent) async throws {
        let (intent, hash) = (systemIntent(.serve), sessionHash(cookie))
        guard let session = try await store.read(intent, { tx in try tx.portalSession(idHash: hash) }) else { return }
        _ = try await store.write(intent.moved(to: .tenant(session.tenant))) { tx in
            guard try tx.portalSession(idHash: hash) != nil else { return false }
            try end([hash], of: session.person, as: event, tx)
            return true
        }
    }

    /// Ends sessions of one person, and records each.
    func end(_ hashes: [String], of id: ID<Person>, as event: IdentityEvent, _ tx: Transaction) throws {
        guard let person = try tx.person(id), let home = try tx.organization(person.tenant) else { return }
        for hash in hashes {
            try tx.deletePortalSession(idHash: hash)
            try tx.record(.identity(event, of: "\(id)"), remark(home, ["person": person.name]))
        }
    }
}
