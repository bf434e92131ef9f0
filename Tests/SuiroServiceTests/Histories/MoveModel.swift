import SuiroDomain
import SuiroTesting

/// A switch of usage by form, by the rules of 2017, as one person at a time would find it (SM-8a, SM-8c): all three
/// agree, or somebody ends it, and then each step has its turn.
struct MoveModel: DeterministicModel {
    struct State: Hashable {
        var approved: Set<MoveParty>
        /// How many steps are behind us; none before everybody has agreed.
        var done = 0
        var ending: MoveState?
        var revision: Int

        var name: MoveState {
            if let ending { return ending }
            return done == 0 ? .awaitingConsent : done < 5 ? .inProgress : .handover
        }

        fileprivate var isRunning: Bool { ending == nil && done > 0 }
    }

    enum Wish: Hashable {
        case read, approve, decline, retract, withdraw
        case step(MoveStep)
    }

    struct Input: Hashable {
        let party: MoveParty
        let wish: Wish
    }

    enum Output: Hashable {
        case seen(State)
        case notOpen(MoveState)
        case locked(waitsFor: MoveStep?)
        case refused(Reason)
    }

    /// What is done in turn, and by whom; nobody does the cut-over, it comes with the confirmation.
    static let steps: [(step: MoveStep, who: MoveParty?)] = [
        (.writtenNotice, .customer), (.openRequest, .source), (.checkSignatures, .source),
        (.confirmVerification, .source), (.cutOver, nil), (.grantAccess, .customer), (.verifyAccess, .target),
        (.removeAccess, .customer),
    ]

    let initiator: MoveParty
    let start: State

    /// Whoever asks has agreed.
    init(initiator: MoveParty) {
        (self.initiator, start) = (initiator, State(approved: [initiator], revision: 2))
    }

    func answer(_ input: Input, in state: State) -> (output: Output, next: State) {
        let party = input.party
        switch input.wish {
        case .read: return seen(state)
        case .approve:
            if state.isRunning { return seen(state) }
            return pending(state) { next in
                if next.approved.insert(party).inserted { next.revision += 1 }
                if next.approved.count == 3 { next.done = 1 }
            }
        case .decline:
            return pending(state) { next in
                next.approved.remove(party)
                (next.ending, next.revision) = (.declined, next.revision + 1)
            }
        case .retract:
            return pending(state) { next in
                if next.approved.remove(party) != nil { next.revision += 1 }
            }
        case .withdraw: return withdraw(party, state)
        case .step(let step): return perform(step, party, state)
        }
    }

    private func seen(_ state: State) -> (Output, State) { (.seen(state), state) }

    private func pending(_ state: State, _ change: (inout State) -> Void) -> (Output, State) {
        guard state.ending == nil, state.done == 0 else { return (.notOpen(state.name), state) }
        var next = state
        change(&next)
        return seen(next)
    }

    private func withdraw(_ party: MoveParty, _ state: State) -> (Output, State) {
        if let ending = state.ending { return (.notOpen(ending), state) }
        // The source has nothing to call off: it declines, or does not do its part.
        guard party != .source else { return (.refused(.notYourMove), state) }
        if state.isRunning {
            guard party == initiator || party == .customer else { return (.refused(.notYourMove), state) }
            guard state.name != .handover else { return (.refused(.withdrawalTooLate), state) }
        }
        var next = state
        (next.ending, next.revision) = (.withdrawn, next.revision + 1)
        return seen(next)
    }

    private func perform(_ step: MoveStep, _ party: MoveParty, _ state: State) -> (Output, State) {
        guard let index = Self.steps.firstIndex(where: { $0.step == step }) else {
            return (.refused(.notFound), state)
        }
        let who = Self.steps[index].who
        let isTheirs = who == nil || who == party
        if index < state.done { return isTheirs ? seen(state) : (.refused(.notYourStep), state) }
        if let ending = state.ending { return (.notOpen(ending), state) }
        guard state.isRunning else { return (.locked(waitsFor: nil), state) }
        guard isTheirs else { return (.refused(.notYourStep), state) }
        guard index == state.done else { return (.locked(waitsFor: Self.steps[state.done].step), state) }
        // The source still has its administration and its group.
        guard step != .removeAccess else { return (.refused(.leftoversStand), state) }
        var next = state
        next.done += step == .confirmVerification ? 2 : 1
        next.revision += 1
        return seen(next)
    }
}

extension MoveModel.State: CustomStringConvertible {
    var description: String {
        let parties = approved.sorted().map(\.rawValue).joined(separator: "+")
        return "\(name.rawValue), agreed by \(parties.isEmpty ? "nobody" : parties), \(done) done, revision \(revision)"
    }
}

extension MoveModel.Input: CustomStringConvertible {
    var description: String { "\(party.rawValue): \(wish)" }
}

extension MoveModel.Output: CustomStringConvertible {
    var description: String {
        switch self {
        case .seen(let state): "\(state)"
        case .notOpen(let state): "refused: \(state.rawValue)"
        case .locked(let step): "refused: waits for \(step?.rawValue ?? "consents")"
        case .refused(let reason): "refused: \(reason.rawValue)"
        }
    }
}
