import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

// Policy rows, their changes and what comes of them, as members of an object.

func write(_ name: StaticString, _ value: PolicyValue?, to writer: inout JSONWriter) {
    switch value {
    case nil: break
    case .flag(let flag)?: writer.member(name, flag)
    case .number(let number)?: writer.member(name, number)
    case .word(let word)?: writer.member(name, word)
    case .words(let words)?: writer.array(name, words)
    }
}

func write(_ row: PolicyRow, to writer: inout JSONWriter) {
    writer.member("key", row.key)
    writer.member("row", row.id.rawValue)
    write("value", row.value, to: &writer)
    write(row.scope, to: &writer)
    writer.member("effectiveFrom", row.from)
    writer.member("effectiveTo", row.until)
    writer.member("rule", row.rules.map(\.description).joined(separator: ", "))
    writer.member("source", row.source)
    writer.member("confidence", row.confidence.rawValue)
    writer.member("owner", row.owner)
    writer.member("reviewBy", row.reviewBy)
    writer.member("package", row.package)
    if let emergency = row.emergency { write("emergency", emergency, to: &writer) }
}

private func write(_ scope: Circumstances, to writer: inout JSONWriter) {
    writer.object("scope") { writer in
        for (facet, value) in scope.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.member(key: facet.rawValue, value)
        }
    }
}

/// A text in both languages, by their names.
func write(_ name: StaticString, _ texts: [Language: String], to writer: inout JSONWriter) {
    writer.object(name) { writer in
        for language in Language.allCases {
            if let text = texts[language] { writer.member(key: language.rawValue, text) }
        }
    }
}

/// Old and new side by side.
func write(_ changes: [PolicyChange], _ call: Call, to writer: inout JSONWriter) {
    writer.array("changes", changes) { writer, change in
        writer.object { writer in
            writer.member("key", change.key)
            writer.member("meaning", call.words.meaning(of: change.key, call.language))
            write(change.scope, to: &writer)
            writer.member("effectiveFrom", change.from)
            writer.member("effectiveTo", change.until)
            writer.member("keepsValue", change.keepsValue)
            writer.member("text", call.words.line(change, call.language))
            if let before = change.before { writer.object("old") { write(before, to: &$0) } }
            if let after = change.after { writer.object("new") { write(after, to: &$0) } }
        }
    }
}

func write(_ faults: [InputFault], _ call: Call, to writer: inout JSONWriter) {
    writer.array("faults", faults) { writer, fault in
        writer.object { writer in
            writer.member("field", fault.field)
            writer.member("code", fault.code.rawValue)
            writer.member("value", fault.value)
            let arguments: [String: Argument] = ["field": .text(fault.field), "value": .text(fault.value ?? "")]
            writer.member("text", call.say("fault.\(fault.code.rawValue)", arguments))
        }
    }
}

private func write(_ row: ImpactRow, _ call: Call, to writer: inout JSONWriter) {
    writer.member("customerId", row.customer)
    writer.member("customer", row.customerName)
    writer.member("subscriptionId", row.subscription)
    writer.member("subscription", row.subscriptionName)
    writer.member("partnerId", row.partner)
    writer.member("partner", row.partnerName)
    writer.member("action", row.action.rawValue)
    writer.member("actionText", call.say("action.\(row.action.rawValue)"))
    writer.member("from", row.from)
    writer.object("before") { write(row.before, call, to: &$0) }
    writer.object("after") { write(row.after, call, to: &$0) }
}

private func write(_ outcome: Outcome, _ call: Call, to writer: inout JSONWriter) {
    writer.member("verdict", outcome.verdict.rawValue)
    writer.member("reason", outcome.reason.rawValue)
    writer.member("rule", outcome.rule.description)
    writer.member("text", outcome.sentence(call.words, call.language))
}

extension Call {
    /// Whether the caller wants a file for a spreadsheet: `format=csv`, or the header `Accept`.
    private var wantsFile: Bool {
        if let format = exchange.query["format"] { return format.folded == "csv" }
        return exchange.headers[.accept]?.lowercased().contains("text/csv") ?? false
    }

    /// Whose outcomes change: a page of JSON with sums beside it, or a file.
    func reply(_ impact: Impact) throws -> Reply {
        if let format = exchange.query["format"], !["csv", "json"].contains(format.folded) {
            throw BadInput("format", .unknown, format)
        }
        guard !wantsFile else {
            var reply = Reply.text(.ok, impact.file(words, language), type: "text/csv")
            reply.headers[.contentDisposition] = "attachment; filename=\"affected.csv\""
            return reply
        }
        return Page(impact.rows, of: self).reply(
            self,
            beside: { writer in
                writer.member("effectiveFrom", impact.effective)
                writer.member("examined", impact.examined)
                writer.member("isComplete", impact.isComplete)
                writer.member("affectedCustomers", impact.customers)
                writer.member("affectedSubscriptions", impact.subscriptions)
                writer.array("counts", impact.counts) { writer, count in
                    writer.object { writer in
                        writer.member("before", count.before.rawValue)
                        writer.member("after", count.after.rawValue)
                        writer.member("count", count.count)
                    }
                }
            },
            { writer, row in writer.object { write(row, self, to: &$0) } }
        )
    }

    /// The day asked for in the query.
    var effective: Instant? {
        get throws {
            guard let text = exchange.query["effective"] else { return nil }
            guard let instant = Instant(text) else { throw BadInput("effective", .malformed, text) }
            return instant
        }
    }
}
