import Foundation
import SuiroDomain
import SuiroTesting

/// Mistakes that servers make, put between the recorder and a service that does not make them. One of each a history.
enum PlantedFaults {
    /// Remembers what it was last told.
    private final class Memory<Value: Sendable>: @unchecked Sendable {
        private let lock = NSLock()
        private var value: Value?

        /// Keeps `new`, and answers what was kept before.
        func exchange(_ new: Value?) -> Value? {
            lock.withLock {
                defer { value = new }
                return value
            }
        }
    }

    /// A cache in front of the reads, which answers first and asks afterwards.
    static func readingFromACache<Input, Output>(
        _ reads: Set<Input>,
        _ door: @escaping Door<Input, Output>
    ) -> Door<Input, Output> {
        let memory = Memory<Output>()
        return { ask in
            let fresh = try await door(ask)
            return reads.contains(ask.input) ? memory.exchange(fresh) ?? fresh : fresh
        }
    }

    /// Every arrival of a request is a new request.
    static func forgettingKeys<Input, Output>(_ door: @escaping Door<Input, Output>) -> Door<Input, Output> {
        { ask in try await door(Ask(ask.input, by: ask.process)) }
    }

    /// Reads, writes, and answers with what it read and what it wanted: another write in between is not in the answer.
    static func answeringFromTheReadBefore(
        _ door: @escaping InvitationHistories.Way
    ) -> InvitationHistories.Way {
        { ask in
            guard ask.input == .remind else { return try await door(ask) }
            let before = try await door(Ask(.readAsPartner, by: ask.process))
            let after = try await door(ask)
            guard case .seen(var state) = before, case .seen = after else { return after }
            state.reminders += 1
            state.revision += 1
            return .seen(state)
        }
    }

    /// Looks whether it may, and then does not look whether it could.
    static func checkingFirstOnly(_ door: @escaping InvitationHistories.Way) -> InvitationHistories.Way {
        { ask in
            let endings: [InvitationModel.Input: String] = [
                .accept: "accepted", .decline: "declined", .withdraw: "withdrawn",
            ]
            guard let ending = endings[ask.input] else { return try await door(ask) }
            let before = try await door(Ask(ask.input == .withdraw ? .readAsPartner : .readAsCustomer, by: ask.process))
            let after = try await door(ask)
            guard case .seen(var state) = before, state.ending == nil else { return after }
            state.name = ending
            state.revision += 1
            return .seen(state)
        }
    }

    /// Whoever was let in once is let in once more.
    static func rememberingPermission(_ door: @escaping AccessHistories.Way) -> AccessHistories.Way {
        let memory = Memory<Bool>()
        return { ask in
            guard case .use = ask.input else { return try await door(ask) }
            let isLetIn = try await door(ask) == .done
            return memory.exchange(isLetIn) == true || isLetIn ? .done : .stranger
        }
    }

    /// Takes every change for a change of what is there now.
    static func ignoringWhatWasSeen(_ door: @escaping SubscriptionHistories.Way) -> SubscriptionHistories.Way {
        { ask in
            guard case .change(let wish, _) = ask.input else { return try await door(ask) }
            return try await door(Ask(.change(wish, seen: nil), insteadOf: ask))
        }
    }

    /// Looks whether a subscription is free, and then has it move whoever else has come first.
    static func openingWhatWasFree(_ door: @escaping MoveRequestHistories.Way) -> MoveRequestHistories.Way {
        { ask in
            guard ask.input == .request else {
                do {
                    return try await door(ask)
                } catch Refusal.notFound(.move, _) {
                    // The move that nobody should have been promised.
                    return .notOpen
                }
            }
            let before = try await door(Ask(.read, by: ask.process))
            let after = try await door(ask)
            guard case .seen(open: nil, _) = before, after == .taken else { return after }
            return .opened(ID(UUID()))
        }
    }

    /// Looks whether a move is open, and ends it whatever else has ended it since.
    static func endingWhatWasOpen(_ door: @escaping MoveHistories.Way) -> MoveHistories.Way {
        { ask in
            let endings: [MoveModel.Wish: MoveState] = [.decline: .declined, .withdraw: .withdrawn]
            guard let ending = endings[ask.input.wish] else { return try await door(ask) }
            let read = MoveModel.Input(party: ask.input.party, wish: .read)
            let before = try await door(Ask(read, by: ask.process))
            let after = try await door(ask)
            guard case .seen(var state) = before, state.ending == nil, case .notOpen = after else { return after }
            state.ending = ending
            state.revision += 1
            return .seen(state)
        }
    }
}
