import ArgumentParser

struct PolicyKill: Act {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "Switch a policy off at once for the whole cloud / クラウド全体でポリシーをすぐに無効にします",
        discussion: """
            suiro policy kill moves.enabled --reason-en "Moves lose seats" --reason-ja "切り替えでシートが失われるため"
            suiro policy kill moves.enabled --on --reason-en "Repaired" --reason-ja "修正が完了したため" --yes
            """
    )

    @Argument(help: "Key of the policy, a flag / ポリシーのキー（有効か無効かを表すもの）")
    var key: String

    @Flag(help: "Switch it on instead / 無効ではなく有効にする")
    var on = false

    @Option(help: "Why, in English / 英語の理由")
    var reasonEn: String?

    @Option(help: "Why, in Japanese / 日本語の理由")
    var reasonJa: String?

    @Flag(name: .shortAndLong, help: "Do not ask / 確認せずに実行")
    var yes = false

    @Flag(help: "Show how the policy stands, change nothing / 現在の値を表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let path: Path = "/multichannel/v1/killswitches"
        if dryRun {
            let all = try await client.all(path)
            guard let found = all.first(where: { $0["key"].text == key }) else {
                throw Failure(.notFound, "policy.kill.unknown", ["key": key])
            }
            session.printer.record(found, as: .policySwitches)
            return session.printer.say("dryRun.nothingChanged")
        }
        guard let reasonEn, let reasonJa else { throw Failure(.usage, "policy.kill.reason") }
        if !yes { try session.confirm(on ? "policy.killOn" : "policy.killOff", ["key": key]) }
        let reason: JSON = ["en": .string(reasonEn), "ja": .string(reasonJa)]
        let answer = try await client.send("POST", path, ["key": .string(key), "value": .bool(on), "reason": reason])
        if session.printer.format.isJSON { session.printer.record(answer, as: .announcements) }
        session.printer.say("policy.kill.done", ["id": answer.at("announcement.id").text ?? "-"])
    }
}
