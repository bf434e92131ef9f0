import ArgumentParser

struct RelationshipRemind: Act {
    static let configuration = CommandConfiguration(
        commandName: "remind",
        abstract: "Remind the customer of a request / 顧客に要求の確認を促します",
        discussion: "suiro relationship remind 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b"
    )

    @Argument(help: "Id of the request / 要求の ID")
    var id: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.client().send("POST", "/multichannel/v1/relationshiprequests/\(id)/reminder")
        if answer.isObject { session.printer.record(answer, as: .relationshipRequests) }
        session.printer.say("relationship.reminded", ["id": id])
    }
}
