/// What an object would do if everybody took turns. It says which answers are right, and knows nothing of time.
package protocol Model<State, Input, Output>: Sendable {
    associatedtype State: Hashable, Sendable
    associatedtype Input: Sendable
    associatedtype Output: Sendable

    /// The state before anybody has done anything.
    var start: State { get }

    /// The state after `input` was answered with `output`; `nil` when `state` cannot have given that answer.
    func apply(_ input: Input, _ output: Output, to state: State) -> State?

    /// The states that `input` may have left behind when nobody heard its answer.
    func effects(of input: Input, on state: State) -> [State]
}

/// A model in which every question has exactly one right answer.
package protocol DeterministicModel<State, Input, Output>: Model where Output: Equatable {
    func answer(_ input: Input, in state: State) -> (output: Output, next: State)
}

extension DeterministicModel {
    package func apply(_ input: Input, _ output: Output, to state: State) -> State? {
        let right = answer(input, in: state)
        return right.output == output ? right.next : nil
    }

    package func effects(of input: Input, on state: State) -> [State] {
        [answer(input, in: state).next]
    }
}
