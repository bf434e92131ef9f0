import FoundationEssentials
import SuiroDomain
import SuiroHTTP

/// A line of an invoice in one of the five shapes of the wire.
struct LineOutput {
    private let line: InvoiceLine
    private let invoice: String?
    private let partner: String
    private let mpn: String?

    init(_ line: InvoiceLine, _ invoice: String?, _ partner: String, _ mpn: String?) {
        (self.line, self.invoice, self.partner, self.mpn) = (line, invoice, partner, mpn)
    }

    func write(_ provider: BillingProvider, to writer: inout JSONWriter) {
        switch (provider, line.detail) {
        case (.office, _): writeLicense(&writer)
        case (.azure, .billing): writeUsage(&writer)
        case (.azure, .usage): writeDaily(&writer)
        case (.oneTime, .billing), (.marketplace, .billing), (.all, .billing): writeOneTime(&writer)
        case (.oneTime, .usage), (.marketplace, .usage), (.all, .usage): writeDailyRated(&writer)
        }
    }

    private var subscription: String { "\(line.subscription)".uppercased() }
    private var seats: Int { max(1, line.quantity ?? 1) }
    private var amount: Decimal { line.amount.amount }
    private var unit: Decimal { (amount / Decimal(seats)).truncated(digits: 10) }
    private var last: Instant { line.to.adding(milliseconds: -1) }

    /// The wire's words for why something is charged.
    private var charge: String {
        switch line.kind {
        case .charge: "Cycle fee"
        case .credit: "Prorate fees when cancel"
        case .usage: line.isLate ? "ADJUST usage fee for prior cycle" : "ASSESS USAGE FEE FOR CURRENT CYCLE"
        }
    }

    private func writeEnd(_ provider: BillingProvider, _ type: String, _ writer: inout JSONWriter) {
        writer.member("invoiceLineItemType", line.detail.wire)
        writer.member("billingProvider", provider.rawValue)
        attributes(type, to: &writer)
    }

    private func writeLicense(_ writer: inout JSONWriter) {
        writer.member("partnerId", partner)
        writer.member("customerId", line.customer.id)
        writer.member("customerName", line.customer.name)
        writer.member("mpnId", mpn.flatMap { Int($0) } ?? 0)
        writer.member("tier2MpnId", 0)
        writer.member("orderId", line.order ?? "")
        writer.member("subscriptionId", subscription)
        writer.member("subscriptionName", line.subscriptionName)
        writer.member("subscriptionDescription", line.subscriptionName)
        writer.member("billingCycleType", "Monthly")
        writer.member("domainName", line.customer.domain)
        writer.member("syndicationPartnerSubscriptionNumber", "")
        writer.member("offerId", line.product ?? "")
        writer.member("durableOfferId", line.product ?? "")
        writer.member("offerName", line.subscriptionName)
        writer.member("subscriptionStartDate", line.term?.start ?? line.since)
        writer.member("subscriptionEndDate", line.term?.end.short ?? noDate)
        writer.member("chargeStartDate", line.from)
        writer.member("chargeEndDate", last)
        writer.member("chargeType", charge)
        writer.member("unitPrice", number: unit)
        writer.member("quantity", seats)
        writer.member("amount", number: amount)
        writer.member("totalOtherDiscount", number: 0)
        writer.member("subtotal", number: amount)
        writer.member("tax", number: 0)
        writer.member("totalForCustomer", number: amount)
        writer.member("currency", line.amount.currency.description)
        writeEnd(.office, "LicenseBasedLineItem", &writer)
    }

    /// What both shapes of Azure's lines begin with.
    private func writeAzure(_ writer: inout JSONWriter) {
        writer.member("partnerId", partner)
        writer.member("partnerName", "")
        writer.member("partnerBillableAccountId", partner)
        writer.member("customerId", line.customer.id)
        writer.member("customerCompanyName", line.customer.name)
        writer.member("mpnId", mpn.flatMap { Int($0) } ?? 0)
        writer.member("tier2MpnId", 0)
        writer.member("invoiceNumber", invoice ?? "")
        writer.member("domainName", line.customer.domain)
        writer.member("billingCycleType", "Monthly")
        writer.member("subscriptionId", subscription)
        writer.member("subscriptionName", line.subscriptionName)
        writer.member("subscriptionDescription", line.subscriptionName)
        writer.member("orderId", line.order ?? "")
        writer.member("serviceName", line.service)
        writer.member("serviceType", line.service)
        writer.member("resourceGuid", "")
        writer.member("resourceName", line.service)
        writer.member("region", "")
        writer.member("consumedQuantity", number: 1)
        writer.member("chargeStartDate", line.from)
        writer.member("chargeEndDate", last)
        writer.member("unit", "")
    }

    private func writeUsage(_ writer: inout JSONWriter) {
        writeAzure(&writer)
        writer.member("detailLineItemId", 0)
        writer.member("sku", line.sku ?? "")
        writer.member("includedQuantity", number: 0)
        writer.member("overageQuantity", number: 1)
        writer.member("listPrice", number: amount)
        writer.member("consumptionPrice", number: amount)
        writer.member("consumptionDiscount", number: 0)
        writer.member("currency", line.amount.currency.description)
        writer.member("pretaxCharges", number: amount)
        writer.member("taxAmount", number: 0)
        writer.member("postTaxTotal", number: amount)
        writer.member("pretaxEffectiveRate", number: amount)
        writer.member("postTaxEffectiveRate", number: amount)
        writer.member("chargeType", charge)
        writeEnd(.azure, "UsageBasedLineItem", &writer)
    }

    private func writeDaily(_ writer: inout JSONWriter) {
        writeAzure(&writer)
        writer.member("customerBillableAccount", "\(line.customer.id)")
        writer.member("usageDate", line.from)
        writer.member("meteredService", line.service)
        writer.member("meteredServiceType", "")
        writer.member("meteredRegion", "")
        writer.member("project", "")
        writer.member("serviceInfo", "")
        writeEnd(.azure, "DailyUsageLineItem", &writer)
    }

    private func writeOneTime(_ writer: inout JSONWriter) {
        writeBuyer(&writer)
        writer.member("mpnId", mpn ?? "")
        writer.member("resellerMpnId", 0)
        writer.member("orderId", line.order ?? "")
        writer.member("orderDate", line.since)
        writeProduct(&writer)
        writer.member("chargeType", line.kind == .credit ? "cycleCredit" : "cycleCharge")
        writer.member("unitPrice", number: unit)
        writer.member("effectiveUnitPrice", number: unit)
        writer.member("unitType", "")
        writer.member("quantity", seats)
        writer.member("subtotal", number: amount)
        writer.member("taxTotal", number: 0)
        writer.member("totalForCustomer", number: amount)
        writer.member("currency", line.amount.currency.description)
        writer.member("subscriptionDescription", line.subscriptionName)
        writer.member("subscriptionId", "\(line.subscription)")
        writer.member("subscriptionStartDate", line.term?.start)
        writer.member("subscriptionEndDate", line.term?.end)
        writer.member("chargeStartDate", line.from)
        writer.member("chargeEndDate", last)
        writer.member("termAndBillingCycle", "Monthly billing")
        writer.member("alternateId", line.order ?? "")
        writePricing(&writer)
        writer.member("billableQuantity", number: Decimal(seats))
        writer.member("meterDescription", line.kind == .usage ? line.service : "")
        writer.member("billingFrequency", "Monthly")
        writeEnd(.oneTime, "OneTimeInvoiceLineItem", &writer)
    }

    private func writeDailyRated(_ writer: inout JSONWriter) {
        writeBuyer(&writer)
        writeProduct(&writer)
        writer.member("subscriptionId", "\(line.subscription)")
        writer.member("subscriptionDescription", line.subscriptionName)
        writer.member("chargeStartDate", line.from)
        writer.member("chargeEndDate", last)
        writer.member("usageDate", line.from)
        writer.member("meterType", line.service)
        writer.member("meterCategory", line.service)
        writer.member("meterId", "")
        writer.member("meterSubCategory", "")
        writer.member("meterName", line.service)
        writer.member("meterRegion", "")
        writer.member("unitOfMeasure", "")
        writer.member("mpnId", mpn ?? "")
        writer.member("resellerMpnId", "")
        writer.member("chargeType", line.isLate ? "adjustment" : "new")
        writer.member("unitPrice", number: amount)
        writer.member("quantity", number: 1)
        writer.member("unitType", "")
        writer.member("billingPreTaxTotal", number: amount)
        writer.member("billingCurrency", line.amount.currency.description)
        writer.member("pricingPreTaxTotal", number: amount)
        writePricing(&writer)
        writer.member("entitlementId", "\(line.subscription)")
        writer.member("entitlementDescription", line.subscriptionName)
        writer.member("effectiveUnitPrice", number: amount)
        writer.member("rateOfPartnerEarnedCredit", number: 0)
        writer.member("hasPartnerEarnedCredit", false)
        writeEnd(.oneTime, "DailyRatedUsageLineItem", &writer)
    }

    private func writeBuyer(_ writer: inout JSONWriter) {
        writer.member("partnerId", partner)
        writer.member("customerId", line.customer.id)
        writer.member("customerName", line.customer.name)
        writer.member("customerDomainName", line.customer.domain)
        writer.member("customerCountry", line.customer.country)
        writer.member("invoiceNumber", invoice ?? "")
    }

    private func writeProduct(_ writer: inout JSONWriter) {
        let parts = (line.product ?? "").split(separator: ":").map(String.init)
        writer.member("productId", parts.first ?? "")
        writer.member("skuId", line.sku ?? (parts.count > 1 ? parts[1] : ""))
        writer.member("availabilityId", parts.count > 2 ? parts[2] : "")
        writer.member("skuName", line.subscriptionName)
        writer.member("productName", line.subscriptionName)
        writer.member("publisherName", "Microsoft")
        writer.member("publisherId", "")
    }

    /// One currency prices and bills, so the rate between the two is one.
    private func writePricing(_ writer: inout JSONWriter) {
        writer.member("pricingCurrency", line.amount.currency.description)
        writer.member("pcToBCExchangeRate", number: 1)
        writer.member("pcToBCExchangeRateDate", line.from)
    }
}
