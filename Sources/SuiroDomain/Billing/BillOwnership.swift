/// Whose a subscription's bill is, and since when: intervals that touch and never overlap (INV-03).
struct BillOwnership: Sendable {
    struct Turn: Sendable {
        let start: Instant
        /// The cut-over that ended the turn; the end of the calendar where none does.
        let end: Instant
        let party: Party
    }

    /// The part of a turn that lies within something charged.
    struct Part {
        let interval: ChargeInterval
        let start: Instant
        let end: Instant
        let party: Party
    }

    private let turns: [Turn]

    init(of subscription: Subscription, _ successions: [Succession]) {
        // Where a bill passes to its own owner nothing is cut over.
        turns = subscription.billOwners(from: .earliest, to: .latest, successions).reduce(into: []) { turns, next in
            if let last = turns.last, last.party.payer == next.party.payer {
                turns[turns.count - 1] = Turn(start: last.start, end: next.to, party: next.party)
            } else {
                turns.append(Turn(start: next.from, end: next.to, party: next.party))
            }
        }
    }

    func owner(at instant: Instant) -> Party {
        (turns.last { $0.start <= instant } ?? turns[0]).party
    }

    /// The turns that `interval` lies across, in order.
    func turns(over interval: ChargeInterval) -> [Part] {
        turns.compactMap { turn in
            ChargeInterval(from: max(turn.start, interval.from), to: min(turn.end, interval.to))
                .map { Part(interval: $0, start: turn.start, end: turn.end, party: turn.party) }
        }
    }
}

/// A party as one that pays: the same id is the same payer, whatever it was called at the time.
struct Payer: Hashable, Comparable {
    let kind: Party.Kind
    let name: String

    static func < (left: Payer, right: Payer) -> Bool {
        (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
    }
}

extension Party {
    var payer: Payer { Payer(kind: kind, name: id.map { "\($0)" } ?? name) }
}
