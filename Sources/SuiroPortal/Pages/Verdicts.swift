import SuiroDomain
import SuiroService

/// What may be done with a subscription, as people read it: what they can do in one line, then each thing they cannot,
/// with its reason, its rule and the way on. Actions that share all of that share one sentence; actions that make no
/// sense for this subscription come last, folded.
struct Verdicts {
    /// Actions with one and the same answer.
    struct Group {
        var actions: [SubscriptionAction]
        let option: Option
    }

    let allowed: [SubscriptionAction]
    let others: [Group]
    let beside: [Group]

    init(_ options: [Option]) {
        allowed = options.filter { $0.verdict == .allowed }.map(\.action)
        var groups: [Group] = []
        for option in options where option.verdict != .allowed {
            if let index = groups.firstIndex(where: { $0.option.hasSameAnswer(as: option) }) {
                groups[index].actions.append(option.action)
            } else {
                groups.append(Group(actions: [option.action], option: option))
            }
        }
        let telling = groups.filter { !$0.option.reason.isBesideThePoint }
        others = telling.filter { $0.option.verdict == .conditional } + telling.filter { $0.option.verdict == .refused }
        beside = groups.filter(\.option.reason.isBesideThePoint)
    }
}

extension Option {
    fileprivate func hasSameAnswer(as other: Option) -> Bool {
        (verdict, reason, rule, policyRow) == (other.verdict, other.reason, other.rule, other.policyRow)
            && (arguments, availableFrom, next) == (other.arguments, other.availableFrom, other.next)
    }
}

extension Reason {
    /// Whether it says that the action is for another kind of subscription, or has been done.
    fileprivate var isBesideThePoint: Bool {
        switch self {
        case .alreadyYours, .alreadyGranted, .notLicenseBased, .notUsageBased, .notSoldByPartner, .useSwitch,
            .useTransfer:
            true
        default: false
        }
    }
}

extension Visit {
    /// The list of verdicts in a cell. `rules` knows where each rule can be read.
    func list(_ verdicts: Verdicts, _ rules: RuleLinks, for subscription: Subscription) -> HTML {
        let can: HTML = "<li>\(verdict(.allowed)) \(actions(verdicts.allowed))</li>"
        let others = HTML.each(verdicts.others) { item($0, rules, subscription) }
        let beside = HTML.each(verdicts.beside) { item($0, rules, subscription) }
        return """
            <ul class="why">\(HTML.when(!verdicts.allowed.isEmpty, can))\(others)</ul>\
            \(HTML.when(!verdicts.beside.isEmpty, folded(beside, subscription)))
            """
    }

    private func item(_ group: Verdicts.Group, _ rules: RuleLinks, _ subscription: Subscription) -> HTML {
        let option = group.option
        return """
            <li>\(verdict(option.verdict)) \(actions(group.actions))<br>\(sentence(option)) \
            \(rules.link(option, about: subscription.name, self))\(steps(option, subscription))</li>
            """
    }

    private func folded(_ items: HTML, _ subscription: Subscription) -> HTML {
        let about = say("portal.rule.about", ["product": .text(subscription.name)])
        return """
            <details class="fold"><summary>\(say("portal.customer.beside"))<span class="vh"> \(about)</span></summary>\
            <ul class="why">\(items)</ul></details>
            """
    }

    func actions(_ actions: [SubscriptionAction]) -> HTML {
        "<strong>\(list(actions.map { say("action.\($0.rawValue)") }))</strong>"
    }

    func steps(_ option: Option, _ subscription: Subscription) -> HTML {
        guard !option.next.isEmpty else { return .nothing }
        let steps = HTML.each(option.next) {
            "<li>\(step($0, for: subscription.customer, about: subscription.id))</li>"
        }
        return "<ul class=\"next\">\(steps)</ul>"
    }
}

/// Where the rule behind an answer can be read: at the policy row that decided, or among the rows that carry the rule.
struct RuleLinks {
    private let keys: [PolicyRow.ID: String]
    private let rules: Set<RuleID>

    init(_ rows: [PolicyRowView]) {
        keys = Dictionary(rows.map { ($0.row.id, $0.row.key) }) { first, _ in first }
        rules = Set(rows.flatMap(\.row.rules))
    }

    /// A link where there is something to read, the bare name of the rule where there is not.
    func link(_ option: Option, about product: String, _ visit: Visit) -> HTML {
        let text = visit.say("portal.rule", ["rule": .text(option.rule.description)])
        guard let address = address(option.rule, option.policyRow) else { return "<span class=\"rule\">\(text)</span>" }
        let about = visit.say("portal.rule.about", ["product": .text(product)])
        return "<a class=\"rule\" href=\"\(address)\">\(text)<span class=\"vh\"> \(about)</span></a>"
    }

    func address(_ rule: RuleID?, _ row: PolicyRow.ID?) -> String? {
        if let row, let key = keys[row] { return Place.policies(key: key, row: row) }
        guard let rule, rules.contains(rule) else { return nil }
        return Place.policies(rule: rule)
    }
}
