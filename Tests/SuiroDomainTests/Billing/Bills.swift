import FoundationEssentials
import SuiroDomain
import Testing

/// Bills, payers and what was used, as the tests of statements speak of them.
enum Bills {
    static let partners = (0..<3).map {
        Party(kind: .partner, id: Sample.id(UInt8(60 + $0)), name: ["Tozai", "Harbor", "Minato"][$0])
    }

    static func subscription(
        _ number: UInt8 = 9,
        family: Family = .usage,
        channel: Channel = .csp,
        owner: Party = partners[0],
        monthlyCost: Money? = nil,
        term: Term? = nil,
        source: SubscriptionSource = .managed
    ) throws -> Subscription {
        Subscription(
            id: Sample.id(number),
            customer: Sample.customer,
            name: "Subscription \(number)",
            family: family,
            channel: channel,
            source: source,
            seller: owner,
            billOwner: owner,
            term: term,
            monthlyCost: monthlyCost,
            createdAt: try Sample.instant("2017-01-01")
        )
    }

    /// The bill passes to `party`.
    static func cutOver(_ at: String, to party: Party) throws -> Succession {
        Succession(
            subscription: Sample.id(9),
            fact: .billOwner,
            from: try Sample.instant(at),
            party: party,
            move: Sample.id(90)
        )
    }

    static func line(
        _ from: String,
        _ to: String,
        _ amount: String,
        _ currency: String = "USD",
        reported: String = "2017-01-01"
    ) throws -> UsageLine {
        let billed = try Sample.money(amount, currency)
        return UsageLine(
            subscription: Sample.id(9),
            service: "Storage",
            interval: try #require(ChargeInterval(from: Sample.instant(from), to: Sample.instant(to))),
            currency: billed.currency,
            billed: billed.amount,
            effective: billed.amount,
            firstReported: try Sample.instant(reported)
        )
    }

    static func statements(
        _ month: String,
        _ subscription: Subscription,
        usage: [UsageLine] = [],
        _ successions: [Succession] = [],
        _ rules: Deliberation? = nil
    ) throws -> [Statement] {
        var rules = try rules ?? Sample.rules()
        var draft = StatementDraft(for: try #require(BillingMonth(month)))
        try draft.take(subscription, usage: usage, successions: successions, &rules)
        return draft.statements
    }
}

extension [Statement] {
    /// What each payer owes, by its name.
    var totals: [String: String] {
        Dictionary(uniqueKeysWithValues: map { ($0.payer.name, $0.total.text) })
    }

    var exactTotals: [String: String] {
        Dictionary(uniqueKeysWithValues: map { ($0.payer.name, $0.exactTotal.text) })
    }

    /// `Tozai usage regular 2017-06-01 2017-06-16 10.00`
    var lines: [String] {
        flatMap { statement in
            statement.lines.map { line in
                let interval = "\(line.interval.from.day) \(line.interval.to.day)"
                return "\(statement.payer.name) \(line.kind) \(line.bucket) \(interval) \(line.amount.text)"
            }
        }
    }
}
