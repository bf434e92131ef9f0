import SuiroDomain
import Testing

/// The classifier's whole table: family, channel, whose sale, which buyer (SM-0, S-13, S-24, S-31).
@Suite struct TruthTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let family: Family?
        let channel: Channel?
        let soldByAsker: Bool
        let buyer: TenantType

        var testDescription: String {
            "\(family?.rawValue ?? "?") \(channel?.rawValue ?? "?") \(soldByAsker ? "own" : "other") \(buyer.rawValue)"
        }
    }

    /// Sold by somebody else, to an ordinary customer, in 2017.
    private static let table: [String: (Route, RuleID)] = [
        "license direct": (.multichannel, "S-08"), "usage direct": (.multichannel, "S-21"),
        "license advisor": (.multichannel, "S-09"), "usage advisor": (.multichannel, "S-21"),
        "license open": (.multichannel, "S-10"), "usage open": (.multichannel, "S-21"),
        "license ea": (.multichannel, "S-11"), "usage ea": (.multichannel, "S-21"),
        "license thirdParty": (.multichannel, "S-14"), "usage thirdParty": (.multichannel, "S-21"),
        "license csp": (.multipartner, "S-15"), "usage csp": (.switch, "S-23"),
        "license syndication": (.refused, "S-15"), "usage syndication": (.refused, "S-15"),
    ]

    static let rows: [Row] = {
        let families = Family.allCases.map(Optional.some) + [nil]
        let channels = Channel.allCases.map(Optional.some) + [nil]
        return families.flatMap { family in
            channels.flatMap { channel in
                TenantType.allCases.flatMap { buyer in
                    [false, true].map { Row(family: family, channel: channel, soldByAsker: $0, buyer: buyer) }
                }
            }
        }
    }()

    private func expected(_ row: Row) throws -> (Route, RuleID) {
        if row.buyer == .cspTransacting { return (.refused, "S-26") }
        guard let family = row.family, let channel = row.channel else { return (.needsEvidence, "S-31") }
        if channel == .csp, row.soldByAsker { return (.own, "SM-0") }
        return try #require(Self.table["\(family.rawValue) \(channel.rawValue)"])
    }

    @Test func `the table has a line for every combination`() {
        #expect(Self.rows.count == 3 * 8 * 3 * 2)
        #expect(Self.table.count == Family.allCases.count * Channel.allCases.count)
    }

    @Test(arguments: rows)
    func `every combination is led where the document leads it`(row: Row) throws {
        let subscription = try Sample.subscription(row.family, row.channel, soldByAsker: row.soldByAsker)
        let (route, rule) = try expected(row)
        for cloud in Cloud.allCases {
            let classification = try Sample.situation(subscription, buyer: row.buyer).route(Sample.rules(in: cloud))
            #expect(classification.route == route)
            #expect(classification.rule == rule)
        }
    }

    @Test(arguments: rows)
    func `every action has one answer, and every refusal a reason`(row: Row) throws {
        let subscription = try Sample.subscription(row.family, row.channel, soldByAsker: row.soldByAsker)
        for grant in [nil, try Sample.grant()] {
            var rules = try Sample.rules()
            let (_, options) = try Sample.situation(subscription, buyer: row.buyer, grant: grant).options(&rules)
            #expect(options.map(\.action) == SubscriptionAction.allCases)
            for option in options {
                #expect(!option.rule.description.isEmpty)
                #expect(option.arguments["product"] == .text(subscription.name))
            }
        }
    }

    /// Moving without the seller is offered at most one way, and never for what is sold already by the one who asks.
    @Test(arguments: rows)
    func `at most one way to move is offered`(row: Row) throws {
        let subscription = try Sample.subscription(row.family, row.channel, soldByAsker: row.soldByAsker)
        let answers = try Sample.situation(subscription, buyer: row.buyer).answers(Sample.rules())
        let moving: [SubscriptionAction] = [.switchPartner, .transferLicense, .replaceLicense, .recreate]
        let offered = moving.filter { answers[$0]?.verdict != .refused }
        let route = try expected(row).0
        switch (row.family, route) {
        case (.usage, .multichannel): #expect(offered == [.recreate])
        case (.usage, .switch): #expect(offered == [.switchPartner])
        case (.license, .multichannel), (.license, .multipartner): #expect(offered == [.replaceLicense])
        default: #expect(offered.isEmpty)
        }
    }

    @Test(arguments: Family.allCases)
    func `a channel that policy no longer names is refused by its own sentence`(family: Family) {
        for channel in Channel.allCases where channel != .csp {
            let classification = Classification(
                family: family,
                channel: channel,
                soldByAsker: false,
                buyer: .customer,
                eligible: []
            )
            #expect(classification.route == .refused)
            #expect(
                classification.rule == (family == .license || channel == .syndication ? channel.eligibility : "S-21")
            )
        }
    }

    @Test(arguments: OrganizationKind.allCases.filter { !$0.isPartner })
    func `who is no partner is told that only partners do this`(kind: OrganizationKind) throws {
        for channel in Channel.allCases where channel != .syndication {
            let situation = Sample.situation(try Sample.subscription(.license, channel), by: Sample.asker(kind))
            let answers = try situation.answers(Sample.rules())
            #expect(answers.values.allSatisfy { $0.verdict == .refused && $0.reason == .notAPartner })
        }
    }
}
