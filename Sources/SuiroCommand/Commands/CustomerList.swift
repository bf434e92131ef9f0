import ArgumentParser

struct CustomerList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List your customers / 顧客の一覧を表示します",
        discussion: "suiro customer list --filter Mirai"
    )

    @Option(help: "Only names that start with this / この文字列で始まる名前だけを表示")
    var filter: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        var query = [QueryItem("size", "500")]
        if let filter {
            let condition: JSON = ["Field": "CompanyName", "Value": .string(filter), "Operator": "starts_with"]
            query.append(QueryItem("filter", condition.compact))
        }
        try await session.list("/v1/customers", query: query, as: .customers)
    }
}
