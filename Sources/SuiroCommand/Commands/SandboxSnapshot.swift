import ArgumentParser

struct SandboxSnapshot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Keep the world and go back to it / データの保存と復元",
        subcommands: [SnapshotSave.self, SnapshotRestore.self]
    )
}
