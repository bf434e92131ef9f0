import ArgumentParser

struct ClockSet: Act {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set the clock / 時計を合わせます",
        discussion: "suiro sandbox clock set 2017-06-09T00:00:00Z"
    )

    @Argument(help: "An instant, or a date for its midnight in UTC / 時刻（日付だけなら UTC の 0 時）")
    var time: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let isDay = time.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        let now = isDay ? time + "T00:00:00Z" : time
        _ = try session.checked(instant: now)
        let client = try session.client()
        let answer = try await client.send("PUT", "/sandbox/v1/clock", ["now": .string(now)])
        session.printer.clock(answer["now"].isNull ? ["now": .string(now)] : answer)
    }
}
