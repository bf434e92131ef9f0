import ArgumentParser

struct LeftoverList: Act {
    static let configuration = CommandConfiguration(
        commandName: "leftovers",
        abstract: "List access that survived an ending / 終了後も残っているアクセスの一覧を表示します",
        discussion: "suiro move leftovers 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list("/multichannel/v1/customers/\(customer)/leftovers", as: .leftovers)
    }
}
