import ArgumentParser

struct PolicyShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one policy key / ポリシーのキーを 1 つ表示します",
        discussion: "suiro policy show license.switch.cspToCsp --at 2017-06-09"
    )

    @Argument(help: "Key of the policy / ポリシーのキー")
    var key: String

    @Option(help: "As of this date / この日付の時点")
    var at: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = try session.checked(instant: at).map { [QueryItem("at", $0)] } ?? []
        let answer = try await session.client().get("/multichannel/v1/policies/\(key)", query: query)
        if session.printer.format == .json { return session.printer.record(answer, as: .policies) }
        let rows = Page(answer).items + answer["rows"].elements
        session.printer.list(rows.isEmpty && answer.isObject ? [answer] : rows, as: .policyRows)
    }
}
