import SuiroDomain
import Testing

/// What a partner has sold, under the rules of 2017 and under today's.
enum Life {
    /// The rules of June 2017, and never any others.
    static func then(_ day: String) throws -> Deliberation { try Sample.rules(on: day) }

    /// Today's rules, each in force since the day that its source names.
    static func now(_ day: String) throws -> Deliberation {
        try Sample.rules(on: day, from: Sample.book(publishing: "2026", on: "2018-01-01"))
    }

    /// A year's license of the partner's own, for 31.00 a month.
    static func license(
        from start: String,
        to end: String,
        autoRenew: Bool = true,
        offering: Offering = .onlineService,
        _ course: Course = Course()
    ) throws -> Subscription {
        var license = try Sample.subscription(
            .license,
            .csp,
            soldByAsker: true,
            term: Sample.term(start, end, autoRenew: autoRenew),
            monthlyCost: Sample.money("31.00", "USD")
        )
        license.course = course
        license.course.offering = offering
        return license
    }

    static func usage() throws -> Subscription {
        var usage = try Sample.subscription(.usage, .csp, soldByAsker: true)
        usage.quantity = nil
        return usage
    }
}

extension Subscription {
    func state(_ rules: Deliberation) throws -> LifecycleState {
        var rules = rules
        return try state(&rules)
    }

    func option(_ action: SubscriptionAction, _ rules: Deliberation) throws -> Option {
        try Sample.situation(self).answer(action, rules)
    }

    /// The subscription after a change at the time of the deliberation.
    func changed(_ change: SubscriptionChange, _ rules: Deliberation) throws -> Subscription {
        var rules = rules
        return try Sample.situation(self).making(change, &rules).subscription
    }

    /// Why a change is refused; `nil` when it is not.
    func refusal(of change: SubscriptionChange, _ rules: Deliberation) throws -> Option? {
        do {
            _ = try changed(change, rules)
            return nil
        } catch Refusal.notAllowed(let option) {
            return option
        }
    }
}

extension Option {
    func step(_ action: NextStep.Action) -> NextStep? { next.first { $0.action == action } }
}
