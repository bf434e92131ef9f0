import FoundationEssentials
package import SuiroDomain
package import SuiroStore

/// The log as lines of JSON: a line that says what follows, then one object an entry, in the order of scope and sequence.
package enum AuditLines {
    /// What the first line says.
    package struct Header: Codable, Sendable {
        package var suiro = "audit export 1"
        package let cloud: String
        /// `all`, or the tenant whose entries these are.
        package let of: String

        package init(cloud: Cloud, of tenant: ID<Tenant>?) {
            (self.cloud, of) = (cloud.rawValue, tenant?.description ?? "all")
        }

        package var isPartial: Bool { of != "all" }
    }

    package static func line(_ header: Header) throws -> String {
        String(decoding: try encoder.encode(header), as: UTF8.self) + "\n"
    }

    /// Columns by their names; absent where the row has nothing.
    package static func line(_ linked: LinkedRow) throws -> String {
        var members: [String: String] = ["previous": linked.previous ?? ""]
        if linked.previous == nil { members["previous"] = nil }
        for column in LoggedRow.Column.allCases { members[column.name] = linked.row[column] }
        return String(decoding: try encoder.encode(members), as: UTF8.self) + "\n"
    }

    package static func header(_ line: String) -> Header? {
        let header = try? JSONDecoder().decode(Header.self, from: Data(line.utf8))
        return header?.suiro == "audit export 1" ? header : nil
    }

    package static func row(_ line: String) -> LinkedRow? {
        guard let members = try? JSONDecoder().decode([String: String].self, from: Data(line.utf8)) else { return nil }
        let known = Set(LoggedRow.Column.allCases.map(\.name)).union(["previous"])
        guard known.isSuperset(of: members.keys) else { return nil }
        var row = LoggedRow([:])
        for column in LoggedRow.Column.allCases { row[column] = members[column.name] }
        return LinkedRow(row: row, previous: members["previous"])
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
