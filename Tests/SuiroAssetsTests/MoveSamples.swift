import FoundationEssentials
import SuiroDomain

extension EventSamples {
    static let moves: [Event] = [
        .moveRequested(move), .moveConsented(move, party: .source), .moveConsentRetracted(move, party: .source),
        .moveAgreed(move), .moveDeclined(move, party: .source), .moveWithdrawn(move, party: .target),
        .moveExpired(move), .moveReminded(move), .moveScheduled(move), .moveCutOver(move),
        .moveItemFailed(move, subscription: ID(UUID())), .moveStepDone(move, step: .grantAccess), .moveNoted(move),
        .moveCompleted(move), .moveFinishedWithErrors(move), .leftoverFound(ID(UUID())),
        .leftoverResolved(ID(UUID())),
    ]

    private static let move: ID<Move> = ID(UUID())
}

extension RefusalSamples {
    static let moves: [Refusal] =
        blockers.map { .moveBlocked($0) } + MoveState.allCases.map { .moveNotOpen($0) }
        + MoveParty.allCases.map { .consentNotNeeded($0) } + StepActor.allCases.map { .notYourStep($0) }
        + MoveStep.allCases.map { .stepLocked($0, waitsFor: .provision) }
        + [
            .notYourMove(row: row), .withdrawalTooLate, .stepLocked(.cutOver, waitsFor: nil), .tooEarly(from: .latest),
            .seatsUnassigned(count: 1), .usageContinues(last: .latest), .accessNotGranted, .leftoversStand(count: 2),
            .leftoverResolved, .handoverOrder,
        ]

    private static let row = PolicyRow.ID(rawValue: "a-row")

    /// What is in the way of a move, each with the arguments that come with it.
    private static let blockers: [Blocker] = [
        Blocker(.movesNotAvailable, "6.1", row: row), Blocker(.planNotOffered, "S-17", row: row),
        Blocker(.termUnknown, "LIC-11"), Blocker(.alreadyMoving, "INV-03", arguments: product),
        Blocker(.differentSellers, "TR-07", arguments: product), Blocker(.addOnDepends, "OP-49", arguments: product),
        Blocker(.noRelationship, "SW-09", arguments: partner), Blocker(.partnerSuspended, "REL-30", arguments: partner),
        Blocker(.alreadyYours, "SM-0", arguments: partner),
        Blocker(.otherMarket, "LT-08", row: row, arguments: partner),
        Blocker(.tooManyItems, "LT-05", row: row, arguments: ["limit": .count(25)]),
        Blocker(.tooManySubscriptions, "LIC-10", row: row, arguments: ["limit": .count(150)]),
    ]

    private static let product: [String: Argument] = ["product": .text("Office 365 E3")]
    private static let partner: [String: Argument] = ["partner": .text("Hokusei Systems")]
}

/// What comes with a consequence: from the planner, and from the page that knows its subscription and its date.
enum ConsequenceSamples {
    static func arguments(_ code: Consequence.Code) -> [String: Argument] {
        switch code {
        case .priceTerms, .resourceRoles, .history, .supportPlan, .quotas, .reservations, .assignments, .seatsAndTerm,
            .oldSubscription, .data, .accessGap, .doubleBilling, .licensesToReassign, .quotasReset, .providerWarnings,
            .priceOfNewPartner, .marketplace, .devTestRate:
            [:]
        case .noRefund, .extendedTerm, .addOnDepends: ["product": product]
        case .renewal: ["product": product, "date": .day(.latest)]
        case .dataDeleted: ["product": product, "date": .day(.latest), "days": .count(30), "count": .count(30)]
        case .sameServiceElsewhere: ["product": product, "seats": .count(40), "ending": .count(120)]
        case .reservationsStop: ["date": .day(.latest)]
        case .serviceDowntime, .serviceKnownBlocker, .serviceDependencies, .serviceUnknown, .serviceClassic:
            ["service": .text("load balancer")]
        case .coolingTime: ["count": .count(24)]
        case .lateUsage: ["mode": .words("lateReported.\(LateReported.byUse.rawValue)")]
        }
    }

    private static let product: Argument = .text("Office 365 E3")
}
