package import SuiroDomain

/// How people prove who they are: by choosing a persona where there are any, or by an access token.
package struct SignIn: Sendable {
    /// Whom one may choose to be; empty outside the sandbox.
    package var personas: @Sendable () async throws -> [Persona]
    /// The person an access token stands for, or `nil` when it stands for nobody.
    package var authenticate: @Sendable (String) async throws -> ID<Person>?

    package init(
        personas: @escaping @Sendable () async throws -> [Persona],
        authenticate: @escaping @Sendable (String) async throws -> ID<Person>?
    ) {
        (self.personas, self.authenticate) = (personas, authenticate)
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
