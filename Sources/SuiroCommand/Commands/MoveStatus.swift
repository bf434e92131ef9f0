import ArgumentParser
import Foundation

struct MoveStatus: Act {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where a move is and whose turn it is / 切り替えの状態と次の担当を表示します",
        discussion: "suiro move status 9b0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b --wait 60",
        aliases: ["show", "watch"]
    )

    @Argument(help: "Id of the move / 切り替えの ID")
    var id: String

    @ArgumentParser.Option(
        help: ArgumentHelp("Wait up to so many seconds for a change / 変化を待つ秒数", valueName: "seconds")
    )
    var wait: Int = 0

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let path: Path = "/multichannel/v1/moves/\(id)"
        let deadline = session.surroundings.now().addingTimeInterval(Double(wait))
        let first = try await client.get(path)
        var move = first
        while wait > 0, move.at("attributes.etag") == first.at("attributes.etag"), move["state"] == first["state"],
            session.surroundings.now() < deadline
        {
            try await session.surroundings.sleep(.seconds(1))
            move = try await client.get(path)
        }
        MoveReport(session).show(move)
    }
}
