import ArgumentParser

struct SandboxReset: Act {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Start the world again / データを最初の状態に戻します",
        discussion: "suiro sandbox reset"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.client().send("POST", "/sandbox/v1/reset")
        if session.printer.format.isJSON, !answer.isNull { session.printer.record(answer, as: .snapshots) }
        session.printer.say("sandbox.reset")
    }
}
