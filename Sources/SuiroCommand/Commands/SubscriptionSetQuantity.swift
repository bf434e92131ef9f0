import ArgumentParser

struct SubscriptionSetQuantity: Act {
    static let configuration = CommandConfiguration(
        commandName: "set-quantity",
        abstract: "Change how many seats subscriptions have / サブスクリプションのライセンス数を変えます",
        discussion:
            "suiro subscription set-quantity 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 7d1b9a02-51c4-4c0e-9a77-0b2f3c4d5e6f --to 25"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Ids of the subscriptions / サブスクリプションの ID")
    var subscriptions: [String]

    @Option(help: "How many seats / ライセンスの数")
    var to: Int

    @Flag(help: "Show the verdict and the cost, change nothing / 判断と費用を表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let changes = SubscriptionChanges(customer: customer, subscriptions: subscriptions, action: "changeQuantity")
        if dryRun { return try await changes.rehearse(in: session) }
        try await changes.make(["quantity": .number(String(to))], in: session) { id in
            session.printer.say("subscription.resized", ["id": id, "count": String(to)])
        }
    }
}
