import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The policy in force / 適用されているポリシー",
        subcommands: [PolicyList.self, PolicyShow.self]
    )
}
