import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

/// The log for those who check it elsewhere: its heads, and all its entries in one file.
enum AuditFiles {
    static func heads(_ call: Call) async throws -> Reply {
        let after = try call.exchange.query.whole("after", in: 0...Int(Int32.max)) ?? 0
        let size = try call.exchange.query.whole("size", in: 1...500) ?? 500
        let (heads, key) = try await call.service.auditHeads(after: after, limit: size, call.context)
        return Reply.json { writer in
            writer.member("totalCount", heads.count)
            writer.member("publicKey", key.text)
            writer.member("keyId", key.id)
            writer.array("items", heads) { writer, head in
                writer.object { writer in
                    writer.member("number", head.number)
                    writer.member("day", head.day)
                    writer.member("body", head.body)
                    writer.member("hash", head.hash)
                    writer.member("key", head.key)
                    writer.member("signature", head.signature)
                    writer.array("grown", head.grown) { writer, end in
                        writer.object { writer in
                            writer.member("scope", end.scope)
                            writer.member("sequence", end.sequence)
                            writer.member("hash", end.hash)
                        }
                    }
                }
            }
            writer.object("attributes") { $0.member("objectType", "Collection") }
        }
    }

    /// The first page is read before anything is answered, so that a refusal is still a refusal.
    static func export(_ call: Call) async throws -> Reply {
        let format = call.exchange.query["format"]?.folded ?? "jsonl"
        guard format == "jsonl" || format == "csv" else {
            throw BadInput("format", .unknown, call.exchange.query["format"])
        }
        let isCSV = format == "csv"
        let (service, context) = (call.service, try call.context)
        let first = try await service.auditExport(after: nil, context)
        let columns = LoggedRow.Column.allCases.map(\.name)
        let head = isCSV ? CSVText.line(columns) : try AuditLines.line(first.header)
        var reply = Reply(
            .ok,
            headers: [.contentType: isCSV ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8"],
            body: Array((head + (try text(of: first.rows, isCSV))).utf8)
        )
        reply.headers[.contentDisposition] = "attachment; filename=\"audit.\(format)\""
        guard let next = first.next else { return reply }
        let place = Place(next)
        reply.pieces = {
            guard let last = await place.row else { return nil }
            let page = try await service.auditExport(after: last, context)
            await place.move(to: page.next)
            return Array(try text(of: page.rows, isCSV).utf8)
        }
        return reply
    }

    /// How far an export has come.
    private actor Place {
        private(set) var row: LoggedRow?

        init(_ row: LoggedRow) {
            self.row = row
        }

        func move(to next: LoggedRow?) {
            row = next
        }
    }

    private static func text(of rows: [LinkedRow], _ isCSV: Bool) throws -> String {
        try rows.map { linked in
            isCSV ? CSVText.line(linked.row.values.map { $0 ?? "" }) : try AuditLines.line(linked)
        }.joined()
    }
}
