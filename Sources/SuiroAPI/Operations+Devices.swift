import SuiroDomain
import SuiroHTTP
import SuiroService

extension Operation {
    /// Devices, their batches and configuration policies.
    static let devices: [Operation] = []

    /// The actions of these operations (see `Operation.actions`).
    static let devicesActions: [String: Set<Action>] = [:]
}
