/// What several processes did to one object at the same time, as they saw it themselves: when each called, when it had
/// its answer, and what the answer was.
///
/// Moments are the ticks of one counter that all processes share. The clock of the world stands still in tests and says
/// nothing about order.
package struct History<Input: Sendable, Output: Sendable>: Sendable {
    package enum Outcome: Sendable {
        case answered(Output, at: Int)
        /// Nobody heard the answer: it may have happened at any moment after the call, or never.
        case unknown
    }

    package struct Operation: Sendable {
        package let process: Int
        package let called: Int
        package let input: Input
        package let outcome: Outcome

        package init(process: Int, called: Int, input: Input, outcome: Outcome) {
            (self.process, self.called, self.input, self.outcome) = (process, called, input, outcome)
        }
    }

    /// In the order of their calls.
    package let operations: [Operation]
    /// How many calls were asked to come again, and did nothing.
    package let turnedAway: Int

    package init(_ operations: [Operation], turnedAway: Int = 0) {
        (self.operations, self.turnedAway) = (operations.sorted { $0.called < $1.called }, turnedAway)
    }
}

extension History.Operation {
    /// When the answer arrived; `nil` where none did.
    package var answeredAt: Int? {
        switch outcome {
        case .answered(_, let at): at
        case .unknown: nil
        }
    }
}
