import ArgumentParser

struct MoveWithdraw: Act {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Call a move off / 切り替えを取りやめます",
        discussion: "suiro move withdraw 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b --reason \"Next year\"",
        aliases: ["cancel"]
    )

    @Argument(help: "Id of the move / 切り替えの ID")
    var id: String

    @ArgumentParser.Option(help: "Reason that all parties see / すべての関係者に見える理由")
    var reason: String?

    @Flag(help: "Show the move, change nothing / 内容を表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        if dryRun {
            MoveReport(session).show(try await client.get("/multichannel/v1/moves/\(id)"))
            return session.printer.say("dryRun.nothingChanged")
        }
        let body: JSON = reason.map { ["reason": .string($0)] } ?? .object([])
        let answer = try await client.send("POST", "/multichannel/v1/moves/\(id)/withdrawal", body)
        if session.printer.format.isJSON { MoveReport(session).show(answer) }
        session.printer.say("move.withdrawn", ["id": id])
    }
}
