import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    /// Qualifications, validations and domains of customers.
    static let vetting: [Operation] = []

    /// The actions of these operations (see `Operation.actions`).
    static let vettingActions: [String: Set<Action>] = [:]
}
