import ArgumentParser

struct SandboxOutbox: Act {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "List the mails that would have been sent / 送られるはずだったメールの一覧を表示します",
        discussion: "suiro sandbox outbox"
    )

    @Flag(help: "Empty the outbox instead / 一覧の代わりに送信箱を空にする")
    var clear = false

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        if clear {
            try await session.client().send("DELETE", "/sandbox/v1/outbox")
            session.printer.say("sandbox.outboxCleared")
        } else {
            try await session.list("/sandbox/v1/outbox", as: .mails)
        }
    }
}
