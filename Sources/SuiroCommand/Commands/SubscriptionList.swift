import ArgumentParser

struct SubscriptionList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a customer's subscriptions / 顧客のサブスクリプションの一覧を表示します",
        discussion: "suiro subscription list 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list("/multichannel/v1/customers/\(customer)/subscriptions", as: .subscriptions)
    }
}
