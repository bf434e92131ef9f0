import FoundationEssentials
import SuiroDomain
import Testing

extension MovePolicyCase {
    /// How long a move of this size waits between the last approval and its cut-over.
    static func waiting(seats: Int? = nil, cost: Money? = nil) -> Look {
        { _, rules in
            let item = try MovedItem(
                subscription: Sample.id(9),
                name: "Office 365 E3",
                family: .license,
                channel: .csp,
                quantity: seats,
                monthlyCost: cost,
                termEnd: nil,
                seller: Sample.subscription(.license, .csp).seller,
                isManaged: true,
                cause: .asked,
                inventory: []
            )
            let cooling = MovePlanner.cooling(.transferLicense, [item], &rules)
            return cooling.map { "\($0.hours) hours" } ?? "at once"
        }
    }

    static func yen(_ amount: Decimal) -> Money? { Currency("JPY").map { Money(amount, $0) } }
    static func dollars(_ amount: Decimal) -> Money? { Currency("USD").map { Money(amount, $0) } }
}

/// A large move leaves everybody time to stop it.
@Suite struct MoveCoolingTests {
    private func scene(_ cost: Decimal) throws -> MoveScene {
        let now = try Sample.instant("2026-06-01")
        let held = try Sample.subscription(.usage, .csp, monthlyCost: MovePolicyCase.dollars(cost))
        let wish = MoveWish(
            subscriptions: [held.id],
            target: Sample.partner,
            kind: .switchPartner,
            plan: nil,
            cutover: nil
        )
        let book = try Sample.book(publishing: "2026", on: "2018-01-01")
        return try MoveScene(at: now, under: book, holding: [held], wish: wish)
    }

    private func approve(_ scene: inout MoveScene, after hours: Int) throws {
        try scene.request()
        for party in [MoveParty.customer, .source] { _ = try scene.take(.approve(party)) }
        scene.now = scene.now.adding(seconds: hours * 3600)
        _ = try scene.take(.approve(.target))
    }

    @Test func `X-07 a cent below the limit changes hands at once, and says nothing of waiting`() throws {
        var scene = try scene(Decimal(999_999) / 100)
        #expect(try !scene.preview().atRisk.map(\.code).contains(.coolingTime))
        try approve(&scene, after: 0)
        #expect(scene.move?.progress?.cutover == scene.now)
    }

    @Test func `X-07 from the limit on it waits a day, and everybody reads so before agreeing`() throws {
        var scene = try scene(10_000)
        let preview = try scene.preview()
        #expect(preview.atRisk.first { $0.code == .coolingTime }?.arguments["count"] == .count(24))
        #expect(preview.cutover == scene.now.adding(days: 1))
        try approve(&scene, after: 0)
        #expect(scene.move?.progress?.cutover == scene.now.adding(days: 1))
    }

    @Test func `X-07 the day is counted from the last approval, not from the request`() throws {
        var scene = try scene(10_000)
        try approve(&scene, after: 50)
        #expect(scene.move?.progress?.cutover == scene.now.adding(days: 1))
    }

    @Test(arguments: [MoveParty.customer, .source, .target])
    func `X-07 stopped a millisecond before the cut-over, nothing has changed hands`(party: MoveParty) throws {
        var scene = try scene(10_000)
        try approve(&scene, after: 0)
        scene.now = scene.now.adding(days: 1).adding(milliseconds: -1)
        let result = try scene.take(.withdraw(party))
        #expect(result == .done(.withdrawn))
        #expect(scene.successions.isEmpty && scene.leftovers.isEmpty)
    }

    @Test func `X-07 licenses are counted together, and a bill in yen by its own limit`() throws {
        var rules = try scene(1).rules
        func cools(_ seats: Int?, _ cost: Money?) throws -> Bool {
            let setting = MoveSetting(book: rules.book, at: rules.at, cloud: .public)
            return try MovePolicyCase.waiting(seats: seats, cost: cost)(setting, &rules) != "at once"
        }
        #expect(try !cools(999, nil) && cools(1000, nil))
        #expect(try !cools(nil, MovePolicyCase.yen(1_499_999)) && cools(nil, MovePolicyCase.yen(1_500_000)))
    }
}
