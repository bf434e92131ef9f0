import FoundationEssentials
import HTTPTypes
import SuiroAPI
import SuiroDomain
import Testing

/// What a refusal in a move is on the wire.
@Suite struct MoveFaultTests {
    private static let row = PolicyRow.ID(rawValue: "a-row")
    private static let subscription: ID<Subscription> = ID(UUID())

    private func fault(_ reason: Reason, from instant: Instant? = nil) -> Fault {
        Fault(Refusal.moveBlocked(Blocker(reason, "SM-8", row: Self.row, of: Self.subscription, from: instant)))
    }

    @Test(arguments: [
        (Reason.noRelationship, 403, 20002), (.alreadyMoving, 409, 900_102), (.partnerSuspended, 403, 900_149),
        (.resaleForbidden, 403, 800_020), (.tooManySubscriptions, 403, 800_066), (.otherMarket, 403, 2030),
        (.movesNotAvailable, 403, 900_127), (.licenseSwitchForbidden, 400, 800_024), (.tooManyItems, 400, 800_024),
    ])
    func `what is in the way of a move is answered as the same thing is elsewhere`(
        reason: Reason,
        status: Int,
        code: Int
    ) {
        let fault = fault(reason)
        #expect(fault.status.code == status)
        #expect(fault.code == code)
        #expect(fault.reason == reason.rawValue)
        #expect(fault.row == Self.row)
        #expect(fault.data == ["\(Self.subscription)"])
    }

    @Test func `S-16 a blocker says from when it is gone`() {
        #expect(fault(.licenseSwitchForbidden, from: .latest).availableFrom == .latest)
        #expect(Fault(Refusal.tooEarly(from: .latest)).availableFrom == .latest)
    }

    @Test(arguments: [
        Refusal.moveNotOpen(.completed), .withdrawalTooLate, .stepLocked(.removeAccess, waitsFor: .grantAccess),
        .tooEarly(from: .latest), .seatsUnassigned(count: 2), .usageContinues(last: .latest), .accessNotGranted,
        .leftoversStand(count: 1), .leftoverResolved, .handoverOrder,
    ])
    func `what the state of a move does not allow is a conflict`(refusal: Refusal) {
        #expect(Fault(refusal).status == .conflict)
        #expect(Fault(refusal).code == 900_102)
    }

    @Test(arguments: [Refusal.consentNotNeeded(.source), .notYourMove(row: row), .notYourStep(.customer)])
    func `what belongs to another party is forbidden`(refusal: Refusal) {
        #expect(Fault(refusal).status == .forbidden)
        #expect(Fault(refusal).code == 900_150)
    }
}
