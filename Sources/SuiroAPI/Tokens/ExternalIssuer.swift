import Foundation
package import SuiroDomain
import SuiroHTTP

/// An issuer that the operator trusts, as the settings say (decision 0025). Nothing of it can be chosen by a token.
package struct ExternalIssuer: Sendable {
    /// Exactly as it stands in tokens; `{tid}` stands for the tenant, as Entra ID has it.
    package let name: String
    /// Where its keys are published.
    package let keysURL: String
    package let algorithms: [SignatureAlgorithm]
    package let audiences: [String]
    /// Which tenant of ours a tenant of theirs is; under `*`, everybody's.
    package let tenants: [String: ID<Tenant>]
    package let tenantClaim: String
    package let subjectClaim: String
    /// The claim that holds scopes, and the scope with which a program acts for a person.
    package let scopeClaim: String
    package let scope: String
    /// Values of claims that prove a second factor. Empty means that nothing does.
    package let mfa: [String: Set<String>]
    /// People by subject, beside those that are bound in the database.
    package let people: [String: ID<Person>]

    package enum Fault: Error, CustomStringConvertible {
        case malformed(String)

        package var description: String {
            switch self {
            case .malformed(let reason): "The file of issuers (issuers.file) cannot be used: \(reason)"
            }
        }
    }

    /// Reads `{"issuers":[…]}`. A member that is unknown is a mistake: a misspelt restriction restricts nothing.
    package static func read(_ bytes: [UInt8]) throws -> [ExternalIssuer] {
        let root: Fields
        do {
            root = try Fields(JSONReader.read(bytes))
        } catch {
            throw Fault.malformed("it is no JSON object.")
        }
        guard case .array(let items)? = root.value("issuers") else { throw Fault.malformed("issuers is missing.") }
        let issuers = try items.map(ExternalIssuer.init)
        guard Set(issuers.map(\.name)).count == issuers.count else { throw Fault.malformed("an issuer stands twice.") }
        return issuers
    }

    private static let members = [
        "issuer", "jwks", "algorithms", "audiences", "tenants", "tenantClaim", "subjectClaim", "scopeClaim", "scope",
        "mfa", "people",
    ]

    private init(_ issuer: JSONValue) throws {
        guard case .object(let members) = issuer else { throw Fault.malformed("an issuer is no object.") }
        for member in members where !Self.members.contains(member.name) {
            throw Fault.malformed("\(member.name) is unknown.")
        }
        func value(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }
        func text(_ name: String) throws -> String? {
            switch value(name) {
            case nil: return nil
            case .string(let text) where !text.isEmpty: return text
            default: throw Fault.malformed("\(name) is no text.")
            }
        }
        func texts(_ value: JSONValue?, _ name: String) throws -> [String] {
            guard case .array(let items)? = value else { throw Fault.malformed("\(name) is no list.") }
            return try items.map { item in
                guard case .string(let text) = item, !text.isEmpty else { throw Fault.malformed("\(name) is no list.") }
                return text
            }
        }
        func map(_ name: String) throws -> [(String, JSONValue)] {
            switch value(name) {
            case nil: return []
            case .object(let members): return members.map { ($0.name, $0.value) }
            default: throw Fault.malformed("\(name) is no object.")
            }
        }
        func ids<Subject>(_ name: String) throws -> [String: ID<Subject>] {
            var found: [String: ID<Subject>] = [:]
            for (key, value) in try map(name) {
                guard case .string(let text) = value, let id = ID<Subject>(text), found[key] == nil else {
                    throw Fault.malformed("\(name).\(key) is no id.")
                }
                found[key] = id
            }
            return found
        }
        guard let name = try text("issuer"), Self.isSafe(name) else { throw Fault.malformed("issuer is no https URL.") }
        guard let keysURL = try text("jwks"), Self.isSafe(keysURL) else {
            throw Fault.malformed("jwks is no https URL; http is taken for loopback alone.")
        }
        (self.name, self.keysURL) = (name, keysURL)
        algorithms = try texts(value("algorithms"), "algorithms").map { word in
            guard let algorithm = SignatureAlgorithm(rawValue: word) else {
                throw Fault.malformed("\(word) is none of RS256, PS256, ES256.")
            }
            return algorithm
        }
        audiences = try texts(value("audiences"), "audiences")
        tenants = try ids("tenants")
        guard !algorithms.isEmpty, !audiences.isEmpty, !tenants.isEmpty else {
            throw Fault.malformed("algorithms, audiences and tenants must not be empty.")
        }
        tenantClaim = try text("tenantClaim") ?? "tid"
        subjectClaim = try text("subjectClaim") ?? "oid"
        scopeClaim = try text("scopeClaim") ?? "scp"
        scope = try text("scope") ?? "user_impersonation"
        var mfa: [String: Set<String>] = [:]
        for (claim, values) in try map("mfa") { mfa[claim] = Set(try texts(values, "mfa.\(claim)")) }
        self.mfa = mfa
        people = try ids("people")
    }

    /// https anywhere, http on this machine: nothing fetched over the open network can be changed on the way.
    private static func isSafe(_ url: String) -> Bool {
        guard url.utf8.allSatisfy({ (33...126).contains($0) }), url.utf8.count <= 500 else { return false }
        if url.hasPrefix("https://") { return url.utf8.count > 8 }
        return ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"].contains { url.hasPrefix($0) }
    }

    /// The tenant inside `issuer` when it is this issuer's name: empty where the name has no place for one, `nil` when
    /// it is another's name.
    func tenant(in issuer: String) -> String? {
        guard let place = name.range(of: "{tid}") else {
            return issuer.utf8.elementsEqual(name.utf8) ? "" : nil
        }
        let (head, tail) = (name[..<place.lowerBound], name[place.upperBound...])
        guard issuer.hasPrefix(head), issuer.hasSuffix(tail),
            issuer.utf8.count == head.utf8.count + 36 + tail.utf8.count
        else { return nil }
        let tenant = String(issuer.dropFirst(head.count).prefix(36))
        return ID<Tenant>(tenant).map { "\($0)" == tenant ? tenant : nil } ?? nil
    }
}
