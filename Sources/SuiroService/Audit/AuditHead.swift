import SuiroDomain
import SuiroStore

/// What a head says, as a text that is signed line by line as it stands: [docs/audit](../../../docs/audit.en.md).
package struct AuditHead: Hashable, Sendable {
    package let cloud: String
    package let number: Int
    package let day: String
    package let at: String
    /// How many chains there are, and how many entries they have together.
    package let scopes: Int
    package let entries: Int
    package let root: String
    package let previous: String

    /// What the first head names as the one before it.
    static let origin = String(repeating: "0", count: 64)
    private static let title = "suiro audit head 1"

    init(_ ends: [ChainEnd], cloud: Cloud, number: Int, day: String, at now: Instant, previous: String) {
        (self.cloud, self.number, self.day, at) = (cloud.rawValue, number, day, now.description)
        (scopes, entries) = (ends.count, ends.reduce(0) { $0 + $1.sequence })
        (root, self.previous) = (MerkleTree.root(of: ends), previous)
    }

    package var text: String {
        """
        \(Self.title)
        cloud \(cloud)
        number \(number)
        day \(day)
        at \(at)
        scopes \(scopes)
        entries \(entries)
        root \(root)
        previous \(previous)

        """
    }

    /// Reads what `text` writes, and nothing else.
    package init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func value(_ line: Int, _ name: String) -> String? {
            guard lines.indices.contains(line), lines[line].hasPrefix(name + " ") else { return nil }
            return String(lines[line].dropFirst(name.count + 1))
        }
        guard let cloud = value(1, "cloud"), let number = value(2, "number").flatMap({ Int($0) }),
            let day = value(3, "day"), let at = value(4, "at"), let scopes = value(5, "scopes").flatMap({ Int($0) }),
            let entries = value(6, "entries").flatMap({ Int($0) }), let root = value(7, "root"),
            let previous = value(8, "previous")
        else { return nil }
        (self.cloud, self.number, self.day, self.at) = (cloud, number, day, at)
        (self.scopes, self.entries, self.root, self.previous) = (scopes, entries, root, previous)
        guard self.text == text, text.utf8.elementsEqual(self.text.utf8) else { return nil }
    }
}
