import ArgumentParser

/// What is brought in from files.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: """
            Import usage or cost rows, a licence catalogue, or a partner's customers from Partner Center. / \
            使用量・費用の行、ライセンス カタログ、またはパートナー センターの顧客を取り込みます。
            """,
        discussion: "suirod import --format … FILE takes rows; suirod import partner-center --from DIR takes a dump.",
        subcommands: [ImportRows.self, ImportPartnerCenter.self],
        defaultSubcommand: ImportRows.self
    )
}
