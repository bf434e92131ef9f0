import ArgumentParser

struct AnnouncementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announcement",
        abstract: "What changes, from when / お知らせ（何がいつから変わるか）",
        subcommands: [AnnouncementList.self, AnnouncementShow.self]
    )
}
