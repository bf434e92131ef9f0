/// What a partner asks a customer for.
package struct RequestedScope: Hashable, Codable, Sendable {
    package let reseller: Bool
    package let delegatedAdmin: Bool
    package let roles: [String]
    /// How long delegated administration shall last, in days from acceptance.
    package let days: Int
    /// How long the reseller relationship shall last, in days from acceptance.
    package let resellerDays: Int
    /// Services the partner means to transact; empty when it only supports what exists (REL-16).
    package let services: [String]

    package init(
        reseller: Bool,
        delegatedAdmin: Bool,
        roles: [String],
        days: Int,
        resellerDays: Int,
        services: [String] = []
    ) {
        (self.reseller, self.delegatedAdmin, self.roles, self.days) = (reseller, delegatedAdmin, roles, days)
        (self.resellerDays, self.services) = (resellerDays, services)
    }
}

/// An invitation from a partner to one customer (SM-1).
package struct RelationshipRequest: Equatable, Codable, Sendable {
    package enum State: Hashable, Codable, Sendable {
        /// Written, with no address to send it to: the partner sends it by its own mail.
        case draft
        case sent(at: Instant)
        case opened(at: Instant)
        case closed(Ending, at: Instant)
    }

    package enum Ending: String, Hashable, Codable, CaseIterable, Sendable {
        case accepted, declined, expired, withdrawn, superseded

        package var reason: Reason {
            switch self {
            case .accepted: .invitationAccepted
            case .declined: .invitationDeclined
            case .expired: .invitationExpired
            case .withdrawn: .invitationWithdrawn
            case .superseded: .invitationSuperseded
            }
        }
    }

    package let id: ID<RelationshipRequest>
    /// What the customer types or clicks; unguessable, single-use.
    package let code: String
    package let partner: ID<Partner>
    package let provider: ID<Partner>?
    /// The tenant it is bound to: by its domain when it was written, or by the first administrator who decides.
    package private(set) var customer: ID<Customer>?
    package let customerDomain: String?
    package let recipientName: String?
    package let recipientMail: String?
    package let language: Language
    package let scope: RequestedScope
    package let createdBy: ID<Person>?
    package let createdAt: Instant
    package let expires: Instant
    package private(set) var state: State
    package private(set) var reminders: Int
    package private(set) var declineReason: String?
    package private(set) var revision: Int

    package init(
        id: ID<RelationshipRequest>,
        code: String,
        partner: ID<Partner>,
        provider: ID<Partner>?,
        customer: ID<Customer>?,
        customerDomain: String?,
        recipientName: String?,
        recipientMail: String?,
        language: Language,
        scope: RequestedScope,
        createdBy: ID<Person>?,
        createdAt: Instant,
        expires: Instant,
        state: State,
        reminders: Int = 0,
        declineReason: String? = nil,
        revision: Int = 1
    ) {
        (self.id, self.code, self.partner, self.provider) = (id, code, partner, provider)
        (self.customer, self.customerDomain) = (customer, customerDomain)
        (self.recipientName, self.recipientMail, self.language) = (recipientName, recipientMail, language)
        (self.scope, self.createdBy, self.createdAt, self.expires) = (scope, createdBy, createdAt, expires)
        (self.state, self.reminders, self.declineReason, self.revision) = (state, reminders, declineReason, revision)
    }

    /// The state that counts at `now`: an open request is over the millisecond it expires.
    package func state(at now: Instant) -> State {
        switch state {
        case .draft, .sent, .opened: expires <= now ? .closed(.expired, at: expires) : state
        case .closed: state
        }
    }
}

extension RelationshipRequest.State {
    /// The word of SM-1.
    package var name: String {
        switch self {
        case .draft: "draft"
        case .sent: "sent"
        case .opened: "opened"
        case .closed(let ending, _): ending.rawValue
        }
    }
}

// Transitions. Who may ask is the gate's business; here is what can follow what.
extension RelationshipRequest {
    private func requireOpen(at now: Instant) throws(Refusal) {
        if case .closed(let ending, _) = state(at: now) { throw .invitationClosed(ending) }
    }

    /// A person of the customer's tenant has opened it after signing in; opening twice is opening once.
    package mutating func open(at now: Instant) throws(Refusal) -> Event? {
        try requireOpen(at: now)
        if case .opened = state { return nil }
        state = .opened(at: now)
        revision += 1
        return .relationshipRequestOpened(id)
    }

    /// Binds the request to the tenant and ends it as accepted. Single-use: there is no way back.
    package mutating func accept(for tenant: ID<Customer>, at now: Instant) throws(Refusal) -> Event {
        try bind(to: tenant, at: now)
        return close(.accepted, at: now, .relationshipRequestAccepted(id))
    }

    package mutating func decline(for tenant: ID<Customer>, reason: String?, at now: Instant) throws(Refusal) -> Event {
        try bind(to: tenant, at: now)
        declineReason = reason
        return close(.declined, at: now, .relationshipRequestDeclined(id))
    }

    package mutating func withdraw(at now: Instant) throws(Refusal) -> Event {
        try requireOpen(at: now)
        return close(.withdrawn, at: now, .relationshipRequestWithdrawn(id))
    }

    /// A newer request of the same partner to the same customer takes its place.
    package mutating func supersede(at now: Instant) throws(Refusal) -> Event {
        try requireOpen(at: now)
        return close(.superseded, at: now, .relationshipRequestSuperseded(id))
    }

    /// Notes that nobody answered in time; `nil` while it is open or was ended otherwise. It was over without that.
    package mutating func expire(at now: Instant) -> Event? {
        guard case .closed(.expired, let at) = state(at: now), state(at: now) != state else { return nil }
        return close(.expired, at: at, .relationshipRequestExpired(id))
    }

    package mutating func remind(at now: Instant) throws(Refusal) -> Event {
        try requireOpen(at: now)
        reminders += 1
        if case .draft = state, recipientMail != nil { state = .sent(at: now) }
        revision += 1
        return .relationshipRequestReminded(id)
    }

    private mutating func bind(to tenant: ID<Customer>, at now: Instant) throws(Refusal) {
        guard customer == nil || customer == tenant else { throw .wrongTenant }
        try requireOpen(at: now)
        customer = tenant
    }

    private mutating func close(_ ending: Ending, at now: Instant, _ event: Event) -> Event {
        state = .closed(ending, at: now)
        revision += 1
        return event
    }
}
