import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    /// Registrations, activations, transitions and overage of subscriptions.
    static let provisioning: [Operation] = []

    /// The actions of these operations (see `Operation.actions`).
    static let provisioningActions: [String: Set<Action>] = [:]
}
