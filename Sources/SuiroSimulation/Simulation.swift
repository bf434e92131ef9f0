import SuiroDomain

/// One seed played out: a world, what happens in it, and every promise looked at after each command.
package struct Simulation: Sendable {
    package let seed: UInt64
    package let bugs: Set<PlantedBug>
    /// What happened, in order.
    package private(set) var acts: [Act] = []
    /// How often what came of it, by a short name: `approve done`, `step TOO_EARLY`.
    package private(set) var tally: [String: Int] = [:]
    package private(set) var breaches: [Breach] = []
    package private(set) var world: SimulatedWorld

    /// Plays a seed until a promise breaks, or to its end.
    package init(seed: UInt64, bugs: Set<PlantedBug> = []) {
        (self.seed, self.bugs) = (seed, bugs)
        world = SimulatedWorld(seed: seed, bugs: bugs)
        var playwright = Playwright(seed: seed)
        let length = playwright.chance.number(15...60)
        for number in 1...length {
            play(Act(number: UInt64(number), command: playwright.next(in: world)))
            guard breaches.isEmpty else { break }
        }
    }

    /// Plays a story that is known, until a promise breaks.
    package init(seed: UInt64, bugs: Set<PlantedBug>, acts: [Act]) {
        (self.seed, self.bugs) = (seed, bugs)
        world = SimulatedWorld(seed: seed, bugs: bugs)
        for act in acts {
            play(act)
            guard breaches.isEmpty else { break }
        }
    }

    package var failure: Failure? {
        breaches.isEmpty ? nil : Failure(seed: seed, bugs: bugs, breaches: breaches, acts: acts)
    }

    private mutating func play(_ act: Act) {
        acts.append(act)
        let before = world
        let (after, turn) = before.performing(act)
        breaches = Scene.breaches(of: act, from: before, to: after, turn)
        count(act.command.core, turn, before, after)
        world = after
        // No two commands but rivals' share a millisecond.
        if !act.command.core.isWait { world.now = world.now.adding(milliseconds: 1) }
    }

    private mutating func count(_ command: Command, _ turn: Turn, _ before: SimulatedWorld, _ after: SimulatedWorld) {
        switch turn {
        case .done: tally["\(command.kind) done", default: 0] += 1
        case .refused(.policyMissing(let key)): tally["\(command.kind) POLICY_MISSING \(key)", default: 0] += 1
        case .refused(let refusal): tally["\(command.kind) \(refusal.reason.rawValue)", default: 0] += 1
        case .lost: tally["lost", default: 0] += 1
        }
        for (index, move) in after.moves.enumerated() {
            let old = index < before.moves.count ? before.moves[index] : nil
            if old == nil { tally["\(move.kind.rawValue) asked for", default: 0] += 1 }
            if move.hasAgreed, old?.hasAgreed != true { tally["\(move.kind.rawValue) agreed", default: 0] += 1 }
            guard case .closed(let ending, _, _) = move.phase, old?.phase != move.phase else { continue }
            tally["\(move.kind.rawValue) \(ending.state.rawValue)", default: 0] += 1
        }
    }
}

/// A seed that broke a promise, with what had happened until then.
package struct Failure: Sendable {
    package let seed: UInt64
    package let bugs: Set<PlantedBug>
    package let breaches: [Breach]
    package let acts: [Act]

    package func breaks(_ promise: Promise) -> Bool { breaches.contains { $0.promise == promise } }

    /// The same failure with everything left out that it does not take: no single command of it can be spared.
    package func shortened() -> Failure {
        guard let promise = breaches.first?.promise else { return self }
        var story = acts
        var size = max(story.count / 2, 1)
        while true {
            var start = 0
            var isShorter = false
            while start < story.count {
                let shorter = Array(story[..<start] + story[min(start + size, story.count)...])
                let again = Simulation(seed: seed, bugs: bugs, acts: shorter)
                if again.failure?.breaks(promise) == true {
                    story = again.acts
                    isShorter = true
                } else {
                    start += size
                }
            }
            if size == 1, !isShorter { break }
            size = max(size / 2, 1)
        }
        return Simulation(seed: seed, bugs: bugs, acts: story).failure ?? self
    }
}
