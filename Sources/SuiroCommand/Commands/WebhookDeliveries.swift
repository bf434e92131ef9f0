import ArgumentParser

struct WebhookDeliveries: Act {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "List what was sent, and what became of it / 送ったイベントとその結果の一覧を表示します",
        discussion: "suiro webhook deliveries --state failed"
    )

    @Option(
        help: ArgumentHelp(
            "Only this state / この状態だけを表示",
            valueName: "waiting|delivered|failed|withdrawn"
        )
    )
    var state: String?

    @Option(help: "Only this event / このイベントだけを表示")
    var event: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = [state.map { QueryItem("state", $0) }, event.map { QueryItem("event", $0) }].compactMap(\.self)
        try await session.list("/multichannel/v1/webhooks/deliveries", query: query, as: .deliveries)
    }
}
