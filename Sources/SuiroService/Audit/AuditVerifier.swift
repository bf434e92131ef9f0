package import SuiroDomain
package import SuiroStore

/// Checks a log without trusting who keeps it: rows come in, in the order of scope and sequence, and what is wrong comes
/// out. It holds no more than the heads and the entries that they name.
package struct AuditVerifier {
    /// What shall be checked against what.
    package struct Ground: Sendable {
        /// Heads as the log has them; `nil` where it was exported without.
        package var heads: [KeptHead]?
        /// Heads as somebody else has kept them.
        package var witnessed: [KeptHead]
        package var keys: [HeadPublicKey]
        package var cloud: Cloud?
        /// Whether only some entries are shown, as in the export of a tenant: gaps prove nothing then.
        package var isPartial: Bool

        package init(
            heads: [KeptHead]?,
            witnessed: [KeptHead] = [],
            keys: [HeadPublicKey],
            cloud: Cloud? = nil,
            isPartial: Bool = false
        ) {
            (self.heads, self.witnessed, self.keys) = (heads, witnessed, keys)
            (self.cloud, self.isPartial) = (cloud, isPartial)
        }
    }

    package private(set) var findings: [AuditFinding] = []
    /// How many entries and scopes were read, how many heads were good, and how often a clock went back in a chain.
    package private(set) var entries = 0
    package private(set) var scopes = 0
    package private(set) var goodHeads = 0
    package private(set) var stepsBack = 0

    private let ground: Ground
    /// What heads say of entries, by scope and sequence.
    private var promised: [String: [Int: String]] = [:]
    private var last: LoggedRow?

    package init(_ ground: Ground) {
        self.ground = ground
        check(ground.heads ?? [])
        compareHeads()
        for head in (ground.heads ?? []) + ground.witnessed {
            for end in head.grown { promised[end.scope, default: [:]][end.sequence] = end.hash }
        }
    }

    /// The next entry.
    package mutating func take(_ linked: LinkedRow) {
        let row = linked.row
        entries += 1
        let isFirst = last?.scope != row.scope
        if isFirst {
            scopes += 1
            if let last, !last.scope.utf8.lexicographicallyPrecedes(row.scope.utf8) { note(.disorder, row) }
        }
        let before = isFirst ? nil : last
        let expected = (before?.sequence ?? 0) + 1
        if row.sequence != expected {
            if row.sequence < expected {
                note(.disorder, row)
            } else if !ground.isPartial {
                note(.gap, row)
            }
        }
        let previous = row.sequence == expected ? before?[.hash] ?? "" : linked.previous
        if let previous { checkLink(row, after: previous) } else if !ground.isPartial { note(.gap, row) }
        if let before, (row[.at] ?? "") < (before[.at] ?? "") { stepsBack += 1 }
        if let hash = promised[row.scope]?.removeValue(forKey: row.sequence), hash != row[.hash] {
            note(.differsFromHead, row)
        }
        last = row
    }

    private mutating func checkLink(_ row: LoggedRow, after previous: String) {
        guard let link = row.link(after: previous) else { return note(.badFormat, row) }
        if link != row[.hash] { note(.badHash, row) }
    }

    /// What is missing shows at the end.
    package mutating func finish() {
        guard !ground.isPartial else { return }
        for (scope, ends) in promised.sorted(by: { $0.key < $1.key }) {
            guard let first = ends.keys.min() else { continue }
            findings.append(AuditFinding(.missing, "\(scope)#\(first)", scope: scope))
        }
    }

    private mutating func note(_ kind: AuditFinding.Kind, _ row: LoggedRow) {
        findings.append(AuditFinding(kind, row.place, scope: row.scope))
    }
}

extension AuditVerifier {
    /// Each head by itself, and that each follows the one before: chains only grow, and the root is that of all ends.
    private mutating func check(_ heads: [KeptHead]) {
        var ends: [String: ChainEnd] = [:]
        var previous: (number: Int, day: String, hash: String) = (0, "", AuditHead.origin)
        for kept in heads {
            let count = findings.count
            func note(_ kind: AuditFinding.Kind) { findings.append(AuditFinding(kind, "head \(kept.number)")) }
            guard let head = AuditHead(kept.body), kept.hash == kept.body.sha256, head.number == kept.number,
                head.day == kept.day
            else {
                note(.badHead)
                continue
            }
            if !isSigned(kept) { note(.badSignature) }
            if let cloud = ground.cloud, head.cloud != cloud.rawValue { note(.foreignCloud) }
            if head.number != previous.number + 1 || head.day <= previous.day || head.previous != previous.hash {
                note(.headGap)
            }
            for end in kept.grown {
                if end.sequence <= ends[end.scope]?.sequence ?? 0 { note(.badRoot) }
                ends[end.scope] = end
            }
            let all = ends.values.sorted { $0.scope.utf8.lexicographicallyPrecedes($1.scope.utf8) }
            let isWhole =
                head.scopes == all.count && head.entries == all.reduce(0) { $0 + $1.sequence }
                && head.root == MerkleTree.root(of: all)
            if !isWhole { note(.badRoot) }
            previous = (head.number, head.day, kept.hash)
            if findings.count == count { goodHeads += 1 }
        }
    }

    /// Without a key nothing can be said about signatures; whoever asks is told so.
    private func isSigned(_ kept: KeptHead) -> Bool {
        ground.keys.isEmpty || ground.keys.contains { $0.hasSigned(kept) }
    }

    /// What a witness was handed must be what the log still has.
    private mutating func compareHeads() {
        var seen: [Int: KeptHead] = [:]
        for kept in ground.witnessed {
            let place = "head \(kept.number)"
            if !isSigned(kept) { findings.append(AuditFinding(.badSignature, place)) }
            if let other = seen[kept.number], other != kept { findings.append(AuditFinding(.headDiffers, place)) }
            seen[kept.number] = kept
        }
        guard let own = ground.heads else { return check(seen.values.sorted { $0.number < $1.number }) }
        let heads = Dictionary(own.map { ($0.number, $0) }) { first, _ in first }
        for (number, kept) in seen.sorted(by: { $0.key < $1.key }) {
            if let head = heads[number] {
                if head != kept { findings.append(AuditFinding(.headDiffers, "head \(number)")) }
            } else {
                findings.append(AuditFinding(.headMissing, "head \(number)"))
            }
        }
    }
}
