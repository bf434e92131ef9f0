/// Something that happened, told in the past tense: the outbox, the audit log and the activity feed all read it.
package enum Event: Hashable, Sendable {
    case organizationAdded(ID<Tenant>)
    case customerCreated(ID<Customer>)
    case customerDeleted(ID<Customer>)
    case relationshipRequested(ID<RelationshipRequest>)
    case relationshipRequestReminded(ID<RelationshipRequest>)
    case relationshipRequestOpened(ID<RelationshipRequest>)
    case relationshipRequestAccepted(ID<RelationshipRequest>)
    /// The same acceptance, told to the indirect provider that the request names.
    case relationshipRequestAcceptedWithProvider(ID<RelationshipRequest>)
    case relationshipRequestDeclined(ID<RelationshipRequest>)
    case relationshipRequestWithdrawn(ID<RelationshipRequest>)
    case relationshipRequestSuperseded(ID<RelationshipRequest>)
    case relationshipRequestExpired(ID<RelationshipRequest>)
    case accessGranted(ID<AccessGrant>, kind: AccessKind, partner: ID<Partner>, customer: ID<Customer>)
    case accessEnded(ID<AccessGrant>, kind: AccessKind, partner: ID<Partner>, customer: ID<Customer>)
    case accessExpired(ID<AccessGrant>, kind: AccessKind, partner: ID<Partner>, customer: ID<Customer>)
    case relationshipRemoved(partner: ID<Partner>, customer: ID<Customer>)
    case supportObligationBegan(ID<SupportObligation>)
    case subscriptionRecorded(ID<Subscription>)
    case subscriptionProvisioned(ID<Subscription>)
    case subscriptionChanged(ID<Subscription>)
    case termEndAlerted(ID<Subscription>)
    case orderPlaced(String)
    case profileUpdated(String)
    case usageImported(String)
    case catalogImported(String)
    case policyDrafted(String)
    case policyPublished(edition: Int)
    case policyWithdrawn(edition: Int)
    case policyOverridden(key: String)
    case announcementMade(String)
    case moveRequested(ID<Move>)
    case moveConsented(ID<Move>, party: MoveParty)
    case moveConsentRetracted(ID<Move>, party: MoveParty)
    case moveAgreed(ID<Move>)
    case moveDeclined(ID<Move>, party: MoveParty)
    case moveWithdrawn(ID<Move>, party: MoveParty)
    case moveExpired(ID<Move>)
    case moveReminded(ID<Move>)
    case moveScheduled(ID<Move>)
    case moveCutOver(ID<Move>)
    case moveItemFailed(ID<Move>, subscription: ID<Subscription>)
    /// What a step asks for was entered, and the step is not done yet.
    case moveNoted(ID<Move>)
    case moveStepDone(ID<Move>, step: MoveStep)
    case moveCompleted(ID<Move>)
    case moveFinishedWithErrors(ID<Move>)
    case leftoverFound(ID<Leftover>)
    case leftoverResolved(ID<Leftover>)
    case webhookRegistered(ID<Tenant>)
    case webhookTested(ID<Tenant>)
    case webhookResent(ID<WebhookDelivery>)
    case delegation(DelegationEvent, ID<DelegatedAdminRelationship>)
    case assignment(AssignmentEvent, ID<AccessAssignment>)
    case group(GroupEvent, ID<PartnerGroup>)
    case cart(CartEvent, ID<Cart>)
    case agreement(AgreementEvent, ID<AgreementAcceptance>)
    /// `of` is the device, the batch, the policy or the job.
    case device(DeviceEvent, of: String)
    /// About what is known of a customer; `of` is the customer or the application.
    case vetting(VettingEvent, of: String)
    /// `of` is the subscription, the customer or the order.
    case provisioning(ProvisioningEvent, of: String)
    case directory(DirectoryEvent, ID<DirectoryUser>)
    /// About somebody's way in; `of` is the person, the client or the account it happened to.
    case identity(IdentityEvent, of: String)
    /// `of` is the request's number.
    case serviceRequest(ServiceRequestEvent, of: String)
    /// About bills, budgets and Azure; `of` is the invoice, the customer, the entitlement or the upgrade.
    case billing(BillingEvent, of: String)
    case attemptRefused(operation: String)
    /// Somebody of another tenant looked at what is a customer's: once an hour for each person and customer.
    case customerRead(ID<Customer>)

    /// The stable name in the event log.
    package var name: String {
        switch self {
        case .organizationAdded: "organizationAdded"
        case .customerCreated: "customerCreated"
        case .customerDeleted: "customerDeleted"
        case .relationshipRequested: "relationshipRequested"
        case .relationshipRequestReminded: "relationshipRequestReminded"
        case .relationshipRequestOpened: "relationshipRequestOpened"
        case .relationshipRequestAccepted: "relationshipRequestAccepted"
        case .relationshipRequestAcceptedWithProvider: "relationshipRequestAcceptedWithProvider"
        case .relationshipRequestDeclined: "relationshipRequestDeclined"
        case .relationshipRequestWithdrawn: "relationshipRequestWithdrawn"
        case .relationshipRequestSuperseded: "relationshipRequestSuperseded"
        case .relationshipRequestExpired: "relationshipRequestExpired"
        case .accessExpired: "accessExpired"
        case .accessGranted: "accessGranted"
        case .accessEnded: "accessEnded"
        case .relationshipRemoved: "relationshipRemoved"
        case .supportObligationBegan: "supportObligationBegan"
        case .subscriptionRecorded: "subscriptionRecorded"
        case .subscriptionProvisioned: "subscriptionProvisioned"
        case .subscriptionChanged: "subscriptionChanged"
        case .termEndAlerted: "termEndAlerted"
        case .orderPlaced: "orderPlaced"
        case .profileUpdated: "profileUpdated"
        case .usageImported: "usageImported"
        case .catalogImported: "catalogImported"
        case .policyDrafted: "policyDrafted"
        case .policyPublished: "policyPublished"
        case .policyWithdrawn: "policyWithdrawn"
        case .policyOverridden: "policyOverridden"
        case .announcementMade: "announcementMade"
        case .moveRequested: "moveRequested"
        case .moveConsented: "moveConsented"
        case .moveConsentRetracted: "moveConsentRetracted"
        case .moveAgreed: "moveAgreed"
        case .moveDeclined: "moveDeclined"
        case .moveWithdrawn: "moveWithdrawn"
        case .moveExpired: "moveExpired"
        case .moveReminded: "moveReminded"
        case .moveScheduled: "moveScheduled"
        case .moveCutOver: "moveCutOver"
        case .moveItemFailed: "moveItemFailed"
        case .moveNoted: "moveNoted"
        case .moveStepDone: "moveStepDone"
        case .moveCompleted: "moveCompleted"
        case .moveFinishedWithErrors: "moveFinishedWithErrors"
        case .leftoverFound: "leftoverFound"
        case .leftoverResolved: "leftoverResolved"
        case .webhookRegistered: "webhookRegistered"
        case .webhookTested: "webhookTested"
        case .webhookResent: "webhookResent"
        case .delegation(let event, _): event.rawValue
        case .assignment(let event, _): event.rawValue
        case .group(let event, _): event.rawValue
        case .cart(let event, _): event.rawValue
        case .agreement(let event, _): event.rawValue
        case .vetting(let event, _): event.rawValue
        case .device(let event, _): event.rawValue
        case .provisioning(let event, _): event.rawValue
        case .directory(let event, _): event.rawValue
        case .identity(let event, _): event.rawValue
        case .serviceRequest(let event, _): event.rawValue
        case .billing(let event, _): event.rawValue
        case .attemptRefused: "attemptRefused"
        case .customerRead: "customerRead"
        }
    }

    /// What it happened to.
    package var subject: String {
        switch self {
        case .organizationAdded(let id): "\(id)"
        case .customerCreated(let id), .customerDeleted(let id): "\(id)"
        case .relationshipRequested(let id), .relationshipRequestReminded(let id), .relationshipRequestOpened(let id),
            .relationshipRequestAccepted(let id), .relationshipRequestAcceptedWithProvider(let id),
            .relationshipRequestDeclined(let id),
            .relationshipRequestWithdrawn(let id), .relationshipRequestSuperseded(let id),
            .relationshipRequestExpired(let id):
            "\(id)"
        case .accessGranted(let id, _, _, _), .accessEnded(let id, _, _, _), .accessExpired(let id, _, _, _): "\(id)"
        case .relationshipRemoved(_, let customer): "\(customer)"
        case .supportObligationBegan(let id): "\(id)"
        case .subscriptionRecorded(let id), .subscriptionProvisioned(let id), .subscriptionChanged(let id): "\(id)"
        case .termEndAlerted(let id): "\(id)"
        case .orderPlaced(let id), .profileUpdated(let id), .usageImported(let id), .catalogImported(let id),
            .policyDrafted(let id), .announcementMade(let id):
            id
        case .policyPublished(let edition), .policyWithdrawn(let edition): "\(edition)"
        case .policyOverridden(let key): key
        case .moveRequested(let id), .moveConsented(let id, _), .moveConsentRetracted(let id, _), .moveAgreed(let id),
            .moveDeclined(let id, _), .moveWithdrawn(let id, _), .moveExpired(let id), .moveReminded(let id),
            .moveScheduled(let id), .moveCutOver(let id), .moveItemFailed(let id, _), .moveNoted(let id),
            .moveStepDone(let id, _),
            .moveCompleted(let id), .moveFinishedWithErrors(let id):
            "\(id)"
        case .leftoverFound(let id), .leftoverResolved(let id): "\(id)"
        case .webhookRegistered(let id), .webhookTested(let id): "\(id)"
        case .webhookResent(let id): "\(id)"
        case .delegation(_, let id): "\(id)"
        case .assignment(_, let id): "\(id)"
        case .group(_, let id): "\(id)"
        case .cart(_, let id): "\(id)"
        case .agreement(_, let id): "\(id)"
        case .vetting(_, let name): name
        case .device(_, let name): name
        case .provisioning(_, let id): id
        case .directory(_, let id): "\(id)"
        case .identity(_, let id): id
        case .serviceRequest(_, let number): number
        case .billing(_, let id): id
        case .attemptRefused(let operation): operation
        case .customerRead(let id): "\(id)"
        }
    }
}
