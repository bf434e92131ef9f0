import SuiroDomain
import Testing

/// What each step asks for besides its turn: with everything there it is done, and with one thing missing it is
/// refused.
@Suite struct MoveGuardMatrixTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let line: MoveLine.Name
        let step: MoveStep
        let reason: Reason
        let what: String
        let spoil: @Sendable (inout MoveScene, inout StepInput) throws -> Void

        init(
            _ line: MoveLine.Name,
            _ step: MoveStep,
            _ what: String,
            _ reason: Reason,
            _ spoil: @escaping @Sendable (inout MoveScene, inout StepInput) throws -> Void
        ) {
            (self.line, self.step, self.what, self.reason, self.spoil) = (line, step, what, reason, spoil)
        }

        var testDescription: String { "\(line.rawValue) \(step.rawValue): \(what)" }
    }

    private static let suspended: @Sendable (inout MoveScene, inout StepInput) -> Void = { scene, _ in
        scene.target.standing = .suspended
    }

    private static let untied: @Sendable (inout MoveScene, inout StepInput) -> Void = { scene, _ in
        scene.grants.removeAll { $0.partner == Sample.partner && $0.kind == .resellerTie }
    }

    /// REL-30: who is suspended does no step of its own, whatever the step.
    private static let standing: [Case] = MoveLine.Name.allCases.flatMap { name in
        MoveLine(name: name, initiator: .target).steps.filter { $0.who == .target }.map {
            Case(name, $0.step, "the target is suspended", .partnerSuspended, suspended)
        }
    }

    private static let others: [Case] = [
        Case(.waiting, .provision, "no relationship", .noRelationship, untied),
        Case(.recreatingWhole, .createTarget, "no relationship", .noRelationship, untied),
        Case(.cancelling, .provision, "the target cannot order", .partnerCannotTransact) { scene, _ in
            scene.target.kind = .indirectReseller
        },
        Case(.cancelling, .provision, "a replacement that nobody holds", .notFound) { _, input in
            input.replacement = Sample.id(99)
        },
        Case(.waiting, .endOld, "a millisecond before the term ends", .tooEarly) { scene, _ in
            scene.now = scene.now.adding(milliseconds: -1)
        },
        Case(.waiting, .compareSeats, "seats that nobody has assigned", .seatsUnassigned) { _, input in
            input.unassigned = 1
        },
        Case(.waiting, .compareSeats, "a replacement with too few seats", .seatsUnassigned) { scene, _ in
            let index = try #require(scene.subscriptions.indices.last)
            scene.subscriptions[index].quantity = 119
        },
        Case(.waiting, .compareSeats, "a replacement that has gone", .notFound) { scene, _ in
            scene.subscriptions.removeLast()
        },
        Case(.recreatingWhole, .assess, "a service without a verdict", .invalidInput) { _, input in
            input.services = [:]
        },
        Case(.recreatingWhole, .enterDetails, "details left out", .invalidInput) { _, input in
            input.details["contacts"] = " "
        },
        Case(.recreatingWhole, .enterDetails, "details nobody asked for", .invalidInput) { _, input in
            input.details["colour"] = "blue"
        },
        Case(.recreatingWhole, .enterDetails, "another subscription", .invalidInput) { _, input in
            input.details["oldSubscriptionId"] = "\(Sample.id(98) as ID<Subscription>)"
        },
        Case(.recreatingWhole, .chooseCancelScope, "no scope", .invalidInput) { _, input in
            input.scope = nil
        },
        Case(.recreatingWhole, .watchUsage, "a millisecond before the days are over", .tooEarly) { scene, _ in
            scene.now = scene.now.adding(milliseconds: -1)
        },
        Case(.recreatingWhole, .watchUsage, "use after the cancellation", .usageContinues) { scene, _ in
            scene.lastUse = [Sample.id(9): scene.now]
        },
        Case(.byForm, .confirmVerification, "the target is suspended", .partnerSuspended, suspended),
        Case(.byForm, .confirmVerification, "no relationship", .noRelationship, untied),
        Case(.movingBill, .confirmVerification, "no relationship", .noRelationship, untied),
        Case(.byForm, .verifyAccess, "access that was taken away again", .accessNotGranted) { scene, _ in
            scene.grants.removeAll { $0.partner == Sample.partner && $0.kind == .resourceRole }
        },
        Case(.transferring, .verifyAccess, "access that has run out", .accessNotGranted) { scene, _ in
            let grant = try #require(scene.grants.first { $0.partner == Sample.partner && $0.kind == .dap })
            scene.now = grant.until
        },
    ]

    static let cases = standing + others

    /// The scene in which nothing but its doing is missing from a step.
    private func ready(_ step: MoveStep, _ line: MoveLine) throws -> MoveScene {
        let index = try #require(line.steps.firstIndex { $0.step == step })
        let station = try line.stations().first {
            if case .running(index, isReady: true, _) = $0.point { true } else { false }
        }
        return try #require(station).scene
    }

    @Test(arguments: cases)
    func `a step is done when it has all it asks for, and refused when one thing is missing`(check: Case) throws {
        let line = MoveLine(name: check.line, initiator: .target)
        var scene = try ready(check.step, line)
        let who = try #require(line.steps.first { $0.step == check.step }?.who)
        let turn = MoveTurn.step(check.step, who)
        var (whole, input) = (scene, StepInput.whatIsAsked(of: check.step, scope: scene.scope))
        guard case .done = try whole.take(turn, input) else {
            Issue.record("not even with everything")
            return
        }
        try check.spoil(&scene, &input)
        #expect(try scene.take(turn, input) == .refused(check.reason))
    }

    @Test func `OP-45 what failed at the cut-over does not go to a partner that is suspended by then`() throws {
        let line = MoveLine(name: .byForm, initiator: .target)
        var scene = try line.scene()
        let first = scene.subscriptions[0]
        let second = Subscription(
            id: Sample.id(10),
            customer: first.customer,
            name: "Storage",
            family: .usage,
            channel: .csp,
            source: .managed,
            seller: first.seller,
            billOwner: first.seller,
            createdAt: first.createdAt
        )
        scene.subscriptions.append(second)
        scene.wish.subscriptions.append(second.id)
        try scene.request()
        for party in line.consents.sorted() { _ = try scene.take(.approve(party)) }
        for step in [MoveStep.openRequest, .checkSignatures, .confirmVerification] {
            _ = try scene.take(.step(step, .source))
        }
        // The first leaves; the second goes over.
        #expect(try scene.take(.callOff) == .done(.scheduled))
        scene.now = try #require(scene.move?.progress?.cutover)
        var good = scene
        #expect(try good.take(.step(.cutOver, .target)) == .done(.handover))
        scene.target.standing = .suspended
        #expect(try scene.take(.step(.cutOver, .target)) == .refused(.partnerSuspended))
        scene.target.standing = .good
        scene.grants.removeAll { $0.partner == Sample.partner }
        #expect(try scene.take(.step(.cutOver, .target)) == .refused(.noRelationship))
    }
}
