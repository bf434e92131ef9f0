/// What a partner can be told by webhook: Microsoft's names where Microsoft has one, ours where it has none.
///
/// A registration may name any of them, so that a client's usual list is taken as it is. Those that this centre never
/// raises are marked by `isRaised`.
package enum WebhookEventName: String, CaseIterable, Codable, Sendable {
    // Microsoft's
    case testCreated = "test-created"
    case subscriptionUpdated = "subscription-updated"
    case resellerAccepted = "reseller-relationship-accepted-by-customer"
    case indirectResellerAccepted = "indirect-reseller-relationship-accepted-by-customer"
    case delegatedAdminApproved = "dap-admin-relationship-approved"
    case delegatedAdminTerminated = "dap-admin-relationship-terminated"
    case delegatedAdminTerminatedByMicrosoft = "dap-admin-relationship-terminated-by-microsoft"
    case granularAdminApproved = "granular-admin-relationship-approved"
    case granularAdminActivated = "granular-admin-relationship-activated"
    case granularAdminTerminated = "granular-admin-relationship-terminated"
    case granularAdminExpired = "granular-admin-relationship-expired"
    case assignmentCreated = "granular-admin-access-assignment-created"
    case assignmentActivated = "granular-admin-access-assignment-activated"
    case assignmentUpdated = "granular-admin-access-assignment-updated"
    case assignmentDeleted = "granular-admin-access-assignment-deleted"
    case thresholdExceeded = "usagerecords-thresholdExceeded"
    case invoiceReady = "invoice-ready"
    case fraudDetected = "azure-fraud-event-detected"
    case referralCreated = "referral-created"
    case referralUpdated = "referral-updated"
    case relatedReferralCreated = "related-referral-created"
    case relatedReferralUpdated = "related-referral-updated"
    // ours: asking and being granted
    case relationshipRequestCreated = "relationship-request-created"
    case relationshipRequestReminded = "relationship-request-reminded"
    case relationshipRequestOpened = "relationship-request-opened"
    case relationshipRequestDeclined = "relationship-request-declined"
    case relationshipRequestWithdrawn = "relationship-request-withdrawn"
    case relationshipRequestSuperseded = "relationship-request-superseded"
    case relationshipRequestExpired = "relationship-request-expired"
    case resellerGranted = "reseller-relationship-granted"
    case resellerEnded = "reseller-relationship-ended"
    case resellerExpired = "reseller-relationship-expired"
    case resellerRemoved = "reseller-relationship-removed"
    case delegatedAdminExpired = "dap-admin-relationship-expired"
    case accessGranted = "access-granted"
    case accessEnded = "access-ended"
    case accessExpired = "access-expired"
    case supportObligationBegan = "support-obligation-began"
    // ours: granular delegated administration
    case granularAdminCreated = "granular-admin-relationship-created"
    case granularAdminUpdated = "granular-admin-relationship-updated"
    case granularAdminDeleted = "granular-admin-relationship-deleted"
    case granularAdminSent = "granular-admin-relationship-sent"
    case granularAdminRejected = "granular-admin-relationship-rejected"
    case granularAdminUnanswered = "granular-admin-relationship-unanswered"
    case granularAdminExtended = "granular-admin-relationship-extended"
    // ours: what a customer has
    case customerCreated = "customer-created"
    case customerDeleted = "customer-deleted"
    case subscriptionRecorded = "subscription-recorded"
    case subscriptionProvisioned = "subscription-provisioned"
    case termEndAlerted = "subscription-term-end-alerted"
    case orderPlaced = "order-placed"
    case usageImported = "usage-imported"
    // ours: moves and what they leave behind
    case moveRequested = "move-requested"
    case moveConsented = "move-consented"
    case moveConsentRetracted = "move-consent-retracted"
    case moveAgreed = "move-agreed"
    case moveDeclined = "move-declined"
    case moveWithdrawn = "move-withdrawn"
    case moveExpired = "move-expired"
    case moveReminded = "move-reminded"
    case moveScheduled = "move-scheduled"
    case moveCutOver = "move-cut-over"
    case moveItemFailed = "move-item-failed"
    case moveStepDone = "move-step-done"
    case moveCompleted = "move-completed"
    case moveFinishedWithErrors = "move-finished-with-errors"
    case leftoverFound = "leftover-found"
    case leftoverResolved = "leftover-resolved"
    // ours: the rules
    case policyPublished = "policy-published"
    case policyWithdrawn = "policy-withdrawn"
    case policyOverridden = "policy-overridden"
    case announcementMade = "announcement-made"

    /// The name in any case, as clients write it.
    package init?(spelled text: String) {
        let wanted = text.lowercased()
        guard let name = Self.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else { return nil }
        self = name
    }

    /// Whether something that happens here is told under this name.
    package var isRaised: Bool {
        switch self {
        case .delegatedAdminTerminatedByMicrosoft, .fraudDetected,
            .referralCreated, .referralUpdated, .relatedReferralCreated, .relatedReferralUpdated:
            false
        case .granularAdminActivated, .assignmentCreated, .assignmentActivated, .assignmentUpdated, .assignmentDeleted,
            .granularAdminCreated, .granularAdminUpdated, .granularAdminDeleted, .granularAdminSent,
            .granularAdminRejected, .granularAdminUnanswered, .granularAdminExtended:
            true
        case .thresholdExceeded, .invoiceReady,
            .testCreated, .subscriptionUpdated, .resellerAccepted, .indirectResellerAccepted, .delegatedAdminApproved,
            .delegatedAdminTerminated, .granularAdminApproved, .granularAdminTerminated, .granularAdminExpired,
            .relationshipRequestCreated, .relationshipRequestReminded, .relationshipRequestOpened,
            .relationshipRequestDeclined, .relationshipRequestWithdrawn, .relationshipRequestSuperseded,
            .relationshipRequestExpired, .resellerGranted, .resellerEnded, .resellerExpired, .resellerRemoved,
            .delegatedAdminExpired, .accessGranted, .accessEnded, .accessExpired, .supportObligationBegan,
            .customerCreated, .customerDeleted, .subscriptionRecorded, .subscriptionProvisioned, .orderPlaced,
            .termEndAlerted,
            .usageImported, .moveRequested, .moveConsented, .moveConsentRetracted, .moveAgreed, .moveDeclined,
            .moveWithdrawn, .moveExpired, .moveReminded, .moveScheduled, .moveCutOver, .moveItemFailed, .moveStepDone,
            .moveCompleted, .moveFinishedWithErrors, .leftoverFound, .leftoverResolved, .policyPublished,
            .policyWithdrawn, .policyOverridden, .announcementMade:
            true
        }
    }
}
