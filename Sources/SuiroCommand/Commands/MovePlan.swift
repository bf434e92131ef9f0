import ArgumentParser

struct MovePlan: Act {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a move would do; nothing changes / 切り替えの内容を表示します（何も変わりません）",
        discussion: """
            suiro move plan 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 7d1b9a02-51c4-4c0e-9a77-0b2f3c4d5e6f --cancel-first
            """,
        aliases: ["preview"]
    )

    @OptionGroup var wish: MoveOptions
    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let path: Path = "/multichannel/v1/customers/\(wish.customer)/movepreviews"
        let preview = try await session.client().send("POST", path, wish.body(session))
        MoveReport(session).show(preview)
        session.printer.say("dryRun.nothingChanged")
    }
}
