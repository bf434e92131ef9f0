import ArgumentParser

struct ShowVersion: Act {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the version of this client / このクライアントのバージョンを表示します",
        discussion: "suiro version"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let version: JSON = ["name": "suiro", "version": .string(Version.current)]
        if globals.format == nil {
            session.terminal.write("suiro \(Version.current)\n")
        } else {
            session.printer.record(version, as: Listing([Column("name"), Column("version")], id: "version"))
        }
    }
}
