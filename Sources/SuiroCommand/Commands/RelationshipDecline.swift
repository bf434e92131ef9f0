import ArgumentParser

struct RelationshipDecline: Act {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Decline a partner's request, as the customer / 顧客としてパートナーの要求を辞退します",
        discussion: "suiro relationship decline K7QM-2XPD --reason \"We have no plans with this partner\""
    )

    @Argument(help: "The code in the link / リンクに含まれるコード")
    var code: String

    @Option(help: "Reason the partner is told / パートナーに伝える理由")
    var reason: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let path: Path = "/multichannel/v1/invitations/\(code)/refusal"
        let body: JSON = reason.map { ["reason": .string($0)] } ?? .object([])
        let answer = try await session.client().send("POST", path, body)
        if session.printer.format.isJSON { session.printer.record(answer, as: .relationshipRequests) }
        session.printer.say("decline.done")
    }
}
