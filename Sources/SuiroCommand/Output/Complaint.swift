/// Tells on standard error why a run ended badly, and says which status it ends with.
package struct Complaint: Sendable {
    package let printer: Printer

    package init(printer: Printer) {
        self.printer = printer
    }

    package func report(_ error: any Error) -> Ending {
        switch error {
        case let problem as Problem: return report(problem)
        case let failure as Failure: return report(failure)
        default: return report(Failure(.failed, "error.unexpected", ["error": "\(error)"]))
        }
    }

    private func report(_ problem: Problem) -> Ending {
        let status = Ending(problem)
        if printer.format.isJSON {
            printer.terminal.err(problem.report.compact + "\n")
        } else {
            printer.terminal.err(printer.table.pairs(lines(problem, status)))
        }
        return status
    }

    /// A refusal takes five lines. Where no rule was asked, there is no "why" and no "from when" to tell.
    private func lines(_ problem: Problem, _ status: Ending) -> [(label: String, value: String)] {
        let words = printer.words
        let explainer = Explainer(words: words, moments: printer.moments)
        if status == .refused { return explainer.explanation(of: problem).lines(words) }
        return [
            (words("refusal.what"), explainer.what(problem)),
            (
                words("refusal.next"),
                advice(problem, status) ?? explainer.next(problem.next, correlationID: problem.correlationID)
            ),
            (words("refusal.reference"), explainer.reference(problem.correlationID ?? problem.requestID)),
        ]
    }

    /// Our own advice, where the server gave none of its own.
    private func advice(_ problem: Problem, _ status: Ending) -> String? {
        guard problem.next.isEmpty else { return nil }
        if let seconds = problem.retryAfter { return printer.words("problem.next.retry", ["seconds": seconds]) }
        let key = "problem.next.\(status)"
        return Catalogue.sentences[key] == nil ? nil : printer.words(key)
    }

    private func report(_ failure: Failure) -> Ending {
        let sentence = printer.words(failure.phrase)
        if printer.format.isJSON {
            let report: JSON = [
                "description": .string(sentence), "exitCode": .number(String(failure.status.rawValue)),
            ]
            printer.terminal.err(report.compact + "\n")
        } else {
            printer.terminal.err(Table.clean(sentence) + "\n")
        }
        return failure.status
    }
}
