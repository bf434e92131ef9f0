import Foundation
import SuiroDomain
import SuiroService
import SuiroStore
import SuiroTesting
import Testing

/// Imported costs land on the right payer, on every database.
@Suite struct StatementTests {
    @Test(arguments: TestDriver.available)
    func `SW-15 what a real file says is divided between two partners, and nothing is lost`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver, at: "2024-09-01T00:00:00Z")
        let rows = try PublishedCosts.rows()
        let report = try await stage.importUsage(PublishedCosts.text(), .focus)
        #expect(report.rows == rows.count)
        let cutOver = try #require(Instant("2024-09-16T00:00:00Z"))
        let held = try await stage.service.subscriptions(of: stage.buyer, stage.context(.customer)).map(\.subscription)
        #expect(held.count == report.subscriptions)
        let begin = try #require(Instant("2024-01-01T00:00:00Z"))
        try await stage.hand(held, to: [(begin, stage.source), (cutOver, stage.target)])

        var seen: Decimal = 0
        for month in Set(rows.map(\.month)) {
            let expected = rows.filter { $0.month == month }.reduce(0) { $0 + $1.billed }
            let all = try await stage.statements(month)
            #expect(all.exactTotal == expected)
            #expect(all.total == expected.rounded(digits: 2))
            let old = try await stage.statements(month, by: .source)
            let new = try await stage.statements(month, by: .target)
            #expect((old + new).count == all.count && all.allSatisfy((old + new).contains))
            seen += old.exactTotal + new.exactTotal
        }
        #expect(seen == report.totals["USD"])

        // Days that lie wholly on one side need no arithmetic to know whose they are.
        let september = rows.filter { $0.month == "2024-09" && ($0.to <= cutOver || $0.from >= cutOver) }
        let spanning = rows.filter { $0.month == "2024-09" && $0.from < cutOver && cutOver < $0.to }
        let before = september.filter { $0.to <= cutOver }.reduce(0) { $0 + $1.billed }
        let old = try await stage.statements("2024-09", by: .source)
        if spanning.isEmpty { #expect(old.exactTotal == before) }
        #expect(old.exactTotal >= before)
        #expect(old.exactTotal <= before + spanning.reduce(0) { $0 + abs($1.billed) })
        #expect(old.allSatisfy { $0.lines.allSatisfy { $0.interval.to <= cutOver && $0.bucket == .regular } })
    }

    @Test(arguments: TestDriver.available)
    func `OP-29 what is reported after the cut-over is told apart, month after month`(driver: TestDriver) async throws {
        let stage = try await MoveStage(driver)
        let usage = try await stage.hold("Compute", .usage, .csp)
        let june = (1...30).map { (day: String(format: "2017-06-%02d", $0), service: "Storage", cost: "10") }
        try await stage.importUsage(of: usage, Array(june[..<8]))
        #expect(try await stage.lines("2017-06") == ["Hokusei regular Storage 2017-06-01 2017-06-09 80"])

        let cutOver = try #require(Instant("2017-06-16T00:00:00Z"))
        let move = try await stage.request(stage.wish(usage, cutover: cutOver))
        _ = try await stage.play(stage.agree(move), until: .cutOver)
        stage.world.clock.now = cutOver.adding(days: 14)
        try await stage.importUsage(of: usage, june + [(day: "2017-06-05", service: "Backup", cost: "7")])
        let divided = [
            "Hokusei lateReported Backup 2017-06-05 2017-06-06 7",
            "Hokusei lateReported Storage 2017-06-09 2017-06-16 70",
            "Hokusei regular Storage 2017-06-01 2017-06-09 80", "Tozai regular Storage 2017-06-16 2017-07-01 150",
        ]
        #expect(try await stage.lines("2017-06") == divided)
        #expect(try await stage.lines("2017-06", by: .source) == divided.filter { $0.hasPrefix("Hokusei") })
        #expect(try await stage.lines("2017-06", by: .target) == divided.filter { $0.hasPrefix("Tozai") })

        // A statement that says it again, a month later, makes nothing late that was not.
        stage.world.clock.now = cutOver.adding(days: 45)
        try await stage.importUsage(of: usage, june.reversed() + [(day: "2017-06-05", service: "Backup", cost: "9")])
        let again = divided.map { $0.replacing("2017-06-06 7", with: "2017-06-06 9") }
        #expect(try await stage.lines("2017-06") == again)
        try await stage.importUsage(of: usage, [(day: "2017-07-02", service: "Storage", cost: "11")])
        #expect(try await stage.lines("2017-07") == ["Tozai regular Storage 2017-07-02 2017-07-03 11"])
        #expect(try await stage.lines("2017-06") == again)
    }

    @Test(arguments: TestDriver.available)
    func `LT-07 a licence's month is credited to the old partner and charged to the new one`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver, at: "2017-05-01T00:00:00Z")
        let licence = try await stage.hold("Office 365 E3", .license, .csp, cost: "1000")
        let held = try await stage.subscription(licence)
        try await stage.hand([held], to: [(try #require(Instant("2017-06-11T00:00:00Z")), stage.target)])
        let statements = try await stage.statements("2017-06")
        #expect(
            statements.flatMap { $0.lines.map { "\($0.kind) \($0.amount.text)" } }.sorted() == [
                "charge 1000", "charge 667", "credit -667",
            ]
        )
        #expect(statements.total == 1000)
        #expect(try await stage.lines("2017-07") == ["Tozai regular Office 365 E3 2017-07-01 2017-08-01 1000"])
    }

    @Test(arguments: TestDriver.available)
    func `OP-26 the new seller's file speaks of the same subscription, and takes nothing from the old one's`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        func file(_ account: String, _ day: String, _ cost: String) -> String {
            """
            BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargePeriodEnd,\
            ChargePeriodStart,ProviderName,ServiceName,SubAccountId
            \(cost),\(account),USD,2017-07-01,2017-06-01,2017-06-\(day)T23:00:00Z,2017-06-\(day),AWS,Queue,Atlas

            """
        }
        try await stage.importUsage(file("A", "02", "1.25"), .focus)
        let held = try await stage.service.subscriptions(of: stage.buyer, stage.context(.customer)).map(\.subscription)
        try await stage.hand(held, to: [(try #require(Instant("2017-06-16T00:00:00Z")), stage.target)])
        try await stage.importUsage(file("B", "20", "0.75"), .focus)
        try await stage.importUsage(file("B", "20", "0.50"), .focus)
        #expect(
            try await stage.lines("2017-06") == [
                "AWS regular Queue 2017-06-02 2017-06-03 1.25", "Tozai regular Queue 2017-06-20 2017-06-21 0.50",
            ]
        )
        let views = try await stage.service.subscriptions(of: stage.buyer, stage.context(.customer))
        #expect(views.map { $0.costs.map { $0.billed.plain() } } == [["1.75"]])
        #expect(views.first?.subscription.monthlyCost?.text == "1.75")
    }

    @Test(arguments: TestDriver.available)
    func `a month that was kept without its days is replaced by its own account alone, and is not late`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        func file(_ account: String, _ cost: String) -> String {
            """
            BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargePeriodEnd,\
            ChargePeriodStart,ProviderName,ServiceName,SubAccountId
            \(cost),\(account),USD,2017-07-01,2017-06-01,2017-06-03,2017-06-02,AWS,Queue,Atlas

            """
        }
        let report = try await stage.importUsage(file("A", "3"), .focus)
        let held = try await stage.service.subscriptions(of: stage.buyer, stage.context(.customer)).map(\.subscription)
        let id = try #require(held.first?.id)
        let month = try #require(BillingMonth("2017-06"))
        // As the migration writes down what was imported before days were kept.
        _ = try await stage.service.writeAsSystem(in: .customer(stage.buyer)) { tx in
            let line = UsageLine(
                subscription: id,
                service: "Queue",
                interval: try #require(ChargeInterval(from: month.start, to: month.end)),
                currency: try #require(Currency("USD")),
                billed: 3,
                effective: 3,
                firstReported: tx.permit.intent.at
            )
            let before = try tx.usage(of: id, from: month.start, to: month.end).map(\.account)
            try tx.replaceUsage(
                of: id,
                account: "",
                replacing: before,
                from: month.start,
                to: month.end,
                with: [line],
                import: report.id
            )
            return true
        }
        let cutOver = try #require(Instant("2017-06-16T00:00:00Z"))
        try await stage.hand(held, to: [(cutOver, stage.target)])
        stage.world.clock.now = cutOver.adding(days: 1)
        try await stage.importUsage(file("B", "5"), .focus)
        #expect(try await stage.statements("2017-06").exactTotal == 8)
        try await stage.importUsage(file("A", "4"), .focus)
        #expect(
            try await stage.lines("2017-06") == [
                "AWS lateReported Queue 2017-06-02 2017-06-03 5.00", "AWS regular Queue 2017-06-02 2017-06-03 4.00",
            ]
        )
    }

    @Test(arguments: TestDriver.available)
    func `an account that has not changed hands is another subscription under another billing account`(
        driver: TestDriver
    ) async throws {
        let stage = try await MoveStage(driver)
        for account in ["A", "B"] {
            try await stage.importUsage(
                """
                BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ProviderName,\
                ServiceName,SubAccountId
                1,\(account),USD,2017-07-01,2017-06-01,AWS,Queue,Atlas

                """,
                .focus
            )
        }
        let views = try await stage.service.subscriptions(of: stage.buyer, stage.context(.customer))
        #expect(views.count == 2)
        #expect(
            try await stage.lines("2017-06")
                == Array(repeating: "AWS regular Queue 2017-06-01 2017-07-01 1.00", count: 2)
        )
    }

    @Test func `days that cannot be are named, and nothing of the file is kept`() async throws {
        let stage = try await MoveStage(.sqlite)
        let head = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,"
        let text = """
            \(head)ChargePeriodEnd,ChargePeriodStart,ProviderName,ServiceName,SubAccountId
            1,A,USD,2017-07-01,2017-06-01,2017-06-01,2017-06-02,AWS,Queue,Atlas
            1,A,USD,2017-07-01,2017-06-01,2017-06-31,2017-06-02,AWS,Queue,Atlas

            """
        let report = try await stage.service.importUsage(.focus, for: stage.buyer, stage.context(.target)) { each in
            try await each(Array(text.utf8))
        }
        #expect(
            report.rejections.map { "\($0.line) \($0.column) \($0.reason)" } == [
                "2 ChargePeriodEnd outOfRange", "3 ChargePeriodEnd notADate",
            ]
        )
        #expect(try await stage.statements("2017-06").isEmpty)
    }
}
