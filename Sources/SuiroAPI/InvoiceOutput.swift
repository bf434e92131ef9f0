import FoundationEssentials
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What a partner owes by all its invoices of one currency. Nobody pays here, so all of it is open.
struct InvoiceSum {
    let invoices: [Invoice]
    let balance: Decimal
    let currency: Currency?
    let first: Instant?
    let latest: Instant?

    init(_ invoices: [Invoice]) {
        self.invoices = invoices
        balance = invoices.reduce(0) { $0 + $1.total.amount }
        currency = invoices.first?.total.currency
        (first, latest) = (invoices.map(\.end).min(), invoices.map(\.end).max())
    }
}

extension Currency {
    /// The sign people write; the code where there is none of its own.
    var symbol: String {
        switch description {
        case "USD", "AUD", "CAD", "NZD", "SGD", "HKD": "$"
        case "EUR": "€"
        case "GBP": "£"
        case "JPY", "CNY": "¥"
        case "KRW": "₩"
        case "INR": "₹"
        default: description
        }
    }

    /// A culture that writes it.
    var culture: String {
        switch description {
        case "EUR": "de-DE"
        case "GBP": "en-GB"
        case "JPY": "ja-JP"
        default: "en-US"
        }
    }
}

extension Commerce {
    var wire: String { self == .recurring ? "Recurring" : "OneTime" }
}

func writeInvoice(_ invoice: Invoice, to writer: inout JSONWriter) {
    let path = "/invoices/\(invoice.id)"
    writer.member("id", invoice.id)
    writer.member("invoiceDate", invoice.end)
    writer.member("billingPeriodStartDate", invoice.month)
    writer.member("billingPeriodEndDate", invoice.end.adding(milliseconds: -1))
    writer.member("totalCharges", number: invoice.total.amount)
    writer.member("paidAmount", number: 0)
    writer.member("currencyCode", invoice.total.currency.description)
    writer.member("currencySymbol", invoice.total.currency.symbol)
    writer.member("pdfDownloadLink", path + "/documents/statement")
    writer.array("taxReceipts", [invoice.receipt]) { writer, receipt in
        writer.object { writer in
            writer.member("id", receipt)
            writer.member("taxReceiptPdfDownloadLink", "\(path)/receipts/\(receipt)/documents/statement")
        }
    }
    writer.array("invoiceDetails", invoice.told) { writer, detail in
        writer.object { writer in
            let type = detail.detail == .billing ? "billinglineitems" : "usagelineitems"
            let name = detail.provider.rawValue.filter { $0 != "_" }
            let code = invoice.total.currency
            writer.member("invoiceLineItemType", detail.detail.wire)
            writer.member("billingProvider", detail.provider.rawValue)
            writer.object("links") { writer in
                link("self", "\(path)/lineitems/\(name)/\(type)", to: &writer)
            }
            link(
                "detailLink",
                "\(path)/lineitems?provider=\(name)&invoicelineitemtype=\(type)&currencycode=\(code)&size=2000",
                to: &writer
            )
            attributes("InvoiceDetail", to: &writer)
        }
    }
    writer.member("documentType", "invoice")
    writer.member("invoiceType", invoice.kind.wire)
    writer.object("links") { link("self", path, to: &$0) }
    attributes("Invoice", to: &writer)
}

extension Invoice {
    /// Under which names its lines can be asked for.
    fileprivate var told: [(detail: InvoiceLine.Detail, provider: BillingProvider)] {
        var told: [(detail: InvoiceLine.Detail, provider: BillingProvider)] = []
        for part in parts {
            let provider: BillingProvider =
                kind == .oneTime ? .oneTime : part.family == .license ? .office : .azure
            if !told.contains(where: { $0 == (part.detail, provider) }) { told.append((part.detail, provider)) }
        }
        return told
    }
}

func writeSummary(_ sum: InvoiceSum, parts: Bool, to writer: inout JSONWriter) {
    writer.member("balanceAmount", number: sum.balance)
    writer.member("currencyCode", (sum.currency ?? .dollar).description)
    writer.member("currencySymbol", (sum.currency ?? .dollar).symbol)
    writer.member("accountingDate", sum.latest?.short ?? noDate)
    writer.member("firstInvoiceCreationDate", sum.first?.short ?? noDate)
    writer.member("lastPaymentDate", noDate)
    writer.member("lastPaymentAmount", number: 0)
    writer.member("latestInvoiceDate", sum.latest?.short ?? noDate)
    if parts {
        let kinds = Commerce.allCases.filter { kind in sum.invoices.contains { $0.kind == kind } }
        writer.array("details", kinds) { writer, kind in
            writer.object { writer in
                writer.member("invoiceType", kind.wire)
                writer.object("summary") { writer in
                    writeSummary(InvoiceSum(sum.invoices.filter { $0.kind == kind }), parts: false, to: &writer)
                }
            }
        }
    }
    writer.object("links") { link("self", parts ? "/invoices/summaries" : "/invoices/summary", to: &$0) }
    attributes("InvoiceSummary", to: &writer)
}

func writeEstimate(_ period: UnbilledPeriod, _ currency: Currency, _ call: Call, to writer: inout JSONWriter) {
    writer.member("title", call.say("invoice.estimate.\(period.rawValue)"))
    writer.member("description", call.say("invoice.estimate.\(period.rawValue)"))
    writer.member("period", period.rawValue)
    writer.member("type", "daily_rated_usage")
    link(
        "link",
        "/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=usagelineitems"
            + "&currencycode=\(currency)&period=\(period.rawValue)&size=2000",
        to: &writer
    )
}
