import SuiroDomain
import SuiroTesting

/// Who may reach into one customer, as one person at a time would find it: what an invitation gave, until it is ended or
/// replaced, and never two holders of a service where `admin.exclusivity` allows one.
struct AccessModel: Model {
    struct Invitation: Hashable {
        let partner: Int
        let isCSP: Bool
        let services: Set<String>
    }

    struct Path: Hashable {
        let partner: Int
        let kind: AccessKind
    }

    struct State: Hashable {
        /// By path, the invitation whose acceptance opened it.
        var live: [Path: Int] = [:]
        var accepted: Set<Int> = []
    }

    enum Input: Hashable {
        case accept(Int)
        /// The customer, or the partner itself, ends what an invitation gave.
        case end(Int, AccessKind, byPartner: Bool)
        /// The partner gives up everything it has there.
        case leave(partner: Int)
        /// The partner looks at the customer's subscriptions.
        case use(partner: Int)
        case readAsCustomer
        case readAsPartner(Int)
    }

    enum Output: Hashable {
        case done
        case access([Path: Int])
        /// An invitation is used once.
        case used
        case exclusivity(holder: Int)
        /// The gate: no relationship.
        case stranger
        case ended
        case neverGranted
    }

    let start: State
    private let invitations: [Invitation]

    init(_ invitations: [Invitation], start: State = State()) {
        (self.invitations, self.start) = (invitations, start)
    }

    func apply(_ input: Input, _ output: Output, to state: State) -> State? {
        answers(input, in: state).first { $0.output == output }?.next
    }

    func effects(of input: Input, on state: State) -> [State] {
        answers(input, in: state).map(\.next)
    }

    private typealias Answer = (output: Output, next: State)

    /// More than one only where several holders are in the way: any of them may be named.
    private func answers(_ input: Input, in state: State) -> [Answer] {
        switch input {
        case .accept(let number): accept(number, in: state)
        case .end(let number, let kind, let isByPartner): [end(number, kind, isByPartner, in: state)]
        case .leave(let partner): [leave(partner, in: state)]
        case .use(let partner): [(isTied(partner, state) ? .done : .stranger, state)]
        case .readAsCustomer: [(.access(state.live), state)]
        case .readAsPartner(let partner):
            [(isTied(partner, state) ? .access(state.live.filter { $0.key.partner == partner }) : .stranger, state)]
        }
    }

    private func accept(_ number: Int, in state: State) -> [Answer] {
        guard !state.accepted.contains(number) else { return [(.used, state)] }
        let wanted = invitations[number]
        let holders = state.live.filter { path, holder in
            path.kind == .dap && path.partner != wanted.partner && invitations[holder].isCSP
                && !invitations[holder].services.isDisjoint(with: wanted.services)
        }
        guard holders.isEmpty else { return holders.keys.map { (.exclusivity(holder: $0.partner), state) } }
        var next = state
        next.accepted.insert(number)
        for kind in [AccessKind.resellerTie, .dap] { next.live[Path(partner: wanted.partner, kind: kind)] = number }
        return [(.done, next)]
    }

    private func end(_ number: Int, _ kind: AccessKind, _ isByPartner: Bool, in state: State) -> Answer {
        let path = Path(partner: invitations[number].partner, kind: kind)
        guard state.accepted.contains(number) else { return (.neverGranted, state) }
        guard !isByPartner || isTied(path.partner, state) else { return (.stranger, state) }
        guard state.live[path] == number else { return (.ended, state) }
        var next = state
        next.live[path] = nil
        return (.done, next)
    }

    private func leave(_ partner: Int, in state: State) -> Answer {
        guard isTied(partner, state) else { return (.stranger, state) }
        var next = state
        next.live = next.live.filter { $0.key.partner != partner }
        return (.done, next)
    }

    private func isTied(_ partner: Int, _ state: State) -> Bool {
        state.live[Path(partner: partner, kind: .resellerTie)] != nil
    }
}

extension AccessModel.State: CustomStringConvertible {
    var description: String { "\(live.words), accepted \(accepted.sorted())" }
}

extension AccessModel.Input: CustomStringConvertible {
    /// Whether a partner asks, whose right to ask may end.
    var isOfPartner: Bool {
        switch self {
        case .accept, .readAsCustomer: false
        case .end(_, _, let isByPartner): isByPartner
        case .leave, .use, .readAsPartner: true
        }
    }

    var description: String {
        switch self {
        case .accept(let number): "accept invitation \(number)"
        case .end(let number, let kind, let isByPartner):
            "\(isByPartner ? "partner" : "customer") ends the \(kind.rawValue) of invitation \(number)"
        case .leave(let partner): "partner \(partner) leaves"
        case .use(let partner): "partner \(partner) uses its access"
        case .readAsCustomer: "customer reads"
        case .readAsPartner(let partner): "partner \(partner) reads"
        }
    }
}

extension AccessModel.Output: CustomStringConvertible {
    var description: String {
        switch self {
        case .done: "done"
        case .access(let live): live.words
        case .used: "refused: accepted already"
        case .exclusivity(let holder): "refused: partner \(holder) holds the service"
        case .stranger: "refused: no relationship"
        case .ended: "refused: ended already"
        case .neverGranted: "refused: no such access"
        }
    }
}

extension [AccessModel.Path: Int] {
    fileprivate var words: String {
        let paths = map { "\($0.key.kind.rawValue) of partner \($0.key.partner) by invitation \($0.value)" }
        return paths.isEmpty ? "no access" : paths.sorted().joined(separator: ", ")
    }
}
