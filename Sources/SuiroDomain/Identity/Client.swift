/// A program that signs in by itself: the person of a tenant whom it acts as.
package struct Client: Equatable, Codable, Sendable {
    package let id: ID<Client>
    package let tenant: ID<Tenant>
    package let person: ID<Person>
    package let name: String
    package let createdAt: Instant
    package let isRevoked: Bool

    package init(
        id: ID<Client>,
        tenant: ID<Tenant>,
        person: ID<Person>,
        name: String,
        createdAt: Instant,
        isRevoked: Bool = false
    ) {
        (self.id, self.tenant, self.person) = (id, tenant, person)
        (self.name, self.createdAt, self.isRevoked) = (name, createdAt, isRevoked)
    }
}

/// What a client proves itself with. Only its hash is known after it has been shown once (reliability 4.2).
package struct ClientSecret: Equatable, Sendable {
    /// The longest life of a secret.
    package static let days = 180

    package let hash: String
    package let client: ID<Client>
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(hash: String, client: ID<Client>, createdAt: Instant, expiresAt: Instant) {
        (self.hash, self.client, self.createdAt, self.expiresAt) = (hash, client, createdAt, expiresAt)
    }

    package init(hash: String, client: ID<Client>, createdAt: Instant) {
        self.init(hash: hash, client: client, createdAt: createdAt, expiresAt: createdAt.adding(days: Self.days))
    }

    package func isLive(at now: Instant) -> Bool { createdAt <= now && now < expiresAt }
}
