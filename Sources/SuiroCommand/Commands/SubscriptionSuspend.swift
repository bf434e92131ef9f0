import ArgumentParser

struct SubscriptionSuspend: Act {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Suspend subscriptions that you sold / 販売したサブスクリプションを中断します",
        discussion:
            "suiro subscription suspend 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 7d1b9a02-51c4-4c0e-9a77-0b2f3c4d5e6f --reason nonPayment"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Ids of the subscriptions / サブスクリプションの ID")
    var subscriptions: [String]

    @Option(help: "customerRequest, nonPayment or fraud / customerRequest、nonPayment、fraud のいずれか")
    var reason: String?

    @Flag(help: "Show the verdict and the cost, change nothing / 判断と費用を表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let changes = SubscriptionChanges(customer: customer, subscriptions: subscriptions, action: "suspend")
        if dryRun { return try await changes.rehearse(in: session) }
        var change: JSON = ["status": "suspended"]
        if let reason { change = change.setting("suspensionReasons", to: [.string(reason)]) }
        try await changes.make(change, in: session) { id in
            session.printer.say("subscription.suspended", ["id": id, "customer": customer])
        }
    }
}
