import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService
import SuiroStore

extension Operation {
    /// Files of hundreds of megabytes pass through piece by piece.
    private static let largestFile = 2_147_483_648

    static let imports: [Operation] = [
        Operation(
            "multichannel.usage.import",
            .post,
            "/multichannel/v1/customers/{customer_id}/usage",
            limit: largestFile,
            streams: true
        ) { call in
            let format: UsageFormat = try word(call.exchange.query["format"], "format")
            let customer: ID<Customer> = try call.id("customer_id", .customer)
            let report = try await call.service.importUsage(format, for: customer, call.context) { each in
                try await call.exchange.body.forEach(limit: largestFile, each)
            }
            return reply(report, call)
        },
        Operation(
            "multichannel.catalog.import",
            .post,
            "/multichannel/v1/catalog",
            limit: largestFile,
            streams: true
        ) { call in
            guard call.exchange.query["format"]?.folded == "licensingcsv" else {
                throw BadInput("format", .unknown, call.exchange.query["format"])
            }
            let report = try await call.service.importCatalog(call.context) { each in
                try await call.exchange.body.forEach(limit: largestFile, each)
            }
            return reply(report, call)
        },
        Operation("multichannel.imports.get", .get, "/multichannel/v1/imports/{import_id}") { call in
            let report = try await call.service.importReport(call.text("import_id"), call.context)
            return Reply.json { writeReport(report, call, to: &$0) }
        },
    ]

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String?,
        _ name: String
    ) throws -> Word {
        guard let text else { throw BadInput(name, .required) }
        guard let word = Word.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
            throw BadInput(name, .unknown, text)
        }
        return word
    }

    /// A rejected file is the caller's to mend: nothing was imported, and every bad row is named.
    private static func reply(_ report: ImportReport, _ call: Call) -> Reply {
        switch report.state {
        case .completed: Reply.json(report.isRepeat ? .ok : .created) { writeReport(report, call, to: &$0) }
        case .rejected:
            Reply.json(.badRequest) { writer in
                writer.member("code", 800_002)
                writer.member("description", call.say("reason.IMPORT_REJECTED", ["count": .count(report.rejected)]))
                writer.array("data", report.rejections.prefix(20).map { "\($0.line): \($0.column)" })
                writer.member("source", "PartnerFD")
                writer.member("reason", Reason.importRejected.rawValue)
                writeReport(report, call, to: &writer)
            }
        }
    }

    private static func writeReport(_ report: ImportReport, _ call: Call, to writer: inout JSONWriter) {
        writer.member("id", report.id)
        writer.member("format", report.format)
        writer.member("state", report.state.rawValue)
        writer.member("rows", report.rows)
        writer.member("subscriptions", report.subscriptions)
        writer.member("products", report.products)
        writer.array("totals", report.totals.sorted { $0.key < $1.key }) { writer, total in
            writer.object { writer in
                writer.member("amount", total.value.plain())
                writer.member("currency", total.key)
            }
        }
        writer.member("repeated", report.isRepeat)
        writer.member("rejected", report.rejected)
        writer.array("rejections", report.rejections) { writer, rejection in
            writer.object { writer in
                writer.member("line", rejection.line)
                writer.member("column", rejection.column)
                writer.member("value", rejection.value)
                writer.member("reason", rejection.reason)
                writer.member("text", call.say("rejection.\(rejection.reason)"))
            }
        }
        writer.member("at", report.at)
    }
}
