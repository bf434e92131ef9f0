import ArgumentParser
import Foundation

struct WebhookTest: Act {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a test event and show what the receiver answers / テスト イベントを送り、受信側の応答を表示します",
        discussion: "suiro webhook test --wait 30"
    )

    @Option(help: ArgumentHelp("Wait up to so many seconds for the answer / 応答を待つ秒数", valueName: "seconds"))
    var wait: Int = 15

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let made = try await client.send("POST", "/webhooks/v1/registration/validationEvents")
        let id = made["correlationId"].text ?? made.text ?? "-"
        let deadline = session.surroundings.now().addingTimeInterval(Double(wait))
        var test = try await client.get("/webhooks/v1/registration/validationEvents/\(id)")
        // A first answer that says no is worth showing, even where more attempts follow.
        while test["results"].elements.isEmpty, session.surroundings.now() < deadline {
            try await session.surroundings.sleep(.seconds(1))
            test = try await client.get("/webhooks/v1/registration/validationEvents/\(id)")
        }
        let attempts = test["results"].elements
        session.printer.list(attempts, as: .attempts)
        guard let last = attempts.last else { throw Failure(.waiting, "webhook.testWaiting", ["id": id]) }
        guard last["responseCode"].text == "200" else { throw Failure(.failed, "webhook.testFailed") }
        session.printer.say("webhook.testArrived")
    }
}
