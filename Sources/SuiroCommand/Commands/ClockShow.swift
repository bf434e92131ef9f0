import ArgumentParser

struct ClockShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what time it is there / サンドボックスの時刻を表示します",
        discussion: "suiro sandbox clock show"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        session.printer.clock(try await session.client().get("/sandbox/v1/clock"))
    }
}
