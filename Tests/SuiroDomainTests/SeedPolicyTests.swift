import SuiroDomain
import Testing

/// The founding document sentence by sentence: resale, change of policy, help, and the two families.
@Suite struct SeedPolicyTests {
    @Test(arguments: Cloud.allCases, [OrganizationKind.direct, .indirectProvider, .indirectReseller])
    func `S-26 a partner of the program sells no online services to another`(
        cloud: Cloud,
        buyer: OrganizationKind
    ) throws {
        var rules = try Sample.rules(in: cloud)
        let organization = try Sample.organization(buyer)
        let refused = try refusal { try Ordering.checkResale(buyer: organization, &rules) }
        #expect(refused == .resaleForbidden(row: PolicyRow.ID(rawValue: "resale")))
        #expect(refused?.reason.rawValue == "RESALE_CSP_TO_CSP_FORBIDDEN")
        #expect(refused?.next.map(\.action) == [.useCustomerTenant])
    }

    @Test(arguments: Cloud.allCases, Family.allCases)
    func `S-26 nothing can be done with what a transacting tenant holds`(cloud: Cloud, family: Family) throws {
        for channel in Channel.allCases {
            let held = try Sample.subscription(family, channel)
            let situation = Sample.situation(held, buyer: .cspTransacting, grant: try Sample.grant())
            let answers = try situation.answers(Sample.rules(in: cloud))
            #expect(answers.count == SubscriptionAction.allCases.count)
            #expect(answers.values.allSatisfy { $0.reason == .resaleForbidden && $0.rule == "S-26" })
        }
    }

    @Test(arguments: [TenantType.customer, .internal])
    func `S-26 a partner's tenant that does not transact in the program may buy`(tenantType: TenantType) throws {
        var rules = try Sample.rules()
        let organization = try Sample.organization(.direct, tenantType: tenantType)
        try Ordering.checkResale(buyer: organization, &rules)
        #expect(rules.read.isEmpty)
    }

    @Test(arguments: Cloud.allCases)
    func `S-26 the sentence is there from June 2017 on, and before that nothing allows it`(cloud: Cloud) throws {
        let buyer = try Sample.organization(.direct)
        var before = try Sample.rules(on: "2017-05-31T23:59:59.999Z", in: cloud)
        #expect(
            try refusal { try Ordering.checkResale(buyer: buyer, &before) } == .policyMissing(key: "resale.cspToCsp")
        )
        var after = try Sample.rules(on: "2017-06-01", in: cloud)
        #expect(try refusal { try Ordering.checkResale(buyer: buyer, &after) }?.reason == .resaleForbidden)
    }

    @Test func `S-27 publishing an edition changes the outcome from its day on, and no code`() throws {
        let allowed = PolicyRow(
            id: PolicyRow.ID(rawValue: "resale-allowed"),
            key: "resale.cspToCsp",
            value: .word("allowed"),
            scope: [:],
            from: try Sample.instant("2018-01-01"),
            rules: ["S-27"],
            source: "a test",
            reviewBy: .latest,
            package: "2018"
        )
        let package = PolicyPackage(name: "2018", title: [.en: "a", .ja: "b"], summary: [:], rows: [allowed])
        let book = try Sample.book().publishing(package, effective: Sample.instant("2017-12-01"))
        #expect(book.edition == 2)
        let buyer = try Sample.organization(.direct)
        let held = Sample.situation(try Sample.subscription(.usage, .csp), buyer: .cspTransacting)
        for (day, expected) in [("2017-12-31T23:59:59.999Z", Reason.resaleForbidden), ("2018-01-01", .switchAllowed)] {
            var rules = try Sample.rules(on: day, from: book)
            let refused = try refusal { try Ordering.checkResale(buyer: buyer, &rules) }?.reason
            #expect(refused == (expected == .resaleForbidden ? .resaleForbidden : nil))
            #expect(try held.answer(.switchPartner, rules).reason == expected)
        }
    }

    @Test func `S-27 a decision of an older edition can be explained with that edition`() throws {
        let (before, after) = (try Sample.book(), try Sample.book(publishing: "2026", on: "2026-11-22"))
        let license = Sample.situation(try Sample.subscription(.license, .csp))
        for book in [before, after] {
            let rules = try Sample.rules(on: "2026-11-21", from: book)
            #expect(try license.answer(.transferLicense, rules).reason == .licenseSwitchForbidden)
        }
        #expect(try license.answer(.transferLicense, Sample.rules(on: "2026-11-22", from: after)).verdict == .allowed)
    }

    @Test func `S-28 every rule has an owner, a source and a day on which it is looked at again`() throws {
        let book = try Sample.book()
        for row in book.rows {
            #expect(!row.owner.isEmpty)
            #expect(!row.source.isEmpty)
            #expect(row.reviewBy < .latest)
            #expect(!row.package.isEmpty)
        }
        var rules = try Sample.rules(from: book)
        #expect(try rules.decide(.resale).edition == book.edition)
    }

    @Test(arguments: Cloud.allCases)
    func `S-29 news goes out through the portal and one more channel`(cloud: Cloud) throws {
        var rules = try Sample.rules(in: cloud)
        let channels = try rules.decide(.announcementChannels)
        #expect(channels.value == 2)
        #expect(channels.rule == "S-29")
    }

    @Test func `S-30 an indirect reseller is led to its provider, an indirect provider is not`() throws {
        let usage = try Sample.subscription(.usage, .csp)
        let rules = try Sample.rules()
        let reseller = try Sample.situation(usage, by: Sample.asker(.indirectReseller)).answer(.switchPartner, rules)
        #expect(reseller.verdict == .conditional)
        #expect(reseller.next.map(\.action) == [.askProvider])
        let provider = try Sample.situation(usage, by: Sample.asker(.indirectProvider)).answer(.switchPartner, rules)
        #expect(provider.next.map(\.action) == [.switchPartner])
    }

    @Test(arguments: Cloud.allCases, Channel.allCases)
    func `S-31 an unknown family blocks everything and asks for evidence`(cloud: Cloud, channel: Channel) throws {
        let situation = Sample.situation(try Sample.subscription(nil, channel), grant: try Sample.grant())
        let answers = try situation.answers(Sample.rules(in: cloud))
        #expect(answers.values.allSatisfy { $0.verdict == .refused && $0.reason.rawValue == "UNKNOWN_FAMILY" })
        #expect(answers.values.allSatisfy { $0.rule == "S-31" && $0.next.map(\.action) == [.provideEvidence] })
    }

    @Test(arguments: Cloud.allCases, Family.allCases)
    func `S-31 an unknown channel is not guessed either`(cloud: Cloud, family: Family) throws {
        let situation = Sample.situation(try Sample.subscription(family, nil), grant: try Sample.grant())
        let answers = try situation.answers(Sample.rules(in: cloud))
        #expect(answers.values.allSatisfy { $0.verdict == .refused && $0.reason == .needsEvidence })
    }

    @Test func `S-31 there are two families`() {
        #expect(Family.allCases == [.license, .usage])
    }
}
