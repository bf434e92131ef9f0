import SuiroDomain
import SuiroTesting

/// A license that its partner sold, on one day of 2017, as one person at a time would find it (SM-5, LC-08, LC-13):
/// every change is one revision later, and whoever has seen another revision changes nothing.
struct SubscriptionModel: DeterministicModel {
    struct State: Hashable {
        var seats: Int
        var status: SubscriptionStatus = .active
        var revision = 1
    }

    enum Wish: Hashable {
        case seats(Int), suspend, reactivate, cancel
    }

    enum Input: Hashable {
        case read
        /// `seen` is the revision that the caller means to change, where it says so.
        case change(Wish, seen: Int?)
    }

    enum Output: Hashable {
        case seen(State)
        case refused(Reason)
        case stale
    }

    let start: State

    func answer(_ input: Input, in state: State) -> (output: Output, next: State) {
        guard case .change(let wish, let seen) = input else { return (.seen(state), state) }
        guard seen == nil || seen == state.revision else { return (.stale, state) }
        var next = state
        switch (wish, state.status) {
        case (.reactivate, .deleted): return (.refused(.cannotBeReactivated), state)
        case (_, .deleted): return (.refused(.notActive), state)
        case (.seats(let seats), _) where seats == state.seats: return (.seen(state), state)
        case (.seats, .suspended): return (.refused(.notActive), state)
        case (.suspend, .suspended), (.reactivate, .active): return (.seen(state), state)
        case (.seats(let seats), _): next.seats = seats
        case (.suspend, _): next.status = .suspended
        case (.reactivate, _): next.status = .active
        case (.cancel, _): next.status = .deleted
        }
        next.revision += 1
        return (.seen(next), next)
    }
}

extension SubscriptionModel.State: CustomStringConvertible {
    var description: String { "\(seats) seats, \(status.rawValue), revision \(revision)" }
}

extension SubscriptionModel.Input: CustomStringConvertible {
    var description: String {
        switch self {
        case .read: "read"
        case .change(let wish, let seen): "\(wish)\(seen.map { ", having seen revision \($0)" } ?? "")"
        }
    }
}

extension SubscriptionModel.Output: CustomStringConvertible {
    var description: String {
        switch self {
        case .seen(let state): "\(state)"
        case .refused(let reason): "refused: \(reason.rawValue)"
        case .stale: "refused: changed since"
        }
    }
}
