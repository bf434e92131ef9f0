import ArgumentParser

struct AnnouncementList: Act {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the announcements / お知らせの一覧を表示します",
        discussion: "suiro announcement list"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list("/multichannel/v1/announcements", as: .announcements)
    }
}
