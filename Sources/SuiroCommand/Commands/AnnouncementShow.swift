import ArgumentParser

struct AnnouncementShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one announcement / お知らせを 1 件表示します",
        discussion: "suiro announcement show 6a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b"
    )

    @Argument(help: "Id of the announcement / お知らせの ID")
    var id: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let announcement = try await session.client().get("/multichannel/v1/announcements/\(id)")
        session.printer.record(announcement, as: .announcements)
        guard !session.printer.format.isJSON, session.printer.format != .id else { return }
        session.printer.list(announcement["changes"].elements, as: .policyChanges)
    }
}
