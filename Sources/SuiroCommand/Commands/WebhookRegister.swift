import ArgumentParser

struct WebhookRegister: Act {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Have events sent to an address; replaces what was registered / イベントの送り先を登録します（以前の登録は置き換わります）",
        discussion: """
            suiro webhook register https://hooks.tozai.example/suiro --event subscription-updated \
              --event reseller-relationship-accepted-by-customer
            """
    )

    @Argument(help: "Address of the receiver, https / 受信側の https アドレス")
    var url: String

    @Option(help: "Name of an event to hear of; repeat for more, all if left out / 知らせるイベントの名前（複数指定可、省略時はすべて）")
    var event: [String] = []

    @Flag(help: "Put the signature into x-ms-signature / 署名を x-ms-signature に入れる")
    var ownHeader = false

    @Flag(help: "Make a new secret for the second signature / 2 つ目の署名のシークレットを作り直す")
    var newSecret = false

    @Flag(help: "Show the request, send nothing / 要求を表示するだけで送らない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let names =
            event.isEmpty
            ? try await client.get("/webhooks/v1/registration/events").elements : event.map(JSON.string)
        let body: JSON = [
            "WebhookUrl": .string(url), "WebhookEvents": .array(names),
            "SignatureTokenToMsSignatureHeader": .bool(ownHeader), "RotateSigningSecret": .bool(newSecret),
        ]
        if dryRun {
            session.terminal.write(body.pretty + "\n")
            return session.printer.say("dryRun.nothingSent")
        }
        let method = try await isRegistered(client) ? "PUT" : "POST"
        let answer = try await client.send(method, "/webhooks/v1/registration", body)
        session.printer.record(answer, as: .webhook)
        if answer["signingSecret"].text != nil { session.printer.say("webhook.keepSecret") }
        session.printer.say("webhook.registered")
    }

    private func isRegistered(_ client: Client) async throws -> Bool {
        do {
            _ = try await client.get("/webhooks/v1/registration")
            return true
        } catch let problem as Problem where problem.status == 404 {
            return false
        }
    }
}
