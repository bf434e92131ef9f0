import ArgumentParser

struct WebhookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Events sent to your systems / 自社のシステムへ送られるイベント",
        subcommands: [
            WebhookShow.self, WebhookRegister.self, WebhookTest.self, WebhookDeliveries.self, WebhookResend.self,
        ]
    )
}
