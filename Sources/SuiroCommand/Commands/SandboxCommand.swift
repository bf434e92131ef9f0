import ArgumentParser

struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "The sandbox: clock, world, mails, faults / サンドボックス（時計・データ・メール・障害）",
        subcommands: [
            SandboxStatus.self, SandboxClock.self, SandboxReset.self, SandboxOutbox.self, SandboxSnapshot.self,
            SandboxAs.self, SandboxFault.self,
        ]
    )
}
