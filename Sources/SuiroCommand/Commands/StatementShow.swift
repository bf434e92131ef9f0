import ArgumentParser

struct StatementShow: Act {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a month's costs, payer by payer / 1 か月の費用を支払者ごとに表示します",
        discussion: "suiro statement show 2c5f62b4-3a2e-4b56-8d1c-6f1e0e3c7a11 --month 2026-09"
    )

    @Argument(help: "Id of the customer / 顧客の ID")
    var customer: String

    @Option(help: "The month, as 2026-09 / 対象の月（2026-09 の形）")
    var month: String

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let path: Path = "/multichannel/v1/customers/\(customer)/statements"
        let answer = try await session.client().get(path, query: [QueryItem("month", month)])
        let printer = session.printer
        if printer.format == .json { return printer.record(answer, as: .statements) }
        let statements = answer["items"].elements
        let lines = statements.flatMap(Self.lines)
        switch printer.format {
        case .csv: printer.list(lines.map(Self.plain), as: .statements)
        case .table, .wide: printer.list(lines.map(Self.civil), as: .statements)
        case .json, .jsonl, .id: printer.list(lines, as: .statements)
        }
        for statement in statements { Self.sum(statement, printer) }
    }

    /// The lines of a statement, each with what the statement says once for all of them.
    private static func lines(of statement: JSON) -> [JSON] {
        statement["lines"].elements.map { line in
            line.setting("payer", to: statement["payer"]).setting("currency", to: statement["currency"])
        }
    }

    /// Amounts as digits alone, for spreadsheets; the currency has a column of its own.
    private static func plain(_ line: JSON) -> JSON {
        ["amount", "exactAmount"].reduce(line) { line, name in
            line.setting(name, to: line[name]["amount"])
        }
    }

    /// Days of an invoice are days of UTC: they are shown as they are, wherever the reader sits.
    private static func civil(_ line: JSON) -> JSON {
        ["from", "to"].reduce(line) { line, name in
            guard let text = line[name].text, text.hasSuffix("T00:00:00Z") else { return line }
            return line.setting(name, to: .string(String(text.prefix(10))))
        }
    }

    private static func sum(_ statement: JSON, _ printer: Printer) {
        func amount(_ name: String) -> String { Money(statement[name])?.shown ?? "-" }
        let payer = statement.at("payer.name").text ?? statement.at("payer.kind").text ?? "-"
        printer.say(
            "statement.sum",
            ["payer": payer, "total": amount("total"), "late": amount("lateReported")]
        )
    }
}
