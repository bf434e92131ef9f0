import ArgumentParser

struct MoveList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List moves of your organization / 自社の切り替えの一覧を表示します",
        discussion: "suiro move list --incoming --state awaitingConsent"
    )

    @Flag(help: "Only those that come to you / 自社に来るもののみ")
    var incoming = false

    @Flag(help: "Only those that go from you / 自社から出るもののみ")
    var outgoing = false

    @ArgumentParser.Option(help: "Only in this state / この状態のもののみ")
    var state: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        var query: [QueryItem] = []
        if incoming != outgoing { query.append(QueryItem("role", incoming ? "incoming" : "outgoing")) }
        if let state { query.append(QueryItem("state", state)) }
        try await session.list("/multichannel/v1/moves", query: query, as: .moves)
    }
}
