import ArgumentParser

struct AccessList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List who has access to a customer, or all access / アクセスできるパートナーの一覧を表示します",
        discussion: "suiro access list 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11"
    )

    @Argument(help: "Id of the customer; left out, everywhere / 顧客の ID（省略時はすべて）")
    var customer: String?

    @ArgumentParser.Option(help: "Only ways of this kind, such as gdap / この種類の経路のみ（gdap など）")
    var kind: String?

    @ArgumentParser.Option(help: "Only what ends within so many days / この日数以内に終わるもののみ")
    var ending: Int?

    @ArgumentParser.Option(help: "Only what was not used for so many days / この日数使われていないもののみ")
    var unused: Int?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        if let customer, kind == nil, ending == nil, unused == nil {
            return try await session.list("/multichannel/v1/customers/\(customer)/access", as: .access)
        }
        let query = [
            customer.map { QueryItem("customerId", $0) }, kind.map { QueryItem("kind", $0) },
            ending.map { QueryItem("endingWithin", "\($0)") }, unused.map { QueryItem("unusedFor", "\($0)") },
        ].compactMap(\.self)
        try await session.list("/multichannel/v1/access", query: query, as: .accessEverywhere)
    }
}
