import SuiroDomain
import Testing

/// One procedure from its beginning to its end: what is moved, by which rules, who has to agree, who may call it off
/// while it waits, and who does what in which order. Written from the specification (SM-6 … SM-9), not from the code.
struct MoveLine: Sendable, CustomTestStringConvertible {
    enum Name: String, CaseIterable {
        case waiting, cancelling, recreatingWhole, recreatingServices, byForm, bySelfService, movingBill, transferring
    }

    let name: Name
    let initiator: MoveParty

    var testDescription: String { "\(name.rawValue), begun by the \(initiator.rawValue)" }

    /// Every line, begun by everybody who can begin it: nobody can be its own source where nobody sold it.
    static let all = Name.allCases.flatMap { name in
        MoveParty.allCases.map { MoveLine(name: name, initiator: $0) }.filter {
            $0.hasSource || $0.initiator != .source
        }
    }

    var hasSource: Bool {
        switch name {
        case .waiting, .byForm, .bySelfService, .transferring: true
        case .cancelling, .recreatingWhole, .recreatingServices, .movingBill: false
        }
    }

    var consents: Set<MoveParty> {
        switch name {
        case .waiting, .cancelling, .recreatingWhole, .recreatingServices, .movingBill: [.customer, .target]
        case .byForm, .bySelfService, .transferring: [.customer, .source, .target]
        }
    }

    /// TR-06: named by `transfer.whoCancels`, in 2017 and today.
    var cancellers: Set<MoveParty> { isOfToday ? [.target] : [.customer, .target] }

    var isOfToday: Bool {
        switch name {
        case .bySelfService, .movingBill, .transferring: true
        case .waiting, .cancelling, .recreatingWhole, .recreatingServices, .byForm: false
        }
    }

    var hasCutOver: Bool { steps.contains { $0.step == .cutOver } }

    /// Whose turn it is, one after another; nobody does what time does.
    var steps: [(step: MoveStep, who: MoveParty?)] {
        let handover: [(MoveStep, MoveParty?)] = [
            (.grantAccess, .customer), (.verifyAccess, .target), (.removeAccess, .customer),
        ]
        let recreation: [(MoveStep, MoveParty?)] = [
            (.assess, .target), (.createTarget, .target), (.enterDetails, .target), (.moveServices, .target),
            (.chooseCancelScope, .customer), (.cancelOld, .customer), (.watchUsage, .target), (.review, .customer),
        ]
        return switch name {
        case .waiting:
            [(.turnOffRenewal, .source), (.provision, .target), (.endOld, .source), (.compareSeats, .target)] + handover
        case .cancelling: [(.endOld, .customer), (.provision, .target), (.compareSeats, .target)]
        case .recreatingWhole, .recreatingServices: recreation
        case .byForm:
            [
                (.writtenNotice, .customer), (.openRequest, .source), (.checkSignatures, .source),
                (.confirmVerification, .source), (.cutOver, nil),
            ] + handover
        case .movingBill: [(.confirmVerification, .target), (.cutOver, nil)] + handover.dropLast()
        case .bySelfService, .transferring: [(.cutOver, nil)] + handover
        }
    }

    /// With what has turned out not to be needed left out: nothing is reviewed where all was cancelled.
    func steps(done: Int) -> [(step: MoveStep, who: MoveParty?)] {
        guard name == .recreatingWhole, done > 4 else { return steps }
        return steps.filter { $0.step != .review }
    }

    /// SW-04: that everybody has signed is the written notice, so the form begins with its first step behind it.
    var first: Int { name == .byForm ? 1 : 0 }
}

extension MoveLine {
    /// The customer holds it, and nobody has asked yet.
    func scene(hasTie: Bool = true) throws -> MoveScene {
        let (day, old) = (isOfToday ? "2026-06-01" : "2017-06-09", try Sample.book())
        let book = isOfToday ? try Sample.book(publishing: "2026", on: "2018-01-01") : old
        return try scene(at: Sample.instant(day), under: book, hasTie: hasTie)
    }

    func scene(at now: Instant, under book: PolicyBook, hasTie: Bool = true) throws -> MoveScene {
        let held = try subscription(now)
        var scene = try MoveScene(
            at: now,
            under: book,
            holding: [held],
            wish: wish(held, now),
            by: initiator,
            hasTie: hasTie
        )
        scene.services = ["Storage"]
        scene.scope = name == .recreatingServices ? .services : .whole
        return scene
    }

    private func subscription(_ now: Instant) throws -> Subscription {
        let year = Term(start: now.adding(days: -100), end: now.adding(days: 265), autoRenew: true)
        return switch name {
        case .waiting, .transferring: try Sample.subscription(.license, .csp, term: year)
        case .cancelling: try Sample.subscription(.license, .direct, term: year)
        case .recreatingWhole, .recreatingServices, .movingBill: try Sample.subscription(.usage, .ea)
        case .byForm, .bySelfService: try Sample.subscription(.usage, .csp)
        }
    }

    /// A cut-over lies two days ahead, so that it can be waited for.
    private func wish(_ held: Subscription, _ now: Instant) -> MoveWish {
        let kind: MoveKind =
            switch name {
            case .waiting, .cancelling: .replaceLicense
            case .recreatingWhole, .recreatingServices: .recreate
            case .byForm, .bySelfService, .movingBill: .switchPartner
            case .transferring: .transferLicense
            }
        let plan: LicensePlan? = name == .waiting ? .wait : name == .cancelling ? .cancelFirst : nil
        return MoveWish(
            subscriptions: [held.id],
            target: Sample.partner,
            kind: kind,
            plan: plan,
            cutover: hasCutOver ? now.adding(days: 2) : nil
        )
    }
}

/// A move at one point of its line.
struct MoveStation: Sendable {
    enum Point: Hashable, Sendable {
        case pending(agreed: Set<MoveParty>, isPlanned: Bool)
        case lapsed
        /// So many steps are done; `isReady` when nothing but its doing is missing from the next, `isClear` when
        /// nothing is left of the source's access.
        case running(done: Int, isReady: Bool, isClear: Bool)
        case closed(MoveState, done: Int)
    }

    let point: Point
    let scene: MoveScene
}

extension MoveLine {
    /// Every point that a move of this line can be at.
    func stations() throws -> [MoveStation] {
        var stations = try pendingStations()
        var scene = try scene()
        try agree(on: &scene)
        var done = first
        while done < steps(done: done).count {
            stations += try running(scene, done)
            if done == first { stations += try ended(scene, done) }
            try goOn(&scene, done)
            done += 1
        }
        #expect(scene.move?.state(at: scene.now) == .completed)
        return stations + [MoveStation(point: .closed(.completed, done: done), scene: scene)]
    }

    private func pendingStations() throws -> [MoveStation] {
        var waiting = try scene()
        try waiting.request()
        var stations = [MoveStation(point: .pending(agreed: [], isPlanned: false), scene: waiting)]
        for party in consents {
            var one = waiting
            #expect(try one.take(.approve(party)) == .done(.awaitingConsent))
            stations.append(MoveStation(point: .pending(agreed: [party], isPlanned: false), scene: one))
            guard consents.count > 2 else { continue }
            var others = waiting
            for other in consents where other != party { _ = try others.take(.approve(other)) }
            stations.append(
                MoveStation(point: .pending(agreed: consents.subtracting([party]), isPlanned: false), scene: others)
            )
        }
        if initiator != .target {
            var planned = try scene(hasTie: false)
            try planned.request()
            stations.append(MoveStation(point: .pending(agreed: [], isPlanned: true), scene: planned))
        }
        var late = waiting
        _ = try late.take(.approve(.customer))
        late.now = late.now.adding(days: 30).adding(milliseconds: -1)
        stations.append(MoveStation(point: .pending(agreed: [.customer], isPlanned: false), scene: late))
        late.now = late.now.adding(milliseconds: 1)
        stations.append(MoveStation(point: .lapsed, scene: late))
        for (turn, state) in [
            (MoveTurn.decline(.customer), MoveState.declined), (.withdraw(initiator), .withdrawn), (.expire, .expired),
        ] {
            var ended = turn == .expire ? late : waiting
            #expect(try ended.take(turn) == .done(state))
            stations.append(MoveStation(point: .closed(state, done: 0), scene: ended))
        }
        return stations
    }

    /// It is asked for, and everybody agrees.
    func agree(on scene: inout MoveScene) throws {
        try scene.request()
        for party in consents.sorted() { _ = try scene.take(.approve(party)) }
    }

    /// Before the next step can be done, where it waits for something, and when it can.
    private func running(_ scene: MoveScene, _ done: Int) throws -> [MoveStation] {
        let step = steps[done].step
        var (ready, clear) = (scene, scene)
        try makeReady(&ready, for: step)
        if hasSource { try clear.clearLeftovers() }
        let isReady: Bool
        switch step {
        case .cutOver, .removeAccess, .watchUsage: isReady = false
        case .endOld: isReady = name != .waiting
        default: isReady = true
        }
        var stations = [MoveStation(point: .running(done: done, isReady: isReady, isClear: false), scene: scene)]
        switch step {
        case .watchUsage,
            .endOld where !isReady:
            stations.append(MoveStation(point: .running(done: done, isReady: true, isClear: false), scene: ready))
        case .verifyAccess, .removeAccess:
            stations.append(MoveStation(point: .running(done: done, isReady: true, isClear: true), scene: clear))
        default: break
        }
        return stations
    }

    /// Withdrawn after everybody had agreed; and, where a cut-over is to come, what became of its only item ended it.
    private func ended(_ scene: MoveScene, _ done: Int) throws -> [MoveStation] {
        var withdrawn = scene
        #expect(try withdrawn.take(.withdraw(.customer)) == .done(.withdrawn))
        var stations = [MoveStation(point: .closed(.withdrawn, done: done), scene: withdrawn)]
        guard let last = steps.firstIndex(where: { $0.step == .cutOver }) else { return stations }
        var failed = scene
        for index in done..<last { try goOn(&failed, index) }
        #expect(try failed.take(.callOff) == .done(.finishedWithErrors))
        stations.append(MoveStation(point: .closed(.finishedWithErrors, done: last), scene: failed))
        return stations
    }

    /// What the next step waits for comes about.
    private func makeReady(_ scene: inout MoveScene, for step: MoveStep) throws {
        switch step {
        case .endOld where name == .waiting, .cutOver: scene.now = try #require(scene.move?.preview.cutover)
        case .watchUsage: scene.now = scene.now.adding(days: 7)
        case .removeAccess: try scene.clearLeftovers()
        default: break
        }
    }

    /// The next step by whoever has to, when its time has come.
    func goOn(_ scene: inout MoveScene, _ done: Int) throws {
        let (step, who) = steps[done]
        try makeReady(&scene, for: step)
        guard let who else { return }
        let result = try scene.take(.step(step, who))
        guard case .done = result else {
            Issue.record("\(testDescription): \(step.rawValue) \(result)")
            return
        }
    }
}
