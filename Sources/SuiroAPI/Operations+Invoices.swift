import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What a partner is charged, month by month.
extension Operation {
    static let invoices: [Operation] = [
        Operation("invoices.list", .get, "/v1/invoices") { call in
            let filter = try InvoiceFilter(call)
            let invoices = try await call.service.invoices(call.context).filter { filter?.admits($0) ?? true }
            return try offsetPage(invoices, call).reply(call) { writeInvoice($1, to: &$0) }
        },
        Operation("invoices.get", .get, "/v1/invoices/{invoice_id}", .userOnly) { call in
            let invoice = try await call.service.invoice(call.text("invoice_id"), call.context)
            return Reply.json { writeInvoice(invoice, to: &$0) }
        },
        Operation("invoices.summary", .get, "/v1/invoices/summary") { call in
            let invoices = try await call.service.invoices(call.context)
            let currency = invoices.first?.total.currency
            return Reply.json { writer in
                writeSummary(InvoiceSum(invoices.filter { $0.total.currency == currency }), parts: true, to: &writer)
            }
        },
        Operation("invoices.summaries", .get, "/v1/invoices/summaries", .userOnly) { call in
            let invoices = try await call.service.invoices(call.context)
            let sums = Dictionary(grouping: invoices, by: \.total.currency).sorted {
                $0.key.description < $1.key.description
            }.map { InvoiceSum($0.value) }
            return Page(sums, of: call).reply(call) { writer, sum in
                writer.object { writeSummary(sum, parts: true, to: &$0) }
            }
        },
        Operation("invoices.statement", .get, "/v1/invoices/{invoice_id}/documents/statement", .userOnly) { call in
            try await document(of: call, receipt: nil)
        },
        Operation(
            "invoices.receipt",
            .get,
            "/v1/invoices/{invoice_id}/receipts/{receipt_id}/documents/statement",
            .userOnly
        ) { call in
            try await document(of: call, receipt: call.text("receipt_id"))
        },
        Operation("invoices.estimateLinks", .get, "/v1/invoices/estimates/links") { call in
            // The Java SDK leaves the currency out.
            let currency = try call.currency("currencycode")
            var links: [(UnbilledPeriod, Currency)] = []
            for period in UnbilledPeriod.allCases {
                let lines = try await call.service.unbilled(period, .usage, in: currency, call.context)
                for found in Set(lines.map(\.amount.currency)).sorted(by: { $0.description < $1.description }) {
                    links.append((period, found))
                }
            }
            return Page(links, of: call).reply(call) { writer, estimate in
                writer.object { writeEstimate(estimate.0, estimate.1, call, to: &$0) }
            }
        },
        Operation("invoices.lineItems.license", .get, "/v1/invoices/{invoice_id}/lineitems") { call in
            let provider = try BillingProvider(call.required("provider"), "provider")
            let detail = try InvoiceLine.Detail(call.required("invoicelineitemtype"), "invoicelineitemtype")
            return try await lineItems(call, provider, detail)
        },
        Operation(
            "invoices.lineItems.legacyPath",
            .get,
            "/v1/invoices/{invoice_id}/lineitems/{billing_provider}/{invoice_line_item_type}"
        ) { call in
            // What a path names wrongly is not there.
            guard let provider = try? BillingProvider(call.text("billing_provider"), ""),
                let detail = try? InvoiceLine.Detail(call.text("invoice_line_item_type"), "")
            else { throw Refusal.notFound(.invoice, String(call.text("invoice_line_item_type").prefix(80))) }
            return try await lineItems(call, provider, detail)
        },
        Operation("invoices.unbilled.billing", .get, "/v1/invoices/unbilled/lineitems") { call in
            let provider = try BillingProvider(call.required("provider"), "provider")
            let word = call.exchange.query["invoicelineitemtype"] ?? "billinglineitems"
            let detail = try InvoiceLine.Detail(word, "invoicelineitemtype")
            return try await unbilled(call, provider, detail)
        },
    ]

    private static func document(of call: Call, receipt: String?) async throws -> Reply {
        let bytes = try await call.service.statementFile(of: call.text("invoice_id"), receipt: receipt, call.context)
        let name = "\(receipt ?? call.text("invoice_id").uppercased()).pdf".filter { $0.isASCII && $0 != "\"" }
        return Reply(
            .ok,
            headers: [.contentType: "application/pdf", .contentDisposition: "inline; filename=\"\(name)\""],
            body: bytes
        )
    }

    /// `size` and `offset`, both optional.
    private static func offsetPage<Item>(_ items: [Item], _ call: Call) throws -> Stretch<Item> {
        let offset = try call.exchange.query.whole("offset", in: 0...10_000_000) ?? 0
        let size = try call.size(default: LineQuestion.largestPage, maximum: LineQuestion.largestPage)
        let shown = Array(items.dropFirst(offset).prefix(size))
        let hasMore = offset + shown.count < items.count
        return Stretch(items: shown, next: hasMore ? .offset(offset + shown.count, size: size) : nil)
    }

    /// Where a list of lines goes on.
    private struct LineQuestion: PagedQuestion {
        static var largestPage: Int { 2000 }
        let size: Int
        let offset: Int
    }

    /// Office and Azure are paged by offset, everything else by tokens.
    private static func lineItems(
        _ call: Call,
        _ provider: BillingProvider,
        _ detail: InvoiceLine.Detail
    ) async throws -> Reply {
        let seeks = provider.family == nil
        let question = seeks ? try await call.continuation(LineQuestion.self) : nil
        let size = try question?.size ?? call.size(default: LineQuestion.largestPage, maximum: LineQuestion.largestPage)
        let offset = try question?.offset ?? call.exchange.query.whole("offset", in: 0...10_000_000) ?? 0
        let currency = try call.currency("currencycode")
        let hasCredit = call.exchange.query["haspartnerearnedcredit"]?.lowercased() == "true"
        let found = try await call.service.lines(
            of: call.text("invoice_id"),
            detail,
            provider.family,
            offset: max(0, offset),
            limit: size + 1,
            call.context
        )
        // No line has earned a credit.
        let fits =
            provider.tells(found.invoice.kind) && !hasCredit
            && (currency ?? found.invoice.total.currency) == found.invoice.total.currency
        let lines = fits ? found.lines : []
        var next: Stretch<InvoiceLine>.Next?
        if lines.count > size {
            let following = LineQuestion(size: size, offset: offset + size)
            next = seeks ? .token(try call.token(following), key: "seekOperation") : .offset(offset + size, size: size)
        }
        let (partner, mpn) = try await payer(of: call)
        return Stretch(items: Array(lines.prefix(size)), next: next).reply(call) { writer, line in
            LineOutput(line, found.invoice.id, partner, mpn).write(provider, to: &writer)
        }
    }

    private static func unbilled(
        _ call: Call,
        _ provider: BillingProvider,
        _ detail: InvoiceLine.Detail
    ) async throws -> Reply {
        let question = try await call.continuation(LineQuestion.self)
        let size = try question?.size ?? call.size(default: LineQuestion.largestPage, maximum: LineQuestion.largestPage)
        let offset = max(0, question?.offset ?? 0)
        let word = call.exchange.query["period"] ?? "current"
        guard let period = UnbilledPeriod.allCases.first(where: { $0.rawValue == word.folded }) else {
            throw BadInput("period", .unknown, word)
        }
        let hasCredit = call.exchange.query["haspartnerearnedcredit"]?.lowercased() == "true"
        let all = try await call.service.unbilled(period, detail, in: call.currency("currencycode"), call.context)
        let lines = all.filter { line in
            (provider == .oneTime || provider.tells(line.commerce)) && !hasCredit
                && (provider.family == nil || provider.family == line.family)
        }
        let shown = Array(lines.dropFirst(offset).prefix(size))
        let isLast = offset + shown.count >= lines.count
        let following = LineQuestion(size: size, offset: offset + shown.count)
        let (partner, mpn) = try await payer(of: call)
        return Stretch(
            items: shown,
            next: isLast ? nil : .token(try call.token(following), key: "seekOperation")
        ).reply(call) { writer, line in
            LineOutput(line, nil, partner, mpn).write(.oneTime, to: &writer)
        }
    }

    /// Who is charged: its id and its partner network number.
    private static func payer(of call: Call) async throws -> (id: String, mpn: String?) {
        let payer = try await call.service.payer(call.context)
        return ("\(payer.id)", payer.mpnID)
    }
}
