/// Why something is so: a stable code that programs compare and the catalogue turns into a sentence.
package enum Reason: String, Codable, CaseIterable, Sendable {
    // what may be done
    case ownSale = "OWN_SALE"
    case permissionGranted = "PERMISSION_GRANTED"
    case permissionMayBeRequested = "PERMISSION_MAY_BE_REQUESTED"
    case switchAllowed = "SWITCH_ALLOWED"
    case billingMoveAllowed = "BILLING_MOVE_ALLOWED"
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
    // the life of a subscription
    case autoRenewNotPossible = "AUTO_RENEW_NOT_POSSIBLE"
    case baseNotActive = "BASE_NOT_ACTIVE"
    case cancelWindowOver = "CANCEL_WINDOW_OVER"
    case cannotBeReactivated = "CANNOT_BE_REACTIVATED"
    case decreaseWindowOver = "DECREASE_WINDOW_OVER"
    case endOfTermNotOffered = "END_OF_TERM_NOT_OFFERED"
    case noConversion = "NO_CONVERSION"
    case noUpgrade = "NO_UPGRADE"
    case observedOnly = "OBSERVED_ONLY"
    case supportContactNotOffered = "SUPPORT_CONTACT_NOT_OFFERED"
    case suspensionReasonNotAllowed = "SUSPENSION_REASON_NOT_ALLOWED"
    case trialSeatLimit = "TRIAL_SEAT_LIMIT"
    // moves
    case accessNotGranted = "ACCESS_NOT_GRANTED"
    case addOnDepends = "ADD_ON_DEPENDS"
    case alreadyMoving = "ALREADY_MOVING"
    case consentNotNeeded = "CONSENT_NOT_NEEDED"
    case differentSellers = "DIFFERENT_SELLERS"
    case handoverOrder = "HANDOVER_ORDER"
    case leftoverResolved = "LEFTOVER_RESOLVED"
    case leftoversStand = "LEFTOVERS_STAND"
    case moveNotOpen = "MOVE_NOT_OPEN"
    case movesNotAvailable = "MOVES_NOT_AVAILABLE"
    case notYourMove = "NOT_YOUR_MOVE"
    case notYourStep = "NOT_YOUR_STEP"
    case planNotOffered = "PLAN_NOT_OFFERED"
    case seatsUnassigned = "SEATS_UNASSIGNED"
    case stepLocked = "STEP_LOCKED"
    case termUnknown = "TERM_UNKNOWN"
    case tooEarly = "TOO_EARLY"
    case tooManyItems = "TOO_MANY_ITEMS"
    case usageContinues = "USAGE_CONTINUES"
    case withdrawalTooLate = "WITHDRAWAL_TOO_LATE"
    // granular delegated administration
    case autoExtendDays = "AUTO_EXTEND_DAYS"
    case autoExtendRole = "AUTO_EXTEND_ROLE"
    case delegatedAccessAgent = "DELEGATED_ACCESS_AGENT"
    case delegatedAccessEnded = "DELEGATED_ACCESS_ENDED"
    case delegatedAccessGroup = "DELEGATED_ACCESS_GROUP"
    case delegatedAccessRole = "DELEGATED_ACCESS_ROLE"
    case delegatedAccessUnassigned = "DELEGATED_ACCESS_UNASSIGNED"
    case delegationDuration = "DELEGATION_DURATION"
    case delegationNameTaken = "DELEGATION_NAME_TAKEN"
    case delegationNameTooLong = "DELEGATION_NAME_TOO_LONG"
    case delegationNotAvailable = "DELEGATION_NOT_AVAILABLE"
    case delegationState = "DELEGATION_STATE"
    case groupAlreadyAssigned = "GROUP_ALREADY_ASSIGNED"
    case lastAccessPath = "LAST_ACCESS_PATH"
    case partnerConsent = "PARTNER_CONSENT"
    case rolesNotApproved = "ROLES_NOT_APPROVED"
    // Azure and bills
    case alreadyUpgraded = "ALREADY_UPGRADED"
    case azureNotActive = "AZURE_NOT_ACTIVE"
    case entitlementActive = "ENTITLEMENT_ACTIVE"
    case entitlementNotActive = "ENTITLEMENT_NOT_ACTIVE"
    case noAzureSubscription = "NO_AZURE_SUBSCRIPTION"
    case notAzure = "NOT_AZURE"
    case upgradeOfOtherCustomer = "UPGRADE_OF_OTHER_CUSTOMER"
    // the rest
    case accessDenied = "ACCESS_DENIED"
    case accessEnded = "ACCESS_ENDED"
    case domainTaken = "DOMAIN_TAKEN"
    case targetViewUnknown = "TARGET_VIEW_UNKNOWN"
    case targetSegmentUnknown = "TARGET_SEGMENT_UNKNOWN"
    case cartHasErrors = "CART_HAS_ERRORS"
    case cartSubmitted = "CART_SUBMITTED"
    case consentExists = "CONSENT_EXISTS"
    case deviceBatchExists = "DEVICE_BATCH_EXISTS"
    case devicePolicyInUse = "DEVICE_POLICY_IN_USE"
    case qualificationHeld = "QUALIFICATION_HELD"
    case sandboxLimit = "SANDBOX_LIMIT"
    // agreements
    case agreementAlreadyConfirmed = "AGREEMENT_ALREADY_CONFIRMED"
    case agreementMissing = "AGREEMENT_MISSING"
    case networkNumberUnknown = "NETWORK_NUMBER_UNKNOWN"
    case noPartnerAccount = "NO_PARTNER_ACCOUNT"
    case notAReseller = "NOT_A_RESELLER"
    case partnerIDMalformed = "PARTNER_ID_MALFORMED"
    case partnerIDMissing = "PARTNER_ID_MISSING"
    case partnerOfOtherRegion = "PARTNER_OF_OTHER_REGION"
    case activationNotNeeded = "ACTIVATION_NOT_NEEDED"
    case alreadyActivated = "ALREADY_ACTIVATED"
    case billingCycleNotOffered = "BILLING_CYCLE_NOT_OFFERED"
    case orderLineUnknown = "ORDER_LINE_UNKNOWN"
    case orderNotActive = "ORDER_NOT_ACTIVE"
    case overageNotEligible = "OVERAGE_NOT_ELIGIBLE"
    case overageOfAnother = "OVERAGE_OF_ANOTHER"
    case noLicenseLeft = "NO_LICENSE_LEFT"
    case userNameTaken = "USER_NAME_TAKEN"
    case effectiveTooEarly = "EFFECTIVE_TOO_EARLY"
    case importRejected = "IMPORT_REJECTED"
    case invalidInput = "INVALID_INPUT"
    case notFound = "NOT_FOUND"
    case packageNotAnnounced = "PACKAGE_NOT_ANNOUNCED"
    case packagePublished = "PACKAGE_PUBLISHED"
    case requestReused = "REQUEST_REUSED"
    case sandboxOnly = "SANDBOX_ONLY"
    case switchAlreadySet = "SWITCH_ALREADY_SET"
    case tooFewChannels = "TOO_FEW_CHANNELS"
    case tooManyInvitations = "TOO_MANY_INVITATIONS"
    case tooManySubscriptions = "TOO_MANY_SUBSCRIPTIONS"
    case tooManyTestEvents = "TOO_MANY_TEST_EVENTS"
    case webhookEventUnknown = "WEBHOOK_EVENT_UNKNOWN"
    case webhookExists = "WEBHOOK_EXISTS"
    case webhookTargetNotAllowed = "WEBHOOK_URL_NOT_ALLOWED"
}

/// What fills the gaps of a sentence; the catalogue writes it in the reader's language.
package enum Argument: Hashable, Codable, Sendable {
    case text(String)
    case day(Instant)
    /// A day with its time, in UTC: where a deadline counts hours.
    case moment(Instant)
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
            requestPermission, settleAccount, switchPartner, transferLicense, useCustomerTenant, waitForTermEnd,
            cancelAtTermEnd, cancelExtension, cancelInTime, chooseEndOfTerm, exportData, payExtension,
            payWhileSuspended,
            reactivate, reactivateBase, receiveCredit, removeSeats, turnOnAutoRenew, grantAccess, includeAddOn,
            renewMove, resolveLeftovers, verifyAccess, waitForTurn, recordAgreement
    }

    package let action: Action
    package let date: Instant?
    package let cost: Money?
    package let arguments: [String: Argument]

    package init(_ action: Action, on date: Instant? = nil, cost: Money? = nil, arguments: [String: Argument] = [:]) {
        (self.action, self.date, self.cost, self.arguments) = (action, date, cost, arguments)
    }
}
