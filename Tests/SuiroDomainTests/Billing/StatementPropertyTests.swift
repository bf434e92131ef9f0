import FoundationEssentials
import SuiroDomain
import Testing

/// Whatever was used, by whomever, in whichever currency, and however often the bill changed hands: nothing is lost and
/// nothing is invented.
@Suite struct StatementPropertyTests {
    @Test(arguments: 0..<150)
    func `all payers together owe what was used, exactly and in minor units`(seed: UInt64) throws {
        var world = try BillWorld(seed: seed)
        let statements = try world.statements()
        for currency in BillWorld.currencies {
            let cost = world.cost(in: currency)
            let mine = statements.filter { $0.currency == currency }
            #expect(mine.reduce(0) { $0 + $1.exactTotal.amount } == cost)
            #expect(mine.reduce(0) { $0 + $1.total.amount } == cost.rounded(digits: currency.minorDigits))
        }
        #expect(Set(statements.map { "\($0.payer) \($0.currency)" }).count == statements.count)
    }

    @Test(arguments: 0..<150)
    func `a statement adds up, and nothing on it is a minor unit away from what is owed`(seed: UInt64) throws {
        var world = try BillWorld(seed: seed)
        for statement in try world.statements() {
            let digits = statement.currency.minorDigits
            let unit = Decimal(sign: .plus, exponent: -digits, significand: 1)
            #expect(statement.total.amount == statement.lines.reduce(0) { $0 + $1.amount.amount })
            #expect(
                statement.total.amount == statement.total(.regular).amount + statement.total(.lateReported).amount
            )
            #expect(abs(statement.total.amount - statement.exactTotal.amount) < unit)
            for line in statement.lines {
                #expect(line.amount.amount.rounded(digits: digits) == line.amount.amount)
                #expect(abs(line.amount.amount - line.exactAmount.amount) < unit)
            }
        }
    }

    @Test(arguments: 0..<150)
    func `INV-03 by use a payer pays only for the time in which the bill was its own`(seed: UInt64) throws {
        var world = try BillWorld(seed: seed)
        for statement in try world.statements() {
            for line in statement.lines where line.kind == .usage {
                let subscription = try #require(world.subscriptions.first { $0.id == line.subscription })
                let owners = subscription.billOwners(
                    from: line.interval.from,
                    to: line.interval.to,
                    world.successions
                )
                #expect(owners.allSatisfy { $0.party == statement.payer })
            }
        }
    }

    @Test(arguments: 0..<50)
    func `the order in which usage arrives changes nothing`(seed: UInt64) throws {
        var world = try BillWorld(seed: seed)
        let first = try world.statements()
        world.usage.shuffle(using: &world.chance)
        #expect(try world.statements() == first)
    }
}

/// A customer's subscriptions, with prices, usage and cut-overs as chance has them.
private struct BillWorld {
    var chance: Chance
    let month: BillingMonth
    var subscriptions: [Subscription] = []
    var successions: [Succession] = []
    var usage: [UsageLine] = []

    static let currencies = ["JPY", "USD", "KWD"].compactMap(Currency.init)

    init(seed: UInt64) throws {
        chance = Chance(state: seed)
        month = try #require(BillingMonth("2017-06"))
        for number in 1...UInt8.random(in: 1...6, using: &chance) {
            let isLicense = Int.random(in: 0..<4, using: &chance) == 0
            subscriptions.append(
                try Bills.subscription(
                    number,
                    family: isLicense ? .license : .usage,
                    owner: Bills.partners.randomElement(using: &chance) ?? Bills.partners[0],
                    monthlyCost: isLicense ? amount() : nil
                )
            )
            for _ in 0..<Int.random(in: 0...4, using: &chance) { successions.append(cutOver(of: number)) }
            guard !isLicense else { continue }
            for _ in 0..<Int.random(in: 1...25, using: &chance) { usage.append(try line(of: number)) }
        }
    }

    mutating func statements() throws -> [Statement] {
        var rules = try Sample.rules(on: "2017-12-31")
        var draft = StatementDraft(for: month)
        for subscription in subscriptions {
            let used = usage.filter { $0.subscription == subscription.id }
            try draft.take(subscription, usage: used, successions: successions, &rules)
        }
        return draft.statements
    }

    func cost(in currency: Currency) -> Decimal {
        let prices = subscriptions.compactMap(\.monthlyCost).filter { $0.currency == currency }.map(\.amount)
        return usage.filter { $0.currency == currency }.map(\.billed).reduce(prices.reduce(0, +), +)
    }

    private mutating func cutOver(of number: UInt8) -> Succession {
        Succession(
            subscription: Sample.id(number),
            fact: .billOwner,
            from: instant(),
            party: Bills.partners.randomElement(using: &chance) ?? Bills.partners[0],
            move: Sample.id(90)
        )
    }

    private mutating func line(of number: UInt8) throws -> UsageLine {
        let from = instant().startOfDay
        let billed = amount(isCredit: Int.random(in: 0..<5, using: &chance) == 0)
        return UsageLine(
            subscription: Sample.id(number),
            service: ["Storage", "Compute", "Network"].randomElement(using: &chance) ?? "",
            interval: try #require(
                ChargeInterval(from: from, to: from.adding(days: Int.random(in: 1...31, using: &chance)))
            ),
            currency: billed.currency,
            billed: billed.amount,
            effective: billed.amount,
            firstReported: instant().adding(days: 15)
        )
    }

    /// Somewhere around the month, to the millisecond.
    private mutating func instant() -> Instant {
        month.start.adding(days: -3).adding(milliseconds: Int64.random(in: 0..<36 * 86_400_000, using: &chance))
    }

    private mutating func amount(isCredit: Bool = false) -> Money {
        let currency = Self.currencies[Int.random(in: 0..<Self.currencies.count, using: &chance)]
        let digits = Int.random(in: 0...11, using: &chance)
        let size = Int64.random(in: 1...1_000_000_000, using: &chance)
        let value = Decimal(sign: isCredit ? .minus : .plus, exponent: -digits, significand: Decimal(size))
        return Money(value, currency)
    }
}

/// SplitMix64: the same seed makes the same world.
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
