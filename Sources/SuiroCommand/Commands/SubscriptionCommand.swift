import ArgumentParser

struct SubscriptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscription",
        abstract: "Subscriptions in every channel / すべての販売経路のサブスクリプション",
        subcommands: [
            SubscriptionList.self, SubscriptionWhy.self, SubscriptionSuspend.self, SubscriptionResume.self,
            SubscriptionCancel.self, SubscriptionSetQuantity.self,
        ]
    )
}
