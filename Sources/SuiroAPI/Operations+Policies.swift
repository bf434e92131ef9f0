import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    static let policies: [Operation] =
        [
            Operation("multichannel.policies.list", .get, "/multichannel/v1/policies") { call in
                let rows = try await call.service.policies(at: call.at, call.context)
                return Page(rows, of: call).reply(call) { writer, row in writer.object { writeRow(row, to: &$0) } }
            },
            Operation("multichannel.policies.get", .get, "/multichannel/v1/policies/{key}") { call in
                let rows = try await call.service.policies(call.text("key"), at: call.at, call.context)
                return Page(rows, of: call).reply(call) { writer, row in writer.object { writeRow(row, to: &$0) } }
            },
        ] + packages + switches + announcements + [
            Operation("multichannel.decisions.get", .get, "/multichannel/v1/decisions/{correlation_id}") { call in
                guard let correlation = UUID(uuidString: call.text("correlation_id")) else {
                    throw Refusal.notFound(.decision, String(call.text("correlation_id").prefix(80)))
                }
                let rows = try await call.service.decisions(correlation, call.context)
                return Reply.json { writer in
                    writer.member("correlationId", correlation.lowercased)
                    writer.member("operation", rows.first?.operation)
                    writer.member("outcome", rows.last?.outcome)
                    writer.member("totalCount", rows.count)
                    writer.array("items", rows) { writer, row in writer.object { writeDecision(row, to: &$0) } }
                }
            }
        ]
}

private func writeRow(_ view: PolicyRowView, to writer: inout JSONWriter) {
    write(view.row, to: &writer)
    writer.member("inForce", view.isInForce)
    writer.member("edition", view.editionName)
}

private func writeDecision(_ row: DecisionRow, to writer: inout JSONWriter) {
    writer.member("operation", row.operation)
    writer.member("outcome", row.outcome)
    writer.member("key", row.read.key)
    writer.member("row", row.read.row?.rawValue)
    writer.member("rule", row.read.rule?.description)
    write("value", row.read.value, to: &writer)
    writer.object("inputs") { writer in
        for (name, value) in row.read.inputs.sorted(by: { $0.key < $1.key }) { writer.member(key: name, value) }
    }
    writer.member("verdict", row.read.verdict)
    writer.member("edition", "\(row.read.edition)")
    writer.member("at", row.read.at)
}
