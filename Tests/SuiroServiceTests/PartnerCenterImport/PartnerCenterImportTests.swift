import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// A partner's customers come along as they were dumped, once, and nobody is overruled by a file.
@Suite struct PartnerCenterImportTests {
    private static let customer = "c3f1d2a4-9b58-4b06-8e2e-5b7e1f0a6d31"
    private static let subscription = "6b0e2f7a-4c91-4d38-9e55-8a7d13c0f264"

    private func file(_ path: String, _ text: String) throws -> DumpFile {
        try DumpFile(path: path, bytes: Array(text.utf8))
    }

    private func customers(_ domain: String = "birch.example", name: String = "Birchwater Pottery") throws -> DumpFile {
        try file(
            "customers.json",
            #"""
            {"totalCount":1,"items":[{"id":"\#(Self.customer)","companyProfile":{"tenantId":"\#(Self.customer)",
            "domain":"\#(domain)","companyName":"\#(name)","email":"a@b.example"},"relationshipToPartner":"reseller",
            "attributes":{"objectType":"Customer"}}]}
            """#
        )
    }

    private func subscriptions(_ more: String = "", quantity: String = "12", end: String = "2018-01-08") throws
        -> DumpFile
    {
        try file(
            "customers/\(Self.customer)/subscriptions.json",
            #"""
            [{"id":"\#(Self.subscription.uppercased())","offerId":"796B6B5F-613C-4E24-A17C-EBA730D49C02",
            "offerName":"Office 365 E3","friendlyName":"Studio mail","quantity":\#(quantity),"status":"active",
            "effectiveStartDate":"2016-01-09T00:00:00Z","commitmentEndDate":"\#(end)T00:00:00Z",
            "creationDate":"2016-01-09T08:30:00.0000000Z","autoRenewEnabled":true,"billingType":"license",
            "billingCycle":"monthly","orderId":"D41A"\#(more)}]
            """#
        )
    }

    private func run(
        _ files: [DumpFile],
        _ world: TestWorld,
        for partner: Organization,
        isRehearsal: Bool = false
    ) async throws -> PartnerCenterReport {
        try await world.service.importPartnerCenter(
            PartnerCenterDump(files),
            for: partner.id,
            isRehearsal: isRehearsal
        ) { _, _ in }
    }

    private func held(_ world: TestWorld) async throws -> [Subscription] {
        let id: ID<Customer> = try #require(ID(Self.customer))
        return try await world.service.readAsSystem { tx in try tx.everySubscription(of: id) }
    }

    @Test("customers and what they hold come along with their ids, and once", arguments: TestDriver.available)
    func once(driver: TestDriver) async throws {
        let world = try await TestWorld(on: driver)
        let (partner, agents) = try await world.add(.direct, "Harbor", domain: "harbor.example", roles: [[.adminAgent]])
        let files = [try customers(), try subscriptions()]
        let rehearsed = try await run(files, world, for: partner, isRehearsal: true)
        #expect(rehearsed.taken == ["customer": 1, "subscription": 1])
        let none = try await world.service.readAsSystem { tx in try tx.organization(domain: "birch.example") }
        #expect(none == nil)
        let first = try await run(files, world, for: partner)
        #expect(first.taken == rehearsed.taken && first.leftOut.isEmpty && first.known.isEmpty)
        #expect(first.unread["customer companyProfile.email"] == 1 && first.withoutCountry == 1)
        let kept = try #require(try await held(world).first)
        #expect("\(kept.id)" == Self.subscription && kept.quantity == 12 && kept.source == .managed)
        #expect(kept.term?.start.day == "2017-01-09" && kept.term?.end.day == "2018-01-09", "the term it is in")
        #expect(kept.skuID == "ENTERPRISEPACK", "the catalogue knows the offer")
        let again = try await run(files, world, for: partner)
        #expect(again.taken.isEmpty && again.known == first.taken && again.leftOut.isEmpty)
        #expect(try await held(world) == [kept])
        let seen = try await world.service.subscriptions(
            of: kept.customer,
            world.context(agents[0])
        )
        #expect(seen.map(\.isOwn) == [true], "the relationship is open")
        let grants = try await world.service.readAsSystem { tx in try tx.grants(in: kept.customer) }
        #expect(grants.map(\.consent.basis) == [.attestedByPartner] && grants.map(\.grant.kind) == [.resellerTie])
    }

    @Test("what is here already stays, and what differs is told by field")
    func differences() async throws {
        let world = try await TestWorld()
        let (partner, _) = try await world.add(.direct, "Harbor", domain: "harbor.example", roles: [])
        _ = try await run([customers(), subscriptions()], world, for: partner)
        let later = try await run([customers(name: "Birch"), subscriptions(quantity: "20")], world, for: partner)
        #expect(later.leftOut.map(\.field) == ["companyName", "quantity"])
        #expect(later.leftOut.allSatisfy { $0.reason == .differs && !$0.isWhole } && later.taken.isEmpty)
        #expect(try await held(world).map(\.quantity) == [12])
    }

    @Test(
        "a wrong subscription is left out, and its customer is not",
        arguments: [
            ("-3", "2018-01-08", "quantity", LeftOut.Reason.outOfRange),
            ("5.5", "2018-01-08", "quantity", .wrongType),
            ("\"many\"", "2018-01-08", "quantity", .wrongType),
            ("null", "2018-01-08", "quantity", .required),
            ("5", "2015-01-08", "commitmentEndDate", .endsBeforeStart),
            ("5", "2018-02-30", "commitmentEndDate", .malformed),
        ]
    )
    func wrong(quantity: String, end: String, field: String, reason: LeftOut.Reason) async throws {
        let world = try await TestWorld()
        let (partner, _) = try await world.add(.direct, "Harbor", domain: "harbor.example", roles: [])
        let report = try await run(
            [customers(), subscriptions(quantity: quantity, end: end)],
            world,
            for: partner
        )
        #expect(report.taken == ["customer": 1] && report.whollyLeftOut(.subscription) == 1)
        #expect(report.leftOut.map(\.field) == [field] && report.leftOut.map(\.reason) == [reason])
        #expect(report.leftOut[0].place == "item 1" && report.leftOut[0].file.hasSuffix("subscriptions.json"))
    }

    @Test("a customer that has people here, or has ended the relationship here, is asked and not imported")
    func consent() async throws {
        let world = try await TestWorld()
        let (partner, agents) = try await world.add(.direct, "Harbor", domain: "harbor.example", roles: [[.adminAgent]])
        _ = try await run([customers()], world, for: partner)
        let id: ID<Customer> = try #require(ID(Self.customer))
        _ = try await world.service.removeRelationship(with: id, world.context(agents[0]))
        let ended = try await run([customers(), subscriptions()], world, for: partner)
        #expect(ended.leftOut.map(\.reason) == [.relationshipEnded, .customerLeftOut] && ended.taken.isEmpty)

        let (other, _) = try await world.add(.direct, "Kasumi", domain: "kasumi.example", roles: [])
        let (house, _) = try await world.add(.customer, "Own", domain: "own.example", roles: [[.globalAdmin]])
        let text = #"[{"CustomerId":"\#(house.id)","Domain":"own.example","Name":"Own"}]"#
        let asked = try await run([file("c.json", text)], world, for: other)
        #expect(asked.leftOut.map(\.reason) == [.customerDecides] && asked.taken.isEmpty)
    }

    @Test("a domain that somebody has, and two customers under one domain, are told")
    func domains() async throws {
        let world = try await TestWorld()
        let (partner, _) = try await world.add(.direct, "Harbor", domain: "harbor.example", roles: [])
        let taken = try await run([customers("harbor.example")], world, for: partner)
        #expect(taken.leftOut.map(\.reason) == [.domainTaken] && !taken.hasTakenAnything)
        let second = #"[{"CustomerId":"0fb2c9e7-6a13-4d7c-a5f4-91e8d3b27c60","Domain":"Birch.example","Name":"Two"}]"#
        let two = try await run([customers(), file("more.json", second)], world, for: partner)
        #expect(two.taken == ["customer": 1] && two.leftOut.map(\.reason) == [.domainTaken])
    }

    @Test("only partners that sell are asked for their customers")
    func partners() async throws {
        let world = try await TestWorld()
        #expect(try await world.service.importingPartners(nil).isEmpty)
        let (one, _) = try await world.add(.direct, "Harbor", domain: "harbor.example", roles: [])
        _ = try await world.add(.advisor, "Minato", domain: "minato.example", roles: [])
        _ = try await world.add(.indirectReseller, "Aozora", domain: "aozora.example", roles: [])
        #expect(try await world.service.importingPartners(nil) == [one])
        let (two, _) = try await world.add(.indirectProvider, "Hokusei", domain: "hokusei.example", roles: [])
        #expect(try await world.service.importingPartners(nil).count == 2)
        #expect(try await world.service.importingPartners("HOKUSEI.example") == [two])
        #expect(try await world.service.importingPartners("\(one.id)") == [one])
        #expect(try await world.service.importingPartners("minato.example").isEmpty)
    }
}
