import ArgumentParser

struct AccessCalendar: Act {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "When access ends, soonest first / アクセスが終わる日を早い順に表示します",
        discussion: "suiro access calendar --from 2026-12-01 --to 2027-03-01"
    )

    @ArgumentParser.Option(help: "First day / 最初の日")
    var from: String?

    @ArgumentParser.Option(help: "The day before which it ends / この日より前まで")
    var to: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = [from.map { QueryItem("from", $0) }, to.map { QueryItem("to", $0) }].compactMap(\.self)
        try await session.list("/multichannel/v1/access/calendar", query: query, as: .accessEnds)
    }
}
