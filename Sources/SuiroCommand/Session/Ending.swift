/// How a run ended, for scripts. The numbers are promised and never change.
package enum Ending: Int32, CaseIterable, Sendable {
    case ok = 0
    case failed = 1
    case cancelled = 2
    case refused = 3
    case signInNeeded = 4
    case notFound = 5
    case conflict = 6
    case waiting = 7
    case usage = 64
    case interrupted = 130
}

extension Ending {
    /// What an error answer means: a rule that says no is told apart from a thing that is broken.
    package init(_ problem: Problem) {
        if problem.code == Problem.staleETag {
            self = .conflict
            return
        }
        self =
            switch problem.status {
            case 401: .signInNeeded
            case 404: .notFound
            case 412: .conflict
            case 409: problem.rule == nil ? .conflict : .refused
            case 400, 403: problem.rule == nil && problem.reason == nil ? .failed : .refused
            default: .failed
            }
    }
}
