import SuiroAssets
import SuiroDomain
import Testing

/// What the package of 2026 changes when it is published, and that it changes nothing before.
@Suite struct TodaysRulesTests {
    private func rules(_ day: String = "2026-12-01", in cloud: Cloud = .public) throws -> Deliberation {
        try Sample.rules(on: day, in: cloud, from: Sample.book(publishing: "2026", on: "2026-12-01"))
    }

    private func settle(
        _ rules: Deliberation,
        country: String = "JP",
        delegatedAdmin: Bool? = nil,
        as role: Role = .adminAgent
    ) throws -> RequestedScope {
        var rules = rules
        let wish = RelationshipWish(
            customerDomain: nil,
            customer: try Sample.organization(.customer, country: country),
            recipientName: nil,
            recipientMail: nil,
            language: .en,
            delegatedAdmin: delegatedAdmin,
            roles: [],
            days: nil
        )
        return try wish.settle(for: Sample.organization(.direct), by: [role], &rules).scope
    }

    @Test func `MC-09 licenses sold in the program are transferred, and only those`() throws {
        let before = try rules("2026-11-30T23:59:59.999Z")
        let sold = Sample.situation(try Sample.subscription(.license, .csp))
        #expect(try sold.answer(.transferLicense, before).reason == .licenseSwitchForbidden)
        #expect(try sold.answer(.transferLicense, before).availableFrom == Sample.instant("2026-12-01"))
        #expect(try sold.answer(.transferLicense, rules()).verdict == .allowed)
        #expect(try sold.answer(.switchPartner, rules()).reason == .useTransfer)
        let direct = Sample.situation(try Sample.subscription(.license, .direct))
        #expect(try direct.answer(.transferLicense, rules()).reason == .notSoldByPartner)
        #expect(try direct.answer(.switchPartner, rules()).reason == .notSoldByPartner)
    }

    @Test(arguments: Channel.allCases)
    func `MC-08 Advisor and Open are covered no longer`(channel: Channel) throws {
        let route = try Sample.situation(Sample.subscription(.license, channel)).route(rules()).route
        switch channel {
        case .direct, .ea, .thirdParty: #expect(route == .multichannel)
        case .advisor, .open, .syndication: #expect(route == .refused)
        case .csp: #expect(route == .multipartner)
        }
    }

    @Test func `REL-10 a relationship can be asked for without delegated administration in the public cloud`() throws {
        #expect(try !settle(rules(), delegatedAdmin: false).delegatedAdmin)
        #expect(try !settle(rules()).delegatedAdmin)
        let book = try Sample.book(publishing: "2026", on: "2018-01-01")
        let before = try Sample.rules(on: "2018-10-31T23:59:59.999Z", from: book)
        #expect(try refusal { try settle(before, delegatedAdmin: false) }?.reason == .delegatedAdminNotSeparable)
        #expect(try !settle(Sample.rules(on: "2018-11-01", from: book), delegatedAdmin: false).delegatedAdmin)
    }

    @Test func `REL-11 in the cloud for US Government it still cannot, nor in the Germany cloud`() throws {
        #expect(
            try refusal { try settle(rules(in: .usgov), delegatedAdmin: false) }?.reason == .delegatedAdminNotSeparable
        )
        var germany = try rules(in: .germany)
        #expect(try !germany.decide(.delegatedAdminOptional).value)
    }

    @Test func `REL-12 since 2019 a partner asks in its own country`() throws {
        #expect(try refusal { try settle(rules(), country: "DE") }?.reason == .otherMarket)
        #expect(try refusal { try settle(rules(), country: "JP") } == nil)
        let book = try Sample.book(publishing: "2026", on: "2018-01-01")
        let before = try Sample.rules(on: "2018-12-31T23:59:59.999Z", from: book)
        #expect(try refusal { try settle(before, country: "DE") } == nil)
        let after = try Sample.rules(on: "2019-01-01", from: book)
        #expect(try refusal { try settle(after, country: "DE") }?.reason == .otherMarket)
    }

    @Test func `only admin agents ask, nothing is exclusive, orders need an agreement`() throws {
        #expect(try refusal { try settle(self.rules(), as: .salesAgent) }?.reason == .requestorNotAllowed)
        var rules = try self.rules()
        #expect(try rules.decide(.adminExclusivity).value == "none")
        #expect(try rules.decide(.agreementRequired).value)
        #expect(try !rules.decide(.linkReusable).value)
        #expect(try !rules.decide(.adminOnNewCustomer).value)
        #expect(try rules.decide(.removers).value == ["direct", "indirectProvider"])
        #expect(try rules.decide(.resale).value == "forbidden")
    }

    @Test func `with no exclusivity two partners hold the same service`() throws {
        var rules = try self.rules()
        let request = try Sample.request(state: .draft, services: ["exchange"])
        let rival = Rival(partner: Sample.otherPartner, name: "Hokusei", isCSP: true, services: ["exchange"])
        try request.checkExclusivity(against: [rival], &rules)
    }

    @Test(arguments: Cloud.allCases, ["2017-06-09", "2018-06-01", "2020-02-01", "2026-12-01", "2099-12-31"])
    func `published on any day it leaves no key without an answer`(cloud: Cloud, effective: String) throws {
        let book = try Sample.book(publishing: "2026", on: effective)
        for day in ["2017-06-09", "2017-12-31", "2018-11-15", "2021-10-01", "2024-06-30", "2026-12-01", "2099-12-31"] {
            let at = try Sample.instant(day)
            for key in PolicyVocabulary.shapes.keys {
                for family in Family.allCases {
                    let subject: Circumstances = [.cloud: cloud.rawValue, .family: family.rawValue]
                    #expect(book.row(key, for: subject, at: at) != nil, "\(key) on \(day)")
                }
            }
        }
    }

    @Test(arguments: Cloud.allCases)
    func `before the day of publication every answer is the older one`(cloud: Cloud) throws {
        let (old, new) = (try Sample.book(), try Sample.book(publishing: "2026", on: "2026-12-01"))
        let eve = try Sample.instant("2026-11-30T23:59:59.999Z")
        for key in PolicyVocabulary.shapes.keys {
            let subject: Circumstances = [.cloud: cloud.rawValue, .channel: "csp"]
            #expect(old.row(key, for: subject, at: eve)?.id == new.row(key, for: subject, at: eve)?.id)
        }
    }
}
