extension Subscription {
    /// When it was bought, or renewed last before an instant.
    package func boughtOrRenewed(before instant: Instant) -> Instant {
        term?.period(at: instant).start ?? createdAt
    }

    /// What policy may depend on: what it is, and the commerce it lives under at an instant.
    package func facets(
        at instant: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Circumstances {
        var facets: Circumstances = [.offering: course.offering.rawValue]
        if let family { facets[.family] = family.rawValue }
        if let channel { facets[.channel] = channel.rawValue }
        // Only the program has had more than one commerce.
        guard channel == .csp else { return facets }
        facets[.commerceEra] = try era(at: instant, facets, &deliberation).rawValue
        return facets
    }

    private func era(
        at instant: Instant,
        _ facets: Circumstances,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> CommerceEra {
        let onset = try deliberation.decide(.newCommerce, for: facets, at: instant).value
        return onset.covers(boughtOrRenewed(before: instant)) ? .new : .legacy
    }

    /// What happens at the end of a term that does not renew, by the rules in force then (LC-20). What another channel
    /// sold only ever expires (LC-17).
    func termEnd(_ deliberation: inout Deliberation) throws(Refusal) -> Decision<TermEndBehaviour> {
        let end = term?.end ?? deliberation.at
        let facets = try facets(at: end, &deliberation)
        let behaviour = try deliberation.decide(.termEnd, for: facets, at: end)
        guard behaviour.value == .extend else { return behaviour }
        let bought = try deliberation.decide(.extensionBought, for: facets, at: end).value
        guard source == .managed, bought.covers(boughtOrRenewed(before: end)) else {
            return Decision(value: .expire, row: behaviour.row, rule: behaviour.rule, edition: behaviour.edition)
        }
        return behaviour
    }

    /// When it can no longer be cancelled, where that ends while the term runs (LC-10, LC-14).
    package func cancelDeadline(
        in region: String?,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Instant? {
        guard source == .managed, family == .license, status == .active || status == .suspended else { return nil }
        let now = deliberation.at
        var facets = try facets(at: now, &deliberation)
        facets[.region] = region
        let window = try deliberation.decide(.cancelWindow, for: facets).value
        guard let end = window.end(from: boughtOrRenewed(before: now)), now < end else { return nil }
        return end
    }

    /// LC-16: what a trial has turned into by itself; `nil` where it is none, or has not ended.
    package func converted(_ deliberation: inout Deliberation) throws(Refusal) -> Subscription? {
        guard course.offering == .trial, source == .managed, status == .active, let target = course.convertsTo,
            let term, term.autoRenew, term.end <= deliberation.at,
            try deliberation.decide(.trialAutoConversion, for: facets(at: term.end, &deliberation), at: term.end).value
        else { return nil }
        return converted(to: target, at: term.end)
    }

    /// The paid subscription that a trial becomes: twelve months that renew themselves (LC-08).
    func converted(to target: String, at instant: Instant) -> Subscription {
        var paid = self
        paid.productID = target
        paid.course = Course(statusAt: instant)
        paid.term = Term(start: instant, end: instant.adding(months: 12), autoRenew: true)
        return paid
    }
}
