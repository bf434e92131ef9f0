// Taking it into use, and taking back what brought it.
extension OwnSale {
    /// What runs can be taken into use.
    func activating() -> Answer {
        if let observed { return observed }
        return state.status == .active ? Answer(.allowed, .ownSale, "SM-5") : notActive
    }

    /// LC-14: an order can be taken back as a whole while it is young, and what it brought can be cancelled.
    func takingBack(
        orderedAt ordered: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Answer {
        let days = try deliberation.decide(.orderCancelDays, for: facets(&deliberation))
        guard now < ordered.adding(days: days.value) else {
            return Answer(.refused, .cancelWindowOver, days.rule, row: days.row)
        }
        return try cancelling(&deliberation)
    }
}

extension Situation {
    /// Whether the subscription may be taken into use now.
    package func activation(_ deliberation: inout Deliberation) throws(Refusal) -> Option {
        try own(.manage, &deliberation) { (sale, _) throws(Refusal) in sale.activating() }
    }

    /// Whether the subscription may go with the order that brought it.
    package func withdrawal(
        orderedAt ordered: Instant,
        _ deliberation: inout Deliberation
    ) throws(Refusal) -> Option {
        try own(.cancel, &deliberation) { (sale, deliberation) throws(Refusal) in
            try sale.takingBack(orderedAt: ordered, &deliberation)
        }
    }
}
