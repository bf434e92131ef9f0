import ArgumentParser

struct PolicyCheck: Act {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with a package, keep nothing / パッケージの誤りを調べます（保存しません）",
        discussion: "suiro policy check prices.yaml"
    )

    @Argument(help: "File, - for input, or a shipped name / ファイル、-（標準入力）、または付属のパッケージ名", completion: .file())
    var file: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        try await PackageText(file, session).check(session)
    }
}
