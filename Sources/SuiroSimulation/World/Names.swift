import FoundationEssentials
package import SuiroDomain

/// Fresh identifiers that depend on the number of the command alone: leaving another command out of a story changes none
/// of them.
///
/// Used by one command at a time, in one thread; the domain asks for a sendable source.
package final class Names: @unchecked Sendable {
    private let command: UInt64
    private var count: UInt64 = 0

    package init(command: UInt64) {
        self.command = command
    }

    package func fresh<Subject>() -> ID<Subject> {
        count += 1
        return ID(UUID(command, count))
    }
}

extension UUID {
    /// Made of two numbers, most significant byte first.
    init(_ high: UInt64, _ low: UInt64) {
        func byte(_ number: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: number >> (56 - 8 * index)) }
        self.init(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4),
                byte(low, 5), byte(low, 6), byte(low, 7)
            )
        )
    }
}

extension ID {
    /// The number of the command that made it.
    var madeBy: UInt64 {
        let bytes = uuid.uuid
        return [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7].reduce(0) {
            $0 << 8 | UInt64($1)
        }
    }
}

extension ID<Tenant> {
    /// The person who may bind an organization: its administrator. One is enough here; who else may is the gate's
    /// business.
    var administrator: ID<Person> {
        var bytes = uuid.uuid
        bytes.0 = 0xAD
        return ID<Person>(UUID(uuid: bytes))
    }
}

extension ID<Person> {
    /// Whose administrator it is.
    var home: ID<Tenant> {
        var bytes = uuid.uuid
        bytes.0 = 0
        return ID<Tenant>(UUID(uuid: bytes))
    }
}
