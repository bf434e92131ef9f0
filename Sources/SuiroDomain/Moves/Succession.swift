/// One of the independent facts about a subscription that name a party (INV-01). The fifth, who holds access, is a grant.
package enum PartyFact: String, Codable, CaseIterable, Sendable {
    case seller, billOwner, partnerOfRecord, supportContact
}

/// From an instant on, one fact about one subscription names another party. Only the beginning is kept: it is the end of
/// whoever came before, so that intervals touch and can neither overlap nor leave a gap (INV-03).
package struct Succession: Hashable, Codable, Sendable {
    package let subscription: ID<Subscription>
    package let fact: PartyFact
    package let from: Instant
    package let party: Party
    /// The move that brought it about.
    package let move: ID<Move>

    package init(
        subscription: ID<Subscription>,
        fact: PartyFact,
        from: Instant,
        party: Party,
        move: ID<Move>
    ) {
        (self.subscription, self.fact, self.from) = (subscription, fact, from)
        (self.party, self.move) = (party, move)
    }
}

extension Subscription {
    /// Who a fact named at `now`: the last party whose time had come, or the one from the beginning.
    package func party(
        _ fact: PartyFact,
        at now: Instant,
        _ successions: [Succession]
    ) -> Party? {
        let last =
            successions
            .filter { $0.subscription == id && $0.fact == fact && $0.from <= now }
            .max { $0.from < $1.from }
        if let last { return last.party }
        return switch fact {
        case .seller: seller
        case .billOwner: billOwner
        case .partnerOfRecord: partnerOfRecord
        case .supportContact: supportContact
        }
    }

    /// The subscription as it is at `now`, with whoever has succeeded in the meantime.
    package func succeeded(by successions: [Succession], at now: Instant) -> Subscription {
        var result = self
        result.seller = party(.seller, at: now, successions) ?? seller
        result.billOwner = party(.billOwner, at: now, successions) ?? billOwner
        result.partnerOfRecord = party(.partnerOfRecord, at: now, successions)
        result.supportContact = party(.supportContact, at: now, successions)
        // Who has come to sell it here sells it through the program, wherever it was bought before (SM-8d).
        if successions.contains(where: { $0.subscription == id && $0.fact == .seller && $0.from <= now }) {
            (result.channel, result.source) = (.csp, .managed)
        }
        return result
    }

    /// Who pays the vendor for each part of `[start, end)`: half-open intervals that touch.
    package func billOwners(
        from start: Instant,
        to end: Instant,
        _ successions: [Succession]
    ) -> [(from: Instant, to: Instant, party: Party)] {
        guard start < end else { return [] }
        let turns =
            [start]
            + successions
            .filter { $0.subscription == id && $0.fact == .billOwner && start < $0.from && $0.from < end }
            .map(\.from).sorted()
        return turns.enumerated().map { index, turn in
            (
                turn, index + 1 < turns.count ? turns[index + 1] : end,
                party(.billOwner, at: turn, successions) ?? billOwner
            )
        }
    }
}
