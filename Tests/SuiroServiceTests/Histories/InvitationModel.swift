import SuiroDomain
import SuiroTesting

/// SM-1 as one person at a time would find it: one ending, which everybody who comes later is told.
struct InvitationModel: DeterministicModel {
    struct State: Hashable {
        var name: String
        var reminders = 0
        var revision = 1

        var ending: RelationshipRequest.Ending? { RelationshipRequest.Ending(rawValue: name) }

        fileprivate func changed(to name: String) -> State {
            State(name: name, reminders: reminders, revision: revision + 1)
        }
    }

    enum Input: Hashable, CaseIterable {
        case readAsCustomer, readAsPartner, open, accept, acceptOtherTerms, decline, withdraw, remind, askAgain
    }

    enum Output: Hashable {
        case seen(State), done
        case closed(RelationshipRequest.Ending)
        case termsChanged
    }

    let start: State

    init(hasAddress: Bool) {
        start = State(name: hasAddress ? "sent" : "draft")
    }

    func answer(_ input: Input, in state: State) -> (output: Output, next: State) {
        switch input {
        case .readAsCustomer, .readAsPartner: return (.seen(state), state)
        // A newer request takes the place of an open one and asks nothing of a closed one.
        case .askAgain: return (.done, state.ending == nil ? state.changed(to: "superseded") : state)
        case .open, .accept, .acceptOtherTerms, .decline, .withdraw, .remind: break
        }
        if let ending = state.ending { return (.closed(ending), state) }
        switch input {
        case .open: return (.done, state.name == "opened" ? state : state.changed(to: "opened"))
        case .acceptOtherTerms: return (.termsChanged, state)
        case .accept: return seen(state.changed(to: "accepted"))
        case .decline: return seen(state.changed(to: "declined"))
        case .withdraw: return seen(state.changed(to: "withdrawn"))
        case .remind:
            var next = state.changed(to: state.name)
            next.reminders += 1
            return seen(next)
        case .readAsCustomer, .readAsPartner, .askAgain: return (.seen(state), state)
        }
    }

    private func seen(_ state: State) -> (Output, State) { (.seen(state), state) }
}

extension InvitationModel.State: CustomStringConvertible {
    var description: String { "\(name), reminders \(reminders), revision \(revision)" }
}

extension InvitationModel.Output: CustomStringConvertible {
    var description: String {
        switch self {
        case .seen(let state): "\(state)"
        case .done: "done"
        case .closed(let ending): "refused: \(ending)"
        case .termsChanged: "refused: terms changed"
        }
    }
}
