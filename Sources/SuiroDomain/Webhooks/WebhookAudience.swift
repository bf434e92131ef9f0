/// Which partners hear of an event, beside the one it names. Never one whose business it is not.
package enum WebhookAudience: Hashable, Sendable {
    /// The partner that the event names, and nobody else.
    case named
    /// Where no partner is named: every partner with a live tie to the customer.
    case partnersOfCustomer
    /// Source and target of the move, whoever of them is named.
    case parties(ID<Move>)
    /// Every partner.
    case everyone
}

extension Event {
    /// The name under which partners hear of it; `nil` where it concerns nobody's system but the one that did it.
    ///
    /// A new event does not compile until this says which.
    package var webhook: WebhookEventName? {
        switch self {
        case .customerCreated: .customerCreated
        case .customerDeleted: .customerDeleted
        case .relationshipRequested: .relationshipRequestCreated
        case .relationshipRequestReminded: .relationshipRequestReminded
        case .relationshipRequestOpened: .relationshipRequestOpened
        case .relationshipRequestAccepted: .resellerAccepted
        case .relationshipRequestAcceptedWithProvider: .indirectResellerAccepted
        case .relationshipRequestDeclined: .relationshipRequestDeclined
        case .relationshipRequestWithdrawn: .relationshipRequestWithdrawn
        case .relationshipRequestSuperseded: .relationshipRequestSuperseded
        case .relationshipRequestExpired: .relationshipRequestExpired
        case .accessGranted(_, let kind, _, _): kind.webhooks.granted
        case .accessEnded(_, let kind, _, _): kind.webhooks.ended
        case .accessExpired(_, let kind, _, _): kind.webhooks.expired
        case .relationshipRemoved: .resellerRemoved
        case .supportObligationBegan: .supportObligationBegan
        case .subscriptionRecorded: .subscriptionRecorded
        case .subscriptionProvisioned: .subscriptionProvisioned
        case .subscriptionChanged: .subscriptionUpdated
        case .termEndAlerted: .termEndAlerted
        case .orderPlaced: .orderPlaced
        case .usageImported: .usageImported
        // Whatever made it, it is a new edition.
        case .policyPublished: .policyPublished
        case .policyWithdrawn: .policyWithdrawn
        case .policyOverridden: .policyOverridden
        case .announcementMade: .announcementMade
        case .moveRequested: .moveRequested
        case .moveConsented: .moveConsented
        case .moveConsentRetracted: .moveConsentRetracted
        case .moveAgreed: .moveAgreed
        case .moveDeclined: .moveDeclined
        case .moveWithdrawn: .moveWithdrawn
        case .moveExpired: .moveExpired
        case .moveReminded: .moveReminded
        case .moveScheduled: .moveScheduled
        case .moveCutOver: .moveCutOver
        case .moveItemFailed: .moveItemFailed
        case .moveStepDone: .moveStepDone
        case .moveCompleted: .moveCompleted
        case .moveFinishedWithErrors: .moveFinishedWithErrors
        case .leftoverFound: .leftoverFound
        case .leftoverResolved: .leftoverResolved
        case .webhookTested: .testCreated
        case .delegation(let event, _): event.webhook
        case .assignment(let event, _): event.webhook
        case .billing(let event, _): event.webhook
        // A partner's own house, the vendor's drafts, and what did not happen.
        case .organizationAdded, .profileUpdated, .catalogImported, .policyDrafted, .attemptRefused,
            .webhookRegistered, .webhookResent, .group, .identity, .moveNoted,
            .serviceRequest, .customerRead, .cart, .provisioning, .agreement, .vetting, .device, .directory:
            nil
        }
    }

    package var audience: WebhookAudience {
        switch self {
        case .organizationAdded, .customerCreated, .customerDeleted, .relationshipRequested,
            .relationshipRequestReminded, .relationshipRequestOpened, .relationshipRequestAccepted,
            .relationshipRequestAcceptedWithProvider, .relationshipRequestDeclined, .relationshipRequestWithdrawn,
            .relationshipRequestSuperseded, .relationshipRequestExpired, .accessGranted, .accessEnded, .accessExpired,
            .relationshipRemoved, .supportObligationBegan, .profileUpdated, .catalogImported, .policyDrafted,
            .attemptRefused, .webhookRegistered, .webhookTested, .webhookResent, .leftoverFound, .leftoverResolved,
            .termEndAlerted, .delegation, .assignment, .group, .identity,
            .serviceRequest, .customerRead, .cart, .provisioning, .agreement, .vetting, .device, .directory, .billing:
            .named
        case .subscriptionRecorded, .subscriptionProvisioned, .subscriptionChanged, .orderPlaced, .usageImported:
            .partnersOfCustomer
        case .moveRequested(let id), .moveConsented(let id, _), .moveConsentRetracted(let id, _), .moveAgreed(let id),
            .moveDeclined(let id, _), .moveWithdrawn(let id, _), .moveExpired(let id), .moveReminded(let id),
            .moveScheduled(let id), .moveCutOver(let id), .moveItemFailed(let id, _), .moveNoted(let id),
            .moveStepDone(let id, _),
            .moveCompleted(let id), .moveFinishedWithErrors(let id):
            .parties(id)
        case .policyPublished, .policyWithdrawn, .policyOverridden, .announcementMade:
            .everyone
        }
    }
}

extension BillingEvent {
    /// The name under which the partner hears of it.
    package var webhook: WebhookEventName? {
        switch self {
        case .invoiceClosed: .invoiceReady
        case .budgetExceeded: .thresholdExceeded
        case .entitlementCanceled, .entitlementReactivated, .productUpgraded: .subscriptionUpdated
        case .budgetChanged: nil
        }
    }
}

extension AccessKind {
    fileprivate var webhooks: (granted: WebhookEventName, ended: WebhookEventName, expired: WebhookEventName) {
        switch self {
        case .resellerTie: (.resellerGranted, .resellerEnded, .resellerExpired)
        case .dap: (.delegatedAdminApproved, .delegatedAdminTerminated, .delegatedAdminExpired)
        case .gdap: (.granularAdminApproved, .granularAdminTerminated, .granularAdminExpired)
        case .resourceRole, .guest, .supportContact: (.accessGranted, .accessEnded, .accessExpired)
        }
    }
}
