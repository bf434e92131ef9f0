import ArgumentParser

struct LeftoverResolve: Act {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Remove a leftover, or let it stay, as the customer / 顧客として残ったアクセスを削除または容認します",
        discussion: """
            suiro move resolve 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 4e8f0a1b-2c3d-4e5f-8a9b-0c1d2e3f4a5b
            suiro move resolve 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 4e8f0a1b-2c3d-4e5f-8a9b-0c1d2e3f4a5b --keep --reason "Until June"
            """
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Id of the leftover / 残ったアクセスの ID")
    var id: String

    @Flag(help: "Let it stay / 残してよい")
    var keep = false

    @Flag(help: "Remove it before the new partner's access stands / 将来のパートナーのアクセスが整う前に削除")
    var immediate = false

    @ArgumentParser.Option(help: "Why it may stay / 残してよい理由")
    var reason: String?

    @Flag(help: "Show it, change nothing / 表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let base: Path = "/multichannel/v1/customers/\(customer)/leftovers"
        if dryRun {
            let all = try await client.all(base)
            guard let leftover = all.first(where: { $0["id"].text?.lowercased() == id.lowercased() }) else {
                throw Failure(.notFound, "leftover.unknown", ["id": id])
            }
            session.printer.record(leftover, as: .leftovers)
            return session.printer.say("dryRun.nothingChanged")
        }
        var body: JSON = ["decision": keep ? "signOff" : "remove"]
        if immediate { body = body.setting("immediate", to: .bool(true)) }
        if let reason { body = body.setting("reason", to: .string(reason)) }
        let answer = try await client.send(
            "POST",
            "/multichannel/v1/customers/\(customer)/leftovers/\(id)/resolution",
            body
        )
        session.printer.record(answer, as: .leftovers)
    }
}
