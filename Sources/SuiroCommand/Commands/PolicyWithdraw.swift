import ArgumentParser

struct PolicyWithdraw: Act {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take back what is announced and does not hold yet / お知らせ済みで発効前のパッケージを取り下げます",
        discussion: "suiro policy withdraw 6a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b --dry-run"
    )

    @Argument(help: "Id of the package / パッケージの ID")
    var id: String

    @Flag(name: .shortAndLong, help: "Do not ask / 確認せずに実行")
    var yes = false

    @Flag(help: "Show the package, withdraw nothing / パッケージを表示するだけで取り下げない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let path: Path = "/multichannel/v1/policypackages/\(id)"
        if dryRun || !yes {
            let package = try await client.get(path)
            if dryRun {
                session.printer.record(package, as: .policyPackages)
                return session.printer.say("dryRun.nothingChanged")
            }
            try session.confirm("policy.withdraw.question", ["package": package["title"].text ?? id])
        }
        let answer = try await client.send("POST", "/multichannel/v1/policypackages/\(id)/withdrawal")
        if session.printer.format.isJSON { session.printer.record(answer, as: .announcements) }
        session.printer.say("policy.withdrawn", ["id": answer.at("announcement.id").text ?? "-"])
    }
}
