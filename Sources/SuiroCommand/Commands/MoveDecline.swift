import ArgumentParser

struct MoveDecline: Act {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Decline a move for your organization / 自社として切り替えを辞退します",
        discussion: "suiro move decline 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b --reason \"Open invoices\""
    )

    @Argument(help: "Id of the move / 切り替えの ID")
    var id: String

    @ArgumentParser.Option(help: "Reason that all parties see / すべての関係者に見える理由")
    var reason: String?

    @Flag(help: "Show the move, decide nothing / 内容を表示するだけで辞退しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        if dryRun {
            MoveReport(session).show(try await client.get("/multichannel/v1/moves/\(id)"))
            return session.printer.say("dryRun.nothingDecided")
        }
        var body: JSON = ["decision": "decline"]
        if let reason { body = body.setting("reason", to: .string(reason)) }
        let answer = try await client.send("POST", "/multichannel/v1/moves/\(id)/consents", body)
        if session.printer.format.isJSON { MoveReport(session).show(answer) }
        session.printer.say("move.declined")
    }
}
