import FoundationEssentials
import SuiroDomain
import SuiroStore

/// Which file of usage or cost rows arrives.
package enum UsageFormat: String, CaseIterable, Sendable { case focus, ea }

/// Reads rows of usage or cost and keeps only their sums by account, month and service, so memory grows with what is
/// distinct in the file and not with its length.
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

    private(set) var sums: [Line: (billed: Decimal, effective: Decimal)] = [:]
    private(set) var names: [Account: (name: String, issuer: String)] = [:]
    private(set) var totals: [String: Decimal] = [:]
    private(set) var rows = 0
    private(set) var rejected = 0
    private(set) var rejections: [ImportReport.Rejection] = []
    private var columns: [String: Int]?
    private let format: UsageFormat
    private static let mostRejections = 1000
    private static let mostLines = 1_000_000

    init(format: UsageFormat) {
        self.format = format
    }

    mutating func take(_ record: CSVReader.Record) {
        guard let columns else {
            readHeader(record)
            return
        }
        rows += 1
        var row = Row(record: record, columns: columns)
        let entry: (Line, String, String, Decimal, Decimal)? =
            switch format {
            case .focus: readFocus(&row)
            case .ea: readEnterpriseAgreement(&row)
            }
        guard let (line, name, issuer, billed, effective) = entry, row.rejections.isEmpty else {
            reject(row.rejections)
            return
        }
        let known = sums[line] ?? (0, 0)
        sums[line] = (known.billed + billed, known.effective + effective)
        names[line.account] = names[line.account] ?? (name, issuer)
        totals[line.currency.description, default: 0] += billed
        guard sums.count <= Self.mostLines else {
            reject([.init(line: record.line, column: "", value: "", reason: "tooManyLines")])
            return
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
        for (index, name) in record.fields.enumerated() { found[Self.folded(name)] = found[Self.folded(name)] ?? index }
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
        for names in required where !names.contains(where: { found[Self.folded($0)] != nil }) {
            reject([.init(line: record.line, column: names[0], value: "", reason: "missingColumn")])
        }
        columns = found
    }

    private static func folded(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    // FOCUS 1.0: one row a charge; the billing period is the month it is invoiced in.
    private func readFocus(_ row: inout Row) -> (Line, String, String, Decimal, Decimal)? {
        let account = Account(
            provider: row.text("ProviderName"),
            billingAccount: row.text("BillingAccountId"),
            subAccount: row.text("SubAccountId")
        )
        guard let start = row.instant("BillingPeriodStart"), let end = row.instant("BillingPeriodEnd"),
            let currency = row.currency("BillingCurrency"), let billed = row.amount("BilledCost")
        else { return nil }
        guard start < end else {
            row.reject("BillingPeriodEnd", "outOfRange")
            return nil
        }
        let effective = row.has("EffectiveCost") ? row.amount("EffectiveCost") ?? 0 : billed
        let service = row.text("ServiceName")
        let name = row.optional("SubAccountName") ?? account.subAccount
        let issuer = row.optional("InvoiceIssuerName") ?? account.provider
        let line = Line(account: account, start: start, end: end, currency: currency, service: service)
        return (line, name, issuer, billed, effective)
    }

    // The usage detail of an Enterprise Agreement: one row a meter and day, in the month of its date.
    private func readEnterpriseAgreement(_ row: inout Row) -> (Line, String, String, Decimal, Decimal)? {
        let id = row.firstText(["SubscriptionGuid", "SubscriptionId"])
        let enrollment = row.optional("EnrollmentNumber") ?? row.optional("BillingAccountId") ?? "EA"
        guard let day = row.instant(row.firstName(["Date", "UsageDate"])),
            let cost = row.amount(row.firstName(["ExtendedCost", "CostInBillingCurrency", "Cost"]))
        else { return nil }
        let currencyName = row.firstName(["BillingCurrency", "BillingCurrencyCode", "Currency"])
        guard let currency = row.has(currencyName) ? row.currency(currencyName) : Currency("USD") else { return nil }
        let civil = CivilTime(day)
        let start = CivilTime(year: civil.year, month: civil.month, day: 1).instant
        let service = row.firstText(["MeterCategory", "ConsumedService", "ServiceName"])
        let account = Account(
            provider: "Microsoft",
            billingAccount: enrollment,
            subAccount: "/subscriptions/\(id.lowercased())"
        )
        let line = Line(
            account: account,
            start: start,
            end: start.adding(months: 1),
            currency: currency,
            service: service
        )
        return (line, row.optional("SubscriptionName") ?? id, "Microsoft", cost, cost)
    }

    /// One record being read: every complaint names its line, column and value.
    private struct Row {
        let record: CSVReader.Record
        let columns: [String: Int]
        var rejections: [ImportReport.Rejection] = []

        init(record: CSVReader.Record, columns: [String: Int]) {
            (self.record, self.columns) = (record, columns)
        }

        private func raw(_ name: String) -> String? {
            guard let index = columns[UsageStatement.folded(name)], index < record.fields.count else { return nil }
            let text = record.fields[index]
            return text.isEmpty || text == "NULL" ? nil : text
        }

        func has(_ name: String) -> Bool { raw(name) != nil }

        func optional(_ name: String) -> String? { raw(name).map { String($0.prefix(300)) } }

        func firstName(_ names: [String]) -> String {
            names.first { columns[UsageStatement.folded($0)] != nil } ?? names[0]
        }

        mutating func firstText(_ names: [String]) -> String { text(firstName(names)) }

        mutating func reject(_ column: String, _ reason: String) {
            rejections.append(
                .init(line: record.line, column: column, value: String((raw(column) ?? "").prefix(200)), reason: reason)
            )
        }

        mutating func text(_ name: String) -> String {
            guard let text = raw(name) else {
                reject(name, "required")
                return ""
            }
            if text.utf8.count > 1000 { reject(name, "tooLong") }
            return text
        }

        mutating func instant(_ name: String) -> Instant? {
            let text = text(name)
            guard !text.isEmpty else { return nil }
            if let instant = Instant(text) ?? Self.american(text) { return instant }
            reject(name, "notADate")
            return nil
        }

        mutating func currency(_ name: String) -> Currency? {
            let text = text(name)
            guard !text.isEmpty else { return nil }
            guard let currency = Currency(text) else {
                reject(name, "notACurrency")
                return nil
            }
            return currency
        }

        mutating func amount(_ name: String) -> Decimal? {
            let text = text(name)
            guard !text.isEmpty else { return nil }
            guard let amount = Decimal(exactly: text) else {
                reject(name, "notANumber")
                return nil
            }
            return amount
        }

        /// `MM/dd/yyyy`, as enterprise usage files write days.
        private static func american(_ text: String) -> Instant? {
            let parts = text.prefix(10).split(separator: "/").compactMap { Int($0) }
            guard parts.count == 3, (1...12).contains(parts[0]), (1...9999).contains(parts[2]),
                (1...CivilTime.daysInMonth(parts[0], of: parts[2])).contains(parts[1])
            else { return nil }
            return CivilTime(year: parts[2], month: parts[0], day: parts[1]).instant
        }
    }
}
