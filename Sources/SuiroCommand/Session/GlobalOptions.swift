package import ArgumentParser

/// The options that every command takes, before or after its own.
package struct GlobalOptions: ParsableArguments {
    @Option(help: "Address of the server (SUIRO_URL) / サーバーのアドレス (SUIRO_URL)")
    package var url: String?

    @Option(help: "Bearer token (SUIRO_TOKEN) / ベアラー トークン (SUIRO_TOKEN)")
    package var token: String?

    @Option(help: "Token for /sandbox (SUIRO_SANDBOX_TOKEN) / サンドボックスのトークン (SUIRO_SANDBOX_TOKEN)")
    package var sandboxToken: String?

    @Option(
        help: "The sandbox's ready file (SUIRO_READY_FILE) / サンドボックスの準備完了ファイル (SUIRO_READY_FILE)",
        completion: .file()
    )
    package var readyFile: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Act as this persona of the ready file (SUIRO_AS) / 準備完了ファイルのこのペルソナとして実行 (SUIRO_AS)",
            valueName: "persona"
        )
    )
    package var persona: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Form of the output / 出力の形式", valueName: "format")
    )
    package var format: OutputFormat?

    @Option(help: ArgumentHelp("Columns to print, as a,b / 出力する列（a,b の形）", valueName: "a,b"))
    package var columns: String?

    @Option(
        help: ArgumentHelp("Language of the words: en or ja (SUIRO_LANG) / メッセージの言語 (SUIRO_LANG)", valueName: "en|ja")
    )
    package var lang: Language?

    @Option(help: "MS-RequestId of the write; repeats are safe / 書き込みの MS-RequestId（繰り返しても安全）")
    package var requestId: String?

    @Option(help: ArgumentHelp("Cells of ambiguous characters: 1 or 2 / 曖昧な文字の桁数 (1 または 2)", valueName: "1|2"))
    package var ambiguousWidth: Int = 1

    @Flag(name: .shortAndLong, help: "Say nothing but errors / エラー以外を表示しない")
    package var quiet = false

    @Flag(name: .shortAndLong, help: "Show requests and answers / 要求と応答を表示する")
    package var verbose = false

    @Flag(help: "No colour / 色を付けない")
    package var noColor = false

    package init() {}

    package mutating func validate() throws {
        guard [1, 2].contains(ambiguousWidth) else {
            throw ValidationError("--ambiguous-width: 1 or 2. / 1 または 2 を指定してください。")
        }
    }
}

extension Language: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(tag: argument)
    }

    package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}
