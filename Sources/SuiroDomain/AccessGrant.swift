/// A path by which somebody outside a customer's tenant can reach into it (contract: access).
package enum AccessKind: String, Codable, CaseIterable, Sendable {
    case resellerTie, dap, gdap, resourceRole, guest, supportContact
}

/// One grant of one path, from the customer's decision to its end. There is no grant without an end.
package struct AccessGrant: Hashable, Codable, Sendable {
    package enum End: Hashable, Codable, Sendable {
        case none
        case revoked(at: Instant, by: ID<Person>?)
        case replaced(at: Instant)
        /// It ran out, and that has been announced; it was over without that.
        case expired(at: Instant)
    }

    package let id: ID<AccessGrant>
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let kind: AccessKind
    package let roles: [String]
    package let consent: ID<Consent>
    package let from: Instant
    package let until: Instant
    package private(set) var end: End
    package private(set) var revision: Int

    /// `nil` unless `from < until`.
    package init?(
        id: ID<AccessGrant>,
        customer: ID<Customer>,
        partner: ID<Partner>,
        kind: AccessKind,
        roles: [String],
        consent: ID<Consent>,
        from: Instant,
        until: Instant,
        end: End = .none,
        revision: Int = 1
    ) {
        guard from < until else { return nil }
        (self.id, self.customer, self.partner, self.kind, self.roles) = (id, customer, partner, kind, roles)
        (self.consent, self.from, self.until, self.end, self.revision) = (consent, from, until, end, revision)
    }

    /// Computed, never swept: a grant is over the millisecond it ends (INV-08).
    package func isLive(at now: Instant) -> Bool { end == .none && from <= now && now < until }

    /// The customer, or the partner itself, ends it before its time.
    package mutating func revoke(by person: ID<Person>?, at now: Instant) throws(Refusal) -> Event {
        guard isLive(at: now) else { throw .accessEnded }
        end = .revoked(at: now, by: person)
        revision += 1
        return .accessEnded(id, kind: kind, partner: partner, customer: customer)
    }

    /// Notes that time has ended it; `nil` while it still holds or when something else ended it.
    package mutating func expire(at now: Instant) -> Event? {
        guard end == .none, until <= now else { return nil }
        end = .expired(at: until)
        revision += 1
        return .accessExpired(id, kind: kind, partner: partner, customer: customer)
    }

    /// A newer grant of the same path takes its place.
    package mutating func replace(at now: Instant) {
        end = .replaced(at: now)
        revision += 1
    }
}

/// The customer's decision that a grant traces to: who, when, which text in which language (INV-02).
package struct Consent: Hashable, Codable, Sendable {
    package enum Basis: String, Codable, Sendable {
        /// A global administrator of the customer accepted the terms.
        case accepted
        /// The partner attests that the customer wished it: it created the tenant, or brought the relationship along.
        case attestedByPartner
        /// It existed before this system knew of it.
        case observed
    }

    package let id: ID<Consent>
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let basis: Basis
    package let person: ID<Person>?
    package let personName: String
    package let at: Instant
    package let language: Language
    package let terms: String
    package let termsHash: String

    package init(
        id: ID<Consent>,
        customer: ID<Customer>,
        partner: ID<Partner>,
        basis: Basis,
        person: ID<Person>?,
        personName: String,
        at: Instant,
        language: Language,
        terms: String,
        termsHash: String
    ) {
        (self.id, self.customer, self.partner, self.basis) = (id, customer, partner, basis)
        (self.person, self.personName, self.at) = (person, personName, at)
        (self.language, self.terms, self.termsHash) = (language, terms, termsHash)
    }
}

/// A partner's promise to support; it outlives access and ends only by agreement, transfer or the end of the term
/// (INV-07, REL-19).
package struct SupportObligation: Hashable, Codable, Sendable {
    package let id: ID<SupportObligation>
    package let customer: ID<Customer>
    package let partner: ID<Partner>
    package let since: Instant
    package let ended: Instant?

    package init(
        id: ID<SupportObligation>,
        customer: ID<Customer>,
        partner: ID<Partner>,
        since: Instant,
        ended: Instant? = nil
    ) {
        (self.id, self.customer, self.partner, self.since, self.ended) = (id, customer, partner, since, ended)
    }
}
