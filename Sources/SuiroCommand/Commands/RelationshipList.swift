import ArgumentParser

struct RelationshipList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the requests you sent / 送った要求の一覧を表示します",
        discussion: "suiro relationship list"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list("/multichannel/v1/relationshiprequests", as: .relationshipRequests)
    }
}
