import FoundationEssentials
import SuiroDomain
import Testing

/// The names under which partners hear of events, and the events themselves.
@Suite struct WebhookVocabularyTests {
    /// One of each event, and of those about access one of each kind of it.
    private static let events: [Event] =
        EventSamples.all
        + AccessKind.allCases.flatMap { kind -> [Event] in
            let (id, partner, customer) = (ID<AccessGrant>(UUID()), ID<Partner>(UUID()), ID<Customer>(UUID()))
            return [
                .accessGranted(id, kind: kind, partner: partner, customer: customer),
                .accessEnded(id, kind: kind, partner: partner, customer: customer),
                .accessExpired(id, kind: kind, partner: partner, customer: customer),
            ]
        }

    @Test func `every name that is said to be raised is raised by an event, and no other`() {
        let raised = Set(Self.events.compactMap(\.webhook))
        #expect(raised == Set(WebhookEventName.allCases.filter(\.isRaised)))
    }

    @Test func `names are written as the wire writes them, and read in any case`() {
        for name in WebhookEventName.allCases {
            #expect(name.rawValue.allSatisfy { $0.isLetter || $0 == "-" })
            #expect(WebhookEventName(spelled: name.rawValue.uppercased()) == name)
        }
        #expect(WebhookEventName(spelled: "no-such-event") == nil)
    }

    @Test func `what a partner does in its own house is told to nobody`() {
        let silent = Set(Self.events.filter { $0.webhook == nil }.map(\.name))
        let identity = Set(IdentityEvent.allCases.map(\.rawValue))
        #expect(
            silent.subtracting(identity) == [
                "organizationAdded", "profileUpdated", "catalogImported", "policyDrafted", "attemptRefused",
                "webhookRegistered", "webhookResent", "groupCreated", "groupRenamed", "groupDeleted",
                "groupMemberAdded", "groupMemberRemoved", "moveNoted", "customerRead", "budgetChanged",
                "serviceRequestOpened", "serviceRequestChanged", "serviceRequestClosed", "serviceRequestReopened",
                "userCreated", "userUpdated", "userPasswordReset", "userDeleted", "userRestored",
                "userLicensesChanged", "cartSaved", "cartOrdered", "agreementAttested", "agreementSigned",
                "subscriptionRegistered", "subscriptionActivated", "subscriptionTransitioned", "overageChanged",
                "orderChanged",
                "qualificationRequested", "qualificationSet", "domainVerified", "applicationConsented",
                "applicationConsentWithdrawn", "devicePolicySaved", "devicePolicyDeleted", "devicesUploaded",
                "deviceChanged", "deviceDeleted", "directoryRoleGiven", "directoryRoleTaken",
            ]
        )
        #expect(identity.isSubset(of: silent))
    }
}
