import SuiroAssets
import SuiroDomain
import Testing

/// Every policy row that moves read, on both sides of each of its dates. The tests come from the shipped packages: a
/// row that no case speaks of fails by its id.
@Suite struct MovePolicyMatrixTests {
    private static let keys = [
        "usage.switch.", "transfer.", "license.replace.", "usage.recreate.", "license.transfer.", "license.switch.",
        "license.exit.options", "license.dataKeeping.days", "license.cancel.refund", "usage.watch.days",
        "usage.billingMove.",
        "usage.cancel.", "usage.lateReported", "moves.",
    ]

    private static func isReadByMoves(_ row: PolicyRow) -> Bool { keys.contains { row.key.hasPrefix($0) } }

    static let packages = ["2017-06", "2026"]

    @Test(arguments: packages)
    func `every row that a move reads has its case, and every case its row`(package: String) throws {
        let named = Set(MovePolicyCase.all.map(\.row))
        #expect(named.count == MovePolicyCase.all.count, "a row is named twice")
        let rows = try PolicyFiles.shipped(package).rows.filter(Self.isReadByMoves)
        #expect(!rows.isEmpty)
        for row in rows { #expect(named.contains(row.id.rawValue), "no case speaks of \(row.id)") }
        let shipped = try Set(Self.packages.flatMap { try PolicyFiles.shipped($0).rows.map(\.id.rawValue) })
        #expect(named.subtracting(shipped).isEmpty, "no package has it")
    }

    /// The default package as it is installed, and with today's published over it, before any of its dates and after
    /// all.
    enum Edition: String, CaseIterable, Sendable {
        case installed, publishedLongAgo, publishedToday

        func book() throws -> PolicyBook {
            switch self {
            case .installed: try Sample.book()
            case .publishedLongAgo: try Sample.book(publishing: "2026", on: "2017-06-10")
            case .publishedToday: try Sample.book(publishing: "2026", on: "2026-12-01")
            }
        }
    }

    @Test(arguments: Edition.allCases)
    func `each row says what its case says from its first millisecond to its last`(edition: Edition) throws {
        let book = try edition.book()
        var (wrong, looks) = ([String](), 0)
        for row in book.rows where Self.isReadByMoves(row) {
            // Rows without a case are another test's business.
            guard let found = MovePolicyCase.all.first(where: { $0.row == row.id.rawValue }) else { continue }
            let missing = "POLICY_MISSING \(row.key)"
            var moments: [(Instant, String, String?, Bool)] = [
                (row.from.adding(milliseconds: -1), "before", found.before ?? missing, false),
                (row.from, "at its beginning", found.sees, true),
            ]
            if let until = row.until {
                moments.append((until.adding(milliseconds: -1), "before its end", found.sees, true))
                moments.append((until, "at its end", found.then, false))
            }
            for (instant, name, expected, holds) in moments {
                looks += 1
                let (seen, isRead) = try look(found, row, book, instant)
                let moment = "\(row.id) \(name), \(instant)"
                if seen != expected { wrong.append("\(moment): \(seen), not \(expected ?? "said by its case")") }
                if isRead != holds { wrong.append("\(moment): \(isRead ? "" : "not ")read") }
            }
        }
        #expect(looks >= 50)
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    /// What is seen, and whether this very row was read for it.
    private func look(
        _ found: MovePolicyCase,
        _ row: PolicyRow,
        _ book: PolicyBook,
        _ instant: Instant
    ) throws -> (String, Bool) {
        let setting = MoveSetting(book: try alone(row.key, in: book, with: found.with), at: instant, cloud: found.cloud)
        var rules = setting.rules
        let seen: String
        do {
            seen = try found.look(setting, &rules)
        } catch Refusal.policyMissing(let key) {
            seen = "POLICY_MISSING \(key)"
        } catch let refusal as Refusal {
            seen = refusal.reason.rawValue
        }
        return (seen, rules.read.contains { $0.row == row.id })
    }

    /// The rows of one key as the book has them; of all others, those of June 2017, and always in force.
    private func alone(_ key: String, in book: PolicyBook, with values: [String: PolicyValue]) throws -> PolicyBook {
        let others = try Sample.book().rows.filter { $0.key != key && values[$0.key] == nil }.map {
            always($0.id, $0.key, $0.value, $0.scope, $0.rules)
        }
        let extra = values.map { always(PolicyRow.ID(rawValue: "with-\($0.key)"), $0.key, $0.value, [:], ["6.1"]) }
        return PolicyBook(edition: 1, rows: book.rows.filter { $0.key == key } + others + extra)
    }

    private func always(
        _ id: PolicyRow.ID,
        _ key: String,
        _ value: PolicyValue,
        _ scope: Circumstances,
        _ rules: [RuleID]
    ) -> PolicyRow {
        PolicyRow(
            id: id,
            key: key,
            value: value,
            scope: scope,
            from: .earliest,
            rules: rules,
            source: "a test",
            reviewBy: .latest,
            package: "test"
        )
    }
}
