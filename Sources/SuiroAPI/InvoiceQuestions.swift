import SuiroDomain
import SuiroHTTP
import SuiroService

/// Whose lines are asked for: the wire's billing providers.
enum BillingProvider: String, Codable, CaseIterable {
    case office, azure
    case oneTime = "one_time"
    case marketplace, all

    /// `onetime`, `OneTime` and `one_time` are the same.
    init(_ text: String, _ field: String) throws {
        guard let found = Self.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
            throw BadInput(field, .unknown, text)
        }
        self = found
    }

    var family: Family? {
        switch self {
        case .office: .license
        case .azure: .usage
        case .oneTime, .marketplace, .all: nil
        }
    }

    /// Whether lines of such a kind of commerce are told under this name. Nothing is from the marketplace.
    func tells(_ kind: Commerce) -> Bool {
        switch self {
        case .office, .azure: kind == .recurring
        case .oneTime: kind == .oneTime
        case .marketplace: false
        case .all: true
        }
    }
}

extension InvoiceLine.Detail {
    /// `billinglineitems`, `usage_line_items`, `DailyRatedUsageLineItems`: what matters is which of the two it says.
    init(_ text: String, _ field: String) throws {
        let word = text.folded
        if word.contains("usage") {
            self = .usage
        } else if word.contains("billing") {
            self = .billing
        } else {
            throw BadInput(field, .unknown, text)
        }
    }

    var wire: String { self == .billing ? "billing_line_items" : "usage_line_items" }
}

extension Call {
    /// An ISO 4217 code in either case.
    func currency(_ name: String) throws -> Currency? {
        guard let text = exchange.query[name] else { return nil }
        guard let currency = Currency(text.uppercased()) else { throw BadInput(name, .malformed, text) }
        return currency
    }

    func required(_ name: String) throws -> String {
        guard let text = exchange.query[name] else { throw BadInput(name, .required) }
        return text
    }
}

/// `filter` of the list of invoices: dates compared, joined by `and` and `or`.
indirect enum InvoiceFilter {
    case date(String, Instant)
    case both(InvoiceFilter, InvoiceFilter)
    case either(InvoiceFilter, InvoiceFilter)

    init?(_ call: Call) throws {
        guard let text = call.exchange.query["filter"] else { return nil }
        let fields: Fields
        do {
            fields = try Fields(try JSONReader.read(Array(text.utf8)), path: "filter")
        } catch {
            throw BadInput("filter", .malformed, text)
        }
        self = try Self.read(fields)
    }

    private static func read(_ fields: Fields, depth: Int = 0) throws -> InvoiceFilter {
        let word = (try fields.text("Operator") ?? "equals").folded
        if let left = try fields.object("LeftFilter"), let right = try fields.object("RightFilter") {
            guard word == "and" || word == "or" else { throw BadInput("filter.Operator", .unknown, word) }
            let (first, second) = (try read(left, depth: depth + 1), try read(right, depth: depth + 1))
            return word == "and" ? .both(first, second) : .either(first, second)
        }
        let field = try fields.requiredText("Field")
        guard field.folded == "invoicedate" else { throw BadInput("filter.Field", .unknown, field) }
        let value = try fields.requiredText("Value")
        guard let date = Instant(value) else { throw BadInput("filter.Value", .malformed, value) }
        let known = ["equals", "notequals", "greaterthan", "greaterthanorequals", "lessthan", "lessthanorequals"]
        guard known.contains(word) else { throw BadInput("filter.Operator", .unknown, word) }
        return .date(word, date)
    }

    func admits(_ invoice: Invoice) -> Bool {
        switch self {
        case .both(let left, let right): left.admits(invoice) && right.admits(invoice)
        case .either(let left, let right): left.admits(invoice) || right.admits(invoice)
        case .date(let word, let date):
            switch word {
            case "notequals": invoice.end != date
            case "greaterthan": invoice.end > date
            case "greaterthanorequals": invoice.end >= date
            case "lessthan": invoice.end < date
            case "lessthanorequals": invoice.end <= date
            default: invoice.end == date
            }
        }
    }
}
