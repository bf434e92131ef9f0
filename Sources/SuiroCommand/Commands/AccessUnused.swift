import ArgumentParser

struct AccessUnused: Act {
    static let configuration = CommandConfiguration(
        commandName: "unused",
        abstract: "Rights that nobody uses / 使われていない権限を表示します",
        discussion: "suiro access unused --days 90"
    )

    @ArgumentParser.Option(help: "Days without use / 使われていない日数")
    var days: Int?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = [days.map { QueryItem("unusedFor", "\($0)") }].compactMap(\.self)
        try await session.list("/multichannel/v1/access/unused", query: query, as: .unusedAccess)
    }
}
