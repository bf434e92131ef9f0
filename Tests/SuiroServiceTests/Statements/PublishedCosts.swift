import Foundation
import SuiroDomain
import SuiroTesting
import Testing

/// The published sample of cost rows; where the folder beside the project is not there, rows of the same shape.
enum PublishedCosts {
    struct Row {
        let billed: Decimal
        let month: String
        let from: Instant
        let to: Instant
        let account: String
    }

    static func text() throws -> String {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.deletingLastPathComponent().appendingPathComponent("shared/data/focus_1.0_sample_1000.csv")
        guard FileManager.default.fileExists(atPath: file.path) else { return generated }
        return try String(contentsOf: file, encoding: .utf8)
    }

    private static let generated: String = {
        let head = """
            BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargePeriodEnd,\
            ChargePeriodStart,ProviderName,ServiceName,SubAccountId
            """
        let rows = (0..<1000).map { number in
            let day = String(format: "%02d", number % 29 + 1)
            let next = String(format: "%02d", number % 29 + 2)
            let provider = ["AWS", "Microsoft", "Oracle"][number % 3]
            let sign = number % 7 == 0 ? "-" : ""
            return """
                \(sign)0.\(number)00731,1234567890123,USD,2024-10-01 00:00:00,2024-09-01 00:00:00,\
                2024-09-\(next) 00:00:00,2024-09-\(day) 00:00:00,\(provider),Service \(number % 11),\
                account-\(number % 70)
                """
        }
        return ([head] + rows).joined(separator: "\n") + "\n"
    }()

    /// The rows, read by a reader that is not the program's.
    static func rows() throws -> [Row] {
        var records = records(in: try text())
        let head = records.removeFirst()
        func cell(_ record: [String], _ name: String) throws -> String {
            record[try #require(head.firstIndex(of: name))]
        }
        return try records.map { record in
            Row(
                billed: try #require(Decimal(string: cell(record, "BilledCost"))),
                month: String(try cell(record, "BillingPeriodStart").prefix(7)),
                from: try #require(Instant(try cell(record, "ChargePeriodStart"))),
                to: try #require(Instant(try cell(record, "ChargePeriodEnd"))),
                account: try cell(record, "SubAccountId")
            )
        }
    }

    private static func records(in text: String) -> [[String]] {
        var (records, record, cell, isQuoted): ([[String]], [String], String, Bool) = ([], [], "", false)
        let marked = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        for character in marked.replacing("\r\n", with: "\n") {
            switch (character, isQuoted) {
            // A doubled quote closes and opens again; the tests need no cell that holds one.
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                record.append(cell)
                cell = ""
            case ("\n", false):
                records.append(record + [cell])
                (record, cell) = ([], "")
            default: cell.append(character)
            }
        }
        return records
    }
}
