import SuiroTesting
import Testing

/// The checker itself, on histories written by hand: what is right passes, what is wrong does not.
@Suite struct CheckerTests {
    private typealias Ledger = History<Counter.Input, Int>

    /// A number that can be read, overwritten and counted up. Every answer is the number afterwards.
    private struct Counter: DeterministicModel {
        typealias Output = Int
        typealias State = Int
        enum Input: Hashable { case read, put(Int), add }
        let start = 0

        func answer(_ input: Input, in state: Int) -> (output: Int, next: Int) {
            let next =
                switch input {
                case .read: state
                case .put(let number): number
                case .add: state + 1
                }
            return (next, next)
        }
    }

    /// What can be taken once.
    private struct Ticket: DeterministicModel {
        typealias Input = String
        typealias Output = Bool
        typealias State = Bool
        let start = false

        func answer(_ input: String, in isTaken: Bool) -> (output: Bool, next: Bool) { (!isTaken, true) }
    }

    private func answered<Input, Output>(
        _ process: Int,
        _ called: Int,
        _ at: Int,
        _ input: Input,
        _ output: Output
    ) -> History<Input, Output>.Operation {
        .init(process: process, called: called, input: input, outcome: .answered(output, at: at))
    }

    private func unknown(_ process: Int, _ called: Int, _ input: Counter.Input) -> Ledger.Operation {
        .init(process: process, called: called, input: input, outcome: .unknown)
    }

    private func counterexample<Rules: Model>(
        _ operations: [History<Rules.Input, Rules.Output>.Operation],
        _ rules: Rules
    ) -> Counterexample? {
        switch Checker(rules).check(History(operations)) {
        case .linearizable: nil
        case .notLinearizable(let counterexample): counterexample
        }
    }

    @Test func `nothing at all is linearizable`() {
        #expect(counterexample([], Counter()) == nil)
    }

    @Test func `what happened at the same time may have happened in either order`() {
        for seen in [0, 1] {
            #expect(counterexample([answered(0, 1, 4, .put(1), 1), answered(1, 2, 3, .read, seen)], Counter()) == nil)
        }
        #expect(counterexample([answered(0, 1, 4, .put(1), 1), answered(1, 2, 3, .read, 2)], Counter()) != nil)
    }

    @Test func `a stale read is found`() {
        let write = answered(0, 1, 2, Counter.Input.put(1), 1)
        #expect(counterexample([write, answered(1, 3, 4, .read, 1)], Counter()) == nil)
        #expect(counterexample([write, answered(1, 3, 4, .read, 0)], Counter()) != nil)
    }

    @Test func `two who read at once cannot see a write come and go`() {
        let write = answered(0, 1, 8, Counter.Input.put(1), 1)
        let newer = answered(1, 2, 3, Counter.Input.read, 1)
        #expect(counterexample([write, newer, answered(2, 4, 5, .read, 1)], Counter()) == nil)
        #expect(counterexample([write, newer, answered(2, 4, 5, .read, 0)], Counter()) != nil)
    }

    @Test func `a lost update is found`() {
        let first = answered(0, 1, 4, Counter.Input.add, 1)
        #expect(counterexample([first, answered(1, 2, 3, .add, 2)], Counter()) == nil)
        #expect(counterexample([first, answered(1, 2, 3, .add, 1)], Counter()) != nil)
        let both = [first, answered(1, 2, 3, Counter.Input.add, 2)]
        #expect(counterexample(both + [answered(2, 5, 6, .read, 1)], Counter()) != nil)
    }

    @Test func `a double success is found`() {
        let first = answered(0, 1, 3, "take", true)
        #expect(counterexample([first, answered(1, 2, 4, "take", false)], Ticket()) == nil)
        #expect(counterexample([first, answered(1, 2, 4, "take", true)], Ticket()) != nil)
        #expect(counterexample([answered(0, 1, 3, "take", false)], Ticket()) != nil)
    }

    @Test func `what nobody heard of may have happened, now or later or never`() {
        let write = unknown(0, 1, .put(1))
        #expect(counterexample([write, answered(1, 2, 3, .read, 0)], Counter()) == nil)
        #expect(counterexample([write, answered(1, 2, 3, .read, 1)], Counter()) == nil)
        let late = [write, answered(1, 2, 3, Counter.Input.read, 0), answered(1, 4, 5, Counter.Input.read, 1)]
        #expect(counterexample(late, Counter()) == nil)
    }

    @Test func `what nobody heard of cannot be undone, nor happen twice, nor before it was called`() {
        let write = unknown(0, 1, .put(1))
        let undone = [write, answered(1, 2, 3, Counter.Input.read, 1), answered(1, 4, 5, Counter.Input.read, 0)]
        #expect(counterexample(undone, Counter()) != nil)
        let twice = [unknown(0, 1, .add), answered(1, 2, 3, Counter.Input.read, 2)]
        #expect(counterexample(twice, Counter()) != nil)
        let early = [answered(1, 1, 2, Counter.Input.read, 1), unknown(0, 3, .put(1))]
        #expect(counterexample(early, Counter()) != nil)
    }

    @Test func `the counterexample ends with the first answer that fits nowhere`() throws {
        let operations = [
            answered(0, 1, 2, Counter.Input.put(7), 7), answered(1, 3, 9, .add, 8), answered(2, 4, 5, .read, 3),
            answered(0, 6, 7, .read, 7), answered(0, 10, 11, .read, 8),
        ]
        let found = try #require(counterexample(operations, Counter()))
        #expect(found.length == 3)
        #expect(
            found.description == """
                No order explains the first 3 of 5 operations:
                  #1  process 0  1–2  put(7) → 7
                  #2  process 1  3–…  add (not yet answered)
                  #3  process 2  4–5  read → 3   ← fits nowhere
                Furthest order: #1 #2, which leads to 8
                """
        )
    }

    @Test func `twelve operations at once are no trouble, because no state is visited twice`() {
        let adders = (0..<11).map { answered($0, $0 + 1, 40 + $0, Counter.Input.put(1), 1) }
        #expect(counterexample(adders + [answered(11, 20, 60, .read, 1)], Counter()) == nil)
        #expect(counterexample(adders + [answered(11, 20, 60, .read, 2)], Counter()) != nil)
    }

    @Test(arguments: 1...400)
    func `on small histories it agrees with trying every order`(seed: Int) {
        var chance = Chance(seed: UInt64(seed))
        let moments = (1...10).shuffled(using: &chance)
        let operations: [Ledger.Operation] = (0..<5).map { index in
            let ends = [moments[index * 2], moments[index * 2 + 1]].sorted()
            let input = chance.one(of: [Counter.Input.read, .read, .put(1), .add])
            guard !chance.isOnce(in: 5) else { return unknown(index, ends[0], input) }
            return answered(index, ends[0], ends[1], input, Int.random(in: 0...2, using: &chance))
        }
        let found = counterexample(operations, Counter())
        #expect((found == nil) == Self.fitsSomeOrder(operations, left: Array(operations.indices), 0))
    }

    /// Every order of every choice of what nobody heard of, without any memory.
    private static func fitsSomeOrder(_ operations: [Ledger.Operation], left: [Int], _ state: Int) -> Bool {
        if left.allSatisfy({ operations[$0].answeredAt == nil }) { return true }
        return left.contains { index in
            let others = left.filter { $0 != index }
            let isTooEarly = others.contains { (operations[$0].answeredAt ?? .max) < operations[index].called }
            let (output, next) = Counter().answer(operations[index].input, in: state)
            if case .answered(let heard, _) = operations[index].outcome, heard != output { return false }
            return !isTooEarly && fitsSomeOrder(operations, left: others, next)
        }
    }
}
