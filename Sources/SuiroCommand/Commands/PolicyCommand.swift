import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "The policy in force, and how it changes / 適用されているポリシーとその変更",
        subcommands: [
            PolicyList.self, PolicyShow.self, PolicyDiff.self, PolicyPackages.self, PolicyCheck.self, PolicyDraft.self,
            PolicyImpact.self, PolicyPublish.self, PolicyWithdraw.self, PolicyKill.self,
        ]
    )
}
