import ArgumentParser

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Who did what / 変更の履歴",
        subcommands: [AuditTail.self]
    )
}
