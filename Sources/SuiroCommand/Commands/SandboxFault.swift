import ArgumentParser

struct SandboxFault: Act {
    static let configuration = CommandConfiguration(
        commandName: "fault",
        abstract: "Make requests fail or wait; replaces earlier faults / 障害を注入します（以前の設定は置き換わります）",
        discussion: "suiro sandbox fault 'GET /v1/customers' --status 503 --delay 200 --times 1"
    )

    @Argument(help: "Which requests: method and path / 対象の要求（メソッドとパス）")
    var match: String?

    @Option(help: "Answer with this status / この状態コードで応答")
    var status: Int?

    @Option(help: ArgumentHelp("Wait so many milliseconds first / 応答を遅らせるミリ秒数", valueName: "ms"))
    var delay: Int?

    @Option(help: "How often; always if left out / 回数（省略時は無制限）")
    var times: Int?

    @Flag(help: "End all faults / すべての障害を終了")
    var clear = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func validate() throws {
        guard clear != (match != nil) else {
            throw ValidationError("METHOD PATH or --clear. / 対象か --clear のどちらかを指定してください。")
        }
    }

    func run(in session: Session) async throws {
        try await session.client().send("PUT", "/sandbox/v1/faults", ["rules": .array(rules)])
        if let match {
            session.printer.say("fault.set", ["match": match])
        } else {
            session.printer.say("fault.cleared")
        }
    }

    private var rules: [JSON] {
        guard let match else { return [] }
        var rule: JSON = ["match": .string(match)]
        if let status { rule = rule.setting("status", to: .number(String(status))) }
        if let delay { rule = rule.setting("delayMs", to: .number(String(delay))) }
        if let times { rule = rule.setting("times", to: .number(String(times))) }
        return [rule]
    }
}
