import SuiroDomain
import SuiroTesting

/// One subscription for which many ask: it is in one open move at most, and free again when that has ended (INV-03).
struct MoveRequestModel: Model {
    struct State: Hashable {
        enum Holder: Hashable {
            case nobody
            case move(ID<Move>)
            /// A move whose name nobody has heard yet.
            case someMove
        }

        var holder = Holder.nobody
        var moves = 0
    }

    enum Input: Hashable {
        case request, read
        case withdraw(ID<Move>)
    }

    enum Output: Hashable {
        case opened(ID<Move>)
        case taken
        case withdrawn, notOpen
        case seen(open: ID<Move>?, moves: Int)
    }

    let start = State()

    func apply(_ input: Input, _ output: Output, to state: State) -> State? {
        var next = state
        switch (input, output) {
        case (.request, .opened(let id)):
            guard state.holder == .nobody else { return nil }
            (next.holder, next.moves) = (.move(id), state.moves + 1)
        case (.request, .taken):
            guard state.holder != .nobody else { return nil }
        case (.withdraw(let id), .withdrawn):
            guard state.isHeld(by: id) else { return nil }
            next.holder = .nobody
        case (.withdraw(let id), .notOpen):
            guard state.holder != .move(id) else { return nil }
        case (.read, .seen(let open, let moves)):
            guard moves == state.moves else { return nil }
            guard let open else { return state.holder == .nobody ? state : nil }
            guard state.isHeld(by: open) else { return nil }
            next.holder = .move(open)
        default: return nil
        }
        return next
    }

    func effects(of input: Input, on state: State) -> [State] {
        var next = state
        switch input {
        case .request where state.holder == .nobody: (next.holder, next.moves) = (.someMove, state.moves + 1)
        case .withdraw(let id) where state.isHeld(by: id): next.holder = .nobody
        case .request, .withdraw, .read: break
        }
        return [next]
    }
}

extension MoveRequestModel.State {
    fileprivate func isHeld(by id: ID<Move>) -> Bool { holder == .move(id) || holder == .someMove }
}
