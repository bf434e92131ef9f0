import ArgumentParser

struct SnapshotRestore: Act {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Go back to a snapshot / 保存した状態に戻します",
        discussion: "suiro sandbox snapshot restore 5f6a7b8c-9d0e-4f1a-8b2c-3d4e5f6a7b8c"
    )

    @Argument(help: "Id of the snapshot / スナップショットの ID")
    var id: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.client().send("POST", "/sandbox/v1/snapshots/\(id)/restoration")
        if session.printer.format.isJSON, !answer.isNull { session.printer.record(answer, as: .snapshots) }
        session.printer.say("snapshot.restored", ["id": id])
    }
}
