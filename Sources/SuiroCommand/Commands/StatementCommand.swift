import ArgumentParser

struct StatementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "What a customer's months cost whom / 顧客の月ごとの費用と支払者",
        subcommands: [StatementShow.self]
    )
}
