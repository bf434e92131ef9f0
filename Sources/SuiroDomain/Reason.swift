/// Why something is so: a stable code that programs compare and the catalogue turns into a sentence.
package enum Reason: String, Codable, CaseIterable, Sendable {
    // what may be done
    case ownSale = "OWN_SALE"
    case permissionGranted = "PERMISSION_GRANTED"
    case permissionMayBeRequested = "PERMISSION_MAY_BE_REQUESTED"
    case switchAllowed = "SWITCH_ALLOWED"
    case transferAllowed = "TRANSFER_ALLOWED"
    case recreateInSteps = "RECREATE_IN_STEPS"
    // what may be done on a condition
    case permissionRequired = "PERMISSION_REQUIRED"
    case resourceRoleRequired = "RESOURCE_ROLE_REQUIRED"
    case partnerCannotTransact = "PARTNER_CANNOT_TRANSACT"
    case replaceAfterExit = "REPLACE_AFTER_EXIT"
    // what may not
    case alreadyGranted = "ALREADY_GRANTED"
    case alreadyYours = "ALREADY_YOURS"
    case boughtElsewhere = "BOUGHT_ELSEWHERE"
    case channelNotEligible = "CHANNEL_NOT_ELIGIBLE"
    case licenseSwitchForbidden = "LICENSE_SWITCH_FORBIDDEN"
    case multichannelNotAvailable = "MULTICHANNEL_NOT_AVAILABLE"
    case needsEvidence = "NEEDS_EVIDENCE"
    case notAPartner = "NOT_A_PARTNER"
    case notActive = "NOT_ACTIVE"
    case notLicenseBased = "NOT_LICENSE_BASED"
    case notSoldByPartner = "NOT_SOLD_BY_PARTNER"
    case notUsageBased = "NOT_USAGE_BASED"
    case policyMissing = "POLICY_MISSING"
    case resaleForbidden = "RESALE_CSP_TO_CSP_FORBIDDEN"
    case soldByOtherPartner = "SOLD_BY_OTHER_PARTNER"
    case syndicationNotEligible = "SYNDICATION_NOT_ELIGIBLE"
    case unknownFamily = "UNKNOWN_FAMILY"
    case useSwitch = "USE_SWITCH"
    case useTransfer = "USE_TRANSFER"
    // relationships and consent
    case adminExclusivity = "ADMIN_EXCLUSIVITY"
    case delegatedAdminNotSeparable = "DELEGATED_ADMIN_NOT_SEPARABLE"
    case globalAdminRequired = "GLOBAL_ADMIN_REQUIRED"
    case invitationAccepted = "INVITATION_ACCEPTED"
    case invitationDeclined = "INVITATION_DECLINED"
    case invitationExpired = "INVITATION_EXPIRED"
    case invitationSuperseded = "INVITATION_SUPERSEDED"
    case invitationWithdrawn = "INVITATION_WITHDRAWN"
    case noRelationship = "NO_RELATIONSHIP"
    case otherMarket = "OTHER_MARKET"
    case partnerSuspended = "PARTNER_SUSPENDED"
    case removalBlocked = "REMOVAL_BLOCKED"
    case removerNotAllowed = "REMOVER_NOT_ALLOWED"
    case requestorNotAllowed = "REQUESTOR_NOT_ALLOWED"
    case termsChanged = "TERMS_CHANGED"
    case wrongTenant = "WRONG_TENANT"
    // the rest
    case accessDenied = "ACCESS_DENIED"
    case accessEnded = "ACCESS_ENDED"
    case domainTaken = "DOMAIN_TAKEN"
    case effectiveTooEarly = "EFFECTIVE_TOO_EARLY"
    case importRejected = "IMPORT_REJECTED"
    case invalidInput = "INVALID_INPUT"
    case notFound = "NOT_FOUND"
    case packagePublished = "PACKAGE_PUBLISHED"
    case requestReused = "REQUEST_REUSED"
    case sandboxOnly = "SANDBOX_ONLY"
    case tooManySubscriptions = "TOO_MANY_SUBSCRIPTIONS"
}

/// What fills the gaps of a sentence; the catalogue writes it in the reader's language.
package enum Argument: Hashable, Codable, Sendable {
    case text(String)
    case day(Instant)
    case money(Money)
    case count(Int)
    /// Other words of the catalogue, by key.
    case words(String)
}

/// Something that can be done next: a name programs compare, a date and a cost where there are any.
package struct NextStep: Hashable, Codable, Sendable {
    package enum Action: String, Codable, CaseIterable, Sendable {
        case askProvider, askSeller, assignResourceRole, cancelFirst, cancelServicesOrWhole, createSubscription,
            enterDetails, forwardToGlobalAdmin, provideEvidence, readTermsAgain, recreate, renewPermission,
            requestPermission, settleAccount, switchPartner, transferLicense, useCustomerTenant, waitForTermEnd
    }

    package let action: Action
    package let date: Instant?
    package let cost: Money?
    package let arguments: [String: Argument]

    package init(_ action: Action, on date: Instant? = nil, cost: Money? = nil, arguments: [String: Argument] = [:]) {
        (self.action, self.date, self.cost, self.arguments) = (action, date, cost, arguments)
    }
}
