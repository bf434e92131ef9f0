import ArgumentParser

struct PolicyPublish: Act {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Announce and publish a draft / 下書きをお知らせして公開します",
        discussion: """
            suiro policy publish 6a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b --effective 2027-01-01 --dry-run
            suiro policy publish 6a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b --effective 2027-01-01 --yes
            """
    )

    @Argument(help: "Id of the draft / 下書きの ID")
    var id: String

    @Option(help: "From when it holds; the earliest moment if left out / 発効日（省略時は最も早い時点）")
    var effective: String?

    @Flag(name: .shortAndLong, help: "Do not ask / 確認せずに実行")
    var yes = false

    @Flag(help: "Show what would change, publish nothing / 変わる規則を表示するだけで公開しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let path: Path = "/multichannel/v1/policypackages/\(id)/publication"
        let effective = try session.checked(instant: effective)
        if dryRun || !yes {
            let preview = try await client.get(path, query: effective.map { [QueryItem("effective", $0)] } ?? [])
            show(preview, session)
            if dryRun { return session.printer.say("dryRun.nothingChanged") }
            try session.confirm(
                "policy.publish.question",
                ["package": preview["package"].text ?? id, "count": preview["recipients"].text ?? "-"]
            )
        }
        let body: JSON = effective.map { ["effective": .string($0)] } ?? .object([])
        let answer = try await client.send("POST", path, body)
        if session.printer.format.isJSON { session.printer.record(answer, as: .announcements) }
        session.printer.say("policy.published", ["id": answer.at("announcement.id").text ?? "-"])
    }

    private func show(_ preview: JSON, _ session: Session) {
        if session.printer.format == .json, dryRun { return session.printer.record(preview, as: .policyChanges) }
        session.printer.list(preview["changes"].elements, as: .policyChanges)
        session.printer.say(
            "policy.publish.preview",
            [
                "date": session.printer.moments.instant(preview["effective"].text ?? "-"),
                "count": preview["recipients"].text ?? "-",
            ]
        )
    }
}
