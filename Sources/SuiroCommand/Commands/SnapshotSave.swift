import ArgumentParser

struct SnapshotSave: Act {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Keep the world as it is / 現在のデータを保存します",
        discussion: "suiro sandbox snapshot save -o id"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.client().send("POST", "/sandbox/v1/snapshots")
        session.printer.record(answer, as: .snapshots)
        session.printer.say("snapshot.saved", ["id": answer["id"].text ?? "-"])
    }
}
