import SuiroSimulation
import Testing

/// The simulator is worth what it finds: each of these faults is planted, and found by the promise it breaks.
@Suite struct PlantedBugTests {
    private static let promises: [PlantedBug: Promise] = [
        .missingConsent: .doneAsApproved,
        .staleTermsAccepted: .doneAsApproved,
        .killSwitchIgnored: .switchStops,
        .overlapOfOneDay: .oneBillOwner,
        .gapOfOneDay: .oneBillOwner,
        .partnerOfRecordFollows: .independentFacts,
        .forgottenAccess: .leftoversRecorded,
        .leftoverIgnored: .nothingLeftOpen,
        .roundingError: .statementsAddUp,
        .sweeperDependence: .nothingWaitsForSweeper,
        .observedCancelled: .observedUntouched,
        .grantWithoutConsent: .accessByConsent,
        .grantWithoutEnd: .rightsWithinApproval,
        .aliasLost: .bothNamesHold,
        .twoOpenMoves: .oneOpenMove,
        .policyReadWithoutRecord: .everyReadRecorded,
        .obligationEndsWithAccess: .dutyOutlivesAccess,
        .stepByAnybody: .stepsInOrder,
        .verdictGuessed: .nothingEndsUnjudged,
        .oldOneStaysActive: .nothingEndsUnjudged,
        .exclusivityForgotten: .exclusivity,
        .resaleForgotten: .noResale,
        .cloudsJoined: .cloudsApart,
        .previewWrites: .previewChangesNothing,
        .halfSaved: .onceIsOnce,
        .receiptForgotten: .onceIsOnce,
        .closedMoveReopened: .closedStaysClosed,
        .cutOverKept: .oneBillOwner,
        .replacementKept: .calledOffIsUndone,
        .relationshipSeenLate: .reasonsHold,
        .standingIgnored: .suspendedGainsNothing,
    ]

    @Test(arguments: PlantedBug.allCases)
    func `a planted bug is found by the promise it breaks`(bug: PlantedBug) async throws {
        let promise = try #require(Self.promises[bug])
        let result = await Seeds(1..<1001, bugs: [bug]).play(until: { $0.failures.contains { $0.breaks(promise) } })
        let failure = result.failures.first { $0.breaks(promise) }
        #expect(failure != nil, "\(result.failures.prefix(3).map(\.breaches))")
    }

    @Test func `every promise is broken by some planted bug, so that none of them is idle`() {
        let idle = Set(Promise.allCases).subtracting(Self.promises.values)
        // Who is active at a cut-over is settled in the domain alone; nothing around it could forget it.
        #expect(idle == [.onlyActiveGoes])
    }

    @Test func `a story is shortened to what it takes`() throws {
        let failure = try #require(
            (UInt64(1)...200).lazy.compactMap { Simulation(seed: $0, bugs: [.aliasLost]).failure }.first
        )
        let shortened = failure.shortened()
        #expect(shortened.breaks(.bothNamesHold))
        #expect(shortened.acts.count <= 12)
        for index in shortened.acts.indices {
            var acts = shortened.acts
            acts.remove(at: index)
            #expect(Simulation(seed: failure.seed, bugs: [.aliasLost], acts: acts).failure == nil)
        }
        #expect("\(shortened)".contains("Seed \(failure.seed) breaks a promise"))
    }
}
