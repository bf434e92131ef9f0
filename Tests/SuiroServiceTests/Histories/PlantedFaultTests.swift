import SuiroDomain
import SuiroTesting
import Testing

/// The histories would show it if the service made mistakes: each of these is found.
@Suite struct PlantedFaultTests {
    private static let histories = 100

    private func expectFound<Rules: Model>(
        sourceLocation: SourceLocation = #_sourceLocation,
        _ play: @escaping @Sendable (Int, inout Chance) async throws -> Play<Rules>
    ) async throws {
        let broken = try await Rounds(play: play).firstBroken(of: Self.histories)
        #expect(broken != nil, sourceLocation: sourceLocation)
    }

    private func invitations(_ driver: TestDriver) async throws -> InvitationHistories {
        try await InvitationHistories(on: driver, count: Self.histories, hasAddress: true)
    }

    private func grants(_ driver: TestDriver) async throws -> AccessHistories {
        try await AccessHistories.ofOneGrant(on: driver, count: Self.histories)
    }

    @Test(arguments: TestDriver.available)
    func `a read that is answered from a stale snapshot is found`(driver: TestDriver) async throws {
        let invitations = try await invitations(driver)
        try await expectFound { index, chance in
            invitations.play(index, &chance).through {
                PlantedFaults.readingFromACache([.readAsCustomer, .readAsPartner], $0)
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `a write that answers from what it read before is found`(driver: TestDriver) async throws {
        let invitations = try await invitations(driver)
        try await expectFound { invitations.play($0, &$1).through(PlantedFaults.answeringFromTheReadBefore) }
    }

    @Test(arguments: TestDriver.available)
    func `a repetition that is done a second time is found`(driver: TestDriver) async throws {
        let invitations = try await invitations(driver)
        try await expectFound { invitations.play($0, &$1).through(PlantedFaults.forgettingKeys) }
    }

    @Test(arguments: TestDriver.available)
    func `two who both end one invitation are found`(driver: TestDriver) async throws {
        let invitations = try await invitations(driver)
        try await expectFound { invitations.play($0, &$1).through(PlantedFaults.checkingFirstOnly) }
    }

    @Test(arguments: TestDriver.available)
    func `a permission that outlives its revocation is found`(driver: TestDriver) async throws {
        let grants = try await grants(driver)
        try await expectFound { try await grants.play($0, &$1).through(PlantedFaults.rememberingPermission) }
    }

    @Test(arguments: TestDriver.available)
    func `an access list that is read from a stale snapshot is found`(driver: TestDriver) async throws {
        let grants = try await grants(driver)
        try await expectFound { index, chance in
            try await grants.play(index, &chance).through { PlantedFaults.readingFromACache([.readAsCustomer], $0) }
        }
    }

    @Test(arguments: TestDriver.available)
    func `a change that is made although its caller saw an older revision is found`(driver: TestDriver) async throws {
        let subscriptions = try await SubscriptionHistories(on: driver, count: Self.histories)
        try await expectFound {
            try await subscriptions.play($0, &$1).through(PlantedFaults.ignoringWhatWasSeen)
        }
    }

    @Test(arguments: TestDriver.available)
    func `a move that is read from a stale snapshot is found`(driver: TestDriver) async throws {
        let moves = try await MoveHistories(on: driver, count: Self.histories)
        let reads = Set(MoveParty.allCases.map { MoveModel.Input(party: $0, wish: .read) })
        try await expectFound { index, chance in
            try await moves.play(index, &chance).through { PlantedFaults.readingFromACache(reads, $0) }
        }
    }

    @Test(arguments: TestDriver.available)
    func `two who both end one move are found`(driver: TestDriver) async throws {
        let moves = try await MoveHistories(on: driver, count: Self.histories)
        try await expectFound { try await moves.play($0, &$1).through(PlantedFaults.endingWhatWasOpen) }
    }

    @Test(arguments: TestDriver.available)
    func `INV-03 two moves that both hold one subscription are found`(driver: TestDriver) async throws {
        let requests = try await MoveRequestHistories(on: driver, count: Self.histories)
        try await expectFound { try await requests.play($0, &$1).through(PlantedFaults.openingWhatWasFree) }
    }
}
