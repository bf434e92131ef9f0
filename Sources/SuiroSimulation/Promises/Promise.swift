/// What must be true of a world after every command, whatever happened: the invariants of the domain specification
/// (section 4.0) and what a move promises beyond them.
package enum Promise: String, CaseIterable, Hashable, Sendable {
    case independentFacts = "INV-01"
    case accessByConsent = "INV-02"
    case oneBillOwner = "INV-03"
    case observedUntouched = "INV-04"
    case noResale = "INV-05"
    case leftoversRecorded = "INV-06"
    case dutyOutlivesAccess = "INV-07"
    case rightsWithinApproval = "INV-08"
    case everyReadRecorded = "INV-09"
    case cloudsApart = "INV-10"
    case nothingEndsUnjudged = "INV-11"
    case exclusivity = "INV-12"
    case previewChangesNothing = "PREVIEW"
    case doneAsApproved = "CONSENT"
    case nothingLeftOpen = "LEFTOVERS"
    case oneOpenMove = "ONE MOVE"
    case stepsInOrder = "STEPS"
    case closedStaysClosed = "CLOSED"
    case nothingWaitsForSweeper = "SWEEPER"
    case statementsAddUp = "STATEMENTS"
    case onceIsOnce = "DELIVERY"
    case switchStops = "KILL SWITCH"
    case suspendedGainsNothing = "REL-30"
    case bothNamesHold = "OP-26"
    case onlyActiveGoes = "TR-07"
    case reasonsHold = "REASONS"
    case calledOffIsUndone = "OP-13"

    package var sentence: String {
        switch self {
        case .independentFacts:
            "Seller, bill owner, partner of record, support contact and access change only where a rule says so."
        case .accessByConsent: "Every path of access traces to a customer's decision: person, time and text."
        case .oneBillOwner:
            "A subscription has exactly one bill owner at any instant, and nobody is billed twice or not."
        case .observedUntouched: "What another channel sold is changed only by its customer's word."
        case .noResale: "Nothing is sold to a partner of the program, nor to oneself."
        case .leftoversRecorded: "Ending leaves a record of every path of access that survives."
        case .dutyOutlivesAccess: "The duty to support outlives access and ends only by transfer."
        case .rightsWithinApproval: "Rights are never more, and never last longer, than what was approved."
        case .everyReadRecorded: "No rule is read without a record, and the record alone gives the same result again."
        case .cloudsApart: "Nothing in one cloud names anybody of another."
        case .nothingEndsUnjudged: "Nothing is cancelled before every service is judged, or replaced while it runs."
        case .exclusivity: "No more partners transact one service than policy allows."
        case .previewChangesNothing: "A preview changes nothing, and says the same when it is asked for again."
        case .doneAsApproved: "What everybody approved is what is done."
        case .nothingLeftOpen: "A move that is over has left nobody a way in that is not decided about."
        case .oneOpenMove: "A subscription is in one open move at most."
        case .stepsInOrder: "Steps are done by their party, in their order."
        case .closedStaysClosed: "A move that has ended stays as it ended."
        case .nothingWaitsForSweeper: "What time has ended is over, whether or not the sweeper has been there."
        case .statementsAddUp: "Statements add up to what was used, to the last minor unit."
        case .onceIsOnce: "Refused or lost changes nothing, and delivered twice is done once."
        case .switchStops: "While moves are switched off none is asked for or agreed."
        case .suspendedGainsNothing: "A suspended partner is given nothing."
        case .bothNamesHold: "A switched subscription answers to both its names."
        case .onlyActiveGoes: "Only what is active changes hands."
        case .reasonsHold: "What is refused is refused for a reason that holds now."
        case .calledOffIsUndone: "What is called off is undone, and nothing else with it."
        }
    }
}

/// A promise that was broken, and by what.
package struct Breach: Hashable, Sendable {
    package let promise: Promise
    package let detail: String
}
