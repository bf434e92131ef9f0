package import SuiroDomain
import Yams

/// How far the operations of the vendor's service are answered here. The list and the sentences ship as data; what is
/// served, and what is declined, is read from the OpenAPI document, which a test holds against the operations.
package struct Compatibility: Sendable {
    /// What a caller may count on.
    package enum Support: String, Sendable, CaseIterable {
        /// Answered as the vendor's service does.
        case full
        /// Answered, with a difference that the entry names.
        case partly
        /// Answered by a documented refusal.
        case declined
        /// Not answered yet: no route.
        case missing
    }

    package struct Entry: Sendable {
        package let id: String
        package let method: String
        package let path: String
        package let area: String
        package let tier: Int
        package let support: Support
        /// Where it differs, and why.
        package let difference: [Language: String]
    }

    package let entries: [Entry]

    /// Read once: what ships does not change while a program runs.
    package static let shipped = Result { try Compatibility() }

    private init() throws {
        guard let root = try Yams.compose(yaml: Assets.text("Catalog/compatibility.yaml"))?.mapping,
            let rows = root["operations"]?.sequence
        else { throw Assets.Failure.missing("Catalog/compatibility.yaml") }
        let differs = root["differs"]?.mapping ?? [:]
        let served = try Self.served()
        entries = rows.compactMap(\.mapping).map { row in
            let text = { (key: String) in row[key]?.string ?? "" }
            let words = differs[Node(text("id"))]?.mapping
            let difference = Dictionary(
                uniqueKeysWithValues: Language.allCases.compactMap { language in
                    words?[Node(language.rawValue)]?.string.map { (language, $0) }
                }
            )
            // What the vendor calls, instead of being called, has no route.
            let isCalled = text("path").hasPrefix("/")
            let found = isCalled ? served[Self.place(text("method"), text("path"))] : .full
            return Entry(
                id: text("id"),
                method: text("method"),
                path: text("path"),
                area: text("area"),
                tier: row["tier"]?.int ?? 1,
                support: found == .full && !difference.isEmpty ? .partly : found ?? .missing,
                difference: difference
            )
        }
    }

    /// The sentences' operations; a test holds that each is in the list.
    package static func explained() throws -> [String] {
        let root = try Yams.compose(yaml: Assets.text("Catalog/compatibility.yaml"))?.mapping
        return (root?["differs"]?.mapping ?? [:]).keys.compactMap(\.string)
    }

    /// A method and a path without the names of its parameters, in lower case and without an ending slash.
    package static func place(_ method: String, _ path: String) -> String {
        let parts = path.lowercased().split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }
        return method.uppercased() + " /" + parts.joined(separator: "/")
    }

    private static func served() throws -> [String: Support] {
        var served: [String: Support] = [:]
        for (path, item) in try OpenAPIDocument.node().mapping?["paths"]?.mapping ?? [:] {
            for (method, operation) in item.mapping ?? [:] where method.string != "parameters" {
                let isDeclined = operation.mapping?["x-support"]?.string == "declined"
                served[place(method.string ?? "", path.string ?? "")] = isDeclined ? .declined : .full
            }
        }
        return served
    }
}
