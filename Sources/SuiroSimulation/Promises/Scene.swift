import SuiroDomain

/// What one look has found. It is filled while the scene that it belongs to is read.
private final class Findings {
    var breaches: [Breach] = []
}

/// One command with the world before and after it, held against every promise.
struct Scene {
    let before: SimulatedWorld
    let after: SimulatedWorld
    let act: Act
    let turn: Turn
    /// The moves that this command made or took further.
    let moved: [(old: Move?, new: Move)]
    private let findings = Findings()

    init(before: SimulatedWorld, after: SimulatedWorld, act: Act, turn: Turn) {
        (self.before, self.after, self.act, self.turn) = (before, after, act, turn)
        moved = after.moves.enumerated().compactMap { index, new in
            guard index < before.moves.count else { return (nil, new) }
            let old = before.moves[index]
            return old.revision == new.revision && old.phase == new.phase ? nil : (old, new)
        }
    }

    var command: Command { act.command.core }

    /// Everything that is broken now.
    static func breaches(
        of act: Act,
        from before: SimulatedWorld,
        to after: SimulatedWorld,
        _ turn: Turn
    ) -> [Breach] {
        let scene = Scene(before: before, after: after, act: act, turn: turn)
        scene.checkDelivery()
        scene.checkReasons()
        scene.checkFacts()
        scene.checkBilling()
        scene.checkObserved()
        scene.checkSales()
        scene.checkAccess()
        scene.checkLeftovers()
        scene.checkDuties()
        scene.checkReads()
        scene.checkClouds()
        scene.checkMoves()
        scene.checkSweeper()
        scene.checkCosts()
        return scene.findings.breaches
    }

    func expect(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) {
        if !isKept { findings.breaches.append(Breach(promise: promise, detail: detail())) }
    }

    func name(_ subscription: ID<Subscription>) -> String {
        after.recorded(subscription)?.name ?? "subscription \(subscription)"
    }

    func title(_ move: Move) -> String { after.title(of: move) }
}

extension SimulatedWorld {
    /// `the move of Mail 3 to Harbor`.
    func title(of move: Move) -> String {
        let items = move.subscriptions.map { recorded($0)?.name ?? "\($0)" }.joined(separator: " and ")
        return "the move of \(items) of \(name(move.customer.as(Tenant.self))) to \(name(move.target.id))"
    }

    /// Whether two worlds hold the same. What was read, the hour and what was written down beside it may differ.
    func holdsTheSame(as other: SimulatedWorld) -> Bool {
        moves == other.moves && subscriptions == other.subscriptions && successions == other.successions
            && aliases == other.aliases && grants == other.grants && consents == other.consents
            && requests == other.requests && obligations == other.obligations && leftovers == other.leftovers
            && usage == other.usage && organizations == other.organizations && books.count == other.books.count
    }
}
