import ArgumentParser

struct WebhookShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show where events are sent / イベントの送り先を表示します",
        discussion: "suiro webhook show"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        session.printer.record(try await session.client().get("/webhooks/v1/registration"), as: .webhook)
    }
}
