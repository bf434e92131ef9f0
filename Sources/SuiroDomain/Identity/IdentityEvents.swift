/// What happened to people's and programs' ways in; the raw value is its name in the event log.
package enum IdentityEvent: String, Hashable, CaseIterable, Sendable {
    case personAdded, enrolmentIssued, personEnrolled, signInSucceeded, signInFailed, signInHeldOff, signInSprayed,
        clientRegistered, clientSecretRenewed, clientRevoked, clientAuthorized, tokenReused, signedOut, sessionEnded,
        clientRefused, signingKeyRotated, tokensRefused, identityBound, identityUnbound, personDeactivated,
        personReactivated
}
