import Foundation
import SuiroDomain
import SuiroService

/// What came of an import, for whoever started it.
struct ImportAccount {
    private let report: PartnerCenterReport
    private let isRehearsal: Bool
    private let unread: [String]

    init(_ report: PartnerCenterReport, isRehearsal: Bool, unread: [String]) {
        (self.report, self.isRehearsal, self.unread) = (report, isRehearsal, unread)
    }

    func lines(of partner: Organization) -> [String] {
        var lines = ["partner \(partner.name) (\(partner.domain))"]
        let taken = isRehearsal ? "would be taken" : "taken"
        for (kind, name) in Self.kinds {
            let counts = [
                "\(report.taken[kind.rawValue] ?? 0) \(taken)",
                "\(report.known[kind.rawValue] ?? 0) already there",
                "\(report.whollyLeftOut(kind)) left out",
            ]
            lines.append("\(name): \(counts.joined(separator: ", "))")
        }
        if isRehearsal { lines.append("Nothing was changed: this was a dry run.") }
        for each in report.leftOut {
            let cells = [each.file, each.place, each.kind, each.field, each.value, each.reason.rawValue]
            lines.append((each.isWhole ? "left out\t" : "without\t") + cells.joined(separator: "\t"))
        }
        for (name, count) in report.unread.sorted(by: { $0.key < $1.key }) {
            lines.append("not kept: member \(name) (\(count) times)")
        }
        if report.withoutCountry > 0 {
            lines.append("\(report.withoutCountry) customers have no country in the files and were given the partner's")
        }
        for offer in report.unknownOffers.sorted() { lines.append("not in the catalogue: offer \(offer)") }
        for file in unread { lines.append("not read: \(file)") }
        return lines
    }

    private static let kinds: [(DumpKind, String)] = [
        (.customer, "customers"), (.subscription, "subscriptions"), (.order, "orders"), (.user, "users"),
        (.agreement, "agreements"),
    ]

    /// One line for everything that was left out, whole or in part; only its owner may read it.
    func write(to path: String) throws {
        let rows =
            [["extent", "file", "place", "kind", "field", "value", "reason"]]
            + report.leftOut.map { each in
                [
                    each.isWhole ? "whole" : "field", each.file, each.place, each.kind, each.field, each.value,
                    each.reason.rawValue,
                ]
            }
        let isTable = path.lowercased().hasSuffix(".tsv")
        let text = rows.map { row in isTable ? row.joined(separator: "\t") + "\n" : CSVText.line(row) }.joined()
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw Complaint("\(path) cannot be written.") }
    }
}
