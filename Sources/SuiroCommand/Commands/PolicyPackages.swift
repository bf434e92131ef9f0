import ArgumentParser

struct PolicyPackages: Act {
    static let configuration = CommandConfiguration(
        commandName: "packages",
        abstract: "List shipped, drafted and published packages / 付属、下書き、公開済みのパッケージの一覧を表示します",
        discussion: "suiro policy packages"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list("/multichannel/v1/policypackages", as: .policyPackages)
    }
}
