import SuiroDomain
import SuiroService

@testable import SuiroStore

/// The same numbers for the same seed.
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// One thing that somebody with a shell on the database does to the log.
struct Tampering: CustomStringConvertible {
    enum Way: CaseIterable {
        case edit, erase, delete, insert, swap, swapScopes, truncate, rechain, editHead, editLeaf, deleteHead
    }

    let way: Way
    let statements: [SQL]
    let description: String

    init(on scene: TamperScene, _ chance: inout SeededChance, way chosen: Way? = nil) {
        let way = chosen ?? Way.allCases.randomElement(using: &chance) ?? .edit
        self.way = way
        var made: [SQL] = []
        var words = "\(way)"
        let row = scene.rows.randomElement(using: &chance) ?? LoggedRow([:])
        let here: SQL = "scope = \(row.scope) AND sequence = \(row.sequence)"
        words += " of \(row.place)"
        switch way {
        case .edit:
            let column = LoggedRow.Column.allCases.randomElement(using: &chance) ?? .details
            let value = Self.other(than: row[column], &chance)
            words += " \(column) \(row[column] ?? "nothing") -> \(value)"
            made = ["UPDATE event_log SET \(SQL(verbatim: column.name)) = \(value) WHERE \(here)"]
        case .erase:
            let filled = LoggedRow.Column.allCases.filter { row[$0] != nil }
            let column = filled.randomElement(using: &chance) ?? .rule
            words += " \(column)"
            made = ["UPDATE event_log SET \(SQL(verbatim: column.name)) = NULL WHERE \(here)"]
        case .delete:
            // What no head covers and nothing follows can go unseen: the next head is what ends that.
            let isLast = !scene.rows.contains { $0.scope == row.scope && $0.sequence > row.sequence }
            guard !isLast || row.sequence <= scene.covered[row.scope] ?? 0 else { break }
            made = ["DELETE FROM event_log WHERE \(here)"]
        case .insert:
            made = Self.insert(row, at: scene.rows.count + Int.random(in: 0...3, using: &chance), scene)
        case .swap, .swapScopes:
            let others = scene.rows.filter { ($0.scope == row.scope) == (way == .swap) && $0 != row }
            guard let other = others.randomElement(using: &chance) else { break }
            words += " with \(other.place)"
            made = Self.swap(row, other)
        case .truncate:
            guard row.sequence <= scene.covered[row.scope] ?? 0 else { break }
            made = ["DELETE FROM event_log WHERE scope = \(row.scope) AND sequence >= \(row.sequence)"]
        case .rechain:
            guard
                let covered = scene.rows.filter({ $0.sequence <= scene.covered[$0.scope] ?? 0 })
                    .randomElement(using: &chance)
            else { break }
            words += " from \(covered.place)"
            made = Self.rechain(covered, scene)
        case .editHead, .editLeaf, .deleteHead:
            guard let head = scene.heads.randomElement(using: &chance) else { break }
            words = "\(way) \(head.number)"
            made = Self.harm(head, way, &chance)
        }
        (statements, description) = (made.isEmpty ? ["SELECT nothing FROM nowhere"] : made, words)
    }

    private static func other(than value: String?, _ chance: inout SeededChance) -> String {
        guard let value, !value.isEmpty else { return "7" }
        // A blank or a zero before a number would be the same number.
        if let number = Int(value) { return "\(number + Int.random(in: 1...9, using: &chance))" }
        var scalars = Array(value.unicodeScalars)
        let index = Int.random(in: scalars.indices, using: &chance)
        let letters = Array("0123456789abcdefXYZ ".unicodeScalars)
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: return value.uppercased() == value ? value + " " : value.uppercased()
        case 1: return value + "0"
        default:
            let letter = letters.randomElement(using: &chance) ?? "0"
            scalars[index] = letter == scalars[index] ? "Q" : letter
            return String(String.UnicodeScalarView(scalars))
        }
    }

    /// A copy of an entry at another place of its chain, with the hash it had.
    private static func insert(_ row: LoggedRow, at place: Int, _ scene: TamperScene) -> [SQL] {
        let columns = LoggedRow.Column.allCases.filter { $0 != .sequence && $0 != .id }.map(\.name)
        let names = SQL(verbatim: columns.joined(separator: ", "))
        return [
            """
            INSERT INTO event_log (sequence, id, \(names)) SELECT \(place), \("\(row.scope)#\(place)"), \(names)
            FROM event_log WHERE scope = \(row.scope) AND sequence = \(row.sequence)
            """
        ]
    }

    private static func swap(_ one: LoggedRow, _ other: LoggedRow) -> [SQL] {
        func move(_ from: (String, Int), _ to: (String, Int)) -> SQL {
            """
            UPDATE event_log SET scope = \(to.0), sequence = \(to.1), id = \("\(to.0)#\(to.1)")
            WHERE scope = \(from.0) AND sequence = \(from.1)
            """
        }
        let (a, b, aside) = ((one.scope, one.sequence), (other.scope, other.sequence), ("aside", 1_000_000))
        return [move(a, aside), move(b, a), move(aside, b)]
    }

    /// Changes an entry, and hashes it and everything after it anew, as the server would have.
    private static func rechain(_ row: LoggedRow, _ scene: TamperScene) -> [SQL] {
        let chain = scene.rows.filter { $0.scope == row.scope && $0.sequence >= row.sequence }
        var previous = scene.rows.first { $0.scope == row.scope && $0.sequence == row.sequence - 1 }?[.hash] ?? ""
        return chain.map { entry in
            var changed = entry
            if entry.sequence == row.sequence { changed[.callerName] = "Nobody" }
            previous = changed.link(after: previous) ?? ""
            return """
                UPDATE event_log SET caller_name = \(changed[.callerName]), hash = \(previous)
                WHERE scope = \(entry.scope) AND sequence = \(entry.sequence)
                """
        }
    }

    private static func harm(_ head: KeptHead, _ way: Way, _ chance: inout SeededChance) -> [SQL] {
        switch way {
        case .editHead:
            let columns = ["day", "body", "hash", "key_id", "signature"]
            let values = [head.day, head.body, head.hash, head.key, head.signature]
            let index = Int.random(in: 0..<5, using: &chance)
            let value = other(than: values[index], &chance)
            return ["UPDATE audit_head SET \(SQL(verbatim: columns[index])) = \(value) WHERE number = \(head.number)"]
        case .editLeaf:
            guard let leaf = head.grown.randomElement(using: &chance) else { return [] }
            let here: SQL = "number = \(head.number) AND scope = \(leaf.scope)"
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: return ["DELETE FROM audit_leaf WHERE \(here)"]
            case 1: return ["UPDATE audit_leaf SET sequence = sequence + 1 WHERE \(here)"]
            case 2: return ["UPDATE audit_leaf SET scope = \(other(than: leaf.scope, &chance)) WHERE \(here)"]
            default: return ["UPDATE audit_leaf SET hash = \(String(leaf.hash.reversed())) WHERE \(here)"]
            }
        default:
            return [
                "DELETE FROM audit_leaf WHERE number = \(head.number)",
                "DELETE FROM audit_head WHERE number = \(head.number)",
            ]
        }
    }
}
