/// What a person let a program do in their name, and every token that came from it: one family, which ends as one.
package struct TokenFamily: Equatable, Codable, Sendable {
    /// The longest life of a family, counted from the consent and not from the last use (K-10).
    package static let days = 14
    /// Seconds in which an authorization code can be redeemed.
    package static let codeSeconds = 60

    package let id: ID<TokenFamily>
    package let client: ID<Client>
    package let person: ID<Person>
    package let tenant: ID<Tenant>
    package let wish: AuthorizationWish
    /// How and when the person had signed in; every token of the family says the same.
    package let proof: SignInProof
    package let createdAt: Instant
    package let expiresAt: Instant
    package let revokedAt: Instant?

    package init(
        id: ID<TokenFamily>,
        client: ID<Client>,
        person: ID<Person>,
        tenant: ID<Tenant>,
        wish: AuthorizationWish,
        proof: SignInProof,
        createdAt: Instant,
        expiresAt: Instant,
        revokedAt: Instant? = nil
    ) {
        (self.id, self.client, self.person, self.tenant) = (id, client, person, tenant)
        (self.wish, self.proof) = (wish, proof)
        (self.createdAt, self.expiresAt, self.revokedAt) = (createdAt, expiresAt, revokedAt)
    }

    package func isLive(at now: Instant) -> Bool { revokedAt == nil && createdAt <= now && now < expiresAt }
}

/// How somebody proved who they are, in the words of `amr` (RFC 8176), and when.
package struct SignInProof: Equatable, Hashable, Codable, Sendable {
    package let amr: [String]
    package let at: Instant

    package init(amr: [String], at: Instant) {
        (self.amr, self.at) = (amr, at)
    }
}

/// What a program asks a person for.
package struct AuthorizationWish: Equatable, Codable, Sendable {
    /// Which of the server's audiences the tokens are for.
    package let audience: String
    package let wantsIdentity: Bool
    package let wantsRefresh: Bool
    package let nonce: String?

    package init(audience: String, wantsIdentity: Bool, wantsRefresh: Bool, nonce: String?) {
        (self.audience, self.wantsIdentity) = (audience, wantsIdentity)
        (self.wantsRefresh, self.nonce) = (wantsRefresh, nonce)
    }
}

/// A code that a program exchanges for tokens, once.
package struct AuthorizationCode: Equatable, Sendable {
    package let hash: String
    package let redirect: String
    /// SHA-256 of the verifier, in base64url (PKCE S256).
    package let challenge: String
    package let family: TokenFamily
    package let expiresAt: Instant
    package let isUsed: Bool

    package init(
        hash: String,
        redirect: String,
        challenge: String,
        family: TokenFamily,
        expiresAt: Instant,
        isUsed: Bool = false
    ) {
        (self.hash, self.redirect, self.challenge, self.family) = (hash, redirect, challenge, family)
        (self.expiresAt, self.isUsed) = (expiresAt, isUsed)
    }
}
