import ArgumentParser
import Foundation

struct MoveCalendar: Act {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "The dates of a move as a calendar file / 切り替えの日程をカレンダー ファイルで出力します",
        discussion: "suiro move calendar 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b"
    )

    @Argument(help: "Id of the move / 切り替えの ID")
    var id: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.client().call("GET", "/multichannel/v1/moves/\(id)/calendar")
        session.terminal.write(String(decoding: answer.body, as: UTF8.self))
    }
}
