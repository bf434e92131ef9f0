import SuiroDomain
import Testing

/// Every turn that anybody can take at every point of every line, against what people wrote down about it (SM-6 …
/// SM-9).
@Suite struct MoveTurnMatrixTests {
    /// What a party's answer meets: `ok` is taken, `=` changes nothing, all else is the reason of the refusal.
    /// Somebody whose word is not needed is told so, wherever the move stands.
    private static let answers = Grid(
        """
        answer             waits          agreed         lapsed         running        closed
        approve            ok             =              MOVE_NOT_OPEN  =              MOVE_NOT_OPEN
        approveOtherTerms  TERMS_CHANGED  TERMS_CHANGED  MOVE_NOT_OPEN  MOVE_NOT_OPEN  MOVE_NOT_OPEN
        decline            ok             ok             MOVE_NOT_OPEN  MOVE_NOT_OPEN  MOVE_NOT_OPEN
        retract            =              ok             MOVE_NOT_OPEN  MOVE_NOT_OPEN  MOVE_NOT_OPEN
        """
    )

    /// Who may call a move off, and until when: `named` is who the policy row names while it waits.
    private static let withdrawals = Grid(
        """
        who            waits          lapsed         running        tooLate              closed
        initiator      ok             MOVE_NOT_OPEN  ok             WITHDRAWAL_TOO_LATE  MOVE_NOT_OPEN
        namedCustomer  ok             MOVE_NOT_OPEN  ok             WITHDRAWAL_TOO_LATE  MOVE_NOT_OPEN
        customer       NOT_YOUR_MOVE  MOVE_NOT_OPEN  ok             WITHDRAWAL_TOO_LATE  MOVE_NOT_OPEN
        named          ok             MOVE_NOT_OPEN  NOT_YOUR_MOVE  NOT_YOUR_MOVE        MOVE_NOT_OPEN
        other          NOT_YOUR_MOVE  MOVE_NOT_OPEN  NOT_YOUR_MOVE  NOT_YOUR_MOVE        MOVE_NOT_OPEN
        """
    )

    /// A step of one's own, of another party, of nobody (the cut-over), or of another line: `ok` unless it waits for
    /// something.
    private static let steps = Grid(
        """
        whose    done           turn           later          waits        lapsed         closed
        own      =              ok             STEP_LOCKED    STEP_LOCKED  MOVE_NOT_OPEN  MOVE_NOT_OPEN
        others   NOT_YOUR_STEP  NOT_YOUR_STEP  NOT_YOUR_STEP  STEP_LOCKED  MOVE_NOT_OPEN  MOVE_NOT_OPEN
        nobodys  =              TOO_EARLY      STEP_LOCKED    STEP_LOCKED  MOVE_NOT_OPEN  MOVE_NOT_OPEN
        unknown  NOT_FOUND      NOT_FOUND      NOT_FOUND      NOT_FOUND    NOT_FOUND      NOT_FOUND
        """
    )

    /// What the steps wait for that are not ready when their turn comes.
    private static let waits: [MoveStep: Reason] = [
        .endOld: .tooEarly, .watchUsage: .tooEarly, .removeAccess: .leftoversStand,
    ]

    @Test(arguments: MoveLine.all)
    func `every turn by every party at every point has the answer that is written down`(line: MoveLine) throws {
        var wrong: [String] = []
        let stations = try line.stations()
        for station in stations {
            for turn in MoveTurn.all {
                var scene = station.scene
                let (found, expected) = (try scene.take(turn), try expected(turn, at: station.point, of: line))
                if found.description != expected {
                    wrong.append("\(station.point) \(turn): \(found), not \(expected)")
                }
            }
        }
        #expect(stations.count >= 13)
        #expect(MoveTurn.all.count == 4 + 3 * (5 + MoveStep.allCases.count))
        #expect(
            wrong.isEmpty,
            "\(wrong.count) of \(stations.count * MoveTurn.all.count):\n\(wrong.joined(separator: "\n"))"
        )
    }

    private func expected(_ turn: MoveTurn, at point: MoveStation.Point, of line: MoveLine) throws -> String {
        switch turn {
        case .request: return point.isOpen ? Reason.alreadyMoving.rawValue : "="
        case .expire: return point == .lapsed ? "→expired" : "="
        case .callOff:
            guard case .running(let done, _, _) = point, line.steps[done].step == .cutOver else { return "=" }
            return "→finishedWithErrors"
        case .leftoversResolved:
            guard case .running(let done, _, isClear: true) = point, line.steps[done].step == .removeAccess else {
                return "="
            }
            return "→completed"
        case .approve(let party): return try answer("approve", party, point, line)
        case .approveOtherTerms(let party): return try answer("approveOtherTerms", party, point, line)
        case .decline(let party): return try answer("decline", party, point, line)
        case .retract(let party): return try answer("retract", party, point, line)
        case .withdraw(let party):
            let cell = try Self.withdrawals.cell(line.withdrawing(party), line.column(of: point))
            return cell == "ok" ? "→withdrawn" : cell
        case .step(let step, let party): return try performing(step, party, point, line)
        }
    }

    private func answer(
        _ row: String,
        _ party: MoveParty,
        _ point: MoveStation.Point,
        _ line: MoveLine
    ) throws -> String {
        guard line.consents.contains(party) else { return Reason.consentNotNeeded.rawValue }
        guard case .pending(let agreed, let isPlanned) = point else {
            return try Self.answers.cell(row, point == .lapsed ? "lapsed" : point.isOpen ? "running" : "closed")
        }
        // SW-09: whoever agrees to take something over needs the relationship.
        if row == "approve", isPlanned, party == .target { return Reason.noRelationship.rawValue }
        let cell = try Self.answers.cell(row, agreed.contains(party) ? "agreed" : "waits")
        guard cell == "ok" else { return cell }
        if row == "decline" { return "→declined" }
        guard row == "retract" || agreed.union([party]) != line.consents else {
            return "→\(line.state(done: line.first).rawValue)"
        }
        return isPlanned ? "→planned" : "→awaitingConsent"
    }

    private func performing(
        _ step: MoveStep,
        _ party: MoveParty,
        _ point: MoveStation.Point,
        _ line: MoveLine
    ) throws -> String {
        let steps = line.steps(done: point.done)
        guard let index = steps.firstIndex(where: { $0.step == step }) else {
            return try Self.steps.cell("unknown", "turn")
        }
        let who = steps[index].who
        let column =
            switch point {
            case _ where index < point.done: "done"
            case .pending: "waits"
            case .lapsed: "lapsed"
            case .closed: "closed"
            case .running(let done, _, _): index == done ? "turn" : "later"
            }
        let cell = try Self.steps.cell(who == nil ? "nobodys" : who == party ? "own" : "others", column)
        guard cell == "ok", case .running(let done, let isReady, let isClear) = point else { return cell }
        if !isReady { return try #require(Self.waits[step]).rawValue }
        // Access that is gone already need not be removed.
        if step == .verifyAccess, isClear { return "→completed" }
        return "→\(line.state(done: done + 1).rawValue)"
    }
}

extension MoveStation.Point {
    fileprivate var isOpen: Bool {
        switch self {
        case .pending, .running: true
        case .lapsed, .closed: false
        }
    }

    fileprivate var done: Int {
        switch self {
        case .pending, .lapsed: 0
        case .running(let done, _, _), .closed(_, let done): done
        }
    }
}

extension MoveLine {
    fileprivate func withdrawing(_ party: MoveParty) -> String {
        if party == initiator { return "initiator" }
        let isNamed = cancellers.contains(party)
        guard party == .customer else { return isNamed ? "named" : "other" }
        return isNamed ? "namedCustomer" : "customer"
    }

    /// OP-13: nothing is undone from the first thing on that cannot be.
    fileprivate func column(of point: MoveStation.Point) -> String {
        switch point {
        case .pending: return "waits"
        case .lapsed: return "lapsed"
        case .closed: return "closed"
        case .running(let done, _, _):
            let isLate = steps.prefix(done).contains { [.cutOver, .endOld, .cancelOld].contains($0.step) }
            return isLate ? "tooLate" : "running"
        }
    }

    /// Where a move stands when so many steps are done.
    fileprivate func state(done: Int) -> MoveState {
        let steps = steps(done: done)
        guard done < steps.count else { return .completed }
        switch steps[done].step {
        case .cutOver: return .scheduled
        case .grantAccess, .verifyAccess, .removeAccess: return .handover
        default: return .inProgress
        }
    }
}
