import ArgumentParser

struct PolicyList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the policy rows / ポリシーの行の一覧を表示します",
        discussion: "suiro policy list --at 2017-06-09"
    )

    @Option(help: "As of this date / この日付の時点")
    var at: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = try session.checked(instant: at).map { [QueryItem("at", $0)] } ?? []
        try await session.list("/multichannel/v1/policies", query: query, as: .policies)
    }
}
