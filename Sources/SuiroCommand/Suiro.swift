import ArgumentParser

/// The root of the command tree.
struct Suiro: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suiro",
        abstract: "Manage customers' subscriptions across channels / 顧客のサブスクリプションを販売経路をまたいで管理します",
        discussion: """
            Data goes to standard output, words to standard error. `suiro explain exit-codes` lists the exit codes.
            データは標準出力に、メッセージは標準エラーに出ます。終了コードは `suiro explain exit-codes` で表示します。
            """,
        version: "suiro " + Version.current,
        subcommands: [
            Login.self, Logout.self, WhoAmI.self, ShowVersion.self, CustomerCommand.self, SubscriptionCommand.self,
            StatementCommand.self,
            RelationshipCommand.self, MoveCommand.self, AccessCommand.self, PolicyCommand.self,
            AnnouncementCommand.self,
            WebhookCommand.self, AuditCommand.self, SandboxCommand.self, API.self, Explain.self,
        ]
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions
}
