import ArgumentParser

struct MoveDone: Act {
    static let configuration = CommandConfiguration(
        commandName: "done",
        abstract: "Say that a step is done / 手順の完了を記録します",
        discussion: """
            suiro move done openRequest 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b --note "Request 4711"
            suiro move done enterDetails 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b -f details[regions]=japaneast
            """
    )

    @Argument(help: "The step, as in status / 手順（status に表示される名前）")
    var step: String

    @Argument(help: "Id of the move / 切り替えの ID")
    var id: String

    @ArgumentParser.Option(help: "Words about it / 補足")
    var note: String?

    @ArgumentParser.Option(
        name: [.customShort("f"), .long],
        help: "What the step asks for, as name=value / 手順に必要な値（名前=値）"
    )
    var field: [String] = []

    @Flag(help: "Show the move, do nothing / 内容を表示するだけで何もしない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        if dryRun {
            MoveReport(session).show(try await client.get("/multichannel/v1/moves/\(id)"))
            return session.printer.say("dryRun.nothingChanged")
        }
        var evidence = try Fields(field).body
        if let note { evidence = evidence.setting("note", to: .string(note)) }
        let body = JSON.object([]).setting("evidence", to: evidence)
        let answer = try await client.send("POST", "/multichannel/v1/moves/\(id)/steps/\(step)", body)
        MoveReport(session).show(answer)
    }
}
