import FoundationEssentials
package import SuiroDomain
import SuiroService
import SuiroStore

/// Somebody whose place can be taken: in the ready file with a token, on the sign-in page by name.
package struct SandboxPersona: Sendable {
    package let key: String
    package let person: Person
    package let organization: Organization
    package let token: String
}

extension Sandbox {
    /// The personas of this database: the vendor's people, and whoever the seeds introduced.
    package func personas() async throws -> [SandboxPersona] {
        let found = try await service.readAsSystem { tx -> [(String, Person, Organization)] in
            let kept = try tx.setting("personas") ?? "[]"
            let named = try JSONDecoder().decode([Introduction].self, from: Data(kept.utf8))
            var found = try named.compactMap { introduction -> (String, Person, Organization)? in
                guard let person = try tx.person(introduction.person), let home = try tx.organization(person.tenant)
                else { return nil }
                return (introduction.key, person, home)
            }
            if let vendor = try tx.vendor() {
                found += try tx.people(of: vendor.id).map { person in
                    (person.name.split(separator: " ").first?.lowercased() ?? person.name, person, vendor)
                }
            }
            return found
        }
        return try found.map { key, person, home in
            SandboxPersona(key: key, person: person, organization: home, token: try lasting(person))
        }
    }

    struct Introduction: Codable, Sendable {
        let key: String
        let person: ID<Person>
    }

    func introduce(_ introductions: [Introduction]) async throws {
        let text = String(decoding: try JSONEncoder().encode(introductions), as: UTF8.self)
        _ = try await service.writeAsSystem { tx in
            try tx.set("personas", to: text)
            return true
        }
    }
}
