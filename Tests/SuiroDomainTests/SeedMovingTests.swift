import SuiroDomain
import Testing

/// The founding document sentence by sentence: what moves from one seller to another, and how.
@Suite struct SeedMovingTests {
    private static let elsewhere: [Channel] = [.direct, .advisor, .open, .ea, .thirdParty]

    @Test(arguments: Cloud.allCases, elsewhere + [.csp])
    func `S-16 a license-based subscription cannot be switched to another partner of the program`(
        cloud: Cloud,
        channel: Channel
    ) throws {
        let situation = Sample.situation(try Sample.subscription(.license, channel), grant: try Sample.grant())
        for action in [SubscriptionAction.switchPartner, .transferLicense] {
            let answer = try situation.answer(action, Sample.rules(in: cloud))
            #expect(answer.verdict == .refused)
            #expect(answer.reason == .licenseSwitchForbidden)
            #expect(answer.reason.rawValue == "LICENSE_SWITCH_FORBIDDEN")
            #expect(answer.rule == "S-16")
            #expect(answer.policyRow == PolicyRow.ID(rawValue: "license-switch"))
        }
    }

    @Test func `S-16 the refusal that stops it is the answer that explains it`() throws {
        let situation = Sample.situation(try Sample.subscription(.license, .csp))
        var rules = try Sample.rules()
        let explained = try situation.answer(.switchPartner, rules)
        #expect(try refusal { try situation.require(.switchPartner, &rules) } == .notAllowed(explained))
    }

    @Test(arguments: Cloud.allCases)
    func `S-17 there are exactly two ways out, with their dates and costs`(cloud: Cloud) throws {
        let term = try Sample.term("2016-09-01", "2017-09-01")
        let license = try Sample.subscription(.license, .open, term: term, monthlyCost: Sample.money("60000"))
        let answer = try Sample.situation(license).answer(.switchPartner, Sample.rules(on: "2017-07-01", in: cloud))
        #expect(answer.availableFrom == term.end)
        #expect(
            answer.next == [
                NextStep(.waitForTermEnd, on: term.end, cost: try Sample.money("0")),
                NextStep(.cancelFirst, on: try Sample.instant("2017-07-01"), cost: try Sample.money("120000")),
            ]
        )
    }

    @Test func `S-17 a sale in the program is paid back by the day, so cancelling it first costs nothing`() throws {
        let term = try Sample.term("2016-09-01", "2017-09-01")
        let license = try Sample.subscription(.license, .csp, term: term, monthlyCost: Sample.money("60000"))
        let next = try Sample.situation(license).answer(.switchPartner, Sample.rules(on: "2017-07-01")).next
        #expect(next.map(\.action) == [.waitForTermEnd, .cancelFirst])
        #expect(next.map(\.cost) == [try Sample.money("0"), try Sample.money("0")])
    }

    @Test func `S-17 without a term or a price the ways are the same, and no date or cost is made up`() throws {
        let license = Sample.situation(try Sample.subscription(.license, .csp))
        let next = try license.answer(.switchPartner, Sample.rules(on: "2017-07-01")).next
        #expect(next == [NextStep(.waitForTermEnd), NextStep(.cancelFirst, on: try Sample.instant("2017-07-01"))])
    }

    @Test(arguments: elsewhere + [.csp])
    func `S-18 replacing waits for the old subscription, by one of the two ways`(channel: Channel) throws {
        let situation = Sample.situation(try Sample.subscription(.license, channel), grant: try Sample.grant())
        var rules = try Sample.rules()
        let answer = try situation.answer(.replaceLicense, rules)
        #expect(answer.verdict == .conditional)
        #expect(answer.reason == .replaceAfterExit)
        #expect(answer.next.map(\.action) == [.waitForTermEnd, .cancelFirst])
        #expect(throws: Refusal.self) { try situation.require(.replaceLicense, &rules) }
    }

    @Test func `S-18 once the old subscription has ended it may be replaced, and not a moment before`() throws {
        var license = try Sample.subscription(.license, .open)
        let end = try Sample.instant("2017-12-31")
        license.term = Term(start: try Sample.instant("2017-01-01"), end: end, autoRenew: false)
        let situation = Sample.situation(license, grant: try Sample.grant())
        let before = try situation.answer(.replaceLicense, Sample.rules(on: "2017-12-30T23:59:59.999Z"))
        #expect(before.verdict == .conditional && before.availableFrom == end)
        let after = try situation.answer(.replaceLicense, Sample.rules(on: "2017-12-31"))
        #expect(after.verdict == .allowed && after.next.isEmpty)
        #expect(try situation.answer(.switchPartner, Sample.rules(on: "2017-12-31")).availableFrom == nil)
    }

    @Test(arguments: Cloud.allCases, elsewhere)
    func `S-19 nothing is managed or supported before the customer has approved`(cloud: Cloud, channel: Channel) throws
    {
        let license = try Sample.subscription(.license, channel)
        let (before, after) = (Sample.situation(license), Sample.situation(license, grant: try Sample.grant()))
        for action in [SubscriptionAction.provision, .manage, .support] {
            var rules = try Sample.rules(in: cloud)
            let refused = try refusal { try before.require(action, &rules) }
            #expect(refused?.reason == .permissionRequired)
            #expect(refused?.rule == "S-19")
            #expect(try after.require(action, &rules).verdict == .allowed)
        }
    }

    @Test(arguments: Cloud.allCases)
    func `S-20 approval is asked for by requesting a reseller relationship`(cloud: Cloud) throws {
        let situation = Sample.situation(try Sample.subscription(.license, .ea))
        let answers = try situation.answers(Sample.rules(in: cloud))
        #expect(answers[.manage]?.next.map(\.action) == [.requestPermission])
        #expect(answers[.requestPermission]?.rule == "S-20")
        #expect(answers[.requestPermission]?.next.map(\.action) == [.requestPermission])
    }

    @Test(arguments: Cloud.allCases, [Channel.advisor, .open, .ea])
    func `S-21 usage from another channel is created anew, described by hand, and then cancelled`(
        cloud: Cloud,
        channel: Channel
    ) throws {
        let answer = try Sample.situation(Sample.subscription(.usage, channel)).answer(
            .recreate,
            Sample.rules(in: cloud)
        )
        #expect(answer.verdict == .allowed)
        #expect(answer.rule == "S-21")
        #expect(answer.next.map(\.action) == [.createSubscription, .enterDetails, .cancelServicesOrWhole])
    }

    @Test func `S-21 single services or the whole may be cancelled, and the customer does it`() throws {
        var rules = try Sample.rules()
        #expect(try rules.decide(.cancelScopes).value == ["services", "whole"])
        #expect(try rules.decide(.cancelByWhom).value == "customer")
        #expect(try rules.decide(.usageOtherChannel).value == "recreate")
    }

    @Test(arguments: Cloud.allCases, [Channel.direct, .thirdParty])
    func `S-22 the named channels are examples`(cloud: Cloud, channel: Channel) throws {
        let answer = try Sample.situation(Sample.subscription(.usage, channel)).answer(
            .recreate,
            Sample.rules(in: cloud)
        )
        #expect(answer.verdict == .allowed)
        #expect(answer.reason == .recreateInSteps)
    }

    @Test(arguments: Cloud.allCases, [OrganizationKind.direct, .indirectProvider])
    func `S-23 usage sold by another partner can be switched`(cloud: Cloud, kind: OrganizationKind) throws {
        let usage = Sample.situation(try Sample.subscription(.usage, .csp), by: Sample.asker(kind))
        let answer = try usage.answer(.switchPartner, Sample.rules(in: cloud))
        #expect(answer.verdict == .allowed)
        #expect(answer.rule == "S-23")
        #expect(answer.reason == .switchAllowed)
    }

    @Test(arguments: Cloud.allCases, Channel.allCases)
    func `S-24 switching and creating anew are never both offered`(cloud: Cloud, channel: Channel) throws {
        for family in Family.allCases {
            let answers = try Sample.situation(Sample.subscription(family, channel)).answers(Sample.rules(in: cloud))
            let offered = [answers[.switchPartner], answers[.recreate]].filter { $0?.verdict == .allowed }
            #expect(offered.count <= 1)
        }
    }

    @Test func `S-24 each points to the other where the other is the way`() throws {
        let rules = try Sample.rules()
        let fromPartner = try Sample.situation(Sample.subscription(.usage, .csp)).answer(.recreate, rules)
        #expect(fromPartner.reason == .useSwitch)
        #expect(fromPartner.next.map(\.action) == [.switchPartner])
        let fromChannel = try Sample.situation(Sample.subscription(.usage, .ea)).answer(.switchPartner, rules)
        #expect(fromChannel.reason == .notSoldByPartner)
        #expect(fromChannel.next.map(\.action) == [.recreate])
    }

    @Test func `S-25 the rule of switching names the page that tells how`() throws {
        let answer = try Sample.situation(Sample.subscription(.usage, .csp)).answer(.switchPartner, Sample.rules())
        let row = try #require(try Sample.book().rows.first { $0.id == answer.policyRow })
        #expect(row.source.contains("switch-azure-subscriptions-to-a-different-partner"))
        #expect(answer.next.map(\.action) == [.switchPartner])
    }
}
