import FoundationEssentials
import SuiroDomain

/// One of each event. The switch does not compile until a new case has been given a sample.
enum EventSamples {
    private static func id<Subject>() -> ID<Subject> { ID(UUID()) }

    static let all: [Event] = [
        .organizationAdded(id()), .customerCreated(id()), .customerDeleted(id()), .relationshipRequested(id()),
        .relationshipRequestReminded(id()), .relationshipRequestOpened(id()), .relationshipRequestAccepted(id()),
        .relationshipRequestDeclined(id()), .relationshipRequestWithdrawn(id()), .relationshipRequestSuperseded(id()),
        .accessGranted(id(), kind: .dap, partner: id(), customer: id()),
        .accessEnded(id(), kind: .dap, partner: id(), customer: id()),
        .accessExpired(id(), kind: .dap, partner: id(), customer: id()), .relationshipRequestExpired(id()),
        .relationshipRemoved(partner: id(), customer: id()),
        .supportObligationBegan(id()), .subscriptionRecorded(id()), .subscriptionProvisioned(id()),
        .subscriptionChanged(id()), .orderPlaced("1"), .profileUpdated("1"), .usageImported("1"), .catalogImported("1"),
        .policyDrafted("1"), .policyPublished(edition: 1), .announcementMade("1"), .attemptRefused(operation: "1"),
    ]

    private static func isSampled(_ event: Event) -> Bool {
        switch event {
        case .organizationAdded, .customerCreated, .customerDeleted, .relationshipRequested,
            .relationshipRequestReminded, .relationshipRequestOpened, .relationshipRequestAccepted,
            .relationshipRequestDeclined, .relationshipRequestWithdrawn, .relationshipRequestSuperseded, .accessGranted,
            .accessEnded, .accessExpired, .relationshipRequestExpired, .relationshipRemoved, .supportObligationBegan,
            .subscriptionRecorded,
            .subscriptionProvisioned, .subscriptionChanged, .orderPlaced, .profileUpdated, .usageImported,
            .catalogImported, .policyDrafted, .policyPublished, .announcementMade, .attemptRefused:
            true
        }
    }
}

/// One of each refusal that carries its own reason. The switch does not compile until a new case has been given one.
enum RefusalSamples {
    private static let row = PolicyRow.ID(rawValue: "a-row")

    static let all: [Refusal] =
        [
            .accessDenied(missing: "role"), .noRelationship(partner: ID(UUID()), customer: ID(UUID())),
            .notFound(.customer, "7d2a"), .invalid([]), .policyMissing(key: "resale.cspToCsp"), .unknownFamily(nil),
            .resaleForbidden(row: row), .requestReused(UUID()), .wrongTenant, .deciderRole(required: .globalAdmin),
            .termsChanged, .requestorRole(required: ["adminAgent", "salesAgent"], row: row), .partnerSuspended,
            .multichannelNotAvailable(row: row), .delegatedAdminNotSeparable(row: row), .otherMarket(row: row),
            .adminExclusivity(holder: "Hokusei Systems", row: row),
            .removalBlocked(subscriptions: ["Office 365 E3"], row: row),
            .removerNotAllowed(row: row), .partnerCannotTransact(row: row), .tooManySubscriptions(limit: 150, row: row),
            .accessEnded, .domainTaken("hoshino.example"), .packagePublished, .effectiveTooEarly(earliest: .latest),
            .importRejected(id: "1"), .sandboxOnly,
        ] + RelationshipRequest.Ending.allCases.map { .invitationClosed($0) }

    private static func isSampled(_ refusal: Refusal) -> Bool {
        switch refusal {
        case .accessDenied, .noRelationship, .notFound, .invalid, .policyMissing, .unknownFamily, .notAllowed,
            .resaleForbidden, .requestReused, .invitationClosed, .wrongTenant, .deciderRole, .termsChanged,
            .requestorRole, .partnerSuspended, .multichannelNotAvailable, .delegatedAdminNotSeparable, .otherMarket,
            .adminExclusivity, .removalBlocked, .removerNotAllowed, .partnerCannotTransact, .tooManySubscriptions,
            .accessEnded, .domainTaken, .packagePublished, .effectiveTooEarly, .importRejected, .sandboxOnly:
            true
        }
    }
}
