import ArgumentParser

struct SandboxStatus: Act {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the sandbox's clock, mails and personas / 時計、メール、ペルソナを表示します",
        discussion: "suiro sandbox status"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        let clock = try await client.get("/sandbox/v1/clock")
        let mails = try await client.all("/sandbox/v1/outbox")
        let ready = client.connection.ready
        var status: JSON = [
            "url": .string(client.connection.address), "now": clock["now"],
            "mails": .number(String(mails.count)),
        ]
        if let ready {
            status = status.setting("cloud", to: ready.facts["cloud"])
            status = status.setting("personas", to: .array(ready.personas.map { .string($0.name) }))
        }
        let columns = [
            Column("url"), Column("cloud"), Column("now", "now", .instant), Column("mails"), Column("personas"),
        ]
        session.printer.record(status, as: Listing(columns, id: "url"))
    }
}
