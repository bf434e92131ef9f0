/// What an import has done, or would do.
package struct PartnerCenterReport: Codable, Sendable {
    /// What was taken now, by the word of `DumpKind`.
    package internal(set) var taken: [String: Int] = [:]
    /// What was there already.
    package internal(set) var known: [String: Int] = [:]
    package internal(set) var leftOut: [LeftOut] = []
    /// Members that are not kept, with how often they came.
    package internal(set) var unread: [String: Int] = [:]
    /// Offers that the catalogue does not have: kept with their subscriptions, and not to be ordered.
    package internal(set) var unknownOffers: Set<String> = []
    /// Customers of which no country was told: they have the partner's.
    package internal(set) var withoutCountry = 0

    /// What of one kind was left out altogether.
    package func whollyLeftOut(_ kind: DumpKind) -> Int {
        Set(leftOut.filter { $0.isWhole && $0.kind == kind.rawValue }.map { "\($0.file)\n\($0.place)" }).count
    }

    /// Whether anything is in the database because of this dump, or was before.
    package var hasTakenAnything: Bool { !taken.isEmpty || !known.isEmpty }

    mutating func take(_ kind: DumpKind) { taken[kind.rawValue, default: 0] += 1 }

    mutating func know(_ kind: DumpKind) { known[kind.rawValue, default: 0] += 1 }

    mutating func leave(out item: DumpItem, _ reason: LeftOut.Reason, _ field: String = "", _ value: String = "") {
        leftOut.append(item.leftOut(reason, field, value))
    }

    /// It is here already, and not as the dump tells it: what is here stays.
    mutating func differ(_ item: DumpItem, _ field: String, here: String, told: String) {
        guard here != told else { return }
        leftOut.append(item.leftOut(.differs, field, "\(told), here \(here)", whole: false))
    }

    mutating func add(_ other: PartnerCenterReport) {
        taken.merge(other.taken, uniquingKeysWith: +)
        known.merge(other.known, uniquingKeysWith: +)
        leftOut += other.leftOut
        unread.merge(other.unread, uniquingKeysWith: +)
        unknownOffers.formUnion(other.unknownOffers)
        withoutCountry += other.withoutCountry
    }
}
