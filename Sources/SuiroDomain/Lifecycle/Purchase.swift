extension Ordering {
    /// What buying an offer begins: a term, and a course of its own.
    package struct Purchase: Sendable {
        package let at: Instant
        package let term: Term?
        package let course: Course
    }

    /// LC-08: a licence runs twelve months, or as many as were chosen, and renews itself; usage and perpetual software have no term. LC-16: a trial
    /// has its own length, and a number of seats that it cannot exceed.
    package static func purchase(
        of offer: Offer,
        seats: Int,
        line: Int,
        months: Int? = nil,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Purchase {
        let now = deliberation.at
        let course = Course(offering: offer.offering, convertsTo: offer.convertsTo.first, statusAt: now)
        let chosen = months
        func lasting(months: Int) -> Purchase {
            let term = Term(start: now, end: now.adding(months: chosen ?? months), autoRenew: true)
            return Purchase(at: now, term: offer.family == .license ? term : nil, course: course)
        }
        switch offer.offering {
        case .onlineService, .softwareSubscription, .marketplaceYearly: return lasting(months: 12)
        case .marketplaceMonthly: return lasting(months: 1)
        case .perpetualSoftware: return Purchase(at: now, term: nil, course: course)
        case .trial:
            let facets: Circumstances = [.channel: Channel.csp.rawValue, .offering: offer.offering.rawValue]
            let limit = try deliberation.decide(.trialSeats, for: facets).value
            guard seats <= limit else {
                let field = "lineItems[\(line)].quantity"
                throw .invalid([InputFault(field: field, code: .outOfRange, value: "\(seats)")])
            }
            let days = try deliberation.decide(.trialDays, for: facets).value
            let converts = try deliberation.decide(.trialAutoConversion, for: facets).value
            let term = Term(start: now, end: now.adding(days: days), autoRenew: converts && !offer.convertsTo.isEmpty)
            return Purchase(at: now, term: term, course: course)
        }
    }
}
