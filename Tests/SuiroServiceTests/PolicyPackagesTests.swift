import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Rules from a text to what holds, and back again, on every database (SM-14, S-27, S-29, X-02).
@Suite struct PolicyPackagesTests {
    private struct Scene {
        let world: TestWorld
        let owner: Person
        let partner: Organization
        let agent: Person
        let rival: Person
        let customer: Organization
        let admin: Person
        let subscription: ID<Subscription>

        init(_ driver: TestDriver) async throws {
            world = try await TestWorld(on: driver)
            let found = try await world.service.readAsSystem { tx in
                try tx.vendor().flatMap { try tx.people(of: $0.id).first { $0.roles.contains(.policyOwner) } }
            }
            owner = try #require(found)
            let (partner, agents) = try await world.add(.direct, "Tozai", domain: "t.example", roles: [[.adminAgent]])
            let (_, others) = try await world.add(.direct, "Rival", domain: "r.example", roles: [[.adminAgent]])
            let (customer, people) = try await world.add(
                .customer,
                "Mirai",
                domain: "m.example",
                language: .ja,
                roles: [[.globalAdmin]]
            )
            (self.partner, agent, rival, self.customer, admin) = (partner, agents[0], others[0], customer, people[0])
            try await world.relate(agent, customer, admin)
            let observed = ObservedSubscription(
                name: "Exchange",
                productID: nil,
                skuID: nil,
                family: .license,
                channel: .open,
                sellerName: nil,
                quantity: 5,
                term: nil,
                monthlyCost: nil,
                aliases: []
            )
            let view = try await world.service.record(
                observed,
                for: customer.id.as(Customer.self),
                world.context(admin)
            )
            subscription = view.subscription.id
        }

        var service: PartnerService { world.service }
        var sofia: CallContext { world.context(owner) }

        func draft(_ text: String? = nil) async throws -> PackageView {
            try await service.draftPackage(text ?? Self.text(), sofia)
        }

        /// A package that closes the Open program.
        static func text(name: String = "no-open", channels: String = "[direct, ea]") -> String {
            """
            package: \(name)
            title: { en: The Open program ends, ja: Open プログラムの終了 }
            summary: { en: Open is no eligible channel any more., ja: Open は対象のチャンネルではなくなります。 }
            source: a test
            rows:
              - { id: \(name)-channels, key: multichannel.channels, value: \(channels), from: 2017-01-01, rule: S-10 }
            """
        }

        func channels(at instant: Instant) async throws -> String? {
            try await service.policies("multichannel.channels", at: instant, world.context(agent)).first?.row.value.text
        }

        func reason() async throws -> Reason? {
            try await service.options(
                for: subscription,
                of: customer.id.as(Customer.self),
                at: nil,
                world.context(agent)
            ).options.first { $0.action == .manage }?.reason
        }
    }

    @Test(arguments: TestDriver.available)
    func `shipped packages, drafts and publications are listed with their stage`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        func stages() async throws -> [String] {
            try await scene.service.packages(scene.sofia).map { "\($0.package.name) \($0.stage.rawValue)" }
        }
        #expect(try await stages() == ["2017-06 shipped", "2026 shipped"])
        let draft = try await scene.draft()
        #expect(try await stages() == ["2017-06 shipped", "2026 shipped", "no-open draft"])
        let day = scene.world.clock.now.adding(days: 10)
        _ = try await scene.service.publishPackage(draft.id, effective: day, scene.sofia)
        #expect(try await stages().last == "no-open announced")
        scene.world.clock.now = day
        #expect(try await stages().last == "no-open effective")
        let next = try await scene.draft(Scene.text(name: "later", channels: "[direct]"))
        _ = try await scene.service.publishPackage(next.id, effective: nil, scene.sofia)
        #expect(try await stages() == ["2017-06 shipped", "2026 shipped", "later effective", "no-open superseded"])
    }

    @Test(arguments: TestDriver.available)
    func `a draft keeps its text, and a shipped one is drafted by its name`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let draft = try await scene.draft()
        let kept = try await scene.service.package(draft.id, scene.sofia)
        #expect(kept.text == Scene.text())
        #expect(kept.package.rows.map(\.key) == ["multichannel.channels"])
        #expect(kept.faults.isEmpty)
        let shipped = try await scene.service.package("2026", scene.sofia)
        #expect(shipped.stage == .shipped)
        let copy = try await scene.draft(scene.service.shippedPackage("2026"))
        #expect(copy.package == shipped.package)
        await #expect(throws: Refusal.notFound(.policyPackage, "nothing")) {
            _ = try await scene.service.package("nothing", scene.sofia)
        }
    }

    @Test(arguments: TestDriver.available)
    func `S-27 the impact says who of whose customers comes out how, before and after`(driver: TestDriver) async throws
    {
        let scene = try await Scene(driver)
        let draft = try await scene.draft()
        let day = scene.world.clock.now.adding(days: 10)
        let impact = try await scene.service.impact(of: draft.id, effective: day, scene.sofia)
        let row = try #require(impact.rows.first { $0.action == .manage })
        #expect(impact.effective == day && row.from == day)
        #expect((row.customer, row.partner) == (scene.customer.id.as(Customer.self), scene.partner.id))
        #expect(row.subscription == scene.subscription)
        #expect((row.before.verdict, row.after.verdict) == (.allowed, .refused))
        #expect(row.after.reason == .channelNotEligible)
        #expect(impact.counts.first { $0.before == .allowed && $0.after == .refused }?.count ?? 0 >= 3)
        #expect(impact.counts.map(\.count).reduce(0, +) == impact.rows.count)
        #expect((impact.customers, impact.subscriptions, impact.isComplete) == (1, 1, true))
        let file = impact.file(scene.service.words, .ja)
        #expect(file.hasPrefix("\u{FEFF}顧客,"))
        #expect(file.contains("CHANNEL_NOT_ELIGIBLE"))
        #expect(try await scene.reason() == .permissionGranted)
    }

    @Test(arguments: TestDriver.available)
    func `SM-14 news goes out first, and says old, new and from when`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let draft = try await scene.draft()
        let (now, day) = (scene.world.clock.now, scene.world.clock.now.adding(days: 10))
        let made = try await scene.service.publishPackage(draft.id, effective: day, scene.sofia).announcement
        #expect(made.announcedAt == now && made.effective == day)
        let entry = try await scene.service.announcement(made.id, scene.world.context(scene.agent))
        let change = try #require(entry.changes.first)
        #expect(change.before?.value == .words(["direct", "advisor", "open", "ea", "thirdParty"]))
        #expect(change.after?.value == .words(["direct", "ea"]))
        #expect(change.from == day)
        let mails = try await scene.service.readAsSystem { tx in try tx.mails() }.filter { $0.kind == "announcement" }
        let japanese = try #require(mails.first { $0.to.hasSuffix("m.example") })
        #expect(japanese.body.contains("値は「direct, advisor, open, ea, thirdParty」に代わって「direct, ea」になります"))
        #expect(japanese.body.contains("/announcements/\(made.id)"))
        #expect(mails.contains { $0.to.hasSuffix("t.example") && $0.body.contains("instead of “direct, advisor") })
        #expect(try await scene.reason() == .permissionGranted)
        scene.world.clock.now = day.adding(milliseconds: -1)
        #expect(try await scene.reason() == .permissionGranted)
        scene.world.clock.now = day
        #expect(try await scene.reason() == .channelNotEligible)
    }

    @Test(arguments: TestDriver.available)
    func `a reader sees who of its own is affected, and nobody else's`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let draft = try await scene.draft()
        let made = try await scene.service.publishPackage(draft.id, effective: nil, scene.sofia).announcement
        func affected(_ person: Person) async throws -> Impact {
            try await scene.service.affected(by: made.id, scene.world.context(person))
        }
        #expect(try await affected(scene.agent).customers == 1)
        #expect(try await affected(scene.admin).rows.allSatisfy { $0.customer == scene.customer.id.as(Customer.self) })
        #expect(try await !affected(scene.admin).rows.isEmpty)
        #expect(try await affected(scene.rival).rows.isEmpty)
        #expect(try await affected(scene.owner).customers == 1)
    }

    @Test(arguments: TestDriver.available)
    func `a plain user of a partner reads the news and no customer list`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let (_, people) = try await scene.world.add(.direct, "Plain", domain: "p.example", roles: [[.user]])
        let draft = try await scene.draft()
        let made = try await scene.service.publishPackage(draft.id, effective: nil, scene.sofia).announcement
        let context = scene.world.context(people[0])
        #expect(try await scene.service.announcement(made.id, context).affected == nil)
        await #expect(throws: Refusal.self) { _ = try await scene.service.affected(by: made.id, context) }
    }

    @Test(arguments: TestDriver.available)
    func `6.1 the row that asks for lead time is obeyed on both sides of its day`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let lead = """
            package: lead
            title: { en: Lead time, ja: 予告期間 }
            summary: { en: Thirty days., ja: 30 日です。 }
            source: a test
            rows:
              - { id: lead-30, key: announcements.leadDays, value: 30, from: 2017-01-01, rule: SM-14 }
            """
        let first = try await scene.draft(lead)
        _ = try await scene.service.publishPackage(first.id, effective: nil, scene.sofia)
        let draft = try await scene.draft()
        let earliest = scene.world.clock.now.adding(days: 30)
        let preview = try await scene.service.previewPublication(of: draft.id, effective: nil, scene.sofia)
        #expect((preview.earliest, preview.effective) == (earliest, earliest))
        await #expect(throws: Refusal.effectiveTooEarly(earliest: earliest)) {
            let early = earliest.adding(milliseconds: -1)
            _ = try await scene.service.publishPackage(draft.id, effective: early, scene.sofia)
        }
        let made = try await scene.service.publishPackage(draft.id, effective: earliest, scene.sofia)
        #expect(made.announcement.effective == earliest)
    }

    @Test(arguments: TestDriver.available)
    func `publication waits for both languages, and for as many channels as policy asks`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let silent = try await scene.draft(Scene.text().replacing(", ja: Open は対象のチャンネルではなくなります。", with: ""))
        #expect(silent.faults.map(\.field) == ["summary.ja"])
        await #expect(throws: Refusal.invalid([InputFault(field: "summary.ja", code: .required)])) {
            _ = try await scene.service.publishPackage(silent.id, effective: nil, scene.sofia)
        }
        let many = try await scene.draft(
            Scene.text(name: "many").replacing(
                "multichannel.channels, value: [direct, ea]",
                with: "announcements.minChannels, value: 3"
            )
        )
        _ = try await scene.service.publishPackage(many.id, effective: nil, scene.sofia)
        let draft = try await scene.draft()
        await #expect(throws: Refusal.tooFewChannels(required: 3, row: PolicyRow.ID(rawValue: "many-channels"))) {
            _ = try await scene.service.publishPackage(draft.id, effective: nil, scene.sofia)
        }
    }

    @Test(arguments: TestDriver.available)
    func `SM-14 what is announced can be taken back until it holds, and that is announced`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let (service, clock) = (scene.service, scene.world.clock)
        let before = try await scene.channels(at: clock.now)
        let day = clock.now.adding(days: 10)
        let draft = try await scene.draft()
        await #expect(throws: Refusal.packageNotAnnounced(.draft)) {
            _ = try await service.withdrawPackage(draft.id, scene.sofia)
        }
        let made = try await service.publishPackage(draft.id, effective: day, scene.sofia).announcement
        // Another package, published in between, stays.
        let other = try await scene.draft(Scene.text(name: "other", channels: "[direct]"))
        let later = clock.now.adding(days: 20)
        _ = try await service.publishPackage(other.id, effective: later, scene.sofia)
        #expect(try await scene.channels(at: day) == "direct, ea")
        clock.now = day.adding(milliseconds: -1)
        let back = try await service.withdrawPackage(draft.id, scene.sofia)
        #expect(back.announcement.kind == .withdrawal)
        #expect(back.announcement.title[.ja]?.contains("Open プログラムの終了") == true)
        #expect(try await scene.channels(at: day) == before)
        #expect(try await scene.channels(at: later) == "direct")
        #expect(try await service.package(draft.id, scene.sofia).stage == .withdrawn)
        let entry = try await service.announcement(made.id, scene.world.context(scene.agent))
        #expect(entry.withdrawnBy?.id == back.announcement.id)
        let news = try await service.announcement(back.announcement.id, scene.world.context(scene.agent))
        #expect(news.changes.map { $0.before?.value.text } == ["direct, ea"])
        #expect(news.changes.map { $0.after?.value.text } == [before])
        #expect(news.changes.map(\.from) == [day])
        await #expect(throws: Refusal.packageNotAnnounced(.withdrawn)) {
            _ = try await service.withdrawPackage(draft.id, scene.sofia)
        }
        let events = try await service.readAsSystem { tx in try tx.entries().map(\.event) }
        #expect(events.contains("policyWithdrawn"))
        #expect(try await service.readAsSystem { tx in try tx.brokenLinks() }.isEmpty)
    }

    @Test(arguments: TestDriver.available)
    func `SM-14 what holds already is not taken back`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let draft = try await scene.draft()
        let day = scene.world.clock.now.adding(days: 10)
        _ = try await scene.service.publishPackage(draft.id, effective: day, scene.sofia)
        scene.world.clock.now = day
        await #expect(throws: Refusal.packageNotAnnounced(.effective)) {
            _ = try await scene.service.withdrawPackage(draft.id, scene.sofia)
        }
    }

    @Test(arguments: TestDriver.available)
    func `X-02 a flag is set at once for the whole cloud, told afterwards, and kept in the log`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let key = "multichannel.enabled"
        let reason: [Language: String] = [.en: "A fault in grants", .ja: "権限の障害のため"]
        let preview = try await scene.service.previewSwitch(key, to: false, scene.sofia)
        #expect(preview.impact.customers == 1)
        #expect(try await scene.reason() == .permissionGranted)
        let made = try await scene.service.setSwitch(key, to: false, because: reason, scene.sofia).announcement
        #expect(try await scene.reason() == .multichannelNotAvailable)
        #expect(made.kind == .emergency && made.effective == made.announcedAt && made.summary == reason)
        let state = try await scene.service.switches(scene.sofia).first { $0.key == key }
        #expect(state?.value == false && state?.emergency == reason)
        await #expect(throws: Refusal.switchAlreadySet(key: key)) {
            _ = try await scene.service.setSwitch(key, to: false, because: reason, scene.sofia)
        }
        _ = try await scene.service.setSwitch(key, to: true, because: reason, scene.sofia)
        #expect(try await scene.reason() == .permissionGranted)
        let entries = try await scene.service.readAsSystem { tx in
            try tx.entries().filter { $0.event == "policyOverridden" }
        }
        #expect(entries.map { $0.details["value"] } == ["false", "true"])
        #expect(entries.allSatisfy { $0.details["reason.ja"] == "権限の障害のため" && $0.callerName == scene.owner.name })
    }

    @Test(arguments: TestDriver.available)
    func `only flags are switches, both languages say why, and only their owner sets them`(
        driver: TestDriver
    ) async throws {
        let scene = try await Scene(driver)
        let reason: [Language: String] = [.en: "a", .ja: "b"]
        func set(_ key: String, _ reason: [Language: String], by person: Person) async throws {
            _ = try await scene.service.setSwitch(key, to: false, because: reason, scene.world.context(person))
        }
        await #expect(throws: Refusal.invalid([InputFault(field: "key", code: .wrongType, value: "resale.cspToCsp")])) {
            try await set("resale.cspToCsp", reason, by: scene.owner)
        }
        await #expect(throws: Refusal.notFound(.policy, "no.such")) {
            try await set("no.such", reason, by: scene.owner)
        }
        await #expect(throws: Refusal.invalid([InputFault(field: "reason.ja", code: .required)])) {
            try await set("moves.enabled", [.en: "a"], by: scene.owner)
        }
        for person in [scene.agent, scene.admin, scene.rival] {
            await #expect(throws: Refusal.self) { try await set("moves.enabled", reason, by: person) }
            await #expect(throws: Refusal.self) { _ = try await scene.service.packages(scene.world.context(person)) }
            await #expect(throws: Refusal.self) { _ = try await scene.service.switches(scene.world.context(person)) }
        }
        #expect(try await scene.service.switches(scene.sofia).first { $0.key == "moves.enabled" }?.value == true)
    }

    @Test(arguments: TestDriver.available)
    func `a database that has not heard of a key learns it at the next start`(driver: TestDriver) async throws {
        let scene = try await Scene(driver)
        let before = try await scene.service.packages(scene.sofia).count
        try await scene.service.install()
        #expect(try await scene.service.packages(scene.sofia).count == before)
        // An edition as an earlier version would have left it.
        _ = try await scene.service.writeAsSystem { tx in
            let rows = try tx.book(1)?.rows.filter { $0.key != "moves.enabled" } ?? []
            let old = PolicyBook(edition: 2, rows: rows)
            try tx.insert(old, from: "2017-06", effective: tx.permit.intent.at)
            return true
        }
        let context = scene.world.context(scene.agent)
        #expect(try await scene.service.policies("moves.enabled", at: nil, context).isEmpty)
        try await scene.service.install()
        let rows = try await scene.service.policies("moves.enabled", at: scene.world.clock.now, context)
        #expect(rows.map(\.row.value) == [.flag(true)])
        #expect(try await scene.service.packages(scene.sofia).count == before + 1)
    }
}
