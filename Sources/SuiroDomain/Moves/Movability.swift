/// What becomes of one service when its subscription is created anew (SM-7).
package enum ServiceVerdict: String, Codable, CaseIterable, Sendable { case move, rebuild, leave }

/// What is known about moving one kind of service, from a versioned catalogue: it changes, so it is data (OP-07).
package struct ServiceMobility: Hashable, Codable, Sendable {
    package enum Flag: String, Codable, CaseIterable, Sendable {
        case classic, dependencies, otherRegion, downtime, knownBlocker, reservation, quota
    }

    /// As cost files name the service, folded to lower case.
    package let service: String
    package let verdict: ServiceVerdict
    package let flags: [Flag]
    package let source: String

    package init(service: String, verdict: ServiceVerdict, flags: [Flag], source: String) {
        (self.service, self.verdict, self.flags, self.source) = (service, verdict, flags, source)
    }
}

package struct MobilityCatalog: Hashable, Codable, Sendable {
    package let version: String
    package let services: [ServiceMobility]

    package init(version: String, services: [ServiceMobility]) {
        (self.version, self.services) = (version, services)
    }

    /// `nil` for a service nobody has judged: a person has to (S-31, never guess).
    package func mobility(of service: String) -> ServiceMobility? {
        let wanted = service.lowercased()
        return services.first { $0.service == wanted }
    }
}

/// A service of the old subscription with its verdict, and whether it has been carried out.
package struct InventoryItem: Hashable, Codable, Sendable {
    package let service: String
    package var verdict: ServiceVerdict?
    package var flags: [ServiceMobility.Flag]
    package var isDone: Bool

    package init(
        service: String,
        verdict: ServiceVerdict?,
        flags: [ServiceMobility.Flag] = [],
        isDone: Bool = false
    ) {
        (self.service, self.verdict, self.flags, self.isDone) = (service, verdict, flags, isDone)
    }
}
