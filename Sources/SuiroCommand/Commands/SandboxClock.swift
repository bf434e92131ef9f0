import ArgumentParser

struct SandboxClock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "The test clock / テスト用の時計",
        subcommands: [ClockShow.self, ClockSet.self, ClockAdvance.self]
    )
}
