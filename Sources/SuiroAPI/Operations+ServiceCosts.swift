import FoundationEssentials
import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// What one customer costs its partner.
extension Operation {
    static let serviceCosts: [Operation] = [
        Operation(
            "serviceCosts.summary",
            .get,
            "/v1/customers/{customer_id}/servicecosts/{billing_period}",
            .userOnly
        ) { call in
            let costs = try await Costs(call)
            return Reply.json { costs.writeSummary(costs.lines, parts: true, to: &$0) }
        },
        Operation(
            "serviceCosts.lineItems",
            .get,
            "/v1/customers/{customer_id}/servicecosts/{billing_period}/lineitems",
            .userOnly
        ) { call in
            let costs = try await Costs(call)
            return Page(costs.lines, of: call).reply(call) { writer, line in
                writer.object { costs.write(line, to: &$0) }
            }
        },
    ]
}

private struct Costs {
    let customer: ID<Customer>
    let month: BillingMonth
    /// In the currency that most of them have: the wire's sum has one.
    let lines: [InvoiceLine]
    let currency: Currency
    private let period: String

    init(_ call: Call) async throws {
        let word = call.text("billing_period").folded
        guard ["mostrecent", "current"].contains(word) else {
            throw Refusal.notFound(.invoice, String(call.text("billing_period").prefix(80)))
        }
        period = word
        customer = try call.id("customer_id", .customer)
        let costs = try await call.service.serviceCosts(of: customer, isCurrent: word == "current", call.context)
        month = costs.month
        let counts = Dictionary(grouping: costs.lines, by: \.amount.currency).mapValues(\.count)
        let most = counts.max { ($0.value, $1.key.description) < ($1.value, $0.key.description) }
        let currency = most?.key ?? .dollar
        lines = costs.lines.filter { $0.amount.currency == currency }
        self.currency = currency
    }

    func writeSummary(_ lines: [InvoiceLine], parts: Bool, to writer: inout JSONWriter) {
        let sum = lines.reduce(0) { $0 + $1.amount.amount }
        let path = "/customers/\(customer)/servicecosts/\(period)"
        writer.member("billingStartDate", month.start)
        writer.member("billingEndDate", month.end.adding(milliseconds: -1))
        writer.member("pretaxTotal", number: sum)
        writer.member("tax", number: 0)
        writer.member("afterTaxTotal", number: sum)
        writer.member("currencyCode", currency.description)
        writer.member("currencySymbol", currency.symbol)
        writer.member("customerId", customer)
        if parts {
            let kinds = Commerce.allCases.filter { kind in lines.contains { $0.commerce == kind } }
            writer.array("details", kinds) { writer, kind in
                writer.object { writer in
                    writer.member("invoiceType", kind.wire)
                    writer.object("summary") { writer in
                        writeSummary(lines.filter { $0.commerce == kind }, parts: false, to: &writer)
                    }
                }
            }
        }
        writer.object("links") { writer in
            link("serviceCostLineItems", path + "/lineitems", to: &writer)
            link("self", path, to: &writer)
        }
        attributes("ServiceCostsSummary", to: &writer)
    }

    func write(_ line: InvoiceLine, to writer: inout JSONWriter) {
        let seats = max(1, line.quantity ?? 1)
        writer.member("startDate", line.from)
        writer.member("endDate", line.to.adding(milliseconds: -1))
        writer.member("subscriptionFriendlyName", line.subscriptionName)
        writer.member("subscriptionId", "\(line.subscription)".uppercased())
        writer.member("orderId", line.order ?? "")
        writer.member("offerId", line.product ?? "")
        writer.member("offerName", line.service)
        writer.member("resellerMPNId", "")
        writer.member("chargeType", line.kind.rawValue)
        writer.member("quantity", number: Decimal(seats))
        writer.member("unitPrice", number: (line.amount.amount / Decimal(seats)).truncated(digits: 10))
        writer.member("pretaxTotal", number: line.amount.amount)
        writer.member("tax", number: 0)
        writer.member("afterTaxTotal", number: line.amount.amount)
        writer.member("currencyCode", currency.description)
        writer.member("currencySymbol", currency.symbol)
        writer.member("customerId", line.customer.id)
        writer.member("customerName", line.customer.name)
        writer.member("productId", line.product ?? "")
        writer.member("skuId", line.sku ?? "")
        writer.member("productName", line.subscriptionName)
        writer.member("skuName", line.subscriptionName)
        writer.member("publisherName", "Microsoft")
        attributes("ServiceCostLineItem", to: &writer)
    }
}
