import ArgumentParser

struct PolicyImpact: Act {
    static let configuration = CommandConfiguration(
        commandName: "impact",
        abstract: "List whose outcomes a package would change / パッケージで判断が変わるものの一覧を表示します",
        discussion: """
            suiro policy impact 2026 --effective 2027-01-01
            suiro policy impact 6a1f2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b -o csv
            """
    )

    @Argument(help: "Id of the package, or a shipped name / パッケージの ID、または付属のパッケージ名")
    var id: String

    @Option(help: "As if it held from this date / この日付から発効すると仮定")
    var effective: String?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let query = try session.checked(instant: effective).map { [QueryItem("effective", $0)] } ?? []
        let path: Path = "/multichannel/v1/policypackages/\(id)/impact"
        let impact = try await session.client().get(path, query: query)
        session.printer.list(Page(impact).items, as: .policyImpact)
        session.printer.say(
            "policy.impact.sum",
            [
                "customers": impact["affectedCustomers"].text ?? "-",
                "subscriptions": impact["affectedSubscriptions"].text ?? "-",
                "examined": impact["examined"].text ?? "-",
            ]
        )
    }
}
