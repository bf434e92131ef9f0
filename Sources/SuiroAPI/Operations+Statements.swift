import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What a customer's month costs whom.
extension Operation {
    static let statements: [Operation] = [
        Operation("multichannel.statements.list", .get, "/multichannel/v1/customers/{customer_id}/statements") { call in
            let month = try call.month
            let asFile = try call.wantsFile
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let statements = try await call.service.statements(of: customer, in: month, call.context)
            return asFile ? StatementFile(statements).reply(for: month) : reply(statements, call)
        }
    ]

    private static func reply(_ statements: [Statement], _ call: Call) -> Reply {
        let page = Page(statements, of: call)
        return Reply.json { writer in
            writer.member("totalCount", statements.count)
            writer.array("items", statements) { writer, statement in
                writer.object { writeStatement(statement, to: &$0) }
            }
            let byCurrency = Dictionary(grouping: statements, by: \.currency)
            writer.array("totals", byCurrency.sorted { $0.key.description < $1.key.description }) { writer, group in
                writer.object { writeTotals(of: group.value, group.key, to: &$0) }
            }
            writer.object("links") { link("self", "\(page.path)?\(call.exchange.query.text)", to: &$0) }
            writer.object("attributes") { $0.member("objectType", "Collection") }
        }
    }
}

extension Call {
    /// `month=2026-09`; there is no statement without one.
    fileprivate var month: BillingMonth {
        get throws {
            guard let text = exchange.query["month"] else { throw BadInput("month", .required) }
            guard let month = BillingMonth(text) else { throw BadInput("month", .malformed, text) }
            return month
        }
    }

    /// Whether the answer is to be a file: by `format`, or without it by `Accept`.
    fileprivate var wantsFile: Bool {
        get throws {
            guard let format = exchange.query["format"] else {
                return Preferences(exchange.headers[values: .accept]).prefer("text/csv", to: "application/json")
            }
            switch format.folded {
            case "csv": return true
            case "json": return false
            default: throw BadInput("format", .unknown, format)
            }
        }
    }
}

/// What a client would rather read, as `Accept` has it (RFC 9110, 12.5.1).
private struct Preferences {
    private let ranges: [(name: String, weight: Double)]

    init(_ headers: [String]) {
        ranges = headers.flatMap { $0.split(separator: ",") }.map { range in
            let parts = range.lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return (parts.first ?? "", weight ?? 1)
        }
    }

    /// Whether `name` is named and nothing that covers `usual` weighs as much; where both do, the first one wins.
    func prefer(_ name: String, to usual: String) -> Bool {
        guard let wish = ranges.firstIndex(where: { $0.name == name }), ranges[wish].weight > 0 else { return false }
        let covering = [usual, "\(usual.prefix { $0 != "/" })/*", "*/*"]
        return !ranges.enumerated().contains { index, range in
            covering.contains(range.name)
                && (range.weight > ranges[wish].weight || range.weight == ranges[wish].weight && index < wish)
        }
    }
}

private func writeTotals(of statements: [Statement], _ currency: Currency, to writer: inout JSONWriter) {
    func sum(_ part: (Statement) -> Money) -> Money {
        Money(statements.reduce(0) { $0 + part($1).amount }, currency)
    }
    writer.member("currency", currency.description)
    writer.member("total", sum(\.total))
    writer.member("exactTotal", sum(\.exactTotal))
    writer.member("regular", sum { $0.total(.regular) })
    writer.member("lateReported", sum { $0.total(.lateReported) })
}

private func writeStatement(_ statement: Statement, to writer: inout JSONWriter) {
    writeParty("payer", statement.payer, to: &writer)
    writer.member("currency", statement.currency.description)
    writer.object("month") { writer in
        writer.member("start", statement.month.start)
        writer.member("end", statement.month.end)
    }
    writer.member("total", statement.total)
    writer.member("exactTotal", statement.exactTotal)
    writer.member("regular", statement.total(.regular))
    writer.member("lateReported", statement.total(.lateReported))
    writer.array("lines", statement.lines) { writer, line in
        writer.object { writer in
            writer.member("subscriptionId", line.subscription)
            writer.member("subscriptionName", line.subscriptionName)
            writer.member("service", line.service)
            writer.member("kind", line.kind.rawValue)
            writer.member("bucket", line.bucket.rawValue)
            writer.member("from", line.interval.from)
            writer.member("to", line.interval.to)
            writer.member("amount", line.amount)
            writer.member("exactAmount", line.exactAmount)
        }
    }
    attributes("Statement", to: &writer)
}
