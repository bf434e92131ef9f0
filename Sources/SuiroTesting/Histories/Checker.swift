/// Decides whether a history is linearizable: whether there is an order of its operations, with no operation before one
/// that had been answered when it was called, in which the model would have given every answer that was heard.
///
/// The search is Wing and Gong's with Lowe's memory: an operation may come next if none of the others that are left was
/// answered before it was called, and no set of operations is left behind in the same state twice.
package struct Checker<Rules: Model>: Sendable {
    package typealias Recorded = History<Rules.Input, Rules.Output>

    package enum Finding: Sendable {
        case linearizable
        case notLinearizable(Counterexample)
    }

    private let rules: Rules

    package init(_ rules: Rules) {
        self.rules = rules
    }

    /// Takes histories of at most 64 operations.
    package func check(_ history: Recorded) -> Finding {
        precondition(history.operations.count <= UInt64.bitWidth, "a history of more than 64 operations")
        guard furthest(in: history.operations, before: .max) != nil else { return .linearizable }
        return .notLinearizable(shortest(history))
    }

    /// The first answer that fits no order any more. What was called, but not answered by then, may have happened or
    /// not; so a history has an order only if every beginning of it has one, and the shortest says where to look.
    private func shortest(_ history: Recorded) -> Counterexample {
        let moments = history.operations.compactMap(\.answeredAt).sorted()
        for moment in moments {
            let beginning = history.operations.filter { $0.called < moment }
            guard let (order, state) = furthest(in: beginning, before: moment + 1) else { continue }
            return Counterexample(
                beginning,
                answeredBy: moment,
                of: history.operations.count,
                explained: order,
                until: "\(state)"
            )
        }
        preconditionFailure("a history without an order whose beginnings all have one")
    }

    /// `nil` when everything answered before `end` fits an order; otherwise the longest order that fits, and its state.
    private func furthest(in operations: [Recorded.Operation], before end: Int) -> ([Int], Rules.State)? {
        var search = Search(rules: rules, operations: operations, end: end)
        return search.run() ? nil : search.furthest
    }
}

private struct Search<Rules: Model> {
    struct Configuration: Hashable {
        let done: UInt64
        let state: Rules.State
    }

    let rules: Rules
    let operations: [History<Rules.Input, Rules.Output>.Operation]
    /// The operations that were answered: each must have its place.
    let required: UInt64
    private let answers: [Int?]
    private var seen: Set<Configuration> = []
    private var order: [Int] = []
    private(set) var furthest: ([Int], Rules.State)

    init(rules: Rules, operations: [History<Rules.Input, Rules.Output>.Operation], end: Int) {
        (self.rules, self.operations, furthest) = (rules, operations, ([], rules.start))
        let answers = operations.map { $0.answeredAt.flatMap { $0 < end ? $0 : nil } }
        self.answers = answers
        required = answers.indices.reduce(0) { answers[$1] == nil ? $0 : $0 | 1 << UInt64($1) }
    }

    mutating func run() -> Bool {
        run(done: 0, rules.start)
    }

    private mutating func run(done: UInt64, _ state: Rules.State) -> Bool {
        if required & ~done == 0 { return true }
        guard seen.insert(Configuration(done: done, state: state)).inserted else { return false }
        if order.count > furthest.0.count { furthest = (order, state) }
        let left = operations.indices.filter { done & 1 << UInt64($0) == 0 }
        let earliest = left.compactMap { answers[$0] }.min() ?? .max
        for index in left where operations[index].called < earliest {
            order.append(index)
            for next in states(after: operations[index], state)
            where run(done: done | 1 << UInt64(index), next) {
                return true
            }
            order.removeLast()
        }
        return false
    }

    private func states(
        after operation: History<Rules.Input, Rules.Output>.Operation,
        _ state: Rules.State
    ) -> [Rules.State] {
        switch operation.outcome {
        case .answered(let output, _): rules.apply(operation.input, output, to: state).map { [$0] } ?? []
        // That it never happened needs no place in the order.
        case .unknown: rules.effects(of: operation.input, on: state)
        }
    }
}
