import FoundationEssentials
import SuiroDomain

/// Every cell: action × kind × standing × situation × set of roles, decided by the gate.
struct Matrix: Sendable {
    let situations: [Circumstance]
    /// Nobody, each role alone, each two together.
    let roleSets: [Set<Role>]

    init() throws {
        situations = try MatrixWorld().situations()
        let all = Role.allCases
        var sets: [Set<Role>] = [[]] + all.map { [$0] }
        for (index, first) in all.enumerated() {
            for second in all[(index + 1)...] { sets.append([first, second]) }
        }
        roleSets = sets
    }

    var cells: Int {
        Action.allCases.count * OrganizationKind.allCases.count * Standing.allCases.count * situations.count
            * roleSets.count
    }

    static func principal(_ kind: OrganizationKind, _ standing: Standing, _ roles: Set<Role>) -> Principal {
        Principal(
            person: ID(MatrixWorld.number(50)),
            personName: "Hanako Sato",
            tenant: MatrixWorld.home,
            tenantName: "Home",
            kind: kind,
            standing: standing,
            roles: roles
        )
    }

    static func intent(_ action: Action, _ situation: Circumstance) -> Intent {
        Intent(
            .person(ID(MatrixWorld.number(50)), of: situation.caller, token: ID(MatrixWorld.number(51))),
            action,
            in: situation.scope,
            at: MatrixWorld.now,
            correlation: MatrixWorld.number(52)
        )
    }

    /// The lines of one action, as the model writes them: where a mask repeats, it is counted.
    func lines(of action: Action) -> [String] {
        let intents = situations.map { Self.intent(action, $0) }
        return OrganizationKind.allCases.flatMap { kind in
            Standing.allCases.map { standing in
                let principals = roleSets.map { Self.principal(kind, standing, $0) }
                let masks = zip(situations, intents).map { situation, intent in
                    principals.enumerated().reduce(into: UInt64(0)) { mask, next in
                        let facts = situation.facts(for: next.element)
                        if (try? Gate.admit(intent, knowing: facts)) != nil { mask |= 1 << next.offset }
                    }
                }
                return "\(action.rawValue) \(kind.rawValue) \(standing.rawValue): \(Self.shortened(masks))"
            }
        }
    }

    var head: [String] {
        [
            "roles " + Role.allCases.map(\.rawValue).joined(separator: " "),
            "columns " + situations.map(\.name).joined(separator: " "),
        ]
    }

    private static func shortened(_ masks: [UInt64]) -> String {
        var (text, index) = ([String](), 0)
        while index < masks.count {
            let end = masks[index...].firstIndex { $0 != masks[index] } ?? masks.count
            let mask = String(masks[index], radix: 16)
            text.append(end - index > 1 ? "\(mask)*\(end - index)" : mask)
            index = end
        }
        return text.joined(separator: " ")
    }

    /// Which columns of two lines differ: what a person wants to know first.
    func difference(_ mine: String, _ theirs: String) -> String {
        let (left, right) = (Self.spread(mine), Self.spread(theirs))
        let columns = situations.indices.filter { index in
            index < left.count && index < right.count && left[index] != right[index]
        }
        let label = mine.prefix { $0 != ":" }
        let named = columns.prefix(8).map { "\(situations[$0].name) \(left[$0]) is not \(right[$0])" }
        return "\(label): \(named.joined(separator: ", "))"
    }

    private static func spread(_ line: String) -> [Substring] {
        line.split(separator: ":").last?.split(separator: " ").flatMap { part in
            let pieces = part.split(separator: "*")
            return Array(repeating: pieces[0], count: pieces.count > 1 ? Int(pieces[1]) ?? 1 : 1)
        } ?? []
    }
}
