import FoundationEssentials
import SuiroDomain
import Testing

/// What stands on an invoice, and when a budget is told.
@Suite struct InvoiceTests {
    private let march = BillingMonth("2026-03")

    @Test func `a month that is restated charges the difference, and gives back what is gone`() throws {
        let charged = [try line("Storage", "10.00"), try line("Compute", "5.00")]
        let now = [try line("Storage", "10.50"), try line("Network", "1.25")]
        let difference = InvoiceLine.difference(now, charged)
        let told = Dictionary(uniqueKeysWithValues: difference.map { ($0.service, $0.amount.text) })
        #expect(told == ["Storage": "0.50", "Network": "1.25", "Compute": "-5.00"])
        #expect(InvoiceLine.difference(charged, charged).isEmpty)
    }

    @Test func `one invoice a currency and kind of commerce, which is the sum of its lines`() throws {
        let month = try #require(march)
        let lines = [
            try line("Storage", "10.00"), try line("Compute", "5.00"), try line("Storage", "900", "JPY"),
            try line("Windows Server", "3.00", product: "DG7GMGF0DVT7"),
        ]
        let invoices = lines.invoices(of: Sample.id(1), in: month, at: month.end) { _ in "000000001" }
        #expect(invoices.map(\.0.total.text).sorted() == ["15.00", "3.00", "900"])
        #expect(Set(invoices.map(\.0.id)) == ["D000000001", "G000000001"])
        for (invoice, lines) in invoices {
            #expect(lines.reduce(0) { $0 + $1.amount.amount } == invoice.total.amount)
        }
    }

    @Test func `a budget is passed once a month, and only by more than it allows`() throws {
        let (month, next) = (try #require(march), try #require(march?.next))
        var budget = SpendingBudget(amount: 50)
        let asked = [(50, month), (51, month), (52, month), (51, next)]
        var told: [Bool] = []
        for (spent, month) in asked { told.append(budget.isPassed(by: Decimal(spent), in: month)) }
        #expect(told == [false, true, false, true])
        var none = SpendingBudget(amount: nil)
        let isTold = none.isPassed(by: 1_000_000, in: month)
        #expect(!isTold)
    }

    @Test func `what stands in the way of an upgrade to a plan is told`() throws {
        let now = try #require(march).start
        var plan = try Bills.subscription(1)
        #expect(ProductUpgrade.obstacle([], at: now) == .noAzureSubscription)
        #expect(ProductUpgrade.obstacle([try Bills.subscription(2, family: .license)], at: now) == .noAzureSubscription)
        #expect(ProductUpgrade.obstacle([plan], at: now) == nil)
        plan.status = .suspended
        #expect(ProductUpgrade.obstacle([plan], at: now) == .azureNotActive)
        plan.productID = Subscription.azurePlan.product
        #expect(ProductUpgrade.obstacle([plan], at: now) == .alreadyUpgraded)
    }

    @Test func `a subscription carries the Azure subscriptions whose ids it is known by`() throws {
        let now = try #require(march).start
        var plan = try Bills.subscription(1)
        #expect(plan.entitlements(canceled: [], at: now).map(\.id) == ["\(plan.id)"])
        let known = "\(Sample.id(7) as ID<Subscription>)"
        plan.aliases = ["/subscriptions/\(known)", "51738928782"]
        #expect(plan.entitlements(canceled: [], at: now).map(\.id) == [known])
        #expect(plan.entitlements(canceled: [known], at: now).map(\.status) == [.canceled])
        plan.status = .suspended
        #expect(plan.entitlements(canceled: [], at: now).map(\.status) == [.disabled])
        #expect(try Bills.subscription(3, family: .license).entitlements(canceled: [], at: now).isEmpty)
    }

    private func line(
        _ service: String,
        _ amount: String,
        _ currency: String = "USD",
        product: String? = nil
    ) throws -> InvoiceLine {
        let month = try #require(march)
        let interval = try #require(ChargeInterval(from: month.start, to: month.end))
        let money = Money(try #require(Decimal(exactly: amount)), try #require(Currency(currency)))
        var subscription = try Bills.subscription(5)
        subscription.productID = product
        let usage = UsageLine(
            subscription: subscription.id,
            service: service,
            interval: interval,
            currency: money.currency,
            billed: money.amount,
            effective: money.amount,
            firstReported: month.start
        )
        var draft = StatementDraft(for: month)
        var rules = Deliberation(book: PolicyBook(edition: 1, rows: []), at: month.end, cloud: .public)
        try draft.take(subscription, usage: [usage], successions: [], &rules)
        let stated = try #require(draft.statements.first?.lines.first)
        return InvoiceLine(stated, of: subscription, try buyer, in: month)
    }

    private var buyer: InvoiceLine.Buyer {
        get throws {
            InvoiceLine.Buyer(
                Organization(
                    id: Sample.id(3),
                    kind: .customer,
                    name: "Birchwater Pottery",
                    domain: "birchwater.example",
                    country: "US",
                    language: .en,
                    createdAt: .earliest
                )
            )
        }
    }
}
