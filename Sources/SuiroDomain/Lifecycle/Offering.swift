/// What kind of thing was bought, where rules differ by it (LC-14, LC-16, LC-20).
package enum Offering: String, Codable, CaseIterable, Sendable {
    case onlineService, trial, perpetualSoftware, softwareSubscription, marketplaceMonthly, marketplaceYearly
}

/// Which commerce a subscription lives under: the one it was bought in, or last renewed into (LC-09).
package enum CommerceEra: String, Codable, CaseIterable, Sendable {
    case legacy, new
}

/// Why a subscription is suspended (LC-01). `base` is ours: an add-on that rests because its base does (LC-21).
package enum SuspensionReason: String, Codable, CaseIterable, Sendable {
    case customerRequest, nonPayment, fraud, base
}

/// What happens when the term ends (LC-20).
package enum EndOfTerm: String, Codable, CaseIterable, Sendable {
    case renew, extend, cancel
}

/// Seats added within a term: they may be given back while their own window is open (LC-10, OP-33).
package struct SeatAddition: Hashable, Codable, Sendable {
    package let at: Instant
    package var seats: Int

    package init(at instant: Instant, seats: Int) {
        (at, self.seats) = (instant, seats)
    }
}

/// The part of a subscription that only its lifecycle asks for.
package struct Course: Hashable, Codable, Sendable {
    package var offering: Offering
    /// What a trial becomes when it ends (LC-16).
    package var convertsTo: String?
    /// Since when it has the status that is kept; nothing where that was never noted.
    package var statusAt: Instant?
    package var suspendedFor: SuspensionReason?
    /// What was chosen for the end of a term that does not renew; nothing where nobody chose.
    package var endOfTerm: EndOfTerm?
    /// Oldest first, none from before the current term.
    package var additions: [SeatAddition]

    package init(
        offering: Offering = .onlineService,
        convertsTo: String? = nil,
        statusAt: Instant? = nil,
        suspendedFor: SuspensionReason? = nil,
        endOfTerm: EndOfTerm? = nil,
        additions: [SeatAddition] = []
    ) {
        (self.offering, self.convertsTo, self.statusAt) = (offering, convertsTo, statusAt)
        (self.suspendedFor, self.endOfTerm, self.additions) = (suspendedFor, endOfTerm, additions)
    }
}
