import FoundationEssentials
package import SuiroDomain
import SuiroHTTP
package import SuiroService
package import SuiroStore

/// What is posted to a receiver, as Partner Center writes and signs it (conventions, section 15), with our second
/// signature beside it.
package struct WebhookMessage: Sendable {
    private let outgoing: OutgoingWebhook
    private let origin: String

    package init(_ outgoing: OutgoingWebhook, origin: String) {
        (self.outgoing, self.origin) = (outgoing, origin)
    }

    /// Where receivers find the certificate.
    package static let certificatePath = "/webhooks/v1/certificate"

    package func call(sealedBy seal: WebhookSeal, at wall: Instant) throws -> WebhookCall {
        let body = body
        let signature = "Signature \(try seal.signature(of: body))"
        let id = "\(outgoing.delivery.id)"
        let seconds = wall.milliseconds / 1000
        let second = WebhookSeal.signature(
            of: body,
            id: id,
            seconds: seconds,
            secret: outgoing.registration.secret
        )
        return WebhookCall(
            url: outgoing.registration.url,
            headers: [
                ("Accept", "application/json"), ("Content-Type", "application/json; charset=utf-8"),
                ("User-Agent", "Suiro-Webhooks"), ("MS-CorrelationId", outgoing.correlation),
                (outgoing.registration.signsInOwnHeader ? "x-ms-signature" : "Authorization", signature),
                ("X-MS-Certificate-Url", origin + Self.certificatePath),
                ("X-MS-Signature-Algorithm", "rsa-sha256"), ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
                ("webhook-signature", second),
            ],
            body: body
        )
    }

    /// The same bytes at every attempt, as long as the server is reached under the same address.
    private var body: [UInt8] {
        let delivery = outgoing.delivery
        let resource = resource
        let isTest = delivery.name == .testCreated
        let audit = "\(origin)/auditactivity/v1/auditrecords/\(delivery.entry.percentEncoded)"
        return JSONWriter.object { writer in
            writer.member("EventName", delivery.name.rawValue)
            writer.member("ResourceUri", json: resource.path.map { .string(origin + $0) } ?? .null)
            writer.member("ResourceName", resource.name)
            writer.member("AuditUri", json: isTest ? .null : .string(audit))
            writer.member("ResourceChangeUtcDate", delivery.recordedAt.wireDate)
        }
    }

    /// What the event happened to: the wire's word for it, and where it can be read.
    private var resource: (name: String, path: String?) {
        let subject = outgoing.subject
        let customer = outgoing.customer.map { "\($0)" } ?? subject
        switch outgoing.delivery.name {
        case .testCreated:
            return ("test", "/webhooks/v1/registration/validationEvents/\(outgoing.delivery.id)")
        case .subscriptionUpdated, .subscriptionRecorded, .subscriptionProvisioned, .termEndAlerted:
            return ("subscription", "/v1/customers/\(customer)/subscriptions/\(subject)")
        case .resellerAccepted, .indirectResellerAccepted, .resellerGranted, .resellerEnded, .resellerExpired,
            .resellerRemoved, .customerCreated, .customerDeleted:
            return ("Customer", "/v1/customers/\(customer)")
        case .delegatedAdminApproved, .delegatedAdminTerminated, .delegatedAdminTerminatedByMicrosoft,
            .delegatedAdminExpired:
            return ("PartnerCustomerDap", nil)
        case .granularAdminApproved, .granularAdminActivated, .granularAdminTerminated, .granularAdminExpired,
            .granularAdminCreated, .granularAdminUpdated, .granularAdminDeleted, .granularAdminSent,
            .granularAdminRejected, .granularAdminUnanswered, .granularAdminExtended:
            return ("GranularAdminRelationship", "/v1.0/tenantRelationships/delegatedAdminRelationships/\(subject)")
        case .assignmentCreated, .assignmentActivated, .assignmentUpdated, .assignmentDeleted:
            return ("GranularAdminAccessAssignment", nil)
        case .relationshipRequestCreated, .relationshipRequestReminded, .relationshipRequestOpened,
            .relationshipRequestDeclined, .relationshipRequestWithdrawn, .relationshipRequestSuperseded,
            .relationshipRequestExpired:
            return ("RelationshipRequest", "/multichannel/v1/relationshiprequests/\(subject)")
        case .accessGranted, .accessEnded, .accessExpired, .supportObligationBegan:
            return ("Access", "/multichannel/v1/customers/\(customer)/access")
        case .orderPlaced: return ("Order", "/v1/customers/\(customer)/orders/\(subject)")
        case .usageImported: return ("Import", "/multichannel/v1/imports/\(subject)")
        case .moveRequested, .moveConsented, .moveConsentRetracted, .moveAgreed, .moveDeclined, .moveWithdrawn,
            .moveExpired, .moveReminded, .moveScheduled, .moveCutOver, .moveItemFailed, .moveStepDone, .moveCompleted,
            .moveFinishedWithErrors:
            return ("Move", "/multichannel/v1/moves/\(subject)")
        case .leftoverFound, .leftoverResolved:
            return ("Leftover", "/multichannel/v1/customers/\(customer)/leftovers")
        case .policyPublished, .policyWithdrawn, .policyOverridden:
            return ("PolicyEdition", "/multichannel/v1/policies")
        case .announcementMade: return ("Announcement", "/multichannel/v1/announcements/\(subject)")
        case .thresholdExceeded: return ("usagerecords", "/v1/customers/usagerecords")
        case .invoiceReady: return ("invoice", "/v1/invoices/\(subject)")
        case .fraudDetected: return ("fraudEvent", nil)
        case .referralCreated, .referralUpdated, .relatedReferralCreated, .relatedReferralUpdated:
            return ("referral", nil)
        }
    }
}

extension Instant {
    /// `2026-03-05T13:58:11.2300000+00:00`, as .NET writes an instant.
    fileprivate var wireDate: String { description.dropLast() + "0000+00:00" }
}
