import SuiroTesting
import Testing

/// One history to be made: how its object must behave, what each process does, and the way to the service.
struct Play<Rules: Model>: Sendable {
    typealias Script = [Step<Rules.Input, Rules.Output>]

    let rules: Rules
    let scripts: [Script]
    let door: Door<Rules.Input, Rules.Output>

    /// The same, by a way that makes mistakes.
    func through(_ fault: (@escaping Door<Rules.Input, Rules.Output>) -> Door<Rules.Input, Rules.Output>) -> Play {
        Play(rules: rules, scripts: scripts, door: fault(door))
    }
}

/// Many histories, one a seed, some of them at the same time.
struct Rounds<Rules: Model>: Sendable {
    struct Broken: Sendable {
        let seed: UInt64
        let counterexample: Counterexample
    }

    private static var atOnce: Int { 2 }

    let play: @Sendable (Int, inout Chance) async throws -> Play<Rules>

    /// Records the first history that is not linearizable, with the seed that shows it again; and says so if more than
    /// one in a hundred was asked to come again: under a load that leaves no processor free, some may be.
    func expectLinearizable(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        var (broken, called, turnedAway): ([Broken], Int, Int) = ([], 0, 0)
        try await each(Seeds.chosen(count)) { found, history in
            broken += found.map { [$0] } ?? []
            called += history.operations.count
            turnedAway += history.turnedAway
            return true
        }
        #expect(turnedAway * 100 <= called, "\(turnedAway) of \(called) calls", sourceLocation: sourceLocation)
        guard let first = broken.first else { return }
        Issue.record(
            "\(broken.count) of \(count) histories have no order. SUIRO_SEED=\(first.seed)\n\(first.counterexample)",
            sourceLocation: sourceLocation
        )
    }

    /// The first history without an order, if there is one among as many.
    func firstBroken(of count: Int) async throws -> Broken? {
        var first: Broken?
        try await each(Seeds.chosen(count)) { found, _ in
            first = first ?? found
            return first == nil
        }
        return first
    }

    private typealias Recorded = History<Rules.Input, Rules.Output>

    /// Hands over every history, until told to stop.
    private func each(_ seeds: [UInt64], _ look: (Broken?, Recorded) -> Bool) async throws {
        try await withThrowingTaskGroup(of: (Broken?, Recorded).self) { group in
            for (index, seed) in seeds.enumerated() {
                if index >= Self.atOnce, let (found, history) = try await group.next(), !look(found, history) { break }
                group.addTask {
                    var chance = Chance(seed: seed)
                    let play = try await play(index, &chance)
                    let history = try await Recorder.record(play.scripts, through: play.door)
                    switch Checker(play.rules).check(history) {
                    case .linearizable: return (nil, history)
                    case .notLinearizable(let why): return (Broken(seed: seed, counterexample: why), history)
                    }
                }
            }
            while let (found, history) = try await group.next() { _ = look(found, history) }
        }
    }
}

extension Chance {
    /// A step whose answer is mostly heard. Somebody who may lose the right to do it must not repeat it: the gate
    /// comes before the receipt, so a repetition is refused although the first was done.
    mutating func step<Input, Output>(_ input: Input, mayRepeat: Bool = true) -> Step<Input, Output> {
        step(mayRepeat: mayRepeat) { _ in input }
    }

    mutating func step<Input, Output>(
        mayRepeat: Bool = true,
        asking input: @escaping @Sendable ([Output]) -> Input
    ) -> Step<Input, Output> {
        if isOnce(in: 12) { return Step(.unheard, asking: input) }
        return Step(mayRepeat && isOnce(in: 8) ? .repeated : .heard, asking: input)
    }
}
