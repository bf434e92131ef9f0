import ArgumentParser

struct MoveRequest: Act {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask everybody concerned to agree to a move / 関係者に切り替えへの同意を依頼します",
        discussion: """
            suiro move request 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 7d1b9a02-51c4-4c0e-9a77-0b2f3c4d5e6f --dry-run
            """
    )

    @OptionGroup var wish: MoveOptions

    @Flag(help: "Show the plan, ask nobody / 計画を表示するだけで依頼しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let base: Path = "/multichannel/v1/customers/\(wish.customer)/moves"
        let preview: Path = "/multichannel/v1/customers/\(wish.customer)/movepreviews"
        let answer = try await client.send("POST", dryRun ? preview : base, wish.body(session))
        MoveReport(session).show(answer)
        if dryRun { return session.printer.say("dryRun.nothingChanged") }
        session.printer.say("move.requested", ["id": answer["id"].text ?? "-"])
    }
}
