import ArgumentParser

struct MoveApprove: Act {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Agree to a move for your organization / 自社として切り替えに同意します",
        discussion: "suiro move approve 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b"
    )

    @Argument(help: "Id of the move / 切り替えの ID")
    var id: String

    @Flag(name: .shortAndLong, help: "Do not ask / 確認せずに実行")
    var yes = false

    @Flag(help: "Show the terms, decide nothing / 内容を表示するだけで同意しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let move = try await client.get("/multichannel/v1/moves/\(id)")
        if !(session.printer.format.isJSON && yes) { MoveReport(session).show(move) }
        if dryRun { return session.printer.say("dryRun.nothingDecided") }
        if !yes { try session.confirm("move.approveQuestion", ["target": move.at("target.name").text ?? "-"]) }
        // The hash binds the approval to the terms that were just shown.
        let body: JSON = ["decision": "approve", "termsHash": move["termsHash"]]
        let answer = try await client.send("POST", "/multichannel/v1/moves/\(id)/consents", body)
        if session.printer.format.isJSON { MoveReport(session).show(answer) }
        session.printer.say(
            "move.approved",
            ["state": session.words.word(answer["state"].text ?? "-", in: "moveState")]
        )
    }
}
