/// Granular delegated administration of one customer by one partner, from the first draft to the end (SM-4).
///
/// It is kept as what people did; everything that time alone changes is computed from `at now`.
package struct DelegatedAdminRelationship: Hashable, Codable, Sendable {
    package enum Phase: Hashable, Codable, Sendable {
        /// A draft: everything about it may still change.
        case created
        /// Sent as it stands (GD-02). Unanswered until then, it is over (GD-05).
        case awaitingApproval(since: Instant, until: Instant)
        /// Nobody answered in time, and that has been announced; it was over without that.
        case unanswered(since: Instant, until: Instant)
        case rejected(at: Instant, by: ID<Person>?, reason: String?)
        case approved(Tenure)
        /// Ended by either side before its time (GD-14), or with the partner's account (GD-29).
        case terminated(Tenure, Termination)
    }

    /// What the customer's approval gave.
    package struct Tenure: Hashable, Codable, Sendable {
        /// The text that was approved, by whom and when (INV-02).
        package let consent: ID<Consent>
        package let approvedAt: Instant
        /// How long carrying out takes, in seconds (GD-09): until it is active, and until an end has been carried out.
        package let processing: Int
        package internal(set) var end: Instant
        /// What has been announced of what time brings about.
        package internal(set) var announced: Announced

        package var activatedAt: Instant { approvedAt.adding(seconds: processing) }
    }

    /// What has been told of what time alone does; nothing depends on it having been told.
    package struct Announced: Hashable, Codable, Sendable {
        package internal(set) var isActivated = false
        package internal(set) var isExpired = false
        /// The end that was last told of an extension, and the reminder that was sent last before which end.
        package internal(set) var extendedTo: Instant?
        package internal(set) var reminder: Reminder?
    }

    package struct Reminder: Hashable, Codable, Sendable {
        package let end: Instant
        package let days: Int
    }

    package struct Termination: Hashable, Codable, Sendable {
        package let at: Instant
        package let by: ID<Person>?
        /// The tenant that ended it; `nil` when it ended with the partner's account.
        package let side: ID<Tenant>?

        package init(at instant: Instant, by person: ID<Person>?, side: ID<Tenant>?) {
            (at, by, self.side) = (instant, person, side)
        }
    }

    package let id: ID<DelegatedAdminRelationship>
    package let partner: ID<Partner>
    /// The indirect provider that wrote it for the partner, where one did (GD-28).
    package internal(set) var proposal: ProviderProposal?
    /// The tenant it is for: named by the partner, or bound by the first administrator who approves (GD-06).
    package internal(set) var customer: ID<Customer>?
    /// What the partner calls the customer until it may know its name.
    package internal(set) var customerName: String?
    package internal(set) var displayName: String
    package internal(set) var duration: GrantDuration
    package internal(set) var roles: [DirectoryRole]
    /// Days that are added whenever the end comes; `nil` where it just ends (GD-11).
    package internal(set) var autoExtendDays: Int?
    package let createdBy: ID<Person>?
    package let createdAt: Instant
    package internal(set) var modifiedAt: Instant
    package internal(set) var phase: Phase
    package internal(set) var revision: Int

    package init(
        id: ID<DelegatedAdminRelationship>,
        partner: ID<Partner>,
        draft: DelegationDraft,
        proposal: ProviderProposal? = nil,
        createdBy: ID<Person>?,
        createdAt: Instant
    ) {
        self.proposal = proposal
        (self.id, self.partner, customer, displayName) = (id, partner, draft.customer, draft.displayName)
        (customerName, duration, roles) = (draft.customerName, draft.duration, draft.roles)
        autoExtendDays = draft.autoExtendDays
        (self.createdBy, self.createdAt, modifiedAt, phase, revision) = (createdBy, createdAt, createdAt, .created, 1)
    }

    /// What a partner may still change, as it stands.
    package var draft: DelegationDraft {
        DelegationDraft(
            customer: customer,
            customerName: customerName,
            displayName: displayName,
            duration: duration,
            roles: roles,
            autoExtendDays: autoExtendDays
        )
    }
}

/// What a partner writes into a relationship before it sends it (GD-02).
package struct DelegationDraft: Hashable, Codable, Sendable {
    package var customer: ID<Customer>?
    package var customerName: String?
    package var displayName: String
    package var duration: GrantDuration
    package var roles: [DirectoryRole]
    package var autoExtendDays: Int?

    package init(
        customer: ID<Customer>?,
        customerName: String? = nil,
        displayName: String,
        duration: GrantDuration,
        roles: [DirectoryRole],
        autoExtendDays: Int?
    ) {
        (self.customer, self.displayName, self.duration) = (customer, displayName, duration)
        (self.customerName, self.roles, self.autoExtendDays) = (customerName, roles, autoExtendDays)
    }
}
