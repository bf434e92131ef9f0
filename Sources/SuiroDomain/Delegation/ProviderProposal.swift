/// A relationship that an indirect provider wrote for its reseller (GD-28): it is the reseller's as soon as the reseller
/// has consented, and gives the provider nothing.
package struct ProviderProposal: Hashable, Codable, Sendable {
    package enum Answer: Hashable, Codable, Sendable {
        case pending
        case given(at: Instant, by: ID<Person>?)
        case declined(at: Instant, by: ID<Person>?)
    }

    package let provider: ID<Partner>
    package internal(set) var answer: Answer

    package init(by provider: ID<Partner>) {
        (self.provider, answer) = (provider, .pending)
    }

    /// Whether the reseller has yet to say what it thinks of it.
    package var isPending: Bool { answer == .pending }
}

extension DelegatedAdminRelationship {
    /// Whether the partner that it is for has yet to consent to what its provider wrote.
    package var isPartnerConsentPending: Bool { proposal?.isPending ?? false }

    /// What a provider may still do to what it wrote: everything until its reseller has answered, nothing after that; and
    /// nobody sends what the reseller has not consented to.
    package func requireWriter(_ tenant: ID<Tenant>) throws(Refusal) {
        guard let proposal else { return }
        let isProviders = proposal.provider.as(Tenant.self) == tenant
        guard isProviders == proposal.isPending else { throw .delegation(.partnerConsent) }
    }

    /// The reseller consents; from here on it is a draft of its own, to be changed and sent.
    package mutating func consent(by person: ID<Person>?, at now: Instant) throws(Refusal) -> Event? {
        guard case .created = phase, var proposal else { throw .delegation(.state(status(at: now), row: nil)) }
        guard proposal.isPending else { return nil }
        proposal.answer = .given(at: now, by: person)
        self.proposal = proposal
        touch(now)
        return .delegation(.delegationUpdated, id)
    }

    /// The reseller does not want it; nobody will be asked.
    package mutating func decline(
        by person: ID<Person>?,
        reason: String?,
        at now: Instant
    ) throws(Refusal) -> Event {
        guard case .created = phase, var proposal, proposal.isPending else {
            throw .delegation(.state(status(at: now), row: nil))
        }
        proposal.answer = .declined(at: now, by: person)
        self.proposal = proposal
        phase = .rejected(at: now, by: person, reason: reason)
        touch(now)
        return .delegation(.delegationRejected, id)
    }
}
