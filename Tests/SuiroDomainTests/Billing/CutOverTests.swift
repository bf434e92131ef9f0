import FoundationEssentials
import SuiroDomain
import Testing

/// Who pays for what was used around a cut-over.
@Suite struct CutOverTests {
    private let toHarbor = Result { try Bills.cutOver("2017-06-16", to: Bills.partners[1]) }

    @Test(arguments: [
        ("2017-06-15", "2017-06-16", "Tozai"), ("2017-06-16", "2017-06-17", "Harbor"),
        ("2017-06-01", "2017-06-02", "Tozai"), ("2017-06-30", "2017-07-01", "Harbor"),
    ])
    func `SW-15 a day is paid by whoever owns the bill on that day`(from: String, to: String, payer: String) throws {
        let line = try Bills.line(from, to, "10.01")
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], [toHarbor.get()])
        #expect(statements.totals == [payer: "10.01"])
    }

    @Test(arguments: [
        ("USD", "100", "50.00", "50.00"), ("JPY", "101", "51", "50"), ("KWD", "0.003", "0.002", "0.001"),
        ("USD", "-0.03", "-0.01", "-0.02"),
    ])
    func `TR-11 a charge for the month is divided by time, and nothing is lost`(
        currency: String,
        amount: String,
        old: String,
        new: String
    ) throws {
        let line = try Bills.line("2017-06-01", "2017-07-01", amount, currency)
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], [toHarbor.get()])
        #expect(statements.totals == ["Tozai": old, "Harbor": new])
        #expect(statements.reduce(0) { $0 + $1.exactTotal.amount } == line.billed)
        let halves = Set(statements.map(\.exactTotal.amount))
        #expect(halves == [line.billed / 2])
    }

    @Test func `a part that no decimal can write down leaves the rest to the last`() throws {
        let line = try Bills.line("2017-06-01", "2017-06-04", "100", "JPY")
        let at = try Bills.cutOver("2017-06-02", to: Bills.partners[1])
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], [at])
        #expect(statements.exactTotals == ["Tozai": "33.333333333333", "Harbor": "66.666666666667"])
        #expect(statements.totals == ["Tozai": "33", "Harbor": "67"])
    }

    @Test func `a cut-over in the middle of a day divides that day`() throws {
        let line = try Bills.line("2017-06-16", "2017-06-17", "24")
        let at = try Bills.cutOver("2017-06-16T06:00:00Z", to: Bills.partners[1])
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], [at])
        #expect(statements.totals == ["Tozai": "6.00", "Harbor": "18.00"])
    }

    @Test func `INV-03 through several cut-overs each payer has its own part`() throws {
        let line = try Bills.line("2017-06-01", "2017-07-01", "30")
        let turns = [
            try Bills.cutOver("2017-06-21", to: Bills.partners[0]),
            try Bills.cutOver("2017-06-11", to: Bills.partners[1]),
        ]
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], turns)
        #expect(
            statements.lines == [
                "Tozai usage regular 2017-06-01 2017-06-11 10.00", "Tozai usage regular 2017-06-21 2017-07-01 10.00",
                "Harbor usage regular 2017-06-11 2017-06-21 10.00",
            ]
        )
    }

    @Test func `a month imported later is the new owner's`() throws {
        let line = try Bills.line("2017-07-03", "2017-07-04", "7", reported: "2017-08-01")
        let statements = try Bills.statements("2017-07", Bills.subscription(), usage: [line], [toHarbor.get()])
        #expect(statements.lines == ["Harbor usage regular 2017-07-03 2017-07-04 7.00"])
    }

    @Test func `another fact that changes hands leaves the bill where it is`() throws {
        let seller = Succession(
            subscription: Sample.id(9),
            fact: .seller,
            from: try Sample.instant("2017-06-16"),
            party: Bills.partners[1],
            move: Sample.id(90)
        )
        let line = try Bills.line("2017-06-20", "2017-06-21", "7", reported: "2017-07-01")
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], [seller])
        #expect(statements.lines == ["Tozai usage regular 2017-06-20 2017-06-21 7.00"])
    }

    @Test func `a bill that passes to its own owner is not cut over`() throws {
        let again = try Bills.cutOver("2017-06-16", to: Bills.partners[0])
        let line = try Bills.line("2017-06-01", "2017-07-01", "7", reported: "2017-07-02")
        let statements = try Bills.statements("2017-06", Bills.subscription(), usage: [line], [again])
        #expect(statements.lines == ["Tozai usage regular 2017-06-01 2017-07-01 7.00"])
    }
}

/// What was used before a cut-over and reported after it.
@Suite struct LateReportedTests {
    private func lines(
        used: (String, String) = ("2026-11-20", "2026-11-21"),
        reported: String,
        channel: Channel = .ea,
        cutOver: String = "2026-11-24",
        publishing day: String? = nil
    ) throws -> [String] {
        let book = try day.map { try Sample.book(publishing: "2026", on: $0) }
        let line = try Bills.line(used.0, used.1, "10", reported: reported)
        return try Bills.statements(
            "2026-11",
            Bills.subscription(channel: channel),
            usage: [line],
            [Bills.cutOver(cutOver, to: Bills.partners[1])],
            Sample.rules(on: "2026-12-31", from: book)
        ).lines
    }

    @Test(arguments: [
        ("2026-11-23T23:59:59.999Z", "regular"), ("2026-11-24", "lateReported"), ("2026-12-05", "lateReported"),
    ])
    func `SW-15 before USE-15 it stays with whoever used it, in a bucket of its own`(
        reported: String,
        bucket: String
    ) throws {
        for channel in [Channel.ea, .csp] {
            #expect(
                try lines(reported: reported, channel: channel)
                    == ["Tozai usage \(bucket) 2026-11-20 2026-11-21 10.00"]
            )
        }
    }

    @Test(arguments: [
        ("2026-11-23T23:59:59.999Z", "Tozai", "regular"), ("2026-11-24", "Harbor", "lateReported"),
        ("2026-12-05", "Harbor", "lateReported"),
    ])
    func `USE-15 today it falls on whoever owns an enterprise agreement's bill when it is reported`(
        reported: String,
        payer: String,
        bucket: String
    ) throws {
        let found = try lines(reported: reported, publishing: "2026-11-22")
        #expect(found == ["\(payer) usage \(bucket) 2026-11-20 2026-11-21 10.00"])
        let other = try lines(reported: reported, channel: .csp, publishing: "2026-11-22")
        #expect(other == ["Tozai usage \(bucket) 2026-11-20 2026-11-21 10.00"])
    }

    @Test(arguments: [("2026-12-05T23:59:59.999Z", "Tozai"), ("2026-12-06", "Harbor")])
    func `USE-15 the rule is the one in force when it was reported`(reported: String, payer: String) throws {
        let found = try lines(reported: reported, publishing: "2026-12-06")
        #expect(found == ["\(payer) usage lateReported 2026-11-20 2026-11-21 10.00"])
    }

    @Test func `a charge that lies across the cut-over is late only before it`() throws {
        let used = ("2026-11-14", "2026-12-04")
        #expect(
            try lines(used: used, reported: "2026-12-05") == [
                "Tozai usage lateReported 2026-11-14 2026-11-24 5.00",
                "Harbor usage regular 2026-11-24 2026-12-04 5.00",
            ]
        )
        #expect(
            try lines(used: used, reported: "2026-12-05", publishing: "2026-11-22") == [
                "Harbor usage lateReported 2026-11-14 2026-11-24 5.00",
                "Harbor usage regular 2026-11-24 2026-12-04 5.00",
            ]
        )
    }

    @Test func `where nothing is late no rule is read, and where no rule is, nothing is decided`() throws {
        let subscription = try Bills.subscription(channel: .ea)
        let turn = try Bills.cutOver("2017-06-16", to: Bills.partners[1])
        let month = try #require(BillingMonth("2017-06"))
        var rules = Deliberation(book: PolicyBook(edition: 1, rows: []), at: .latest, cloud: .public)
        var draft = StatementDraft(for: month)
        let early = try Bills.line("2017-06-01", "2017-06-02", "1", reported: "2017-06-02")
        try draft.take(subscription, usage: [early], successions: [turn], &rules)
        #expect(rules.read.isEmpty)
        let late = try Bills.line("2017-06-01", "2017-06-02", "1", reported: "2017-06-16")
        let refused = try refusal { try draft.take(subscription, usage: [late], successions: [turn], &rules) }
        #expect(refused == .policyMissing(key: "usage.lateReported"))
    }
}
