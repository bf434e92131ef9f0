import FoundationEssentials
import SuiroDomain
import SuiroStore

/// Which file of usage or cost rows arrives.
package enum UsageFormat: String, CaseIterable, Sendable { case focus, ea }

/// Reads rows of usage or cost and keeps only their sums by account, month, service and days, so memory grows with what
/// is distinct in the file and not with its length.
struct UsageStatement {
    /// One account of one vendor, as the file names it.
    struct Account: Hashable {
        let provider: String
        let billingAccount: String
        let subAccount: String
    }

    struct Line: Hashable {
        let account: Account
        let start: Instant
        let end: Instant
        let currency: Currency
        let service: String
    }

    /// What a line comes to, and what of it falls on which days.
    struct Sum {
        var billed: Decimal = 0
        var effective: Decimal = 0
        var days: [ChargeInterval: (billed: Decimal, effective: Decimal)] = [:]
        /// By meter and resource, where the file tells them.
        var details: [DetailKey: (quantity: Decimal, billed: Decimal)] = [:]

        /// Whether nothing had been charged for these days before.
        fileprivate mutating func add(_ billed: Decimal, _ effective: Decimal, on days: ChargeInterval) -> Bool {
            self.billed += billed
            self.effective += effective
            let known = self.days[days]
            self.days[days] = ((known?.billed ?? 0) + billed, (known?.effective ?? 0) + effective)
            return known == nil
        }
    }

    /// One row, understood.
    private struct Entry {
        let line: Line
        let name: String
        let issuer: String
        let days: ChargeInterval
        let billed: Decimal
        let effective: Decimal
        let detail: (key: DetailKey, quantity: Decimal)?
    }

    private(set) var sums: [Line: Sum] = [:]
    private(set) var names: [Account: (name: String, issuer: String)] = [:]
    private(set) var totals: [String: Decimal] = [:]
    private(set) var rows = 0
    private(set) var rejected = 0
    private(set) var rejections: [ImportReport.Rejection] = []
    private var columns: [String: Int]?
    private let format: UsageFormat
    private var distinct = 0
    private var detailed = 0
    private static let mostRejections = 1000
    private static let mostLines = 4_000_000

    init(format: UsageFormat) {
        self.format = format
    }

    mutating func take(_ record: CSVReader.Record) {
        guard let columns else {
            readHeader(record)
            return
        }
        rows += 1
        var row = UsageRow(record: record, columns: columns)
        let entry: Entry? =
            switch format {
            case .focus: readFocus(&row)
            case .ea: readEnterpriseAgreement(&row)
            }
        guard let entry, row.rejections.isEmpty else {
            reject(row.rejections)
            return
        }
        add(entry)
        guard distinct <= Self.mostLines else {
            reject([.init(line: record.line, column: "", value: "", reason: "tooManyLines")])
            return
        }
    }

    private mutating func add(_ entry: Entry) {
        let account = entry.line.account
        if names[account] == nil { names[account] = (entry.name, entry.issuer) }
        totals[entry.line.currency.description, default: 0] += entry.billed
        let isNew = sums[entry.line, default: Sum()].add(entry.billed, entry.effective, on: entry.days)
        if isNew { distinct += 1 }
        guard let (key, quantity) = entry.detail else { return }
        let kept = detailed < Self.mostDetails ? key : key.withoutResource
        if let known = sums[entry.line]?.details[kept] {
            sums[entry.line]?.details[kept] = (known.quantity + quantity, known.billed + entry.billed)
        } else {
            sums[entry.line]?.details[kept] = (quantity, entry.billed)
            detailed += 1
        }
    }

    mutating func reject(_ more: [ImportReport.Rejection]) {
        rejected += 1
        if rejections.count < Self.mostRejections { rejections += more.prefix(Self.mostRejections - rejections.count) }
    }

    /// Whether a header was seen at all.
    var hasHeader: Bool { columns != nil }

    private mutating func readHeader(_ record: CSVReader.Record) {
        var found: [String: Int] = [:]
        for (index, name) in record.fields.enumerated() where found[UsageRow.folded(name)] == nil {
            found[UsageRow.folded(name)] = index
        }
        let required: [[String]] =
            switch format {
            case .focus:
                [
                    ["ProviderName"], ["BillingAccountId"], ["SubAccountId"], ["BillingPeriodStart"],
                    ["BillingPeriodEnd"], ["BillingCurrency"], ["BilledCost"], ["ServiceName"],
                ]
            case .ea:
                [
                    ["SubscriptionGuid", "SubscriptionId"], ["Date", "UsageDate"],
                    ["ExtendedCost", "Cost", "CostInBillingCurrency"],
                    ["MeterCategory", "ConsumedService", "ServiceName"],
                ]
            }
        for names in required where !names.contains(where: { found[UsageRow.folded($0)] != nil }) {
            reject([.init(line: record.line, column: names[0], value: "", reason: "missingColumn")])
        }
        columns = found
    }

    // FOCUS 1.0: one row a charge; the billing period is the month it is invoiced in, the charge period that of its use.
    private func readFocus(_ row: inout UsageRow) -> Entry? {
        let account = Account(
            provider: row.text("ProviderName"),
            billingAccount: row.text("BillingAccountId"),
            subAccount: row.text("SubAccountId")
        )
        guard let start = row.instant("BillingPeriodStart"), let end = row.instant("BillingPeriodEnd"),
            let currency = row.currency("BillingCurrency"), let billed = row.amount("BilledCost")
        else { return nil }
        guard let period = ChargeInterval(from: start, to: end) else {
            row.reject("BillingPeriodEnd", "outOfRange")
            return nil
        }
        // Statements that tell no days charge for the whole period.
        let days = row.days("ChargePeriodStart", "ChargePeriodEnd") ?? period
        let effective = row.has("EffectiveCost") ? row.amount("EffectiveCost") ?? 0 : billed
        let service = row.text("ServiceName")
        let name = row.optional("SubAccountName") ?? account.subAccount
        let issuer = row.optional("InvoiceIssuerName") ?? account.provider
        let line = Line(account: account, start: start, end: end, currency: currency, service: service)
        return Entry(
            line: line,
            name: name,
            issuer: issuer,
            days: days,
            billed: billed,
            effective: effective,
            detail: row.detail(service, days)
        )
    }

    // The usage detail of an Enterprise Agreement: one row a meter and day, in the month of its date.
    private func readEnterpriseAgreement(_ row: inout UsageRow) -> Entry? {
        let id = row.firstText(["SubscriptionGuid", "SubscriptionId"])
        let enrollment = row.optional("EnrollmentNumber") ?? row.optional("BillingAccountId") ?? "EA"
        let date = row.firstName(["Date", "UsageDate"])
        guard let day = row.instant(date),
            let cost = row.amount(row.firstName(["ExtendedCost", "CostInBillingCurrency", "Cost"]))
        else { return nil }
        let currencyName = row.firstName(["BillingCurrency", "BillingCurrencyCode", "Currency"])
        guard let currency = row.has(currencyName) ? row.currency(currencyName) : Currency("USD") else { return nil }
        let civil = CivilTime(day)
        let start = CivilTime(year: civil.year, month: civil.month, day: 1).instant
        guard let days = ChargeInterval.days(from: day, to: day),
            let period = ChargeInterval(from: start, to: start.adding(months: 1))
        else {
            row.reject(date, "outOfRange")
            return nil
        }
        let service = row.firstText(["MeterCategory", "ConsumedService", "ServiceName"])
        let account = Account(
            provider: "Microsoft",
            billingAccount: enrollment,
            subAccount: "/subscriptions/\(id.lowercased())"
        )
        let line = Line(account: account, start: start, end: period.to, currency: currency, service: service)
        let name = row.optional("SubscriptionName") ?? id
        return Entry(
            line: line,
            name: name,
            issuer: "Microsoft",
            days: days,
            billed: cost,
            effective: cost,
            detail: row.detail(service, days)
        )
    }
}
