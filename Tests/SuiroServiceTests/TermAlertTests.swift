import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// The sweep tells of terms that end without a choice (OP-32), on every database.
@Suite struct TermAlertTests {
    typealias Scene = LifecycleTests.Scene

    /// A licence of a year, without auto-renew; the customer has an administrator who reads Japanese.
    private func license(_ driver: TestDriver, today: Bool = true) async throws -> (Scene, ID<Subscription>, Instant) {
        let scene = try await Scene(driver, at: today ? "2026-06-01" : "2017-06-09")
        if today { try await scene.publishToday() }
        let reader = Person(
            id: scene.world.fresh(),
            tenant: scene.customer.id,
            name: "Hana",
            mail: "hana@m.example",
            language: .ja,
            roles: [.globalAdmin]
        )
        _ = try await scene.world.service.writeAsSystem { tx in
            try tx.insert(reader)
            return true
        }
        let id = try await scene.order(LifecycleTests.license)
        try await scene.change(id, SubscriptionChange(autoRenew: false))
        return (scene, id, try #require(try await scene.view(id).subscription.term?.end))
    }

    private func mails(_ scene: Scene) async throws -> [OutgoingMail] {
        try await scene.world.service.readAsSystem { try $0.mails() }.filter { $0.kind.hasPrefix("termEnd") }
    }

    private func told(_ scene: Scene) async throws -> [String] {
        try await scene.world.service.audit(AuditQuery(from: .earliest), scene.world.context(scene.agent))
            .filter { $0.entry.event == "termEndAlerted" }.compactMap { $0.entry.details["days"] }
    }

    @Test(arguments: TestDriver.available)
    func `OP-32 three alerts, each on its day and once, to seller and customer`(driver: TestDriver) async throws {
        let (scene, _, end) = try await license(driver)
        for (days, count) in [(61, 0), (60, 1), (59, 1), (31, 1), (30, 2), (29, 2), (8, 2), (7, 3), (6, 3), (-1, 3)] {
            scene.world.clock.now = end.adding(days: -days)
            for _ in 0..<2 { try await scene.world.service.sweep() }
            #expect(try await told(scene).count == count, "\(days) days before")
            #expect(try await mails(scene).count == count * 3, "\(days) days before")
        }
        #expect(try await Set(told(scene)) == ["60", "30", "7"])
    }

    @Test(arguments: TestDriver.available)
    func `OP-32 two that sweep at once tell once, and late alerts are one`(driver: TestDriver) async throws {
        let (scene, _, end) = try await license(driver)
        let service = scene.world.service
        scene.world.clock.now = end.adding(days: -5)
        async let first: Void = service.sweep()
        async let second: Void = service.sweep()
        _ = try await (first, second)
        #expect(try await told(scene) == ["7"])
        #expect(try await mails(scene).count == 3)
    }

    @Test(arguments: TestDriver.available)
    func `OP-32 after a choice nothing is told any more`(driver: TestDriver) async throws {
        let (scene, id, end) = try await license(driver)
        scene.world.clock.now = end.adding(days: -60)
        try await scene.world.service.sweep()
        try await scene.change(id, SubscriptionChange(endOfTerm: .cancel))
        scene.world.clock.now = end.adding(days: -30)
        try await scene.world.service.sweep()
        #expect(try await told(scene) == ["60"])
        try await scene.change(id, SubscriptionChange(autoRenew: true))
        scene.world.clock.now = end.adding(days: -7)
        try await scene.world.service.sweep()
        #expect(try await told(scene) == ["60"])
    }

    @Test(arguments: TestDriver.available)
    func `LC-20 the mail says the day, what comes by itself, what it costs, and where`(driver: TestDriver) async throws
    {
        let (scene, id, end) = try await license(driver)
        let view = try await scene.view(id)
        guard case .runsOn = try #require(view.outlook).turn else {
            Issue.record("it does not run on")
            return
        }
        scene.world.clock.now = end.adding(days: -30)
        try await scene.world.service.sweep()
        let sent = try await mails(scene)
        #expect(Set(sent.map(\.to)) == ["p0@t.example", "p0@m.example", "hana@m.example"])
        let link = "https://suiro.example/customers/\(scene.customerID)/subscriptions/\(id)"
        #expect(sent.allSatisfy { $0.kind == "termEndRunsOn" && $0.link == link && $0.body.contains(link) })
        #expect(sent.allSatisfy { !$0.body.contains("%(") && !$0.body.contains("⟦") })
        let english = try #require(sent.first { $0.to == "p0@t.example" })
        #expect(english.body.contains("On Tue 1 Jun 2027 the subscription runs on by the month, for 3 per cent more"))
        #expect(english.body.contains("- Run on by the month"))
        let japanese = try #require(sent.first { $0.to == "hana@m.example" })
        #expect(japanese.language == .ja && japanese.body.hasPrefix("Hana 様"))
        #expect(japanese.body.contains("月ごとに続き"))
    }

    @Test(arguments: TestDriver.available)
    func `LC-17 under the rules of 2017 it says until when access and data last`(driver: TestDriver) async throws {
        let (scene, _, end) = try await license(driver, today: false)
        scene.world.clock.now = end.adding(days: -60)
        try await scene.world.service.sweep()
        let mail = try #require(try await mails(scene).first { $0.to == "p0@t.example" })
        #expect(mail.kind == "termEndStops")
        let sentence = "Users keep their access until Mon 9 Jul 2018, and the data is kept until Sun 7 Oct 2018."
        #expect(mail.body.contains(sentence))
        #expect(!mail.body.contains("Run on by the month"))
    }
}
