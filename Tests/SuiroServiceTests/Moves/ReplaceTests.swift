import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// A licence cannot be moved: it is replaced (SM-6), on every database.
@Suite struct ReplaceTests {
    private let term = Term(
        start: Instant("2016-09-01T00:00:00Z") ?? .earliest,
        end: Instant("2017-09-01T00:00:00Z") ?? .latest,
        autoRenew: true
    )

    @Test(arguments: TestDriver.available)
    func `S-16 a licence is not switched, and the refusal names the two plans with dates and costs`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        for kind in [MoveKind.switchPartner, .transferLicense] {
            let preview = try await stage.preview(stage.wish(license, kind: kind))
            let blocker = try #require(preview.startBlockers.first)
            #expect(blocker.reason == .licenseSwitchForbidden)
            #expect(blocker.next.map(\.action) == [.waitForTermEnd, .cancelFirst])
            #expect(blocker.next.first?.date == term?.end)
            await #expect(throws: Refusal.moveBlocked(blocker)) {
                _ = try await stage.request(stage.wish(license, kind: kind))
            }
        }
    }

    @Test(arguments: TestDriver.available)
    func `SM-6 the plan wait lets the old licence run out and replaces it on the same day`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let license = try await stage.hold("E3", .license, .direct, cost: "2000", term: term, quantity: 10)
        let preview = try await stage.preview(stage.wish(license))
        #expect(preview.procedure == .replaceLicense(.wait))
        #expect(preview.cutover == term?.end)
        #expect(preview.atRisk.contains { $0.code == .renewal })
        #expect(preview.billing.map(\.to).first == term?.end)
        #expect(preview.billing.map(\.from).last == term?.end)
        let agreed = try await stage.agree(stage.request(stage.wish(license)))
        #expect(agreed.steps.map(\.step) == [.turnOffRenewal, .provision, .endOld, .compareSeats])
        let provisioned = try await stage.play(agreed, until: .endOld)
        let end = try #require(term?.end)
        await #expect(throws: Refusal.tooEarly(from: end)) {
            _ = try await stage.step(.endOld, of: provisioned, by: .customer)
        }
        let new = try #require(provisioned.move.progress?.replacements[license])
        let replacement = try await stage.subscription(new)
        #expect(replacement.seller.id == stage.target.id)
        #expect(replacement.quantity == 10)
        #expect(replacement.term?.start == end)
        stage.world.clock.now = end
        let done = try await stage.play(provisioned)
        #expect(done.state == .completed)
        #expect(try await stage.subscription(license).status(at: end) == .expired)
    }

    @Test(arguments: TestDriver.available)
    func `INV-11 the plan cancelFirst is not over while the old licence is active`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let license = try await stage.hold("E3", .license, .direct, cost: "2000", term: term, quantity: 10)
        let wish = stage.wish(license, plan: .cancelFirst)
        let preview = try await stage.preview(wish)
        let lost = try #require(preview.atRisk.first { $0.code == .noRefund })
        #expect(lost.cost?.text == "5484")
        let agreed = try await stage.agree(stage.request(wish))
        #expect(agreed.steps.first { $0.state == .ready }?.step == .endOld)
        #expect(agreed.steps.first?.who == .customer)
        let done = try await stage.play(agreed)
        #expect(done.state == .completed)
        #expect(try await stage.subscription(license).status == .expired)
    }

    @Test(arguments: TestDriver.available)
    func `X-14 what a partner of the program sold is ended by that partner`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let license = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        let agreed = try await stage.agree(stage.request(stage.wish(license, plan: .cancelFirst)))
        #expect(agreed.steps.first?.who == .source)
        let handover = try await stage.play(agreed, until: .grantAccess)
        #expect(handover.state == .handover)
        #expect(try await stage.play(handover).state == .completed)
    }

    @Test(arguments: TestDriver.available)
    func `OP-48 seats of the same service from another channel are shown`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let one = try await stage.hold("E3", .license, .direct, cost: "1", term: term, product: "P1", quantity: 10)
        let two = try await stage.hold("E3", .license, .open, cost: "1", term: term, product: "P1", quantity: 5)
        let preview = try await stage.preview(stage.wish(one))
        #expect(preview.atRisk.contains { $0.code == .sameServiceElsewhere && $0.subscription == two })
    }

    @Test(arguments: TestDriver.available)
    func `OP-49 a base does not end while an add-on from another channel stands on it`(driver: TestDriver) async throws
    {
        let stage = try await MoveStage(driver)
        let base = try await stage.hold("E3", .license, .csp, cost: "1", term: term, quantity: 10)
        _ = try await stage.hold("Calling", .license, .direct, cost: "1", term: term, quantity: 10, dependsOn: base)
        let preview = try await stage.preview(stage.wish(base, plan: .wait))
        #expect(preview.startBlockers.map(\.reason) == [.addOnDepends])
    }

    @Test(arguments: TestDriver.available)
    func `LIC-10 a replacement beside the old one does not go beyond the ceiling`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        var last: ID<Subscription>?
        for number in 1...150 {
            last = try await stage.hold("E3 \(number)", .license, .direct, cost: "1", term: term, quantity: 1)
        }
        let license = try #require(last)
        let waiting = try await stage.preview(stage.wish(license, plan: .wait))
        #expect(waiting.startBlockers.map(\.reason) == [.tooManySubscriptions])
        let cancelling = try await stage.preview(stage.wish(license, plan: .cancelFirst))
        #expect(cancelling.startBlockers.isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `LIC-11 a move that is called off turns auto-renew on again where it had turned it off`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        let managed = try await stage.hold("E3", .license, .csp, cost: "2000", term: term, quantity: 10)
        let observed = try await stage.hold("E1", .license, .direct, cost: "900", term: term, quantity: 3)
        for (license, restored) in [(managed, true), (observed, false)] {
            let agreed = try await stage.agree(stage.request(stage.wish(license, plan: .wait)))
            let off = try await stage.play(agreed, until: .provision)
            #expect(try await stage.subscription(license).term?.autoRenew == false)
            _ = try await stage.service.withdrawMove(off.move.id, reason: nil, stage.context(.customer))
            // INV-04: what another channel sold is the customer's own to turn on again.
            #expect(try await stage.subscription(license).term?.autoRenew == restored)
        }
    }

    @Test(arguments: TestDriver.available)
    func `OP-13 an item has moved once its replacement runs and the old one has ended`(driver: TestDriver) async throws
    {
        let stage = try await MoveStage(driver)
        let license = try await stage.hold("E3", .license, .direct, cost: "2000", term: term, quantity: 10)
        let agreed = try await stage.agree(stage.request(stage.wish(license, plan: .cancelFirst)))
        func standing(_ view: MoveView) throws -> ItemStanding {
            view.move.standing(of: try #require(view.move.progress?.items.first), at: view.at)
        }
        #expect(try standing(agreed) == .pending)
        let ended = try await stage.play(agreed, until: .provision)
        #expect(try standing(ended) == .pending)
        let bought = try await stage.play(ended, until: .compareSeats)
        #expect(try standing(bought) == .moved(at: try #require(bought.move.progress?.done.last?.at)))
    }
}
