import SuiroDomain
import Testing

/// What a partner may do with its own sales, by state and standing, and with access that does not reach everything.
@Suite struct OwnSaleTests {
    private func verdicts(
        _ family: Family,
        _ status: SubscriptionStatus,
        _ standing: Standing = .good
    ) throws -> Set<SubscriptionAction> {
        let own = try Sample.subscription(family, .csp, soldByAsker: true, status: status)
        let answers = try Sample.situation(own, by: Sample.asker(.direct, standing)).answers(Sample.rules())
        return Set(answers.values.filter { $0.verdict == .allowed }.map(\.action))
    }

    @Test(arguments: SubscriptionStatus.allCases)
    func `the state decides what may be done`(status: SubscriptionStatus) throws {
        let service: Set<SubscriptionAction> = [.provision, .manage, .support]
        let expected: Set<SubscriptionAction> =
            switch status {
            case .active: service.union([.changeQuantity, .suspend, .cancel])
            case .suspended: service.union([.cancel])
            case .expired, .disabled: service
            case .deleted: []
            }
        #expect(try verdicts(.license, status) == expected)
        #expect(try verdicts(.usage, status) == expected.subtracting([.changeQuantity]))
    }

    @Test func `a suspended partner serves on, and adds nothing`() throws {
        let allowed = try verdicts(.license, .active, .suspended)
        #expect(allowed == [.provision, .manage, .support, .suspend, .cancel])
        #expect(try verdicts(.license, .active, .overdue).contains(.changeQuantity))
    }

    @Test func `a term that ended unrenewed has expired without anybody's doing`() throws {
        let term = try Sample.term("2016-06-01", "2017-06-01")
        let own = try Sample.subscription(.license, .csp, soldByAsker: true, term: term)
        let before = try Sample.situation(own).answer(.suspend, Sample.rules(on: "2017-05-31T23:59:59.999Z"))
        let after = try Sample.situation(own).answer(.suspend, Sample.rules(on: "2017-06-01"))
        #expect(before.verdict == .allowed)
        #expect(after.reason == .notActive)
    }

    @Test(arguments: [Channel.direct, .advisor, .open, .ea, .thirdParty])
    func `DA-05 delegated administration does not reach usage that was there before`(channel: Channel) throws {
        let usage = Sample.situation(try Sample.subscription(.usage, channel), grant: try Sample.grant())
        let answers = try usage.answers(Sample.rules())
        for action in [SubscriptionAction.provision, .manage] {
            #expect(answers[action]?.verdict == .conditional)
            #expect(answers[action]?.reason == .resourceRoleRequired)
            #expect(answers[action]?.next.map(\.action) == [.assignResourceRole, .recreate])
        }
        #expect(answers[.support]?.verdict == .allowed)
    }

    @Test(arguments: OrganizationKind.allCases.filter(\.isPartner))
    func `IND-01 only those who transact take over, the others ask their provider`(kind: OrganizationKind) throws {
        let transacts = kind == .direct || kind == .indirectProvider
        let asker = Sample.asker(kind)
        let recreate = try Sample.situation(Sample.subscription(.usage, .ea), by: asker).answer(
            .recreate,
            Sample.rules()
        )
        #expect(recreate.verdict == (transacts ? .allowed : .conditional))
        let replace = try Sample.situation(Sample.subscription(.license, .ea), by: asker)
            .answer(.replaceLicense, Sample.rules())
        #expect(replace.reason == (transacts ? .replaceAfterExit : .partnerCannotTransact))
    }

    @Test func `every rule that was read is kept with what came of it`() throws {
        var rules = try Sample.rules()
        let license = Sample.situation(try Sample.subscription(.license, .csp))
        _ = try refusal { try license.require(.switchPartner, &rules) }
        let read = try #require(rules.read.first { $0.key == "license.switch.cspToCsp" })
        #expect(read.row == PolicyRow.ID(rawValue: "license-switch"))
        #expect(read.value == .word("forbidden"))
        #expect(read.verdict == "switchPartner: LICENSE_SWITCH_FORBIDDEN")
        #expect(read.inputs["cloud"] == "public")
        #expect(read.inputs["family"] == "license")
        #expect(Set(rules.read.map(\.key)).isSuperset(of: ["multichannel.channels", "multichannel.enabled"]))
    }
}
