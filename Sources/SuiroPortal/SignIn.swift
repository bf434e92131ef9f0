package import SuiroDomain

/// How people prove who they are: by choosing a persona where there are any, or by an access token.
package struct SignIn: Sendable {
    /// Whom one may choose to be; empty outside the sandbox.
    package var personas: @Sendable () async throws -> [Persona]
    /// The person an access token stands for, or `nil` when it stands for nobody.
    package var authenticate: @Sendable (String) async throws -> Proven?
    /// How the built-in issuer calls itself for a tenant, for answers that go to programs (RFC 9207).
    package var issuer: @Sendable (ID<Tenant>) -> String

    package init(
        issuer: @escaping @Sendable (ID<Tenant>) -> String = { _ in "" },
        personas: @escaping @Sendable () async throws -> [Persona],
        authenticate: @escaping @Sendable (String) async throws -> Proven?
    ) {
        (self.issuer, self.personas, self.authenticate) = (issuer, personas, authenticate)
    }
}

/// Somebody who has proved who they are, and how.
package struct Proven: Sendable {
    package let person: ID<Person>
    package let proof: SignInProof

    package init(_ person: ID<Person>, _ proof: SignInProof) {
        (self.person, self.proof) = (person, proof)
    }
}

/// Somebody of the sandbox whom anybody may be.
package struct Persona: Sendable {
    package var key: String
    package var name: String
    package var organization: String
    package var kind: OrganizationKind
    package var roles: [Role]
    package var id: ID<Person>
    package var language: Language

    package init(
        key: String,
        name: String,
        organization: String,
        kind: OrganizationKind,
        roles: [Role],
        id: ID<Person>,
        language: Language
    ) {
        (self.key, self.name, self.organization, self.kind) = (key, name, organization, kind)
        (self.roles, self.id, self.language) = (roles, id, language)
    }
}
