import ArgumentParser

struct RelationshipApprove: Act {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve a partner's request, as the customer / 顧客としてパートナーの要求を承認します",
        discussion: "suiro relationship approve K7QM-2XPD --yes"
    )

    @Argument(help: "The code in the link / リンクに含まれるコード")
    var code: String

    @Flag(name: .shortAndLong, help: "Do not ask / 確認せずに実行")
    var yes = false

    @Flag(help: "Show what would be granted, decide nothing / 内容を表示するだけで承認しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let invitation = try await client.get("/multichannel/v1/invitations/\(code)")
        show(invitation, session)
        if dryRun { return session.printer.say("dryRun.nothingDecided") }
        if !yes { try session.confirm("approve.question", ["partner": Invitation(invitation).partner]) }

        // The hash binds the approval to the terms that were just shown: if they change meanwhile, the server says no.
        let path: Path = "/multichannel/v1/invitations/\(code)/acceptance"
        let answer = try await client.send("POST", path, ["termsHash": invitation["termsHash"]])
        if session.printer.format.isJSON {
            session.printer.record(answer, as: .relationshipRequests)
        }
        session.printer.say("approve.done", ["partner": Invitation(invitation).partner])
    }

    /// What one agrees to has to be read, so it is told even when the output is for a program.
    private func show(_ json: JSON, _ session: Session) {
        if session.printer.format.isJSON, yes { return }
        let words = session.words
        let invitation = Invitation(json)
        let lines = [
            (words("approve.partner"), invitation.partner),
            (words("approve.granted"), invitation.granted(words).joined(separator: "\n")),
            (words("approve.unchanged"), invitation.unchanged(words).joined(separator: "\n")),
        ]
        let text = session.printer.table.pairs(lines)
        switch session.printer.format {
        case .table, .wide: session.terminal.write(text)
        case .json, .jsonl, .csv, .id: session.terminal.err(text)
        }
    }
}
