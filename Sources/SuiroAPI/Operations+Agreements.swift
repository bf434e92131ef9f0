import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    /// Agreements with the vendor and their confirmation by the customer; incidents of its services.
    static let agreements: [Operation] = []

    /// The actions of these operations (see `Operation.actions`).
    static let agreementsActions: [String: Set<Action>] = [:]
}
