import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Statements as comma-separated values (RFC 4180): one row a line, the same for every reader, whatever its language.
struct StatementFile {
    private let statements: [Statement]

    init(_ statements: [Statement]) {
        self.statements = statements
    }

    private static let heads = [
        "payerKind", "payerId", "payerName", "month", "currency", "subscriptionId", "subscriptionName", "service",
        "kind",
        "bucket", "from", "to", "amount", "exactAmount",
    ]

    func reply(for month: BillingMonth) -> Reply {
        let rows = [Self.heads] + statements.flatMap { statement in statement.lines.map { cells(of: $0, statement) } }
        let text = rows.map { $0.joined(separator: ",") + "\r\n" }.joined()
        var reply = Reply.text(.ok, text, type: "text/csv")
        reply.headers[.contentDisposition] = "attachment; filename=\"statements-\(month).csv\""
        return reply
    }

    private func cells(of line: StatementLine, _ statement: Statement) -> [String] {
        let payer = statement.payer
        return [
            payer.kind.rawValue, payer.id.map { "\($0)" } ?? "", payer.name.cell, "\(statement.month)",
            statement.currency.description, "\(line.subscription)", line.subscriptionName.cell, line.service.cell,
            line.kind.rawValue, line.bucket.rawValue, line.interval.from.short, line.interval.to.short,
            line.amount.text, line.exactAmount.text,
        ]
    }
}

extension String {
    /// A name as a cell that no spreadsheet takes for a formula.
    fileprivate var cell: String {
        CSVText.cell(self)
    }
}
