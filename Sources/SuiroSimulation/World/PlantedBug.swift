/// A fault that can be planted into the world around the domain, to show that it would be found. Each is a mistake that
/// a service could make with the domain's answers, or that a rule could have.
package enum PlantedBug: String, CaseIterable, Hashable, Sendable {
    /// When all but one have agreed, the last consent is filled in.
    case missingConsent
    /// What a party agrees to is not compared with what it was shown.
    case staleTermsAccepted
    /// Agreeing does not look at the switch that stops moves.
    case killSwitchIgnored
    /// The leaving partner's invoices are told of a cut-over a day late.
    case overlapOfOneDay
    /// The new partner's invoices begin a day late.
    case gapOfOneDay
    /// The partner of record goes over with the bill.
    case partnerOfRecordFollows
    /// Guests and resource roles are not looked for when a partner leaves.
    case forgottenAccess
    /// A move ends although somebody can still reach in.
    case leftoverIgnored
    /// Each line of a statement is rounded by itself.
    case roundingError
    /// What has run out still counts until the sweeper has been there.
    case sweeperDependence
    /// What another channel sold can be cancelled here.
    case observedCancelled
    /// A grant is saved and the consent behind it is not.
    case grantWithoutConsent
    /// A grant of a move never ends.
    case grantWithoutEnd
    /// The second name of a switched subscription is not kept.
    case aliasLost
    /// Rivals decide before they see each other's moves.
    case twoOpenMoves
    /// Rules of an older edition are read and not written down.
    case policyReadWithoutRecord
    /// The duty to support goes with the access.
    case obligationEndsWithAccess
    /// Whoever is there may do any step.
    case stepByAnybody
    /// What nobody has judged counts as movable.
    case verdictGuessed
    /// A licence that was replaced is not ended.
    case oldOneStaysActive
    /// Accepting does not see who else has delegated administration.
    case exclusivityForgotten
    /// A buyer that is a partner of the program counts as a customer.
    case resaleForgotten
    /// Partners of all clouds are looked up in one place.
    case cloudsJoined
    /// A preview turns auto-renew off, to be ready.
    case previewWrites
    /// A crash comes between saving a move and doing what it decided.
    case halfSaved
    /// What is delivered twice is done twice.
    case receiptForgotten
    /// An approval is decided on a move as it was read before somebody called it off.
    case closedMoveReopened
    /// A cut-over that is called off comes about.
    case cutOverKept
    /// What was bought for a move that is called off stays.
    case replacementKept
    /// A relationship that was accepted after a move was asked for is not seen.
    case relationshipSeenLate
    /// A suspended partner's standing is not looked at.
    case standingIgnored
}
