import ArgumentParser

struct PolicyDraft: Act {
    static let configuration = CommandConfiguration(
        commandName: "draft",
        abstract: "Keep a package as a draft / パッケージの下書きを保存します",
        discussion: """
            suiro policy draft 2026
            suiro policy draft prices.yaml --dry-run
            """
    )

    @Argument(help: "File, - for input, or a shipped name / ファイル、-（標準入力）、または付属のパッケージ名", completion: .file())
    var file: String

    @Flag(help: "Check it, keep nothing / 調べるだけで保存しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let text = try PackageText(file, session)
        if dryRun {
            try await text.check(session)
            return session.printer.say("dryRun.nothingChanged")
        }
        let path: Path = "/multichannel/v1/policypackages"
        let draft = try await session.client().call("POST", path, body: text.body).json ?? .null
        session.printer.record(draft, as: .policyPackages)
        session.printer.say("policy.drafted", ["id": draft["id"].text ?? "-"])
    }
}
