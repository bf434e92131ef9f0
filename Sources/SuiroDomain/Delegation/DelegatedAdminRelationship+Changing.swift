// What can follow what (SM-4). Who may ask is the gate's business and the service's.
extension DelegatedAdminRelationship {
    /// A partner writes a relationship anew while it is a draft.
    package mutating func rewrite(_ draft: DelegationDraft, at now: Instant) throws(Refusal) -> Event {
        guard case .created = phase else { throw .delegation(.state(status(at: now), row: nil)) }
        (customer, displayName, duration) = (draft.customer, draft.displayName, draft.duration)
        (customerName, roles, autoExtendDays) = (draft.customerName, draft.roles, draft.autoExtendDays)
        touch(now)
        return .delegation(.delegationUpdated, id)
    }

    /// Sends it as it stands; from here on nothing about it changes (GD-02). Sending twice is sending once.
    package mutating func lock(until: Instant, at now: Instant) throws(Refusal) -> Event? {
        switch phase {
        case .created:
            guard !isPartnerConsentPending else { throw .delegation(.partnerConsent) }
            phase = .awaitingApproval(since: now, until: until)
            touch(now)
            return .delegation(.delegationSent, id)
        case .awaitingApproval where status(at: now) == .approvalPending: return nil
        case .awaitingApproval, .unanswered, .rejected, .approved, .terminated:
            throw .delegation(.state(status(at: now), row: nil))
        }
    }

    /// Whether it can be taken back altogether: nobody has answered yet.
    package func requireDeletable(at now: Instant) throws(Refusal) -> Event {
        switch status(at: now) {
        case .created, .approvalPending: return .delegation(.delegationDeleted, id)
        case let status: throw .delegation(.state(status, row: nil))
        }
    }

    /// The customer approves exactly what was sent. There is no way to use the same link again (GD-06).
    package mutating func approve(
        for tenant: ID<Customer>,
        by consent: ID<Consent>,
        processing: Int,
        at now: Instant
    ) throws(Refusal) -> [Event] {
        try bind(to: tenant, at: now)
        let active = now.adding(seconds: processing)
        let tenure = Tenure(
            consent: consent,
            approvedAt: now,
            processing: processing,
            end: active.adding(duration.calendar),
            announced: Announced()
        )
        phase = .approved(tenure)
        touch(now)
        return [.delegation(.delegationApproved, id)] + [announceActivation(at: now)].compactMap(\.self)
    }

    package mutating func reject(
        for tenant: ID<Customer>,
        by person: ID<Person>?,
        reason: String?,
        at now: Instant
    ) throws(Refusal) -> Event {
        try bind(to: tenant, at: now)
        phase = .rejected(at: now, by: person, reason: reason)
        touch(now)
        return .delegation(.delegationRejected, id)
    }

    /// Either side ends it (GD-14), or it ends with the partner's account (GD-29). All its roles end together (GD-10).
    package mutating func terminate(_ termination: Termination) throws(Refusal) -> Event {
        guard case .approved(var tenure) = phase, let end = end(at: termination.at), termination.at < end else {
            throw .delegation(.state(status(at: termination.at), row: nil))
        }
        tenure.end = end
        phase = .terminated(tenure, termination)
        touch(termination.at)
        return .delegation(.delegationTerminated, id)
    }

    /// Either side turns extension on or off (GD-11). What was extended before stays extended.
    package mutating func setAutoExtend(_ days: Int?, at now: Instant) throws(Refusal) -> Event? {
        guard case .approved(var tenure) = phase, isLive(at: now), let end = end(at: now) else {
            throw .delegation(.state(status(at: now), row: nil))
        }
        guard days != autoExtendDays else { return nil }
        tenure.end = end
        phase = .approved(tenure)
        autoExtendDays = days
        touch(now)
        return .delegation(.delegationUpdated, id)
    }

    /// Takes roles out of a relationship that is in force; there is no way to put any in.
    package mutating func narrow(to kept: [DirectoryRole], at now: Instant) throws(Refusal) -> Event? {
        guard isLive(at: now) else { throw .delegation(.state(status(at: now), row: nil)) }
        guard Set(kept) != Set(roles) else { return nil }
        roles = roles.filter(kept.contains)
        touch(now)
        return .delegation(.delegationUpdated, id)
    }

    private mutating func bind(to tenant: ID<Customer>, at now: Instant) throws(Refusal) {
        guard customer == nil || customer == tenant else { throw .wrongTenant }
        guard status(at: now) == .approvalPending else { throw .delegation(.state(status(at: now), row: nil)) }
        customer = tenant
    }

    mutating func touch(_ now: Instant) {
        modifiedAt = now
        revision += 1
    }
}
