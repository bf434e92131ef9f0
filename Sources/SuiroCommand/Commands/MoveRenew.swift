import ArgumentParser

struct MoveRenew: Act {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Ask again for a move that ended undone / 完了せずに終わった切り替えをもう一度依頼します",
        discussion: "suiro move renew 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b"
    )

    @Argument(help: "Id of the move that ended / 終わった切り替えの ID")
    var id: String

    @Flag(help: "Show the old move, ask nobody / 元の切り替えを表示するだけで依頼しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        if dryRun {
            MoveReport(session).show(try await client.get("/multichannel/v1/moves/\(id)"))
            return session.printer.say("dryRun.nothingChanged")
        }
        let answer = try await client.send("POST", "/multichannel/v1/moves/\(id)/renewal")
        MoveReport(session).show(answer)
        session.printer.say("move.requested", ["id": answer["id"].text ?? "-"])
    }
}
