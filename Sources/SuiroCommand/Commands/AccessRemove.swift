import ArgumentParser

struct AccessRemove: Act {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "End one access, as the customer / 顧客としてアクセスを 1 件終了します",
        discussion: "suiro access remove 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 4e8f0a1b-2c3d-4e5f-8a9b-0c1d2e3f4a5b"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Argument(help: "Id of the access / アクセスの ID")
    var id: String

    @Flag(help: "Show what would end, change nothing / 終了するアクセスを表示するだけで変更しない")
    var dryRun = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        if dryRun {
            let all = try await client.all("/multichannel/v1/customers/\(customer)/access")
            guard let access = all.first(where: { $0["id"].text?.lowercased() == id.lowercased() }) else {
                throw Failure(.notFound, "access.unknown", ["id": id])
            }
            session.printer.record(access, as: .access)
            return session.printer.say("dryRun.nothingChanged")
        }
        try await client.send("DELETE", "/multichannel/v1/customers/\(customer)/access/\(id)")
        session.printer.say("access.removed", ["id": id])
    }
}
