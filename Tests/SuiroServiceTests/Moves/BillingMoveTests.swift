import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// The bill of an Enterprise Agreement's usage goes over by itself (SM-8d), on every database.
@Suite struct BillingMoveTests {
    @Test(arguments: TestDriver.available)
    func `USE-16 the rules of 2017 know re-creation only, and today's move the bill alone`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        let usage = try await stage.hold("Compute", .usage, .ea, cost: "31000")
        let before = try await stage.preview(stage.wish(usage, kind: .switchPartner))
        #expect(before.startBlockers.map(\.reason) == [.notSoldByPartner])
        #expect(before.startBlockers.first?.next.map(\.action) == [.recreate])
        try await stage.publishToday()
        let after = try await stage.preview(stage.wish(usage, kind: .switchPartner))
        #expect(after.startBlockers.isEmpty)
        #expect(after.procedure == .moveBilling)
        #expect(after.consents == [.customer, .target])
        #expect(after.stays.contains { $0.code == .marketplace && $0.rule == "USE-14" })
        #expect(after.atRisk.contains { $0.code == .lateUsage && $0.rule == "USE-15" })
        // Unasked it is built anew, as everywhere else.
        #expect(try await stage.preview(stage.wish(usage)).procedure == .recreate)
    }

    @Test(arguments: TestDriver.available, [Channel.direct, .advisor, .open, .thirdParty])
    func `USE-16 from every other channel there is no way for the bill alone`(
        driver: TestDriver,
        channel: Channel
    ) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let usage = try await stage.hold("Compute", .usage, channel, cost: "31000")
        let preview = try await stage.preview(stage.wish(usage, kind: .switchPartner))
        #expect(preview.procedure == .switchPartner(.selfService))
        #expect(!preview.startBlockers.isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `SM-8d from the cut-over on the partner bills for it and manages it, and nothing else has changed`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let usage = try await stage.hold("Compute", .usage, .ea, cost: "31000")
        let cutover = try #require(Instant("2026-06-16T00:00:00Z"))
        let wish = stage.wish(usage, kind: .switchPartner, cutover: cutover)
        let agreed = try await stage.agree(stage.request(wish))
        #expect(agreed.steps.map(\.step) == [.confirmVerification, .cutOver, .grantAccess, .verifyAccess])
        let scheduled = try await stage.play(agreed, until: .cutOver)
        #expect(scheduled.state == .scheduled)
        stage.world.clock.now = cutover.adding(milliseconds: -1)
        let old = try await stage.subscription(usage)
        #expect(old.billOwner.kind == .vendor && old.channel == .ea && old.source == .observed)
        stage.world.clock.now = cutover
        let new = try await stage.subscription(usage)
        #expect(new.billOwner.id == stage.target.id && new.seller.id == stage.target.id)
        #expect(new.channel == .csp && new.source == .managed)
        #expect(new.partnerOfRecord == old.partnerOfRecord && new.name == old.name)
        let alias = try #require(scheduled.move.progress?.items.first?.alias.flatMap { ID<Subscription>($0) })
        #expect(try await stage.subscription(alias, by: .target).id == usage)
        #expect(try await stage.play(scheduled).state == .completed)
    }

    @Test(arguments: TestDriver.available)
    func `USE-14 what does not run blocks it`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver, at: "2026-06-10T15:00:00Z")
        try await stage.publishToday()
        let usage = try await stage.hold("Compute", .usage, .ea, cost: "31000")
        _ = try await stage.service.writeAsSystem(in: .customer(stage.buyer)) { tx in
            var found = try #require(try tx.subscription(usage, of: stage.buyer))
            found.status = .disabled
            found.revision += 1
            try tx.update(found)
            return true
        }
        let preview = try await stage.preview(stage.wish(usage, kind: .switchPartner))
        #expect(preview.startBlockers.map(\.reason) == [.notActive])
    }
}
