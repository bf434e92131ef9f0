/// The shortest beginning of a history that fits no order, in lines for people.
package struct Counterexample: CustomStringConvertible, Sendable {
    /// How many operations it takes to show it.
    package let length: Int
    package let description: String

    /// `moment` is the answer that made it impossible; `order` is the longest order that fits what came before.
    init<Input, Output>(
        _ operations: [History<Input, Output>.Operation],
        answeredBy moment: Int,
        of total: Int,
        explained order: [Int],
        until state: String
    ) {
        length = operations.count
        var lines = ["No order explains the first \(operations.count) of \(total) operations:"]
        for (index, operation) in operations.enumerated() {
            let at = operation.answeredAt.map { $0 <= moment ? "\($0)" : "…" } ?? "?"
            let time = "\(operation.called)–\(at)"
            var line = "  #\(index + 1)  process \(operation.process)  \(time)  \(operation.input)"
            switch operation.outcome {
            case .answered(let output, let at) where at <= moment: line += " → \(output)"
            case .answered: line += " (not yet answered)"
            case .unknown: line += " (nobody heard the answer)"
            }
            lines.append(operation.answeredAt == moment ? line + "   ← fits nowhere" : line)
        }
        let names = order.map { "#\($0 + 1)" }.joined(separator: " ")
        lines.append("Furthest order: \(names.isEmpty ? "none" : names), which leads to \(state)")
        description = lines.joined(separator: "\n")
    }
}
