import ArgumentParser

struct WebhookResend: Act {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Send an event again, or everything that never arrived / イベントをもう一度送ります（未達のものをまとめて送ることもできます）",
        discussion: """
            suiro webhook resend 5e0c3d1e-77aa-4d0f-8a55-1c2d3e4f5a6b
            suiro webhook resend --failed
            """
    )

    @Argument(help: "Id of the delivery / 配信の ID")
    var id: String?

    @Flag(help: "Everything that never arrived / 未達のものすべて")
    var failed = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func validate() throws {
        guard failed != (id != nil) else {
            throw ValidationError("ID or --failed. / ID か --failed のどちらかを指定してください。")
        }
    }

    func run(in session: Session) async throws {
        let client = try session.client()
        guard let id else {
            let query = [QueryItem("state", "failed")]
            let ids = try await client.all("/multichannel/v1/webhooks/deliveries", query: query)
                .compactMap { $0["id"].text }
            for id in ids { try await resend(id, client) }
            return session.printer.say("webhook.resentAll", ["count": String(ids.count)])
        }
        session.printer.record(try await resend(id, client), as: .deliveries)
        session.printer.say("webhook.resent", ["id": id])
    }

    @discardableResult
    private func resend(_ id: String, _ client: Client) async throws -> JSON {
        try await client.send("POST", "/multichannel/v1/webhooks/deliveries/\(id)/resend")
    }
}
