package import SuiroDomain
import SuiroStore

/// What came of an operator's wish to let somebody go or come back.
package enum DeactivationOutcome: String, Codable, Sendable {
    case done
    /// It is so already.
    case unchanged
    /// There is nobody with that mail address.
    case nobody
    /// Nobody else of the organization could administer it.
    case lastAdministrator
}

extension PartnerService {
    /// Who has to be there for an organization to help itself: a customer's and a partner's global administrators, the
    /// vendor's operators.
    private static let administrators: Set<Role> = [.globalAdmin, .operator]

    /// Ends somebody's sessions and tokens from the next request on, on every node, and lets nobody in as them. The last
    /// administrator stays unless `isForced`. What they were given, groups and roles, waits for their return.
    package func deactivate(
        _ mail: String,
        of tenant: ID<Tenant>,
        isForced: Bool = false
    ) async throws -> DeactivationOutcome {
        try await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let home = try tx.organization(tenant) else { return .nobody }
            let people = try tx.people(of: tenant)
            guard let person = people.named(mail) else { return .nobody }
            guard person.isActive else { return .unchanged }
            let held = person.roles.intersection(Self.administrators)
            let isLast = held.contains { role in
                !people.contains { $0.id != person.id && $0.isActive && $0.roles.contains(role) }
            }
            guard isForced || !isLast else { return .lastAdministrator }
            try tx.set(person.id, isActive: false)
            // Also what they hold now means nothing when they come back.
            try tx.refuseTokens(of: person.id, issuedBefore: tx.permit.intent.at.adding(milliseconds: 1))
            for family in try tx.tokenFamilies(of: person.id) { try tx.revoke(family) }
            try tx.deleteEnrolments(of: person.id)
            let details = ["mail": person.mail, "wasLastAdministrator": "\(isLast)"]
            try tx.record(.identity(.personDeactivated, of: "\(person.id)"), remark(home, details))
            return .done
        }
    }

    /// Undoes it: they sign in anew, with what they signed in with before.
    package func reactivate(_ mail: String, of tenant: ID<Tenant>) async throws -> DeactivationOutcome {
        try await writeAsSystem(in: .tenant(tenant)) { tx in
            guard let home = try tx.organization(tenant), let person = try tx.people(of: tenant).named(mail) else {
                return .nobody
            }
            guard !person.isActive else { return .unchanged }
            try tx.set(person.id, isActive: true)
            try tx.record(
                .identity(.personReactivated, of: "\(person.id)"),
                remark(home, ["mail": person.mail])
            )
            return .done
        }
    }
}

extension [Person] {
    /// Somebody who signs in, by their mail address.
    fileprivate func named(_ mail: String) -> Person? {
        first { $0.mail.lowercased() == mail.lowercased() && $0.roles != [.app] }
    }
}
