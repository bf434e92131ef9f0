import ArgumentParser

struct SubscriptionCancel: Act {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel subscriptions that you sold / 販売したサブスクリプションを取り消します",
        discussion:
            "suiro subscription cancel 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 7d1b9a02-51c4-4c0e-9a77-0b2f3c4d5e6f --dry-run"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Ids of the subscriptions / サブスクリプションの ID")
    var subscriptions: [String]

    @Flag(name: .shortAndLong, help: "Do not ask / 確認せずに実行")
    var yes = false

    @Flag(help: "Show the verdict and the cost, change nothing / 判断と費用を表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let changes = SubscriptionChanges(customer: customer, subscriptions: subscriptions, action: "cancel")
        if dryRun { return try await changes.rehearse(in: session) }
        if !yes { try session.confirm("cancel.question", ["count": String(subscriptions.count)]) }
        try await changes.make(["status": "deleted"], in: session) { id in
            session.printer.say("subscription.cancelled", ["id": id])
        }
    }
}
