import FoundationEssentials
import SuiroDomain
import SuiroStore

/// One record being read: every complaint names its line, column and value.
struct UsageRow {
    let record: CSVReader.Record
    let columns: [String: Int]
    private(set) var rejections: [ImportReport.Rejection] = []

    init(record: CSVReader.Record, columns: [String: Int]) {
        (self.record, self.columns) = (record, columns)
    }

    /// Names of columns are compared by their letters and digits alone.
    static func folded(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private func raw(_ name: String) -> String? {
        guard let index = columns[Self.folded(name)], index < record.fields.count else { return nil }
        let text = record.fields[index]
        return text.isEmpty || text == "NULL" ? nil : text
    }

    func has(_ name: String) -> Bool { raw(name) != nil }

    func optional(_ name: String) -> String? { raw(name).map { String($0.prefix(300)) } }

    func firstName(_ names: [String]) -> String {
        names.first { columns[Self.folded($0)] != nil } ?? names[0]
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

    /// The days that something was charged for; `nil` when the file does not tell, or tells what cannot be.
    mutating func days(_ start: String, _ end: String) -> ChargeInterval? {
        guard has(start), has(end), let from = instant(start), let to = instant(end) else { return nil }
        guard let days = ChargeInterval.days(from: from, to: to) else {
            reject(end, "outOfRange")
            return nil
        }
        return days
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
