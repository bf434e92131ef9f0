import FoundationEssentials
import SuiroDomain

/// One of each event. The switch does not compile until a new case has been given a sample.
enum EventSamples {
    private static func id<Subject>() -> ID<Subject> { ID(UUID()) }

    static let all: [Event] =
        [
            .organizationAdded(id()), .customerCreated(id()), .customerDeleted(id()), .relationshipRequested(id()),
            .relationshipRequestReminded(id()), .relationshipRequestOpened(id()), .relationshipRequestAccepted(id()),
            .relationshipRequestDeclined(id()), .relationshipRequestWithdrawn(id()),
            .relationshipRequestSuperseded(id()),
            .accessGranted(id(), kind: .dap, partner: id(), customer: id()),
            .accessEnded(id(), kind: .dap, partner: id(), customer: id()),
            .accessExpired(id(), kind: .dap, partner: id(), customer: id()), .relationshipRequestExpired(id()),
            .relationshipRemoved(partner: id(), customer: id()),
            .supportObligationBegan(id()), .subscriptionRecorded(id()), .subscriptionProvisioned(id()),
            .subscriptionChanged(id()), .termEndAlerted(id()), .orderPlaced("1"), .profileUpdated("1"),
            .usageImported("1"),
            .catalogImported("1"),
            .policyDrafted("1"), .policyPublished(edition: 1), .policyWithdrawn(edition: 1),
            .policyOverridden(key: "1"),
            .announcementMade("1"), .attemptRefused(operation: "1"), .relationshipRequestAcceptedWithProvider(id()),
            .webhookRegistered(id()), .webhookTested(id()), .webhookResent(id()), .customerRead(id()),
        ] + moves + DelegationEvent.allCases.map { .delegation($0, id()) }
        + AssignmentEvent.allCases.map { .assignment($0, id()) } + GroupEvent.allCases.map { .group($0, id()) }
        + DirectoryEvent.allCases.map { .directory($0, id()) } + CartEvent.allCases.map { .cart($0, id()) }
        + AgreementEvent.allCases.map { .agreement($0, id()) } + VettingEvent.allCases.map { .vetting($0, of: "7d2a") }
        + DeviceEvent.allCases.map { .device($0, of: "7d2a") }
        + ProvisioningEvent.allCases.map { .provisioning($0, of: "1") }
        + IdentityEvent.allCases.map { .identity($0, of: "1") }
        + ServiceRequestEvent.allCases.map { .serviceRequest($0, of: "1") }
        + BillingEvent.allCases.map { .billing($0, of: "1") }

    private static func isSampled(_ event: Event) -> Bool {
        switch event {
        case .organizationAdded, .customerCreated, .customerDeleted, .relationshipRequested,
            .relationshipRequestReminded, .relationshipRequestOpened, .relationshipRequestAccepted,
            .relationshipRequestDeclined, .relationshipRequestWithdrawn, .relationshipRequestSuperseded, .accessGranted,
            .accessEnded, .accessExpired, .relationshipRequestExpired, .relationshipRemoved, .supportObligationBegan,
            .subscriptionRecorded,
            .subscriptionProvisioned, .subscriptionChanged, .termEndAlerted, .orderPlaced, .profileUpdated,
            .usageImported,
            .catalogImported, .policyDrafted, .policyPublished, .policyWithdrawn, .policyOverridden, .announcementMade,
            .attemptRefused,
            .relationshipRequestAcceptedWithProvider, .webhookRegistered, .webhookTested, .webhookResent,
            .moveRequested, .moveConsented, .moveConsentRetracted, .moveAgreed, .moveDeclined, .moveWithdrawn,
            .moveExpired, .moveReminded, .moveScheduled, .moveCutOver, .moveItemFailed, .moveStepDone, .moveNoted,
            .moveCompleted,
            .moveFinishedWithErrors, .leftoverFound, .leftoverResolved, .delegation, .assignment, .group,
            .identity, .serviceRequest, .customerRead, .billing, .cart, .provisioning, .directory,
            .agreement, .vetting, .device:
            true
        }
    }
}

/// One of each refusal that carries its own reason. The switch does not compile until a new case has been given one.
enum RefusalSamples {
    private static let row = PolicyRow.ID(rawValue: "a-row")

    private static let delegations: [Refusal] = [
        .notAvailable(row: row), .nameTaken("Helpdesk"), .nameTooLong(limit: 50, row: row),
        .duration(minimum: 1, maximum: 730, row: row), .autoExtendDays(allowed: 180, row: row),
        .autoExtendRole(.globalAdministrator, row: row), .state(.active, row: nil),
        .rolesNotApproved([.globalReader]), .partnerConsent, .groupAssigned("5a6b"),
        .lastPath(subscriptions: ["Azure"], row: row),
    ].map { (obstacle: DelegationObstacle) in .delegation(obstacle) }

    private static let commerce: [Refusal] = [
        .viewUnknown("Games"), .segmentUnknown("children"), .cartHasErrors(lines: [0, 2]),
        .cartSubmitted(ID(UUID())), .qualificationHeld(.education), .consentExists(application: "7d2a"),
        .sandboxLimit(.customers, limit: 75),
        .alreadyActivated("SQL Server"), .activationNotNeeded("Office 365 E3"),
        .lineUnknown("7"), .orderNotActive("5a6b"), .cycleNotOffered(.triennial), .overageNotEligible("7d2a"),
        .overageOfAnother,
    ].map { (obstacle: CommerceObstacle) in .commerce(obstacle) }

    private static let agreements: [Refusal] = [
        .alreadyConfirmed(mail: "nora.velt@birchwater.example"), .missing(row: row), .idMalformed("one"), .idMissing,
        .networkNumberUnknown("5357564"), .otherRegion("5357564"), .notReseller("5357564"), .noAccount("7d2a"),
    ].map { (obstacle: AgreementObstacle) in .agreement(obstacle) }

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
            .accessEnded, .domainTaken("hoshino.example"), .packagePublished, .packageNotAnnounced(.effective),
            .switchAlreadySet(key: "moves.enabled"), .tooFewChannels(required: 3, row: row),
            .effectiveTooEarly(earliest: .latest),
            .importRejected(id: "1"), .sandboxOnly, .webhookTargetNotAllowed("http://10.0.0.1/"), .webhookExists,
            .webhookEventUnknown(["moon-rose"]),
            .tooManyTestEvents(seconds: 42),
            .tooManyInvitations(seconds: 42), .directory(.userNameTaken("ida@hoshino.example")),
            .directory(.noLicenseLeft(product: "6fd2")),
        ] + RelationshipRequest.Ending.allCases.map { .invitationClosed($0) } + moves + delegations + commerce
        + agreements
        + [.device(.policyInUse(name: "Kiosk", devices: 3)), .device(.batchExists(name: "b1"))]
        + DelegationGap.allCases.map { .notDelegated($0) } + AzureObstacle.allCases.map { .azure($0) } + [
            .roleRequired([.globalAdmin], action: .changeGroups)
        ]

    private static func isSampled(_ refusal: Refusal) -> Bool {
        switch refusal {
        case .accessDenied, .noRelationship, .notFound, .invalid, .policyMissing, .unknownFamily, .notAllowed,
            .resaleForbidden, .requestReused, .invitationClosed, .wrongTenant, .deciderRole, .termsChanged,
            .requestorRole, .partnerSuspended, .multichannelNotAvailable, .delegatedAdminNotSeparable, .otherMarket,
            .adminExclusivity, .removalBlocked, .removerNotAllowed, .partnerCannotTransact, .tooManySubscriptions,
            .accessEnded, .domainTaken, .packagePublished, .packageNotAnnounced, .switchAlreadySet, .tooFewChannels,
            .effectiveTooEarly, .importRejected, .sandboxOnly, .webhookTargetNotAllowed, .webhookExists,
            .webhookEventUnknown,
            .tooManyTestEvents,
            .tooManyInvitations,
            .moveBlocked, .moveNotOpen, .consentNotNeeded, .notYourMove, .withdrawalTooLate, .stepLocked, .notYourStep,
            .tooEarly, .seatsUnassigned, .usageContinues, .accessNotGranted, .leftoversStand, .leftoverResolved,
            .handoverOrder, .delegation, .roleRequired, .notDelegated, .azure, .commerce, .directory,
            .agreement, .device:
            true
        }
    }
}
