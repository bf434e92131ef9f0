import Foundation

/// What `suiro-sandbox up --ready-file` wrote: where it listens, and a token for every persona of its world.
package struct ReadyFile: Equatable, Sendable {
    package let path: String
    package let facts: JSON

    package init(path: String) throws {
        guard
            let data = FileManager.default.contents(atPath: path),
            let facts = JSON(data),
            facts["url"].text != nil
        else { throw Failure(.failed, "ready.unreadable", ["path": path]) }
        self.path = path
        self.facts = facts
    }

    package var url: String { facts["url"].text ?? "" }
    package var sandboxToken: String? { facts["sandboxToken"].text }
    package var personas: [JSON.Member] { facts["personas"].members }

    package func persona(_ name: String) throws -> JSON {
        guard let persona = personas.first(where: { $0.name == name })?.value, persona["token"].text != nil else {
            let known = personas.map(\.name).joined(separator: ", ")
            throw Failure(.usage, "persona.unknown", ["name": name, "known": known.isEmpty ? "-" : known])
        }
        return persona
    }
}
